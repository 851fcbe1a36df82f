"""Training examples: runs of a history to predict step by step, and histories cut before an item to predict.

Ties in time are shuffled anew each time, since nobody knows which came first, and some items are hidden behind
the mask, since explanations hide items and the model has to read such histories too.
"""

from dataclasses import dataclass

import numpy

from data import MASK, PAD, VOCABULARY_SIZE, History

BATCH_TOKENS = 3_200
STRETCHES_IN_BATCH = 64
RUN_LENGTH = 50
# How often a run keeps its true positions, and how often a cut history loses its beginning.
TRUE_PLACE = 0.7
SHORTENED = 0.3
# Half of the histories hide items: up to this share of them.
HIDDEN_HISTORIES = 0.5
HIDDEN_SHARE = 0.3


@dataclass(frozen=True)
class Stretch:
    """Items `start` up to `end`, exclusive, of one history."""

    history: History
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Runs:
    """Stretches in which every item but the first is predicted from those before it.

    `tokens`, `positions`, `wanted`: [stretches, longest]; `wanted` is PAD where nothing is predicted. `impossible`:
    [predictions, vocabulary], true for tokens that cannot come next: those of the history so far, mask and padding.
    """

    tokens: numpy.ndarray
    positions: numpy.ndarray
    wanted: numpy.ndarray
    impossible: numpy.ndarray


@dataclass(frozen=True)
class Cuts:
    """Histories as at inference, the mask last: `tokens` [histories, longest], `lengths` [histories].

    `wanted`: [histories, vocabulary], shares of the items that came next: several where they tie in time.
    """

    tokens: numpy.ndarray
    lengths: numpy.ndarray
    wanted: numpy.ndarray
    impossible: numpy.ndarray


class Sampler:
    """Draws batches from histories, the same ones for the same seed."""

    def __init__(self, histories: list[History], positions: int, seed: int):
        self.histories = histories
        self.positions = positions
        self.generator = numpy.random.default_rng(seed)

    def runs(self) -> list[list[Stretch]]:
        """All histories once, in runs of at most `RUN_LENGTH` items that share one item with the next run."""
        stretches = []
        for history in self.histories:
            end = len(history.items)
            length = int(self.generator.integers(RUN_LENGTH // 2, RUN_LENGTH + 1))
            while end > 1:
                start = max(0, end - length)
                stretches.append(Stretch(history, start, end))
                end, length = start + 1, RUN_LENGTH
        return self._batches(stretches)

    def cuts(self) -> list[list[Stretch]]:
        """Every history once, cut before an item at a random place."""
        stretches = []
        for history in self.histories:
            end = int(self.generator.integers(2, len(history.items) + 1))
            start = max(0, end - self.positions)
            if self.generator.random() < SHORTENED:
                start = int(self.generator.integers(start, end - 1))
            stretches.append(Stretch(history, start, end))
        return self._batches(stretches)

    def _batches(self, stretches: list[Stretch]) -> list[list[Stretch]]:
        """Stretches of similar length together, the batches in random order."""
        shuffled = [stretches[place] for place in self.generator.permutation(len(stretches))]
        batches: list[list[Stretch]] = [[]]
        for stretch in sorted(shuffled, key=lambda stretch: stretch.length):
            count = len(batches[-1])
            if count == STRETCHES_IN_BATCH or (count and (count + 1) * stretch.length > BATCH_TOKENS):
                batches.append([])
            batches[-1].append(stretch)
        return [batches[place] for place in self.generator.permutation(len(batches))]

    def _partly_hidden(self, items: numpy.ndarray) -> numpy.ndarray:
        if self.generator.random() >= HIDDEN_HISTORIES:
            return items
        share = self.generator.random() * HIDDEN_SHARE
        return numpy.where(self.generator.random(len(items)) < share, MASK, items)

    def _first_position(self, stretch: Stretch) -> int:
        """The true position where the model has it; now and then any other."""
        last = self.positions - stretch.length
        if self.generator.random() < TRUE_PLACE:
            return min(stretch.start, last)
        return int(self.generator.integers(0, last + 1))

    def run_batch(self, batch: list[Stretch]) -> Runs:
        shape = len(batch), max(stretch.length for stretch in batch)
        tokens, wanted = numpy.full(shape, PAD), numpy.full(shape, PAD)
        positions = numpy.zeros(shape, numpy.int64)
        impossible = numpy.zeros((*shape, VOCABULARY_SIZE), bool)
        impossible[:, :, [PAD, MASK]] = True
        for row, stretch in enumerate(batch):
            items = stretch.history.with_ties_shuffled(self.generator)
            run = items[stretch.start : stretch.end]
            tokens[row, : len(run)] = self._partly_hidden(run)
            wanted[row, 1 : len(run)] = run[1:]
            places = self._first_position(stretch) + numpy.arange(shape[1])
            positions[row] = numpy.minimum(places, self.positions - 1)
            impossible[row][:, items[: stretch.start]] = True
            later, earlier = numpy.tril_indices(len(run), -1)
            impossible[row, later, run[earlier]] = True
        return Runs(tokens, positions, wanted, impossible[wanted != PAD])

    def cut_batch(self, batch: list[Stretch]) -> Cuts:
        longest = max(stretch.length for stretch in batch)
        tokens = numpy.full((len(batch), longest), PAD)
        wanted = numpy.zeros((len(batch), VOCABULARY_SIZE), numpy.float32)
        impossible = numpy.zeros((len(batch), VOCABULARY_SIZE), bool)
        impossible[:, [PAD, MASK]] = True
        for row, stretch in enumerate(batch):
            items, times = stretch.history.with_ties_shuffled(self.generator), stretch.history.times
            next_ones = items[stretch.end - 1 :][times[stretch.end - 1 :] == times[stretch.end - 1]]
            wanted[row, next_ones] = 1 / len(next_ones)
            impossible[row, items[: stretch.end - 1]] = True
            tokens[row, : stretch.length] = self._partly_hidden(items[stretch.start : stretch.end])
            tokens[row, stretch.length - 1] = MASK
        return Cuts(tokens, numpy.array([stretch.length for stretch in batch]), wanted, impossible)

"""Examples: runs of a history to predict step by step; histories cut before an item, to set the start's output by.

Ties in time stay as in the file, as where the model is measured. Some items are hidden behind the mask, since
explanations hide items and the model has to read such histories too.
"""

from dataclasses import dataclass

import numpy

from data import ITEM_COUNT, MASK, PAD, History
from teacher import Teacher

BATCH_TOKENS = 3_200
STRETCHES_IN_BATCH = 64
RUN_LENGTH = 50
# Of longer histories the student learns from these last items only.
RECENT = 100
# How often a run keeps its true positions, and how often a cut history loses its beginning.
TRUE_PLACE = 0.7
SHORTENED = 0.3
# This share of the cuts falls before one of the last items, where users are asked about.
LATE_CUTS, LATE_ITEMS = 0.3, 20
# Half of the histories hide items: up to this share of them.
HIDDEN_HISTORIES = 0.5
HIDDEN_SHARE = 0.3


@dataclass(frozen=True)
class Stretch:
    """Items `start` up to `end`, exclusive, of the history at `row`."""

    row: int
    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True)
class Runs:
    """Stretches in which every item but the first is predicted from those before it.

    `tokens`, `positions`, `asked`: [stretches, longest]; `asked` says what is predicted. `items` [predictions] came
    next, and `opinions` [predictions, items] the teacher holds likely; both count items from 0.
    """

    tokens: numpy.ndarray
    positions: numpy.ndarray
    asked: numpy.ndarray
    items: numpy.ndarray
    opinions: numpy.ndarray


@dataclass(frozen=True)
class Cuts:
    """Histories as at inference, the mask last: `tokens` [histories, longest], `lengths` [histories].

    `opinions` [histories, items] as in `Runs`.
    """

    tokens: numpy.ndarray
    lengths: numpy.ndarray
    opinions: numpy.ndarray


class Sampler:
    """Draws batches from histories, the same ones for the same seed."""

    def __init__(self, histories: list[History], teacher: Teacher, positions: int, seed: int):
        self.histories = [history.items for history in histories]
        # A run's first item is not predicted.
        self.starts = [max(0, len(items) - RECENT) for items in self.histories]
        recent = [numpy.arange(start + 1, len(items)) for start, items in zip(self.starts, self.histories, strict=True)]
        self.opinions = [teacher.opinions(row, cuts) for row, cuts in enumerate(recent)]
        self.positions = positions
        self.generator = numpy.random.default_rng(seed)

    def runs(self) -> list[list[Stretch]]:
        """All recent histories once, in runs of at most `RUN_LENGTH` items that share one item with the next run."""
        stretches = []
        for row, items in enumerate(self.histories):
            end = len(items)
            length = int(self.generator.integers(RUN_LENGTH // 2, RUN_LENGTH + 1))
            while end > self.starts[row] + 1:
                start = max(self.starts[row], end - length)
                stretches.append(Stretch(row, start, end))
                end, length = start + 1, RUN_LENGTH
        return self._batches(stretches)

    def cuts(self) -> list[list[Stretch]]:
        """Every history once, cut before a recent item, more often a late one."""
        stretches = []
        for row, items in enumerate(self.histories):
            late = self.generator.random() < LATE_CUTS
            earliest = max(self.starts[row] + 2, len(items) - LATE_ITEMS + 1 if late else 2)
            end = int(self.generator.integers(earliest, len(items) + 1))
            start = max(0, end - self.positions)
            if self.generator.random() < SHORTENED:
                start = int(self.generator.integers(start, end - 1))
            stretches.append(Stretch(row, start, end))
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

    def _opinions(self, stretch: Stretch, first: int) -> numpy.ndarray:
        """What the teacher holds likely in place of the items from `first` to the stretch's end."""
        start = self.starts[stretch.row] + 1
        return self.opinions[stretch.row][first - start : stretch.end - start]

    def run_batch(self, batch: list[Stretch]) -> Runs:
        shape = len(batch), max(stretch.length for stretch in batch)
        tokens, positions, asked = numpy.full(shape, PAD), numpy.zeros(shape, numpy.int64), numpy.zeros(shape, bool)
        wanted, opinions = [], []
        for row, stretch in enumerate(batch):
            run = self.histories[stretch.row][stretch.start : stretch.end]
            tokens[row, : len(run)] = self._partly_hidden(run)
            asked[row, 1 : len(run)] = True
            places = self._first_position(stretch) + numpy.arange(shape[1])
            positions[row] = numpy.minimum(places, self.positions - 1)
            wanted.append(run[1:] - 1)
            opinions.append(self._opinions(stretch, stretch.start + 1))
        return Runs(tokens, positions, asked, numpy.concatenate(wanted), numpy.concatenate(opinions))

    def cut_batch(self, batch: list[Stretch]) -> Cuts:
        lengths = numpy.array([stretch.length for stretch in batch])
        tokens = numpy.full((len(batch), lengths.max()), PAD)
        opinions = numpy.zeros((len(batch), ITEM_COUNT), numpy.float16)
        for row, stretch in enumerate(batch):
            cut = self.histories[stretch.row][stretch.start : stretch.end]
            tokens[row, : len(cut)] = self._partly_hidden(cut)
            tokens[row, len(cut) - 1] = MASK
            opinions[row] = self._opinions(stretch, stretch.end - 1)[0]
        return Cuts(tokens, lengths, opinions)

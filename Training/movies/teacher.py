"""The teacher: a small network that weighs what the counts say of an item, the same for all items.

It has no weights of its own for any film, so all it knows of films are counts over other users.
"""

import numpy
import torch
from torch.nn.functional import cross_entropy

from counts import Counts
from data import ITEM_COUNT

WIDTH = 32
PASSES, RATE, BATCH = 6, 4e-3, 32
# It learns from this many of a history's last `LATE` cuts and this many of all, each against `OTHERS` items.
LATE, LATE_CUTS, CUTS = 30, 6, 4
OTHERS = 200
IMPOSSIBLE = -60_000
CHUNK = 32


class Teacher:
    """Fitted on the histories the counts are of."""

    def __init__(self, counts: Counts, seed: int = 0):
        self.counts = counts
        examples, offsets = self._examples(numpy.random.default_rng(seed))
        flat = examples.flatten(0, 1)
        self.mean, self.scale = flat.mean(0), flat.std(0) + 1e-3
        torch.manual_seed(seed)
        self.network = torch.nn.Sequential(
            torch.nn.Linear(flat.shape[1], WIDTH),
            torch.nn.ReLU(),
            torch.nn.Linear(WIDTH, WIDTH),
            torch.nn.ReLU(),
            torch.nn.Linear(WIDTH, 1),
        )
        self._fit(examples, offsets)

    def _examples(self, generator: numpy.random.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Features of the item that came first and of others drawn; and what makes up for those not drawn."""
        examples, offsets = [], []
        for row, items in enumerate(self.counts.sequences):
            count = len(items)
            late = generator.choice(numpy.arange(max(1, count - LATE), count), LATE_CUTS, replace=False)
            for cuts in (numpy.sort(late), numpy.unique(generator.integers(1, count, CUTS))):
                features = self.counts.features(row, cuts)
                for cut, scored in zip(cuts, features, strict=True):
                    free = numpy.setdiff1d(numpy.arange(ITEM_COUNT), items[: cut + 1])
                    examples.append(scored[[items[cut], *generator.choice(free, OTHERS)]])
                    offsets.append([0, *[numpy.log(len(free) / OTHERS)] * OTHERS])
        return torch.from_numpy(numpy.stack(examples)), torch.tensor(offsets)

    def _fit(self, examples: torch.Tensor, offsets: torch.Tensor) -> None:
        optimizer = torch.optim.AdamW(self.network.parameters(), RATE, weight_decay=1e-3)
        steps = PASSES * (len(examples) // BATCH)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: max(0.02, 1 - step / steps))
        for _ in range(PASSES):
            for drawn in torch.randperm(len(examples))[: steps // PASSES * BATCH].view(-1, BATCH):
                scores = self._scores(examples[drawn]) + offsets[drawn]
                loss = cross_entropy(scores, torch.zeros(BATCH, dtype=torch.long))
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                schedule.step()

    def _scores(self, features: torch.Tensor) -> torch.Tensor:
        return self.network((features - self.mean) / self.scale).squeeze(-1)

    @torch.inference_mode()
    def opinions(self, row: int, cuts: numpy.ndarray) -> numpy.ndarray:
        """[cuts, items] log-shares of what comes next in a history; its items until then are `IMPOSSIBLE`."""
        items = self.counts.sequences[row]
        found = []
        for start in range(0, len(cuts), CHUNK):
            chunk = cuts[start : start + CHUNK]
            scores = self._scores(torch.from_numpy(self.counts.features(row, chunk)))
            for own, cut in zip(scores, chunk, strict=True):
                own[torch.from_numpy(items[:cut])] = -torch.inf
            found.append(scores.log_softmax(-1).clamp(min=IMPOSSIBLE).to(torch.float16).numpy())
        return numpy.concatenate(found)

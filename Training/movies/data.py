"""MovieLens 100K: the ratings as histories in the order of time, and who is asked about what."""

from dataclasses import dataclass
from pathlib import Path

import numpy

ITEM_COUNT = 1_682
PAD, MASK = 0, ITEM_COUNT + 1
VOCABULARY_SIZE = ITEM_COUNT + 2


@dataclass(frozen=True)
class History:
    """What one user rated, oldest first; ratings of the same second keep the order of the file."""

    user: int
    items: numpy.ndarray
    times: numpy.ndarray

    def without_last(self, count: int) -> "History":
        """The history before its last `count` items."""
        return History(self.user, self.items[:-count], self.times[:-count])


# How many of a user's last items are held back: the last one is the test, the one before the validation.
HELD_BACK = {"validation": 2, "test": 1}


def read_histories(folder: Path) -> list[History]:
    """Every rating counts as an interaction, whatever its stars. Users ascend."""
    rows = numpy.loadtxt(folder / "u.data", dtype=numpy.int64, delimiter="\t")
    assert rows.shape == (100_000, 4), f"u.data has {rows.shape[0]} rows, MovieLens 100K has 100,000"
    histories = []
    for user in range(1, rows[:, 0].max() + 1):
        own = rows[rows[:, 0] == user]
        order = numpy.argsort(own[:, 3], kind="stable")
        histories.append(History(user, own[order, 1], own[order, 3]))
    return histories


def read_titles(folder: Path) -> list[str]:
    """The titles of items 1, 2, … as in `u.item`, which is latin-1."""
    titles = {}
    for line in (folder / "u.item").read_text(encoding="latin-1").splitlines():
        item, title = line.split("|")[:2]
        titles[int(item)] = title
    assert sorted(titles) == list(range(1, ITEM_COUNT + 1)), "u.item does not hold the items 1 to 1,682"
    return [titles[item] for item in range(1, ITEM_COUNT + 1)]

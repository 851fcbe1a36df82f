"""Ranks of held-back items among all items, and what is said about them, with intervals."""

import math
from collections.abc import Callable, Iterable

import numpy

from data import HELD_BACK, History

CUTOFFS = (5, 10)
RESAMPLES = 2_000

# The scores of items 1, 2, … after a history, as an array of ITEM_COUNT numbers.
Scorer = Callable[[numpy.ndarray], numpy.ndarray]


def rank(scores: numpy.ndarray, history: numpy.ndarray, wanted: int) -> int:
    """The place of `wanted`, from 1, among all items outside `history`; of equal scores the lower item is first."""
    scores = scores.astype(numpy.float64)
    scores[history - 1] = -numpy.inf
    own = scores[wanted - 1]
    return 1 + int((scores > own).sum() + (scores[: wanted - 1] == own).sum())


def ranks(scorer: Scorer, histories: Iterable[History], split: str) -> numpy.ndarray:
    """The rank of every user's held-back item."""
    found = []
    for history in histories:
        known = history.without_last(HELD_BACK[split])
        found.append(rank(scorer(known.items), known.items, history.items[len(known.items)]))
    return numpy.array(found)


def measures(ranks: numpy.ndarray) -> dict[str, numpy.ndarray]:
    """Each user's share in HR@k, NDCG@k (one relevant item) and MRR; their means are the figures."""
    found = {f"HR@{k}": (ranks <= k).astype(float) for k in CUTOFFS}
    found |= {f"NDCG@{k}": numpy.where(ranks <= k, 1 / numpy.log2(ranks + 1), 0) for k in CUTOFFS}
    return found | {"MRR": 1 / ranks}


def brief(ranks: numpy.ndarray) -> str:
    """All figures in a line."""
    return " ".join(f"{measure} {values.mean():.4f}" for measure, values in measures(ranks).items())


def wilson(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share of `count` trials (Wilson 1927)."""
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return (middle - spread) / scale, (middle + spread) / scale


def bootstrap(values: numpy.ndarray, seed: int = 1) -> tuple[float, float]:
    """95 % percentile interval of the mean over resampled users."""
    generator = numpy.random.default_rng(seed)
    means = values[generator.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    return float(numpy.quantile(means, 0.025)), float(numpy.quantile(means, 0.975))


def describe(name: str, ranks: numpy.ndarray) -> dict:
    """All figures with their intervals: Wilson's for shares of users, the bootstrap's for the rest."""
    figures = {"name": name, "users": len(ranks)}
    for measure, values in measures(ranks).items():
        mean = float(values.mean())
        low, high = wilson(mean, len(values)) if measure.startswith("HR") else bootstrap(values)
        figures[measure] = {"mean": round(mean, 4), "low": round(low, 4), "high": round(high, 4)}
    return figures


def lead(ours: numpy.ndarray, theirs: numpy.ndarray) -> dict:
    """How much more `ours` has than `theirs` on the same users, with bootstrap intervals."""
    mine, other = measures(ours), measures(theirs)
    found = {}
    for measure in mine:
        difference = mine[measure] - other[measure]
        low, high = bootstrap(difference)
        found[measure] = {"mean": round(float(difference.mean()), 4), "low": round(low, 4), "high": round(high, 4)}
    return found

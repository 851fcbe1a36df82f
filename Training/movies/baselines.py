"""The marks to beat: most popular, first-order Markov chain, nearest items by cosine.

All are fitted on what is not held back (`without_last`), and score every item after a history.
"""

import numpy

from data import HELD_BACK, ITEM_COUNT, History
from ranking import Scorer, measures, ranks

NEIGHBOURS = (5, 10, 20, 50, 100, ITEM_COUNT)
SHRINKAGES = (0, 5, 20, 50, 100)
RECENT = (1, 3, 5, 10, 20)


def popularity_counts(known: list[History]) -> numpy.ndarray:
    """How many users rated each item."""
    return numpy.bincount(numpy.concatenate([history.items for history in known]) - 1, minlength=ITEM_COUNT)


def popularity(known: list[History]) -> Scorer:
    counts = popularity_counts(known)
    return lambda history: counts


def markov(known: list[History]) -> Scorer:
    """Counts how often an item followed the last one; the more popular is first where counts are equal."""
    follows = numpy.zeros((ITEM_COUNT, ITEM_COUNT))
    for history in known:
        numpy.add.at(follows, (history.items[:-1] - 1, history.items[1:] - 1), 1)
    popular = popularity_counts(known) / 1e6
    return lambda history: follows[history[-1] - 1] + popular


def nearest_items(
    known: list[History], neighbours: int = ITEM_COUNT, shrinkage: float = 0, recent: int | None = None
) -> Scorer:
    """Sums, over the history's items, the cosine of an item's users with the other's, if it is a near neighbour.

    `shrinkage` is added to the product of the norms. `recent` sums over the last items only.
    """
    seen = numpy.zeros((len(known), ITEM_COUNT))
    for row, history in enumerate(known):
        seen[row, history.items - 1] = 1
    norms = numpy.sqrt(seen.sum(axis=0))
    together = seen.T @ seen
    bottom = numpy.outer(norms, norms) + shrinkage
    similarity = numpy.divide(together, bottom, out=numpy.zeros_like(together), where=bottom > 0)
    numpy.fill_diagonal(similarity, 0)
    if neighbours < ITEM_COUNT:
        far = numpy.argsort(-similarity, axis=1, kind="stable")[:, neighbours:]
        numpy.put_along_axis(similarity, far, 0, axis=1)
    return lambda history: similarity[history[-recent if recent else 0 :] - 1].sum(axis=0)


def tuned_nearest_items(histories: list[History]) -> tuple[dict, dict]:
    """The settings with the best NDCG@10 on the validation items: over whole histories, and over recent items."""
    known = [history.without_last(HELD_BACK["validation"]) for history in histories]

    def quality(settings: dict) -> float:
        return measures(ranks(nearest_items(known, **settings), histories, "validation"))["NDCG@10"].mean()

    whole = [{"neighbours": k, "shrinkage": shrinkage} for k in NEIGHBOURS for shrinkage in SHRINKAGES]
    recent = [{"neighbours": k, "recent": count} for k in NEIGHBOURS for count in RECENT]
    return max(whole, key=quality), max(recent, key=quality)

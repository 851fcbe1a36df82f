"""What counts over all histories say of every item at a cut of one of them, without that history's own part.

A user's own ratings are taken out of every count that scores items for this user, so a training history looks as
a new one would.
"""

import numpy

from data import ITEM_COUNT, History

LAGS = 5
COSINES = (1, 2, 3, 5, 10, 30)
RISES = 4
# This many transitions by popularity are added to those counted.
PRIOR = 5


def log_shares(counted: numpy.ndarray, popularity: numpy.ndarray) -> numpy.ndarray:
    """Logarithms of the rows' shares, smoothed towards the shares of popularity."""
    shares = (counted + PRIOR * popularity) / (counted.sum(axis=1, keepdims=True) + PRIOR)
    return numpy.log(shares + 1e-7)


class Counts:
    """`follows` [lag, item, item]: how often the second item came so many places after the first; `near`: at any of
    the lags; `together` [item, item] and `users` [item]: users who rated both, or it; `place`: how late it comes in
    a history on average, from 0 to 1. Items count from 0 here.
    """

    def __init__(self, histories: list[History]):
        self.sequences = [history.items - 1 for history in histories]
        self.follows = numpy.zeros((LAGS, ITEM_COUNT, ITEM_COUNT), numpy.float32)
        seen = numpy.zeros((len(histories), ITEM_COUNT), numpy.float32)
        places = numpy.zeros(ITEM_COUNT, numpy.float32)
        for row, items in enumerate(self.sequences):
            seen[row, items] = 1
            places[items] += numpy.arange(len(items), dtype=numpy.float32) / len(items)
            for lag in range(1, LAGS + 1):
                numpy.add.at(self.follows[lag - 1], (items[:-lag], items[lag:]), 1)
        self.near = self.follows.sum(axis=0)
        self.users = seen.sum(axis=0)
        self.together = seen.T @ seen
        self.place = (places + PRIOR / 2) / (self.users + PRIOR)

    def features(self, row: int, cuts: numpy.ndarray) -> numpy.ndarray:
        """[cuts, items, features] of a history before its items at `cuts`, ascending; its end is a cut, too."""
        items = self.sequences[row]
        users = self.users.copy()
        users[items] -= 1
        popularity = users / users.sum()
        each = [
            *self._transitions(items, cuts, popularity),
            *self._cosines(items, cuts, users),
            *_distances(items[cuts - 1]),
            numpy.broadcast_to(numpy.log(popularity + 1e-6), (len(cuts), ITEM_COUNT)),
            numpy.broadcast_to(self.place, (len(cuts), ITEM_COUNT)),
        ]
        shared = _shape(items, cuts)
        found = numpy.empty((len(cuts), ITEM_COUNT, len(each) + shared.shape[1]), numpy.float32)
        for number, feature in enumerate(each):
            found[:, :, number] = feature
        found[:, :, len(each) :] = shared[:, None]
        return found

    def _transitions(self, items: numpy.ndarray, cuts: numpy.ndarray, popularity: numpy.ndarray) -> list[numpy.ndarray]:
        """What followed each of the last items at its distance, and what was near any of them afterwards."""
        found = []
        inside = cuts < len(items)
        for lag in range(1, LAGS + 1):
            counted = self.follows[lag - 1][items[cuts - lag]]
            counted[inside, items[cuts[inside]]] -= 1
            counted[cuts < lag] = 0
            found.append(log_shares(counted, popularity))
        near = numpy.zeros_like(found[0])
        for back in range(1, LAGS + 1):
            counted = self.near[items[cuts - back]]
            for ahead in range(LAGS + 1 - back):
                there = cuts + ahead < len(items)
                counted[there, items[cuts[there] + ahead]] -= 1
            counted[cuts < back] = 0
            near += counted
        return [*found, log_shares(near, popularity)]

    def _cosines(self, items: numpy.ndarray, cuts: numpy.ndarray, users: numpy.ndarray) -> list[numpy.ndarray]:
        """The mean cosine with the last items, over several lengths."""
        first = max(0, cuts[0] - COSINES[-1])
        films = items[first : cuts[-1]]
        both = self.together[films]
        both[:, items] -= 1
        norms = numpy.outer(numpy.maximum(users[films], 1), numpy.maximum(users, 1))
        cosines = numpy.maximum(both, 0) / numpy.sqrt(norms + 1)
        sums = numpy.zeros((len(films) + 1, ITEM_COUNT))
        numpy.cumsum(cosines, axis=0, out=sums[1:])
        found = []
        for length in COSINES:
            starts = numpy.maximum(cuts - length, 0)
            means = (sums[cuts - first] - sums[starts - first]) / (cuts - starts)[:, None]
            found.append(numpy.log(numpy.maximum(means, 0) + 1e-3))
        return found


def _distances(last: numpy.ndarray) -> list[numpy.ndarray]:
    """How far each item's number is from the last one's: ties in time ascend by it."""
    further = numpy.arange(ITEM_COUNT) - last[:, None]
    higher = further > 0
    size = numpy.abs(further)
    rises = [higher * numpy.exp(-size / scale) for scale in (3, 30, 200)]
    return [numpy.sign(further) * numpy.log1p(size), higher, *rises, ~higher * numpy.exp(-size / 3)]


def _shape(items: numpy.ndarray, cuts: numpy.ndarray) -> numpy.ndarray:
    """The same for all items: the last steps of the numbers, up or down, how many up in a row, the length, the last."""
    steps = numpy.zeros((len(cuts), RISES))
    for back in range(1, RISES + 1):
        deep = cuts > back
        ends = cuts[deep] - back
        steps[deep, back - 1] = numpy.where(items[ends] > items[ends - 1], 1, -1)
    in_a_row = numpy.cumprod(steps > 0, axis=1).sum(axis=1)
    return numpy.column_stack([steps, in_a_row, numpy.log(cuts), items[cuts - 1] / ITEM_COUNT])

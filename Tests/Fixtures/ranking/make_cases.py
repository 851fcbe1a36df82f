"""Makes cases.json: leave-one-out figures of the three baselines on small random histories.

Dense matrices and plain loops, nothing shared with the Swift code. Needs numpy:
    python3 make_cases.py > cases.json
"""
import json

import numpy as np

NEIGHBOURS = (5, 10, 20, 50, 100, 200, 500)
SHRINKAGES = (0, 10, 100)


def measures(better, equal, k):
    """HR, NDCG and MRR, means over all orders of the ties."""
    ranks = np.arange(better + 1, better + equal + 2)
    gains = np.where(ranks <= k, 1 / np.log2(ranks + 1), 0)
    return [float(np.mean(ranks <= k)), float(np.mean(gains)), float(np.mean(1 / ranks))]


def place(scores, target, history):
    candidates = np.ones(len(scores), bool)
    candidates[history] = False
    candidates[target] = False
    return int((scores[candidates] > scores[target]).sum()), int((scores[candidates] == scores[target]).sum())


def split(histories, withheld):
    training = [h[:-withheld] if len(h) > withheld else [] for h in histories]
    return training, [(h, full[len(h)]) for h, full in zip(training, histories) if h]


def neighbour_weights(training, items, neighbours, shrinkage):
    seen = np.zeros((len(training), items))
    for user, history in enumerate(training):
        seen[user, history] = 1
    common = seen.T @ seen
    counts = np.diag(common)
    with np.errstate(all="ignore"):
        similarity = np.where(common > 0, common / (np.sqrt(np.outer(counts, counts)) + shrinkage), 0.0)
    np.fill_diagonal(similarity, 0)
    weights = np.zeros_like(similarity)
    for item in range(items):
        nearest = np.lexsort((np.arange(items), -similarity[:, item]))[:neighbours]
        weights[nearest, item] = similarity[nearest, item]
    return weights


def neighbour_scores(weights, history):
    scores = np.zeros(len(weights))
    for item in sorted(set(history)):
        scores = scores + weights[item]
    return scores


def figures(histories, items, withheld, neighbours, shrinkage, k):
    training, questions = split(histories, withheld)
    popularity = np.zeros(items, int)
    follows = np.zeros((items, items), int)
    for history in training:
        for item in history:
            popularity[item] += 1
        for first, second in zip(history, history[1:]):
            follows[first, second] += 1
    weights = neighbour_weights(training, items, neighbours, shrinkage)

    def markov(history):
        pairs = [(int(follows[history[-1], item]), int(popularity[item])) for item in range(items)]
        order = {pair: rank for rank, pair in enumerate(sorted(set(pairs)))}
        return np.array([order[pair] for pair in pairs])

    result = []
    for name, scores in (("most-popular", lambda h: popularity), ("markov", markov),
                         ("item-knn", lambda h: neighbour_scores(weights, h))):
        places = [place(scores(h), target, h) for h, target in questions]
        means = np.mean([measures(*p, k) for p in places], axis=0)
        result.append({"name": name, "better": [p[0] for p in places], "tied": [p[1] for p in places],
                       "means": [float(x) for x in means]})
    return result


def tuned(histories, items, k):
    best, best_gain = None, -1
    for shrinkage in SHRINKAGES:
        for neighbours in NEIGHBOURS:
            gain = figures(histories, items, 2, neighbours, shrinkage, k)[2]["means"][1]
            if gain > best_gain + 1e-12:
                best, best_gain = (neighbours, shrinkage), gain
    return best


def main():
    cases = []
    for seed, users, items, k in ((1, 12, 8, 3), (2, 40, 25, 5), (3, 60, 40, 10)):
        generator = np.random.default_rng(seed)
        taste = generator.dirichlet(np.full(items, 0.4), 4)
        histories = []
        for _ in range(users):
            length = int(generator.integers(0, 12))
            histories.append([int(x) for x in generator.choice(items, length, p=taste[generator.integers(4)])])
        neighbours, shrinkage = tuned(histories, items, k)
        cases.append({
            "items": items, "k": k, "histories": histories, "neighbours": neighbours, "shrinkage": shrinkage,
            "test": figures(histories, items, 1, neighbours, shrinkage, k),
            "validation": figures(histories, items, 2, 3, 1.5, k)})
    print(json.dumps(cases))


main()

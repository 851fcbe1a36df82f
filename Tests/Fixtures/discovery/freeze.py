"""Freezes answers of reference libraries for the independence tests: independence.json.

  python3 -m venv venv && venv/bin/pip install numpy scipy mpmath causal-learn==0.1.4.8 tigramite==5.2.10.1 numba
  venv/bin/python freeze.py

- chi_squared_tail: the upper tail of the chi-squared distribution, by mpmath with 50 digits.
- contingency: p-values of G-squared and chi-squared, by causal-learn, and the plug-in conditional mutual information
  in nats, from its definition.
- neighbours: tigramite's CMIknn on ranks, and partial correlations of the same samples by numpy.
"""
import itertools
import json
import math

import mpmath
import numpy as np
from causallearn.utils.cit import CIT
from tigramite.independence_tests.cmiknn import CMIknn


def chi_squared_tail():
    mpmath.mp.dps = 50
    cases = []
    for degrees in (1, 2, 3, 4, 7, 10, 31, 36, 100, 999, 5000, 20000):
        for factor in (0.01, 0.3, 0.9, 1.0, 1.05, 1.5, 3.0, 10.0):
            x = degrees * factor
            p = mpmath.gammainc(mpmath.mpf(degrees) / 2, mpmath.mpf(x) / 2, mpmath.inf, regularized=True)
            if p > mpmath.mpf("1e-300"):
                cases.append({"degrees": degrees, "statistic": x, "p": float(p)})
    return cases


def information(columns, x, y, z):
    def term(members):
        counts = {}
        for row in zip(*(columns[m] for m in members)) if members else [()] * len(columns[0]):
            counts[row] = counts.get(row, 0) + 1
        return math.fsum(c * math.log(c) for c in counts.values())

    return (term([x, y] + z) + term(z) - term([x] + z) - term([y] + z)) / len(columns[0])


def contingency():
    rng = np.random.default_rng(7)
    n = 600
    a = rng.integers(0, 2, n)
    b = (a + (rng.random(n) < 0.3) * rng.integers(0, 3, n)) % 3
    c = (b + (rng.random(n) < 0.5) * rng.integers(0, 4, n)) % 4
    d = rng.integers(0, 3, n)
    # A rare category leaves empty rows in many strata.
    e = np.where(rng.random(n) < 0.02, 2, (c + d + (rng.random(n) < 0.4)) % 2)
    data = np.stack([a, b, c, d, e], axis=1)
    g2, chi2 = CIT(data, "gsq"), CIT(data, "chisq")
    columns = data.T.tolist()
    cases = []
    for x, y in itertools.combinations(range(5), 2):
        rest = [v for v in range(5) if v not in (x, y)]
        for size in range(3):
            for z in itertools.combinations(rest, size):
                cases.append({
                    "x": x, "y": y, "z": list(z), "g2": float(g2(x, y, list(z))), "chi2": float(chi2(x, y, list(z))),
                    "information": information(columns, x, y, list(z))})
    return {"columns": columns, "cases": cases}


def neighbours():
    rng = np.random.default_rng(11)
    n = 150
    x = rng.normal(size=n)
    y = 0.8 * x + rng.normal(size=n)
    z = np.sin(2 * y) + 0.5 * rng.normal(size=n)
    w = x * z + 0.5 * rng.normal(size=n)
    # Squares of ranks: tigramite adds noise of 1e-6 standard deviations, which must not change the ranks.
    data = np.stack([x, y, z, w]).argsort(axis=1).argsort(axis=1).astype(float) ** 2
    cases = []
    for first, second in itertools.combinations(range(4), 2):
        rest = [v for v in range(4) if v not in (first, second)]
        for size in range(3):
            for given in itertools.combinations(rest, size):
                members = [first, second, *given]
                for k in (3, 30):
                    test = CMIknn(knn=k, transform="ranks", workers=1)
                    value = test.get_dependence_measure(data[members], np.array([0, 1] + [2] * size))
                    inverse = np.linalg.inv(np.corrcoef(data[members]))
                    partial = -inverse[0, 1] / math.sqrt(inverse[0, 0] * inverse[1, 1])
                    cases.append({
                        "x": first, "y": second, "z": list(given), "k": k, "information": float(value),
                        "partialCorrelation": float(partial)})
    return {"columns": data.tolist(), "cases": cases}


if __name__ == "__main__":
    with open("independence.json", "w") as file:
        json.dump(
            {"chi_squared_tail": chi_squared_tail(), "contingency": contingency(), "neighbours": neighbours()},
            file, separators=(",", ":"))
        file.write("\n")

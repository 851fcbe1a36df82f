"""Freezes cases of the report's statistics, computed with scipy and statsmodels.

    pip install numpy scipy statsmodels
    python statistics.py > statistics.json
"""

import json

import numpy as np
import scipy
import scipy.optimize
import scipy.stats
import statsmodels
import statsmodels.api as sm
from statsmodels.stats.multitest import multipletests

generator = np.random.default_rng(7)

# Upper tails, near the mean and far from it, with both ends of the beta distribution high in some.
tails = []
for rows, mean, dispersion in [
    (12, 0.1, 0.0), (40, 0.03, 0.02), (300, 0.5, 0.001), (60, 0.06, 0.1), (25, 0.4, 0.7),
    (5_000, 0.01, 0.003), (200_000, 0.002, 0.0), (200_000, 0.02, 0.0005), (17, 0.97, 0.2),
]:
    for share in (0.0, 0.5, 1.0, 1.3, 2.5, 8.0):
        count = min(rows, int(np.ceil(rows * mean * share)))
        if dispersion == 0:
            tail = scipy.stats.binom.sf(count - 1, rows, mean)
        else:
            scale = 1 / dispersion - 1
            # scipy's beta-binomial sums its probabilities by subtraction; here they are added from the far end.
            ways = np.arange(count, rows + 1)
            tail = np.exp(scipy.stats.betabinom.logpmf(ways, rows, mean * scale, (1 - mean) * scale))[::-1].sum()
        tails.append(dict(rows=rows, mean=mean, dispersion=dispersion, count=count, tail=float(min(1, tail))))

# Benjamini and Hochberg, with ties and in no order.
p_values = [0.04, 0.001, 0.2, 0.04, 0.9, 1.0, 0.0004, 0.03, 0.2, 0.012]
q_values = multipletests(p_values, method="fdr_bh")[1]


def expected_rates(parts, free):
    """Williams' method II around statsmodels' weighted logistic regression, with the normal prior by hand."""
    rows = np.array([p["rows"] for p in parts], float)
    explains = np.array([p["explains"] for p in parts], float)
    blind = np.array([p["blind"] for p in parts])
    design = np.c_[np.ones(len(parts)), [p["association"] for p in parts], np.log(rows)][:, free]
    offset = np.log(blind / (1 - blind))
    penalty = np.array([0, 1 / 25, 1 / 25])[free]
    dispersion = 0.0
    for _ in range(200):
        weights = 1 / (1 + (rows - 1) * dispersion)

        def objective(beta):
            logit = offset + design @ beta
            likelihood = weights * (explains * logit - rows * np.logaddexp(0, logit))
            rate = 1 / (1 + np.exp(-logit))
            gradient = design.T @ (weights * (explains - rows * rate)) - penalty * beta
            return -(likelihood.sum() - (penalty * beta**2).sum() / 2), -gradient

        beta = scipy.optimize.minimize(
            objective, np.zeros(design.shape[1]), jac=True, method="BFGS", options=dict(gtol=1e-11, maxiter=10_000)
        ).x
        rate = 1 / (1 + np.exp(-(offset + design @ beta)))

        def excess(value):
            variance = rows * rate * (1 - rate) * (1 + (rows - 1) * value)
            return ((explains - rows * rate) ** 2 / variance).sum() - (len(parts) - 3)

        before = dispersion
        dispersion = 0.0 if excess(0) <= 0 else scipy.optimize.brentq(excess, 0, 0.999, xtol=1e-15)
        if abs(dispersion - before) < 1e-13:
            break
    if penalty[-1] and dispersion == 0:
        # Without the prior and the weights this is statsmodels' regression.
        plain = sm.GLM(np.c_[explains, rows - explains], design, family=sm.families.Binomial(), offset=offset).fit()
        assert np.abs(plain.params - beta).max() < 0.1, (plain.params, beta)
    return beta, dispersion, rate


def parts(count, slope, spread):
    made = []
    for _ in range(count):
        rows = int(5 + generator.pareto(1.1) * 10) % 3_000
        rows = max(rows, 5)
        blind = float(np.round(generator.uniform(0.01, 0.2), 4))
        association = float(np.round(abs(generator.normal(0, 0.6)), 4))
        logit = np.log(blind / (1 - blind)) + 0.3 + slope * association - 0.2 * np.log(rows)
        logit += spread * generator.normal()
        explains = int(generator.binomial(rows, 1 / (1 + np.exp(-logit))))
        made.append(dict(rows=rows, explains=explains, blind=blind, association=association))
    return made


fits = []
for count, slope, spread, free in [(40, 1.0, 0.0, [0, 1, 2]), (80, 1.5, 0.6, [0, 1, 2]), (60, -1.5, 0.3, [0, 2])]:
    observed = parts(count, slope, spread)
    beta, dispersion, rate = expected_rates(observed, free)
    coefficients = [0.0, 0.0, 0.0]
    for place, value in zip(free, beta):
        coefficients[place] = float(value)
    fits.append(
        dict(parts=observed, coefficients=coefficients, dispersion=float(dispersion), rates=[float(r) for r in rate]))

print(
    json.dumps(
        dict(
            made_with=dict(scipy=scipy.__version__, statsmodels=statsmodels.__version__),
            tails=tails, pValues=p_values, qValues=[float(q) for q in q_values], fits=fits),
        indent=1))

"""The peers' side of the discovery benchmark: causality-lab's ICD and FCI and causal-learn's FCI on the same attention
matrices, each run in a process of its own that is ended after a limit of processor time.

usage: discovery.py CASES [--limit SECONDS] [--runs N] [--only PEER]

CASES is the folder that `WhenceBench discovery --write-cases CASES` wrote: `cases.csv` and a CSV file a matrix. Cases
with a largest conditioning set are left out: they are bounds of ours that the peers do not come near.
causality-lab is no package: set CAUSALITY_LAB to a checkout of github.com/IntelLabs/causality-lab, or its rows say so.
Prints a line of JSON for each case and peer: input, peer, seconds (the fastest run), tests, edges, status.
"""

import argparse
import csv
import functools
import json
import math
import multiprocessing
import os
import pathlib
import resource
import sys
import time

import numpy as np

# Cases with more tokens take hours.
LARGEST = 64


def correlation(attention: np.ndarray) -> np.ndarray:
    """Correlations of A·Aᵀ."""
    covariance = attention @ attention.T
    deviation = np.sqrt(np.diag(covariance))
    matrix = covariance / np.outer(deviation, deviation)
    np.fill_diagonal(matrix, 1)
    return matrix


def samples_with(matrix: np.ndarray, count: int) -> np.ndarray:
    """Samples whose own correlations are the matrix, because causal-learn takes nothing else."""
    numbers = np.random.default_rng(1).standard_normal((count, len(matrix)))
    numbers -= numbers.mean(axis=0)
    whitener = np.linalg.inv(np.linalg.cholesky(numbers.T @ numbers / count))
    return numbers @ whitener.T @ np.linalg.cholesky(matrix).T


def causality_lab(algorithm: str, matrix: np.ndarray, samples: int, alpha: float):
    """causality-lab as its notebooks use it: partial correlations, cached tests."""
    from causal_discovery_algs import LearnStructFCI, LearnStructICD
    from causal_discovery_utils.cond_indep_tests import CondIndepParCorr

    nodes = set(range(len(matrix)))

    def run():
        test = CondIndepParCorr(
            dataset=None, threshold=alpha, count_tests=True, use_cache=True, num_records=samples, num_vars=len(nodes))
        test.correlation_matrix = matrix
        if algorithm == "icd":
            learner = LearnStructICD(nodes, test, is_selection_bias=False)
        else:
            learner = LearnStructFCI(nodes, test, is_selection_bias=False)
        learner.learn_structure()
        edges = sum(learner.graph.is_connected(a, b) for a in nodes for b in nodes if a < b)
        return sum(test.test_counter), edges

    return run


def causal_learn(matrix: np.ndarray, samples: int, alpha: float):
    """causal-learn's FCI from samples; its tests are counted by the entries of their cache."""
    from causallearn.search.ConstraintBased import FCI
    from causallearn.utils import cit

    data = samples_with(matrix, samples)
    tests = []
    make = cit.CIT

    def counting(*arguments, **options):
        tests.append(make(*arguments, **options))
        return tests[-1]

    FCI.CIT = counting

    def run():
        tests.clear()
        graph, _ = FCI.fci(data, "fisherz", alpha, show_progress=False)
        return len(tests[-1].pvalue_cache), graph.get_num_edges()

    return run


PEERS = {
    "causality-lab icd": functools.partial(causality_lab, "icd"),
    "causality-lab fci": functools.partial(causality_lab, "fci"),
    "causal-learn fci": causal_learn,
}


def measure(peer: str, folder: pathlib.Path, case: dict[str, str], runs: int, limit: int, channel) -> None:
    """Runs one peer on one case and sends what it took; causal-learn prints its edges, which nobody asked for."""
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    sys.stdout = open(os.devnull, "w", encoding="utf-8")
    try:
        attention = np.loadtxt(folder / case["file"], delimiter=",", ndmin=2)
        run = PEERS[peer](correlation(attention), int(case["samples"]), float(case["alpha"]))
        best = math.inf
        for _ in range(runs):
            start = time.process_time()
            tests, edges = run()
            best = min(best, time.process_time() - start)
            channel.send({"seconds": best, "tests": int(tests), "edges": int(edges), "status": "complete"})
    except ImportError as error:
        channel.send({"status": f"not installed: {error}"})
    except Exception as error:  # A peer may fail in any way of its own; the row says how.
        channel.send({"status": f"{type(error).__name__}: {error}"})


def limited(peer: str, folder: pathlib.Path, case: dict[str, str], runs: int, limit: int) -> dict:
    """The last thing the peer sent before its processor time ran out."""
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=measure, args=(peer, folder, case, runs, limit, sender))
    process.start()
    sender.close()
    outcome: dict = {"status": f"over {limit} s"}
    try:
        while True:
            outcome = receiver.recv()
    except EOFError:
        pass
    process.join()
    return outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=60)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only", choices=PEERS)
    arguments = parser.parse_args()
    sys.path.insert(0, os.environ.get("CAUSALITY_LAB", ""))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    with open(arguments.cases / "cases.csv", encoding="utf-8", newline="") as file:
        cases = [row for row in csv.DictReader(file) if not row["conditioningSize"]]
    for case in cases:
        if int(case["tokens"]) > LARGEST:
            continue
        name = case["file"].removesuffix(".csv").replace("-", " ")
        for peer in [arguments.only] if arguments.only else PEERS:
            print(f"{name}: {peer}", file=sys.stderr)
            outcome = limited(peer, arguments.cases, case, arguments.runs, arguments.limit)
            print(json.dumps({"input": name, "peer": peer, **outcome}), flush=True)


if __name__ == "__main__":
    main()

"""Makes cases.json of the full set of reference cases (`python3 compact.py FULL.json`).

Kept are the inputs and what must come out: for DAGs the true graph, for correlations the graph, separating sets and
test counts of the order-independent algorithms. Edges become text, matrices their upper triangle without diagonal.
"""

import json
import sys
from pathlib import Path

NEAR = {"-": "-", ">": "<", "o": "o"}


def edge(entry):
    a, b, at_a, at_b = entry
    return f"{a} {NEAR[at_a]}-{at_b} {b}"


def run(entry):
    if entry["status"] != "ok":
        return None
    kept = {"graph": [edge(e) for e in entry["pag"]], "tests": entry["ci_tests"]}
    if "sepsets" in entry:
        kept["separators"] = [[a, b, *members] for a, b, members in entry["sepsets"]]
    return kept


def compact(case):
    kept = {"id": case["id"], "nodes": case["n"]}
    for name in ("fci", "icd"):
        kept[name] = run(case["runs"][f"gold_{name}"])
    if case["kind"] == "oracle":
        kept["oracle"] = {
            "dag": case["dag"],
            "latents": case["latent"],
            "selection": case["selection"],
            "graph": [edge(e) for e in case["true_pag"]],
        }
        return kept
    corr = case["corr"]
    kept["data"] = {
        "samples": case["num_samples"],
        "alpha": case["alpha"],
        "correlations": [corr[i][j] for i in range(case["n"]) for j in range(i + 1, case["n"])],
    }
    if case["kind"] == "attention":
        found = case["explanations"]["definition_on_gold_icd_graph"]
        kept["candidates"] = {
            "target": case["target"],
            "largestSize": case["max_set_size"],
            "count": found["n_candidates"],
            "distances": {int(node): distance for node, distance in found["distances"].items()},
            "sets": [[*members, distance] for members, distance in found["candidates"][:150]],
        }
    return kept


cases = [compact(case) for case in json.loads(Path(sys.argv[1]).read_text())["cases"]]
text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
Path(__file__).with_name("cases.json").write_text(f"[\n{text}\n]\n")

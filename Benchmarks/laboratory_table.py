"""Puts the two sides of the laboratory's benchmark beside each other.

usage: laboratory_table.py OURS PEER        each a file with one JSON object a line; of several lines the fastest counts
"""

import json
import sys


def fastest(path: str) -> dict[str, dict]:
    """The least of each number, by case."""
    best: dict[str, dict] = {}
    with open(path, encoding="utf-8") as file:
        for row in map(json.loads, file):
            known = best.setdefault(row["case"], row)
            for key in ("seconds", "processor_seconds"):
                known[key] = min(known[key], row[key])
    return best


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    ours, peer = fastest(sys.argv[1]), fastest(sys.argv[2])
    print("A step on 1,024 fresh sequences, ms: by the clock, and of processor time on all processors.")
    print(f"{'case':14}{'Whence':>10}{'JAX':>10}{'ratio':>8}{'Whence cpu':>13}{'JAX cpu':>10}{'ratio':>8}")
    for case, row in ours.items():
        line = f"{case:14}"
        for key, width in (("seconds", 10), ("processor_seconds", 13)):
            ratio = peer[case][key] / row[key]
            line += f"{row[key] * 1e3:{width}.2f}{peer[case][key] * 1e3:10.1f}{ratio:7.0f}x"
        print(line)


main()

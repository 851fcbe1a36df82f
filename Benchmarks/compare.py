"""Compares rounds of the two sides of a benchmark, run in turn.

usage: compare.py PEER OURS...      each a file with one JSON array a line, one line a round
"""

import json
import os
import statistics
import sys


def rounds(path: str) -> dict[tuple[int, int], dict[str, float]]:
    """The median of the rounds' medians, and the best of all runs, of every row."""
    rows: dict[tuple[int, int], list[dict]] = {}
    operations: dict[tuple[int, int], float] = {}
    for line in open(path, encoding="utf-8"):
        for row in json.loads(line):
            key = (row["batch"], row["tokens"])
            rows.setdefault(key, []).append(row["milliseconds"])
            operations[key] = row.get("operations", 0)
    return {
        key: {
            "median": statistics.median(time["median"] for time in times),
            "processor": statistics.median(time["processor"] for time in times),
            "best": min(time["best"] for time in times),
            "operations": operations[key]}
        for key, times in rows.items()}


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    peer = rounds(sys.argv[1])
    for path in sys.argv[2:]:
        name = os.path.basename(path)
        print(f"{name:14s}median ms            fastest run, ms      processor time, ms")
        print("batch tokens    ours   peer ratio    ours   peer ratio    ours   peer ratio  GFLOP/s (fastest)")
        for key, mine in rounds(path).items():
            line = f"{key[0]:5d} {key[1]:6d}"
            for measure in ("median", "best", "processor"):
                theirs = peer[key][measure]
                line += f" {mine[measure]:7.1f} {theirs:6.1f} {theirs / mine[measure]:4.2f}x"
            print(f"{line} {mine['operations'] / mine['best'] * 1e-6:8.0f}")


if __name__ == "__main__":
    main()

"""Puts the two sides of the annotation benchmark beside each other.

usage: annotation_table.py ALL SAMPLE PEER      ALL and SAMPLE are lines of `WhenceBench annotation --json`, of all rows
                                                and of those that the peer did; PEER the lines of annotation.py
"""

import json
import sys


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    every, sample = (load(path) for path in sys.argv[1:3])
    with open(sys.argv[3], encoding="utf-8") as file:
        peer = [json.loads(line) for line in file]
    if sample["rows"] != len(peer):
        sys.exit(f"{sample['rows']} rows and {len(peer)} cannot be compared")
    theirs = [sum(row[key] for row in peer) for key in ("seconds", "processor_seconds")]
    ours = [sample[key] for key in ("seconds", "processorSeconds")]
    print(f"{'':24}{'rows':>6}{'rows/s':>12}{'s a row':>12}{'processor s a row':>20}")
    for name, count, (wall, processor) in (
        ("Whence", every["rows"], [every[key] for key in ("seconds", "processorSeconds")]),
        ("Whence", len(peer), ours),
        ("transformers + CLEANN", len(peer), theirs),
    ):
        print(f"{name:24}{count:6}{count / wall:12.4g}{wall / count:12.4g}{processor / count:20.4g}")
    cut = sum(row["status"] != "complete" for row in peer)
    note = f", with {cut} of the peer's {len(peer)} sentences cut at the limit" if cut else ""
    print(f"ratio: {theirs[0] / ours[0]:.0f}, of processor time {theirs[1] / ours[1]:.0f}{note}")


def load(path: str) -> dict:
    with open(path, encoding="utf-8") as file:
        return json.load(file)


main()

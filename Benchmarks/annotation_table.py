"""Puts the two sides of the annotation benchmark beside each other.

usage: annotation_table.py OURS PEER        OURS is the line of `WhenceBench annotation --json`, PEER the lines of
                                            annotation.py, on a sample of the same rows
"""

import json
import sys


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as file:
        ours = json.load(file)
    with open(sys.argv[2], encoding="utf-8") as file:
        peer = [json.loads(line) for line in file]
    cut = sum(row["status"] != "complete" for row in peer)
    print(f"{'':24}{'rows':>6}{'rows/s':>12}{'s a row':>12}{'processor s a row':>20}")
    theirs = [sum(row[key] for row in peer) / len(peer) for key in ("seconds", "processor_seconds")]
    mine = [ours[key] / ours["rows"] for key in ("seconds", "processorSeconds")]
    for name, count, (wall, processor) in (
        ("Whence", ours["rows"], mine),
        ("transformers + CLEANN", len(peer), theirs),
    ):
        print(f"{name:24}{count:6}{1 / wall:12.4g}{wall:12.4g}{processor:20.4g}")
    note = f", with {cut} of {len(peer)} sentences cut at the limit" if cut else ""
    print(f"ratio: {theirs[0] / mine[0]:.0f}, of processor time {theirs[1] / mine[1]:.0f}{note}")


main()

"""Puts the two sides of the discovery benchmark beside each other.

usage: discovery_table.py OURS PEERS        each a file with one JSON object a line
"""

import json
import sys

# Which algorithm of ours does what a peer's does.
OURS = {"causality-lab icd": "icd", "causality-lab fci": "fci", "causal-learn fci": "fci"}


def lines(path: str) -> list[dict]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def duration(row: dict) -> str:
    """Milliseconds, marked where a bound ended the run."""
    text = f"{row['minimum'] * 1e3:.2f}"
    return text if row["status"] == "complete" else f"{text} ({row['stoppedBy']})"


def main() -> None:
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    ours = {(row["input"], row["algorithm"]): row for row in lines(sys.argv[1])}
    print("Fastest run on one core, ms of processor time; ICD is what `whence` uses unless told otherwise.")
    print(f"{'case':18}{'peer':19}{'peer ms':>14}{'same, Whence':>20}{'ratio':>9}{'ICD, Whence':>13}{'ratio':>9}")
    for peer in lines(sys.argv[2]):
        name = peer["input"]
        same, default = ours[name, OURS[peer["peer"]]], ours[name, "icd"]
        line = f"{name:18}{peer['peer']:19}"
        if "seconds" not in peer:
            print(f"{line}{peer['status']:>14}{duration(same):>20}{'':9}{duration(default):>13}")
            continue

        def ratio(row: dict) -> str:
            return f"{peer['seconds'] / row['minimum']:.0f}x" if row["status"] == "complete" else "-"

        print(
            f"{line}{peer['seconds'] * 1e3:14.1f}{duration(same):>20}{ratio(same):>9}"
            f"{duration(default):>13}{ratio(default):>9}")


if __name__ == "__main__":
    main()

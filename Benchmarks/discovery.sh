#!/bin/sh
# Runs both sides of the causal-discovery benchmark on the same attention matrices, one after the other.
#
# usage: Benchmarks/discovery.sh [LIMIT]     PYTHON=... chooses the interpreter, CAUSALITY_LAB=... a checkout of it;
#                                            LIMIT is the peers' time for a case, 60 seconds unless given
set -eu
cd "$(dirname "$0")/.."
limit=${1:-60}
python=${PYTHON:-python3}

swift build -c release --static-swift-stdlib --product WhenceBench >&2
bench=$(swift build -c release --show-bin-path)/WhenceBench
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
"$bench" discovery --write-cases "$results/cases"
"$bench" discovery --json > "$results/whence"
"$python" Benchmarks/discovery.py "$results/cases" --limit "$limit" > "$results/peers"
"$python" Benchmarks/discovery_table.py "$results/whence" "$results/peers"

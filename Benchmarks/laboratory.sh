#!/bin/sh
# Runs both sides of the laboratory's benchmark, one after the other: training steps of the paper's three experiments,
# fresh sequences included, on all processors.
#
# usage: CHECKOUT=... Benchmarks/laboratory.sh [RUNS]     CHECKOUT is one of the paper's code,
#                                                         github.com/eshnich/transformers-learn-causal-structure;
#                                                         PYTHON=... chooses the interpreter; 5 RUNS unless given
set -eu
cd "$(dirname "$0")/.."
: "${CHECKOUT:?name a checkout of the code of the paper}"
runs=${1:-5}
python=${PYTHON:-python3}

swift build -c release --static-swift-stdlib --product WhenceBench >&2
bench=$(swift build -c release --show-bin-path)/WhenceBench
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
"$bench" laboratory --json > "$results/whence"
"$python" Benchmarks/laboratory.py "$CHECKOUT" --runs "$runs" > "$results/peer"
"$bench" laboratory --json >> "$results/whence"
"$python" Benchmarks/laboratory_table.py "$results/whence" "$results/peer"

#!/bin/sh
# Runs both sides of the inference benchmark in turn, ours also with 8-bit weights, and prints the ratios.
#
# usage: Benchmarks/run.sh [ROUNDS [RUNS [THREADS]]]     PYTHON=... chooses the interpreter
set -eu
cd "$(dirname "$0")/.."
rounds=${1:-3}
runs=${2:-11}
threads=${3:-$(nproc)}
python=${PYTHON:-python3}

swift build -c release --static-swift-stdlib --product WhenceBench >&2
bench=$(swift build -c release --show-bin-path)/WhenceBench
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
for round in $(seq "$rounds"); do
    echo "round $round of $rounds" >&2
    "$bench" inference --json --runs "$runs" --threads "$threads" >> "$results/whence"
    "$bench" inference --precision int8 --json --runs "$runs" --threads "$threads" >> "$results/whence-int8"
    "$python" Benchmarks/inference.py --runs "$runs" --threads "$threads" >> "$results/onnxruntime"
done
"$python" Benchmarks/compare.py "$results/onnxruntime" "$results/whence" "$results/whence-int8"

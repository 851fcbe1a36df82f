#!/bin/sh
# Runs both sides of the annotation benchmark: Whence on all sentences of a GLUE file (graphs of all heads, explanations
# of up to two words) and on a sample of them, then transformers and causality-lab's CLEANN on the same sample, with as
# many threads.
#
# usage: CAUSALITY_LAB=... Benchmarks/annotation.sh FILE [SENTENCES [LIMIT [THREADS]]]
#        CAUSALITY_LAB is a checkout of github.com/IntelLabs/causality-lab, PYTHON=... chooses the interpreter;
#        12 SENTENCES, each for at most LIMIT seconds (120)
set -eu
: "${CAUSALITY_LAB:?name a checkout of causality-lab}"
file=$(realpath "${1:?name a file, such as dev.tsv of SST-2}")
cd "$(dirname "$0")/.."
sentences=${2:-12}
limit=${3:-120}
threads=${4:-$(nproc)}
python=${PYTHON:-python3}

swift build -c release --static-swift-stdlib --product WhenceBench >&2
bench=$(swift build -c release --show-bin-path)/WhenceBench
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
"$bench" annotation --input "$file" --threads "$threads" --json > "$results/all"
"$bench" annotation --input "$file" --sample "$sentences" --threads "$threads" --json > "$results/sample"
"$python" Benchmarks/annotation.py "$file" --sentences "$sentences" --limit "$limit" --threads "$threads" \
    --labels "$results/all" > "$results/peer"
"$python" Benchmarks/annotation_table.py "$results/all" "$results/sample" "$results/peer"

#!/bin/sh
# Makes the default recommendation model: training, the figures of its card, TensorFlow files.
#   run.sh DATA_FOLDER WORK_FOLDER MODEL_FOLDER          DATA_FOLDER holds u.data and u.item of MovieLens 100K
set -eu

[ $# -eq 3 ] || { sed -n '2,3p' "$0" >&2; exit 64; }
data=$1 work=$2 model=$3
here=$(cd "$(dirname "$0")" && pwd)

environment() {
    [ -x "$work/$1/bin/python" ] || python3 -m venv "$work/$1"
    "$work/$1/bin/pip" install --quiet --requirement "$here/$2"
}

mkdir -p "$work"
environment training requirements.txt
environment exporting requirements-export.txt
python="$work/training/bin/python"

# NumPy multiplies matrices in another order in more threads.
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
for split in validation test; do
    "$python" "$here/train.py" --data "$data" --split $split --out "$work/$split"
    "$python" "$here/evaluate.py" --data "$data" --split $split --model "$work/$split" --scores "$work/$split.npy"
done

TF_USE_LEGACY_KERAS=1 "$work/exporting/bin/python" "$here/export.py" \
    --data "$data" --trained "$work/test" --scores "$work/test.npy" --out "$model"

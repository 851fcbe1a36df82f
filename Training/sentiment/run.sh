#!/bin/sh
# Makes the default sentiment model: tokenizer, first weights, training (34 minutes, one core), TensorFlow files.
#   run.sh TRAIN.tsv DEV.tsv TEACHER.tsv.gz MINILM_FOLDER WORK_FOLDER MODEL_FOLDER
set -eu

[ $# -eq 6 ] || { sed -n '2,3p' "$0" >&2; exit 64; }
train=$1 dev=$2 teacher=$3 minilm=$4 work=$5 model=$6
here=$(cd "$(dirname "$0")" && pwd)

environment() {
    [ -x "$work/$1/bin/python" ] || python3 -m venv "$work/$1"
    "$work/$1/bin/pip" install --quiet --requirement "$here/$2"
}

mkdir -p "$work/checkpoints"
environment training requirements.txt
environment exporting requirements-export.txt

python="$work/training/bin/python"
"$python" "$here/tokenizer.py" --train "$train" --out "$work/tokenizer"
"$python" "$here/initial.py" --train "$train" --tokenizer "$work/tokenizer" --teacher "$minilm" --out "$work/start"
"$python" "$here/train.py" --train "$train" --dev "$dev" --teacher "$teacher" --start "$work/start" \
    --minutes 34 --learning-rate 2.5e-4 --out "$work/checkpoints"

TF_USE_LEGACY_KERAS=1 "$work/exporting/bin/python" "$here/export.py" \
    --trained "$work/checkpoints/final" --dev "$dev" --out "$model"

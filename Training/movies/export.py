"""Writes the trained model as Hugging Face's TensorFlow class saves it, with its items, and checks both.

Runs in its own environment (requirements-export.txt) with TF_USE_LEGACY_KERAS=1.
"""

import argparse
import hashlib
import json
from pathlib import Path

import h5py
import numpy
import tensorflow
from transformers import TFBertForMaskedLM

from data import HELD_BACK, MASK, PAD, read_histories, read_titles

TOLERANCE = 1e-4


def export(trained: Path, folder: Path) -> TFBertForMaskedLM:
    """Saves `tf_model.h5` and `config.json`, and loads the model back."""
    model = TFBertForMaskedLM.from_pretrained(trained)
    model.config.name_or_path = ""
    model.save_pretrained(folder)
    return TFBertForMaskedLM.from_pretrained(folder)


def write_items(titles: list[str], path: Path) -> None:
    """Writes `items.json`, an item a line. Item 1 is token 1, and so on."""
    lines = []
    for token, title in enumerate(titles, start=1):
        item = {"id": str(token), "title": title, "token": token}
        lines.append(json.dumps(item, ensure_ascii=False, separators=(",", ":")))
    special = json.dumps({"mask": MASK, "pad": PAD}, separators=(",", ":"))
    body = ",\n".join(lines)
    path.write_text(f'{{"schema":"whence.items/1","items":[\n{body}\n],"special":{special}}}\n', encoding="utf-8")


def check_layout(path: Path) -> None:
    """Demands the classic layout: layers by name, and under each the weights it lists."""
    with h5py.File(path) as file:
        layers = list(file.attrs["layer_names"])
        weights = [file[layer][name] for layer in layers for name in file[layer].attrs["weight_names"]]
        print(f"{path.name}: layers {layers}, {len(weights)} weights, {sum(weight.size for weight in weights)} numbers")
        assert all(weight.dtype == numpy.float32 for weight in weights)


def largest_difference(model: TFBertForMaskedLM, data: Path, expected: numpy.ndarray) -> float:
    """Compares the logits at the mask with PyTorch's, for the test history of every user."""
    ask = tensorflow.function(lambda tokens: model(tokens).logits[0, -1], reduce_retracing=True)
    worst = 0.0
    for history, theirs in zip(read_histories(data), expected, strict=True):
        items = history.without_last(HELD_BACK["test"]).items
        tokens = [*items[-(model.config.max_position_embeddings - 1) :], MASK]
        ours = ask(tensorflow.constant([tokens], tensorflow.int32)).numpy()
        worst = max(worst, float(numpy.abs(ours - theirs).max()))
    return worst


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with u.data and u.item")
    parser.add_argument("--trained", type=Path, required=True, help="a checkpoint folder of train.py")
    parser.add_argument("--scores", type=Path, required=True, help="PyTorch's logits, from evaluate.py")
    parser.add_argument("--out", type=Path, required=True, help="folder to ship")
    arguments = parser.parse_args()

    model = export(arguments.trained, arguments.out)
    check_layout(arguments.out / "tf_model.h5")
    write_items(read_titles(arguments.data), arguments.out / "items.json")

    difference = largest_difference(model, arguments.data, numpy.load(arguments.scores))
    print(f"largest difference to PyTorch over all test histories: {difference:.1e}")
    assert difference < TOLERANCE
    print("sha256", hashlib.sha256((arguments.out / "tf_model.h5").read_bytes()).hexdigest())

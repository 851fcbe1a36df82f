"""Writes the trained model as Hugging Face's TensorFlow classes save it, and checks what was written.

Runs in its own environment (requirements-export.txt) with TF_USE_LEGACY_KERAS=1.
"""

import argparse
import hashlib
import math
from pathlib import Path

import h5py
import numpy
from transformers import AlbertForSequenceClassification, AlbertTokenizer, TFAlbertForSequenceClassification

from corpus import Labelled, read_labelled
from evaluate import accuracy, opinions
from natural import natural

COMPARED_SENTENCES = 50
TOLERANCE = 1e-4


def export(trained: Path, folder: Path) -> TFAlbertForSequenceClassification:
    """Saves `tf_model.h5`, `config.json` and the slow tokenizer's files, and loads the model back."""
    model = TFAlbertForSequenceClassification.from_pretrained(trained, from_pt=True)
    model.config.name_or_path = ""
    model.save_pretrained(folder)
    AlbertTokenizer.from_pretrained(trained).save_pretrained(folder)
    return TFAlbertForSequenceClassification.from_pretrained(folder)


def tensorflow_opinions(
    model: TFAlbertForSequenceClassification, tokenizer: AlbertTokenizer, sentences: list[str]
) -> list[float]:
    """Logit of positive minus logit of negative, a sentence at a time."""
    logits = [model(**tokenizer(sentence, return_tensors="tf", truncation=True)).logits[0] for sentence in sentences]
    return [float(positive - negative) for negative, positive in logits]


def wilson(share: float, count: int, z: float = 1.96) -> tuple[float, float]:
    """95 % interval of a share of `count` trials (Wilson 1927)."""
    middle = share + z * z / (2 * count)
    spread = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    scale = 1 + z * z / count
    return (middle - spread) / scale, (middle + spread) / scale


def report(name: str, values: list[float], rows: list[Labelled]) -> None:
    """Prints the accuracy, its interval, and the accuracy within each class."""
    share = accuracy(values, rows)
    low, high = wilson(share, len(rows))
    print(f"{name}: {share:.4f} [{low:.4f}, {high:.4f}] of {len(rows)}")
    for label, word in enumerate(("negative", "positive")):
        chosen = [(value, row) for value, row in zip(values, rows, strict=True) if row.label == label]
        share = accuracy([value for value, _ in chosen], [row for _, row in chosen])
        print(f"  {word}: {share:.4f} of {len(chosen)}")


def check_layout(path: Path) -> None:
    """Demands the classic layout: layers by name, and under each the weights it lists."""
    with h5py.File(path) as file:
        layers = list(file.attrs["layer_names"])
        weights = [file[layer][name] for layer in layers for name in file[layer].attrs["weight_names"]]
        print(f"{path.name}: layers {layers}, {len(weights)} weights, {sum(weight.size for weight in weights)} numbers")
        assert all(weight.dtype == numpy.float32 for weight in weights)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trained", type=Path, required=True, help="a checkpoint folder of train.py")
    parser.add_argument("--dev", type=Path, required=True, help="SST-2 dev.tsv")
    parser.add_argument("--out", type=Path, required=True, help="folder to ship")
    arguments = parser.parse_args()

    model = export(arguments.trained, arguments.out)
    tokenizer = AlbertTokenizer.from_pretrained(arguments.out)
    check_layout(arguments.out / "tf_model.h5")

    rows = read_labelled(arguments.dev)
    sentences = [row.sentence for row in rows]
    written = [natural(sentence) for sentence in sentences]
    values = tensorflow_opinions(model, tokenizer, sentences)
    report("dev", values, rows)
    report("dev, written naturally", tensorflow_opinions(model, tokenizer, written), rows)
    same = sum(tokenizer.encode(a) == tokenizer.encode(b) for a, b in zip(sentences, written, strict=True))
    print(f"same pieces either way: {same} of {len(rows)}")

    torch_model = AlbertForSequenceClassification.from_pretrained(arguments.trained).eval()
    expected = opinions(torch_model, tokenizer, sentences[:COMPARED_SENTENCES])
    difference = max(abs(a - b) for a, b in zip(values, expected, strict=False))
    print(f"largest difference to PyTorch on {COMPARED_SENTENCES} sentences: {difference:.1e}")
    assert difference < TOLERANCE
    print("sha256", hashlib.sha256((arguments.out / "tf_model.h5").read_bytes()).hexdigest())

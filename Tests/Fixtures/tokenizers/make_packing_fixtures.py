"""Makes packing.json: what KerasHub's preprocessors cut long texts to.

    pip install keras-hub==0.19.3 tensorflow-text==2.18.1
    python make_packing_fixtures.py

A case is a folder under families/, the preprocessor.json that KerasHub saves beside its tokenizer, and the ids of
texts and of pairs. Run make_family_fixtures.py first.
"""

import json
import os
import pathlib
import tempfile

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras_hub
import numpy
import tensorflow

HERE = pathlib.Path(__file__).parent
models = keras_hub.models
TEXTS = ["the film is good and fine, it is", "film", ""]
PAIRS = [
    ("the film is good and fine", "a bad film is a bad film"), ("it", "the film is good and fine, it is"),
    ("a good film was it, and a bad one it was", "no"), ("", "the film is good and fine"), ("a", "b")]


def tokenizer(name):
    folder = HERE / "families" / name
    assets = folder / "assets" / "tokenizer"
    config = json.loads((folder / "tokenizer.json").read_text())
    made = getattr(models, config["class_name"])
    if (assets / "vocabulary.spm").exists():
        return made(proto=str(assets / "vocabulary.spm"))
    if (assets / "merges.txt").exists():
        return made(vocabulary=str(assets / "vocabulary.json"), merges=str(assets / "merges.txt"))
    return made(vocabulary=str(assets / "vocabulary.txt"), lowercase=config["config"]["lowercase"])


def ids(preprocessor, text):
    features = preprocessor(text)
    tokens, mask = (numpy.asarray(features[name]).reshape(-1) for name in ["token_ids", "padding_mask"])
    return tokens[mask.astype(bool)].tolist()


def main():
    cases = []
    for name, preprocessor, length, truncate in [
        ("keras-bert", models.BertTextClassifierPreprocessor, 7, "round_robin"),
        ("keras-bert", models.BertTextClassifierPreprocessor, 8, "waterfall"),
        ("keras-roberta", models.RobertaTextClassifierPreprocessor, 10, "waterfall"),
        ("keras-albert", models.AlbertTextClassifierPreprocessor, 9, "round_robin"),
        ("keras-xlm-roberta", models.XLMRobertaTextClassifierPreprocessor, 12, "waterfall"),
        ("keras-deberta", models.DebertaV3TextClassifierPreprocessor, 10, "waterfall"),
    ]:
        made = preprocessor(tokenizer(name), sequence_length=length, truncate=truncate)
        with tempfile.TemporaryDirectory() as folder:
            made.save_to_preset(folder)
            saved = json.loads((pathlib.Path(folder) / "preprocessor.json").read_text())
        saved["config"].pop("tokenizer")
        cases.append({
            "name": f"{name} {truncate} {length}", "folder": name, "preprocessor": json.dumps(saved), "texts": TEXTS,
            "pairs": PAIRS, "ids": [ids(made, [text]) for text in TEXTS],
            "pairIDs": [ids(made, tuple(tensorflow.constant([text]) for text in pair)) for pair in PAIRS]})
    (HERE / "packing.json").write_text(json.dumps(cases, indent=1) + "\n")


main()

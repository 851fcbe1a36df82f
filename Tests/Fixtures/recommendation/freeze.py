"""Freezes what transformers' own TensorFlow class recommends after five invented histories.

usage: TF_USE_LEGACY_KERAS=1 freeze.py MODEL_FOLDER          needs transformers 4.48.3 and TensorFlow 2.18

Writes movies-top10.json beside this file: the ten items with the highest logits at the mask that follows the most
recent items; no item of the whole history, no padding and no mask among them.
"""

import hashlib
import json
import pathlib
import sys

import numpy
from transformers import TFBertForMaskedLM

TOP = 10
SCIENCE_FICTION = [50, 172, 181, 89, 183, 176, 195, 96, 222, 258]
FAMILY = [71, 95, 588, 99, 404, 1, 91, 114, 169, 408]
ROMANCE = [70, 88, 216, 739, 155, 275, 283, 207, 543, 313]
HISTORIES = {
    "one film": [313],
    "three colours": [60, 61, 59],
    "science fiction": SCIENCE_FICTION,
    "family, romance, then science fiction": FAMILY + ROMANCE + SCIENCE_FICTION,
    "longer than the model": [1 + place * 617 % 1682 for place in range(240)],
}


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    model = TFBertForMaskedLM.from_pretrained(folder)
    catalogue = json.loads((folder / "items.json").read_text(encoding="utf-8"))
    token_of = {item["id"]: item["token"] for item in catalogue["items"]}
    id_of = {token: item for item, token in token_of.items()}
    room = model.config.max_position_embeddings - 1
    cases = []
    for name, items in HISTORIES.items():
        history = [str(item) for item in items]
        assert len(set(history)) == len(history)
        tokens = [token_of[item] for item in history]
        logits = model(numpy.array([[*tokens[-room:], catalogue["special"]["mask"]]])).logits[0, -1].numpy()
        allowed = sorted(id_of.keys() - set(tokens), key=lambda token: -logits[token])
        top = [{"item": id_of[token], "score": float(f"{logits[token]:.7g}")} for token in allowed[:TOP]]
        unseen = history[: max(0, len(history) - room)]
        cases.append({"name": name, "history": history, "unseen": unseen, "top": top})
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
    digest = hashlib.sha256((folder / "tf_model.h5").read_bytes()).hexdigest()
    target = pathlib.Path(__file__).parent / "movies-top10.json"
    target.write_text(f'{{"sha256":"{digest}","cases":[\n{lines}\n]}}\n', encoding="ascii")


if __name__ == "__main__":
    main()

"""Freezes reference cases of masked-language models: weights without tokenizer, and the library's own answers.

usage: freeze.py SOURCE CASE...          needs numpy

SOURCE holds `<case>/model/` as transformers 4.48.3 saved it, `<case>/expected.json` with the token ids and
`<case>/expected.npz` with the logits and the last attention and hidden state of float32 runs (`t0_logits`, ...).
Kept are the two shortest texts that have more than one token. A case whose pieces are items, as `item84`, gets the
catalogue of the items of its vocabulary, `items.json`.
"""

import json
import pathlib
import shutil
import sys

import numpy

TEXTS = 2
FILES = ["config.json", "tf_model.h5"]


def catalogue(texts: list, vocabulary_size: int) -> str | None:
    """Items by their tokens, in the order of the vocabulary; the one piece that is no item is the mask."""
    pieces = {token: piece for text in texts for token, piece in zip(text["ids"], text.get("pieces") or [])}
    numbers = {token: int(piece[4:]) for token, piece in pieces.items() if piece.startswith("item")}
    if not numbers:
        return None
    (offset,) = {token - number for token, number in numbers.items()}
    (mask,) = pieces.keys() - numbers.keys()
    rows = [f'{{"id":"item{token - offset}","token":{token}}}' for token in range(offset + 1, vocabulary_size)]
    return '{"schema":"whence.items/1","items":[\n' + ",\n".join(rows) + f'],\n"special":{{"mask":{mask},"pad":0}}}}\n'


def freeze(source: pathlib.Path, target: pathlib.Path) -> None:
    texts = json.loads((source / "expected.json").read_text(encoding="utf-8"))["texts"]
    arrays = numpy.load(source / "expected.npz")
    shortest = sorted((i for i, text in enumerate(texts) if len(text["ids"]) > 1), key=lambda i: len(texts[i]["ids"]))
    kept = []
    for index in sorted(shortest[:TEXTS]):
        text = {"ids": texts[index]["ids"]}
        for name in ("logits", "attention", "hidden"):
            text[name] = [float(f"{value:.7g}") for value in arrays[f"t{index}_{name}"].ravel()]
        kept.append(text)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for file in FILES:
        shutil.copyfile(source / "model" / file, target / file)
    items = catalogue(texts, json.loads((target / "config.json").read_text())["vocab_size"])
    if items:
        (target / "items.json").write_text(items, encoding="ascii")
    lines = ",\n".join(json.dumps(text, separators=(",", ":")) for text in kept)
    (target / "expected.json").write_text(f"[\n{lines}\n]\n", encoding="ascii")


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    for case in sys.argv[2:]:
        freeze(pathlib.Path(sys.argv[1]) / case, pathlib.Path(__file__).parent / case)
        print(case)


if __name__ == "__main__":
    main()

"""Freezes reference cases of masked-language models: weights without tokenizer, and the library's own answers.

usage: freeze.py SOURCE CASE...          needs numpy

SOURCE holds `<case>/model/` as transformers 4.48.3 saved it, `<case>/expected.json` with the token ids and
`<case>/expected.npz` with the logits and the last attention and hidden state of float32 runs (`t0_logits`, ...).
Kept are the two shortest texts that have more than one token.
"""

import json
import pathlib
import shutil
import sys

import numpy

TEXTS = 2
FILES = ["config.json", "tf_model.h5"]


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

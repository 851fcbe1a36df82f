"""Freezes reference cases: copies a model folder and keeps of its expected.json what the tests read.

usage: freeze.py SOURCE CASE...

SOURCE holds `<case>/model/` as transformers 4.48.3 saved it and `<case>/expected.json` with the library's own
answers: token ids, logits, the last attention and the last hidden state of float32 runs. Kept are every text
with its ids and logits, and the attention and hidden state of the first four texts.
"""

import json
import pathlib
import shutil
import sys

TENSOR_TEXTS = 4
CASE_KEYS = ["case", "library", "class", "task", "max_length", "layers", "heads"]
TEXT_KEYS = ["text", "pair", "ids", "pieces", "token_type_ids", "logits"]
TENSOR_KEYS = ["attention_last", "hidden_last"]


def freeze(source: pathlib.Path, target: pathlib.Path) -> None:
    expected = json.loads((source / "expected.json").read_text(encoding="utf-8"))
    kept = {key: expected[key] for key in CASE_KEYS if key in expected}
    texts = []
    for index, text in enumerate(expected["texts"]):
        keys = TEXT_KEYS + (TENSOR_KEYS if index < TENSOR_TEXTS else [])
        texts.append({key: text[key] for key in keys if key in text})

    if target.exists():
        shutil.rmtree(target)
    target.mkdir(parents=True)
    (target / "model").mkdir()
    for file in sorted((source / "model").iterdir()):
        shutil.copyfile(file, target / "model" / file.name)

    # One line a text, so that a diff names the text that changed.
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in kept.items()]
    if "batch" in expected:
        lines.append(f'"batch": {json.dumps(expected["batch"])}')
    body = ",\n".join(json.dumps(text, ensure_ascii=True, separators=(",", ":")) for text in texts)
    lines.append(f'"texts": [\n{body}\n]')
    (target / "expected.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="ascii")


def main() -> None:
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    source = pathlib.Path(sys.argv[1])
    for case in sys.argv[2:]:
        freeze(source / case, pathlib.Path(__file__).parent / case)
        print(case)


if __name__ == "__main__":
    main()

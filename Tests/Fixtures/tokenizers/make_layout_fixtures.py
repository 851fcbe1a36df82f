"""Makes layouts.json: folders whose settings files say something unusual, and the ids that the real libraries give.

    pip install transformers==4.48.3 tokenizers==0.21.4 sentencepiece==0.2.3
    python make_layout_fixtures.py

A case's folder has copies of files beside this script, whole files of its own, and config.json with the architecture.
`changes` replaces members at the top of a JSON file; a value of null removes one. `choice` says which tokenizer
AutoTokenizer loads from it, `length` what texts and pairs are cut to. Run make_family_fixtures.py first.
"""

import json
import os
import pathlib
import shutil
import tempfile

HERE = pathlib.Path(__file__).parent
CASES = []


def case(name, model_type, choice, texts, copies={}, files={}, changes={}, pairs=[], length=None):
    CASES.append({
        "name": name, "modelType": model_type, "choice": choice, "copies": copies, "files": files, "changes": changes,
        "texts": texts, "pairs": pairs, "length": length})


def fast(folder):
    return {"tokenizer.json": f"families/{folder}-fast/tokenizer.json"}


CASED = {
    "type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True, "strip_accents": False,
    "lowercase": False}

# A class that has no rules of its own, or none that are known, leaves the file's normaliser as it is.
for name in ["PreTrainedTokenizerFast", "LongformerTokenizer", "BertTokenizerFast", None]:
    settings = {"tokenizer_class": name} if name else {}
    case(
        f"class {name}", "bert", "fast", ["The Film is GOOD", "the film [MASK] caf\u00e9"], fast("bert"),
        files={"tokenizer_config.json": json.dumps(settings | {"unk_token": "[UNK]"})},
        changes={"tokenizer.json": {"normalizer": CASED}})
case(
    "file alone beside vocab.txt", "bert", "slow", ["The Film is GOOD"], fast("bert") | {"vocab.txt": "bert/vocab.txt"},
    files={"tokenizer_config.json": json.dumps({"tokenizer_class": "PreTrainedTokenizerFast"})},
    changes={"tokenizer.json": {"normalizer": CASED}})


def make(case, folder):
    for name, source in case["copies"].items():
        shutil.copy(HERE / source, folder / name)
    for name, text in case["files"].items():
        (folder / name).write_text(text, newline="")
    for name, members in case["changes"].items():
        content = json.loads((folder / name).read_text())
        content.update(members)
        content = {key: value for key, value in content.items() if value is not None}
        (folder / name).write_text(json.dumps(content))
    (folder / "config.json").write_text(json.dumps({"model_type": case["modelType"]}))


def expected(case):
    import transformers

    with tempfile.TemporaryDirectory() as folder:
        make(case, pathlib.Path(folder))
        tokenizer = transformers.AutoTokenizer.from_pretrained(folder, use_fast=case["choice"] == "fast")
        cut = dict(truncation="longest_first", max_length=case["length"]) if case["length"] else {}
        ids = [tokenizer(text, **cut)["input_ids"] for text in case["texts"]]
        pairs = [tokenizer(*pair, **cut)["input_ids"] for pair in case["pairs"]]
    return {"ids": ids, "pairIDs": pairs}


if __name__ == "__main__":
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    cases = [case | expected(case) for case in CASES]
    (HERE / "layouts.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")

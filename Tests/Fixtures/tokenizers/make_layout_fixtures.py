"""Makes layouts.json: folders whose settings files say something unusual, and the ids that the real libraries give.

    pip install transformers==4.48.3 tokenizers==0.21.4 sentencepiece==0.2.3
    python make_layout_fixtures.py

A case's folder has copies of files beside this script, whole files of its own, and config.json with the architecture.
`changes` replaces members at the top of a JSON file; a value of null removes one. `choice` says which tokenizer
AutoTokenizer loads from it, `length` what texts and pairs are cut to where the settings
say no less. Run make_family_fixtures.py first.
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

# Special tokens that tokenizer.json does not list are the settings' and the class's, whose rules go before the file's.
def listed(folder, **rules):
    content = json.loads((HERE / f"families/{folder}-fast/tokenizer.json").read_text())
    return [token | rules for token in content["added_tokens"] if token["content"] != "film"]


def settings(**members):
    return {"tokenizer_config.json": json.dumps(members)}


EMPTY = {"tokenizer.json": {"added_tokens": []}}
MASKS = ["film [MASK] [SEP] a", "film  <mask> it </s>", "a[MASK]<mask>\tb <|endoftext|> <pad>", "<s>NOTUSED film<unk>"]
for folder, name in [
    ("roberta", "Roberta"), ("bert", "Bert"), ("albert", "Albert"), ("xlm-roberta", "XLMRoberta"), ("gpt2", "GPT2"),
    ("camembert", "Camembert"), ("deberta", "DebertaV2"), ("bert", "DistilBert"), ("bert", "Electra"),
]:
    model_type = "deberta-v2" if folder == "deberta" else folder
    case(f"no added tokens {name}", model_type, "fast", MASKS, fast(folder), settings(tokenizer_class=name + "Tokenizer"), EMPTY)
for folder, name in [("albert", "Albert"), ("roberta", "Roberta"), ("bert", "Bert"), ("xlm-roberta", "XLMRoberta")]:
    plain = {"tokenizer.json": {"added_tokens": listed(folder, lstrip=False)}}
    case(f"class's rules {name}", folder, "fast", MASKS, fast(folder), settings(tokenizer_class=name + "Tokenizer"), plain)
    both = settings(tokenizer_class=name + "Tokenizer", mask_token="<mask>" if "oberta" in folder else "[MASK]")
    case(f"the file's rules {name}", folder, "fast", MASKS, fast(folder), both, plain)
case("nobody's added tokens", "roberta", "fast", MASKS, fast("roberta"), settings(tokenizer_class="PreTrainedTokenizerFast"), EMPTY)
case(
    "named tokens of no class", "roberta", "fast", MASKS, fast("roberta"),
    settings(tokenizer_class="PreTrainedTokenizerFast", mask_token="<mask>", sep_token={
        "__type": "AddedToken", "content": "it", "lstrip": True, "rstrip": False, "single_word": True, "normalized": True}), EMPTY)
case(
    "additional tokens", "bert", "fast", ["the film good @user x", "@user@user"], fast("bert"),
    settings(tokenizer_class="BertTokenizer", additional_special_tokens=["@user", "good", "film"]))
token = {"lstrip": False, "rstrip": False, "single_word": False, "normalized": False, "special": True}
case(
    "ids that the vocabulary gives", "bert", "fast", ["the film is [MASK] filma zz y"], fast("bert"),
    settings(tokenizer_class="BertTokenizer", added_tokens_decoder={
        "1200": token | {"content": "film"}, "1300": token | {"content": "zz"}, "1201": token | {"content": "y"}}))

# split_special_tokens: special tokens in a text are text.
for folder, name in [("roberta", "Roberta"), ("bert", "Bert"), ("albert", "Albert"), ("deberta", "DebertaV2")]:
    model_type = "deberta-v2" if folder == "deberta" else folder
    files = {path.name: f"families/{folder}/{path.name}" for path in sorted((HERE / "families" / folder).iterdir())}
    files = {name: path for name, path in files.items() if name not in ["expected.json", "tokenizer_config.json"]}
    texts = ["<mask>", "good [MASK] film", "film [SEP]<mask>", " [MASK]"]
    splits = settings(tokenizer_class=name + "Tokenizer", split_special_tokens=True)
    case(f"split special tokens {name}", model_type, "slow", texts, files, splits)
    if folder != "deberta":
        case(f"split special tokens {name} fast", model_type, "fast", texts, fast(folder), splits)

# truncation_side: the beginning is cut.
LONG = ["the film is good and fine", "the", ""]
PAIRS = [("the film is good", "a bad film"), ("it", "the film is good and fine"), ("a good film was it", "no")]
left = settings(tokenizer_class="BertTokenizer", truncation_side="left")
case("left", "bert", "slow", LONG, {"vocab.txt": "bert/vocab.txt"}, left, pairs=PAIRS, length=6)
case("left fast", "bert", "fast", LONG, fast("bert"), left, pairs=PAIRS, length=6)
case(
    "left in the file", "bert", "fast", LONG, fast("bert"), settings(tokenizer_class="BertTokenizer"),
    {"tokenizer.json": {"truncation": {"direction": "Left", "max_length": 6, "strategy": "LongestFirst", "stride": 0}}},
    pairs=PAIRS, length=6)

# The longest input by its name of today and by that of 2020.
for name, bounds in [
    ("of 2020", {"max_len": 5}), ("twice", {"model_max_length": 6, "max_len": 4}), ("none", {"model_max_length": None, "max_len": 4})
]:
    bound = settings(tokenizer_class="BertTokenizer", **bounds)
    case(f"bound {name}", "bert", "slow", LONG, {"vocab.txt": "bert/vocab.txt"}, bound, pairs=PAIRS, length=7)

# A dummy blank behind a text that ends in blanks.
case(
    "blank as suffix", "xlm-roberta", "slow", ["film ", "a film  \t ", " ", "film", "film \u00a0", "good film [MASK] "],
    {"sentencepiece.bpe.model": "small/suffix-trimmed.model"})


def trim_suffix():
    """The model whose blanks are suffixes, with blanks at the ends of a text dropped."""
    from transformers.utils import sentencepiece_model_pb2_new as protocol

    model = protocol.ModelProto.FromString((HERE / "small/suffix.model").read_bytes())
    model.normalizer_spec.remove_extra_whitespaces = True
    (HERE / "small/suffix-trimmed.model").write_bytes(model.SerializeToString())


# Characters without meaning, Chinese as Rust draws it, Nmt.
case(
    "characters of fast BERT", "bert", "fast", ["a \uffff b", "a \ufdd0b", "a\U0010ffffb", "a\ue000b", "a\U0002b820b", "a\U0002b920b"],
    fast("bert"), settings(tokenizer_class="BertTokenizer"))
case(
    "Nmt", "bert", "fast", ["fi\x01lm \x7fgood", "the\u200bfilm", "the\u2581film\ufeff\u1680a\tb\x0bc"], fast("bert"),
    settings(tokenizer_class="PreTrainedTokenizerFast"), {"tokenizer.json": {"normalizer": {"type": "Nmt"}}})

# Files that are not quite as they should be.
SPECIALS = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n"
case("a piece twice", "bert", "slow", ["the film a b"], files={"vocab.txt": SPECIALS + "the\nfilm\na\nthe\nb\n"})
case("empty lines at the end", "bert", "slow", ["the [MASK]"], files={"vocab.txt": "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\n\n\n"})
case("an empty line inside", "bert", "slow", ["the [MASK] a"], files={"vocab.txt": "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\n\na\n"})
case("no line feed at the end", "bert", "slow", ["the [MASK] a"], files={"vocab.txt": "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\na"})
merges = (HERE / "families/vocabulary/merges.txt").read_text().split("\n")
for name, more in [("an empty line", [""]), ("one piece", ["abc"]), ("three pieces", ["t h e"]), ("unknown pieces", ["qq zz", "i q", "iq q", "x Q"])]:
    case(
        f"merges with {name}", "roberta", "slow", ["the film good  it", "iqq xQ iq ababab", "qqzz"],
        {"vocab.json": "families/vocabulary/vocab.json"},
        {"merges.txt": "\n".join(merges[:5] + more + merges[5:])})

# Added tokens that meet each other.
case(
    "a match in blanks that were taken", "bert", "fast", ["film   the", "the film  x", "film  "], fast("bert"),
    settings(tokenizer_class="BertTokenizer", added_tokens_decoder={
        "1200": token | {"content": "film", "rstrip": True}, "1201": token | {"content": " "}}))
case(
    "an id that a new token takes", "bert", "slow", ["the zz yy [MASK] zzz", "yyz"],
    files={"vocab.txt": "[PAD]\n[UNK]\n[CLS]\n[SEP]\nthe\nzz\nyy\n##z\n", "added_tokens.json": json.dumps({"yy": 8, "zz": 5})})

# One character that becomes several words.
case(
    "words in one character", "xlm-roberta", "fast", ["\ufdfa the", "a\ufdfa", "\ufdfa<mask>"], fast("xlm-roberta"),
    settings(tokenizer_class="XLMRobertaTokenizer"), {"tokenizer.json": {
        "normalizer": {"type": "NFKC"},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "WhitespaceSplit"}, {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}]}}})

# What transformers 5 writes for DeBERTa.
case(
    "white space of DeBERTa in transformers 5", "deberta-v2", "fast",
    ["the\nfilm", "the \t film\r\n", "a\u00a0film", "a\u00a0\u2028film it", "\n the", "the\x0bfilm", "a \u200b film [MASK]  it ", " ", "cafe\u0301\ta"],
    fast("deberta"), settings(tokenizer_class="DebertaV2Tokenizer"), {"tokenizer.json": {
        "normalizer": {"type": "Sequence", "normalizers": [
            {"type": "Replace", "pattern": {"Regex": "\\s{2,}|[\\n\\r\\t]"}, "content": " "}, {"type": "NFC"},
            {"type": "Strip", "strip_left": False, "strip_right": True}]},
        "pre_tokenizer": {"type": "Sequence", "pretokenizers": [
            {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}]}}})


# A special token that the files say there is none of, which the class has.
NONE = ["the film [MASK] x<mask> [PAD] <pad> a", "a [SEP] b </s>"]
VOCABULARIES = {
    "bert": {"vocab.txt": "bert/vocab.txt"}, "albert": {"spiece.model": "families/albert/spiece.model"},
    "xlm-roberta": {"sentencepiece.bpe.model": "families/xlm-roberta/sentencepiece.bpe.model"},
    "roberta": {name: f"families/vocabulary/{name}" for name in ["vocab.json", "merges.txt"]}}
for folder, name in [("bert", "Bert"), ("albert", "Albert"), ("xlm-roberta", "XLMRoberta"), ("roberta", "Roberta")]:
    for role in ["mask", "pad"]:
        none = settings(tokenizer_class=name + "Tokenizer", **{role + "_token": None})
        case(f"no {role} {name}", folder, "slow", NONE, VOCABULARIES[folder], none)
        case(f"no {role} {name} fast", folder, "fast", NONE, fast(folder), none)
spelt = settings(tokenizer_class="BertTokenizer", mask_token="[MASK]")
case(
    "no mask behind one", "bert", "slow", NONE, VOCABULARIES["bert"],
    spelt | {"special_tokens_map.json": json.dumps({"mask_token": None})})
case(
    "a mask behind none", "bert", "slow", NONE, VOCABULARIES["bert"],
    settings(tokenizer_class="BertTokenizer", mask_token=None) | {"special_tokens_map.json": '{"mask_token": "[MASK]"}'})

# Added tokens that are spelt as pieces are, and class's tokens under rules of the files that do not name them.
PIECED = token | {"special": False, "normalized": True, "single_word": True}
CLASSES = token | {"rstrip": True, "single_word": True}
for folder, name in [("roberta", "Roberta"), ("gpt2", "GPT2")]:
    vocabulary = VOCABULARIES["roberta"]
    case(
        f"a piece's spelling {name}", folder, "slow", ["2.5 . a film", "x.y"], vocabulary,
        settings(tokenizer_class=name + "Tokenizer", added_tokens_decoder={"1500": PIECED | {"content": "."}}))
for folder, name in [("roberta", "Roberta"), ("xlm-roberta", "XLMRoberta"), ("albert", "Albert"), ("bert", "Bert")]:
    masks = {"1500": CLASSES | {"content": "[MASK]" if name in ["Albert", "Bert"] else "<mask>"}}
    case(
        f"unnamed mask {name}", folder, "slow", ["the  <mask>  a [MASK]  x", "a<mask>[MASK]"], VOCABULARIES[folder],
        settings(tokenizer_class=name + "Tokenizer", added_tokens_decoder=masks))
case(
    "unnamed end Roberta", "roberta", "slow", ["the  </s>  a", "a</s>b"], VOCABULARIES["roberta"],
    settings(tokenizer_class="RobertaTokenizer", added_tokens_decoder={"1500": CLASSES | {"content": "</s>"}}))

# Added tokens that are spelt alike in lower case.
ALIKE = PIECED | {"single_word": False}
for specials in [[], ["FILM"]]:
    case(
        f"spelt alike {specials}", "bert", "fast", ["the Film film FILM @x @X"], fast("bert"),
        settings(tokenizer_class="BertTokenizer", added_tokens_decoder={
            f"{1500 + index}": ALIKE | {"content": content, "special": content in specials}
            for index, content in enumerate(["Film", "FILM", "@X", "@x"])}))

# Pieces for some bytes only.
BYTES = ["a \u00e9 \u00f1 \u4e2d", "\u00e9\u00f1a\u00e9", "\u00e9\u00e9 a\u00f1\u00f1"]
PIECES = ["<unk>", "\u2581", "a", "<0xC3>", "<0xA9>", "<0xE4>", "\u2581a"]
models = [("unigram", {"type": "Unigram", "unk_id": 0, "vocab": [[piece, -index / 2] for index, piece in enumerate(PIECES)]})]
for fuses in [True, False]:
    models.append((f"BPE fusing {fuses}", {
        "type": "BPE", "vocab": {piece: index for index, piece in enumerate(PIECES)}, "merges": ["\u2581 a"],
        "unk_token": "<unk>", "fuse_unk": fuses}))
models.append(("BPE with a suffix", {
    "type": "BPE", "vocab": {piece: index for index, piece in enumerate(PIECES + ["<0x73>"])}, "merges": [],
    "unk_token": "<unk>", "fuse_unk": False, "end_of_word_suffix": "s"}))
for name, model in models:
    content = {
        "version": "1.0", "added_tokens": [], "model": model | {"byte_fallback": True},
        "pre_tokenizer": {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}}
    case(
        f"some bytes {name}", "bert", "fast", BYTES,
        files=settings(tokenizer_class="PreTrainedTokenizerFast") | {"tokenizer.json": json.dumps(content)})


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
        bound = case["length"] and min(case["length"], tokenizer.model_max_length)
        cut = dict(truncation="longest_first", max_length=bound) if bound else {}
        ids = [tokenizer(text, **cut)["input_ids"] for text in case["texts"]]
        pairs = [tokenizer(*pair, **cut)["input_ids"] for pair in case["pairs"]]
    return {"ids": ids, "pairIDs": pairs}


if __name__ == "__main__":
    os.environ["TRANSFORMERS_VERBOSITY"] = "error"
    trim_suffix()
    cases = [case | expected(case) for case in CASES]
    (HERE / "layouts.json").write_text("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]\n")

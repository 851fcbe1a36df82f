"""Makes random.json: tokenizer.json files with parts drawn at random, and what the real library makes of random texts.

    pip install tokenizers==0.21.4
    python make_random_fixtures.py

A case has the file, texts (one or two each), the ids, and the types of the pairs. Texts at which the library panics
are left out: a token of which the normaliser leaves nothing makes it cut characters of several bytes in two.
"""

import json
import os
import pathlib
import random
import sys

os.environ["TOKENIZERS_PARALLELISM"] = "false"
import tokenizers

HERE = pathlib.Path(__file__).parent
SOURCE = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
COUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 60

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = [*"abcdeABCDEé\u0301ÉßİıΣςσǅ", "ﬁ", "Ａ", "１", "한", "ᄒ", "ᅡ", "ᆫ", "食", "\U00020000", "😀", "\u200d", "½", "²", "٣", "ก", "ำ"]
MARKS = [*".,!?-_'\"()[]<>#@/", "…", "。", "—", "€", "▁", "Ġ"]
SPACES = [" ", " ", "  ", "   ", "\t", "\n", "\r", "\u00a0", "\u3000", "\u2028", "\u0085", "\u200b", "\ufeff"]
CONTROLS = ["\x01", "\x7f", "\u00ad", "\ufffd", "\u202e"]
ADDED = ["@user", "new", "bc", " x", "É", "e\u0301", "ab c", "  ", "\u200b", "\u0301", "\t", "#", "a", "AB", "▁a", "\x01", "ﬁ"]
SPELLABLE = [*"abcde ▁ABCDEé\u0301.食,-'1한_Ġ"]
WORDS = r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]
CHARSMAP = json.loads((HERE / "families/xlm-roberta-fast/tokenizer.json").read_text())["normalizer"]


def chance(probability):
    return SOURCE.random() < probability


def text(longest):
    parts = []
    for _ in range(SOURCE.randrange(longest)):
        kind = SOURCE.random()
        if kind < 0.55:
            letters = LETTERS if chance(0.4) else "abcde"
            parts.append("".join(SOURCE.choice(letters) for _ in range(SOURCE.randrange(1, 5))))
        else:
            parts.append(SOURCE.choice(MARKS if kind < 0.7 else SPACES if kind < 0.85 else ADDED + SPECIAL if kind < 0.96 else CONTROLS))
        parts.append(" " if chance(0.3) else "")
    return "".join(parts)


def sequence(make, field, depth):
    return {"type": "Sequence", field: [make(depth + 1) for _ in range(SOURCE.randrange(5))]}


def find_charsmap(part):
    if part["type"] == "Precompiled":
        return part
    return next(filter(None, map(find_charsmap, part.get("normalizers", []))), None)


def normalizer(depth=0):
    kind = SOURCE.choice(
        ["BertNormalizer", "Lowercase", "NFC", "NFD", "NFKC", "NFKD", "StripAccents", "Replace", "Replace", "Runs",
         "Precompiled", "Prepend", "Strip", "Nmt"] + ["Sequence"] * (5 if depth < 2 else 0))
    short = lambda: "".join(SOURCE.choice([*"abc ▁é食.A\u0301"]) for _ in range(SOURCE.randrange(3)))
    match kind:
        case "Sequence":
            return sequence(normalizer, "normalizers", depth)
        case "BertNormalizer":
            return {
                "type": kind, "clean_text": chance(0.7), "handle_chinese_chars": chance(0.7),
                "strip_accents": SOURCE.choice([None, True, False]), "lowercase": chance(0.6)}
        case "Replace":
            pattern = SOURCE.choice(["a", "ab", " ", "  ", "é", "e\u0301", "aa", ".", "食", "b\u0301"])
            return {"type": kind, "pattern": {"String": pattern}, "content": short()}
        case "Runs":
            pattern = SOURCE.choice([" {2,}", r"\s{2,}|[\n\r\t]"])
            return {"type": "Replace", "pattern": {"Regex": pattern}, "content": SOURCE.choice([" ", "▁", "", "ab"])}
        case "Precompiled":
            return find_charsmap(CHARSMAP)
        case "Prepend":
            return {"type": kind, "prepend": SOURCE.choice(["▁", " ", "ab", "é"])}
        case "Strip":
            return {"type": kind, "strip_left": chance(0.6), "strip_right": chance(0.6)}
    return {"type": kind}


def pre_tokenizer(depth=0):
    kind = SOURCE.choice(
        ["BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Metaspace", "Metaspace", "ByteLevel", "Punctuation",
         "Digits", "Split", "Words"] + ["Sequence"] * (4 if depth < 2 else 0))
    match kind:
        case "Sequence":
            return sequence(pre_tokenizer, "pretokenizers", depth)
        case "Metaspace":
            scheme = SOURCE.choice(["always", "first", "never"])
            return {"type": kind, "replacement": SOURCE.choice("▁▁_"), "prepend_scheme": scheme, "split": chance(0.6)}
        case "ByteLevel":
            # A blank before the text is what the folder's settings say, at the top.
            adds = depth > 0 and chance(0.5)
            return {"type": kind, "add_prefix_space": adds, "trim_offsets": True, "use_regex": chance(0.7)}
        case "Punctuation":
            return {"type": kind, "behavior": SOURCE.choice(BEHAVIORS)}
        case "Digits":
            return {"type": kind, "individual_digits": chance(0.5)}
        case "Split" | "Words":
            pattern = {"Regex": WORDS} if kind == "Words" else {"String": SOURCE.choice(["a", " ", "ab", "aa", ".", "é", "食"])}
            return {"type": "Split", "pattern": pattern, "behavior": SOURCE.choice(BEHAVIORS), "invert": chance(0.3)}
    return {"type": kind}


def pieces(count):
    return ["".join(SOURCE.choice(SPELLABLE) for _ in range(SOURCE.choice([1, 1, 2, 3]))) for _ in range(count)]


def model():
    kind = SOURCE.choice(["WordPiece", "Unigram", "BPE", "BPE"])
    spells_bytes = kind != "WordPiece" and chance(0.15)
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)] if spells_bytes else []
    if kind == "WordPiece":
        prefix = SOURCE.choice(["##", "##", "", "_"])
        rows = dict.fromkeys(SPECIAL + pieces(40) + [prefix + piece for piece in pieces(40)])
        longest = SOURCE.choice([100, 100, 5, 0])
        return {
            "type": kind, "unk_token": "[UNK]", "continuing_subword_prefix": prefix,
            "max_input_chars_per_word": longest, "vocab": {piece: row for row, piece in enumerate(rows)}}
    if kind == "Unigram":
        rows = dict.fromkeys(SPECIAL + pieces(60) + bytes_)
        score = lambda: SOURCE.choice([round(-SOURCE.random() * 12, 2), -3.0, 0.0])
        return {"type": kind, "unk_id": 1, "vocab": [[piece, score()] for piece in rows], "byte_fallback": spells_bytes}
    prefix = SOURCE.choice([None, None, "##", ""])
    suffix = SOURCE.choice([None, None, "</w>", ""])
    letters = [letter for letter in SPELLABLE if chance(0.9)]
    parts = letters + [(prefix or "") + letter for letter in letters] + [letter + (suffix or "") for letter in letters]
    rows = dict.fromkeys(SPECIAL + parts + bytes_)
    merges = []
    for _ in range(SOURCE.randrange(100)):
        first, second = SOURCE.choice(parts), SOURCE.choice(parts)
        if prefix and not second.startswith(prefix):
            continue
        whole = first + second[len(prefix or ""):]
        rows[whole] = None
        if len(whole) < 10:
            parts.append(whole)
        if [first, second] not in merges:
            merges.append([first, second])
    return {
        "type": kind, "dropout": None, "unk_token": SOURCE.choice(["[UNK]", "[UNK]", None]),
        "continuing_subword_prefix": prefix, "end_of_word_suffix": suffix, "fuse_unk": chance(0.5),
        "byte_fallback": spells_bytes, "ignore_merges": chance(0.3),
        "vocab": {piece: row for row, piece in enumerate(rows)}, "merges": merges}


def added_tokens(model):
    vocabulary = model["vocab"] if isinstance(model["vocab"], dict) else [piece for piece, _ in model["vocab"]]
    ids = {piece: row for row, piece in enumerate(vocabulary)}
    tokens = []
    for content in [piece for piece in SPECIAL if chance(0.6)] + SOURCE.sample(ADDED, SOURCE.randrange(8)):
        is_special = content in SPECIAL or chance(0.3)
        tokens.append({
            "id": ids.setdefault(content, len(ids)), "content": content, "single_word": chance(0.25),
            "lstrip": chance(0.3), "rstrip": chance(0.3), "special": is_special,
            "normalized": chance(0.5) if chance(0.3) else not is_special})
    return sorted(tokens, key=lambda token: token["id"])


def post_processor():
    kind = SOURCE.choice([None, "BertProcessing", "RobertaProcessing", "TemplateProcessing", "TemplateProcessing", "ByteLevel"])
    ends = {"cls": ["[CLS]", 2], "sep": ["[SEP]", 3]}
    options = {"trim_offsets": True, "add_prefix_space": True}
    match kind:
        case None:
            return None
        case "BertProcessing":
            return {"type": kind} | ends
        case "RobertaProcessing":
            return {"type": kind} | ends | options
        case "ByteLevel":
            return {"type": kind, "use_regex": True} | options
    part = lambda kind, name: {kind: {"id": name, "type_id": SOURCE.randrange(2)}}
    special = lambda name: [part("SpecialToken", name)] * SOURCE.randrange(2)
    first, second = part("Sequence", "A"), part("Sequence", "B")
    return {
        "type": kind, "single": special("start") + [first] + special("end"),
        "pair": special("start") + [first] + special("both") + [second] + special("end"),
        "special_tokens": {
            "start": {"id": "start", "ids": [2], "tokens": ["[CLS]"]},
            "end": {"id": "end", "ids": [3], "tokens": ["[SEP]"]},
            "both": {"id": "both", "ids": [3, 2], "tokens": ["[SEP]", "[CLS]"]}}}


def case():
    chosen = model()
    file = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added_tokens(chosen),
        "normalizer": normalizer() if chance(0.8) else None, "pre_tokenizer": pre_tokenizer() if chance(0.9) else None,
        "post_processor": post_processor(), "decoder": None, "model": chosen}
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps(file))
    made = {"file": file, "texts": [], "ids": [], "types": []}
    for number in range(12):
        texts = [["", text(3)], [text(4), ""], [text(4), text(4)]][number] if number < 3 else [text(9)]
        try:
            encoding = tokenizer.encode(*texts)
        except BaseException as error:
            if "char boundary" not in str(error) and "bad split" not in str(error):
                raise
            continue
        made["texts"].append(texts)
        made["ids"].append(encoding.ids)
        made["types"].append(encoding.type_ids if len(texts) == 2 else None)
    return made


if __name__ == "__main__":
    cases = [case() for _ in range(COUNT)]
    lines = ",\n".join(json.dumps(made, separators=(",", ":")) for made in cases)
    (HERE / "random.json").write_text("[\n" + lines + "\n]\n")

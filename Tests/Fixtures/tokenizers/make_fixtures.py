"""Makes what the tokenizer tests compare with, from the reference libraries.

    pip install transformers==4.48.3 sentencepiece==0.2.3
    python make_fixtures.py

Kept by hand: texts.json, and the vocabularies and settings under albert/, bert/ and bert-cased/, which
transformers wrote. Made here: expected.json in each of them (ids and pieces of the slow tokenizers), and under
small/ four SentencePiece models of a few kilobytes with the pieces that the sentencepiece library cuts.
"""

import json
import os
import pathlib
import tempfile

os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import sentencepiece
from transformers import AlbertTokenizer, BertTokenizer

HERE = pathlib.Path(__file__).parent
TEXTS = json.loads((HERE / "texts.json").read_text())



def added(specials, size):
    """Settings with added tokens of every kind behind a vocabulary."""
    def token(content, **rules):
        names = ["lstrip", "rstrip", "single_word", "normalized", "special"]
        return {"content": content} | {name: rules.get(name, False) for name in names}

    tokens = [token(name, special=True, lstrip=name == "[MASK]") for name in specials]
    more = [
        token("of", single_word=True, normalized=True), token("The", lstrip=True, rstrip=True),
        token("IS", normalized=True), token("is a", rstrip=True, normalized=True),
        token("a", single_word=True, lstrip=True, normalized=True), token("<x>", special=True),
    ]
    numbered = dict(enumerate(tokens)) | {size + index: value for index, value in enumerate(more)}
    return {
        "added_tokens_decoder": {str(key): value for key, value in numbered.items()},
        "additional_special_tokens": ["<x>"],
    }


# What the added tokens do beside blanks, letters and each other.
ADDED_TEXTS = [
    "of The film", "film The film", "xThe film", "ofa of a", "IS of\t [MASK]  is\t film", "is a film is a is ax",
    "andis a and The[MASK]AThe", "a  a a", "of", " of ", "<x>of<X>", "ofa  <X> movie,\t of\t <X>  \t The ", "aofa",
    "THE IS is", "the\t a And  \t The\t and\t    The", "of [MASK] a", "a<x>a", "filmfilm a is a a is aandis and ",
]

# Each case changes some settings of its folder's tokenizer_config.json.
CASES = [
    ("albert", AlbertTokenizer, {}),
    ("albert", AlbertTokenizer, {"do_lower_case": False, "keep_accents": True, "remove_space": False}),
    ("albert", AlbertTokenizer, added(["<pad>", "<unk>", "[CLS]", "[SEP]", "[MASK]"], 650)),
    ("bert", BertTokenizer, {}),
    ("bert", BertTokenizer, added(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"], 547)),
    ("bert-cased", BertTokenizer, {}),
    ("bert-cased", BertTokenizer, {"strip_accents": True, "tokenize_chinese_chars": False, "never_split": ["movie"]}),
    ("bert-cased", BertTokenizer, {"do_basic_tokenize": False}),
]

# Rules that join what corpora of cut words have apart, and straighten quotes: normalised text is shorter than
# the original, pieces begin behind a deleted blank, and a replacement can be longer than what it replaces.
RULES = {
    " n't": "n't", " 's": "'s", " ,": ",", " .": ".", "\u201c": '"', "\u201d": '"', "\u2019": "'", "``": '"',
    "''": '"', "\u2026": "...", "\ufb01": "fi", "colour": "color", "\u00bd": " 1/2", "\u00a0": " ", "\u200b": "",
}

SMALL = {
    "bpe": dict(model_type="bpe", vocab_size=300, normalization_rule_name="identity"),
    "bytes": dict(
        model_type="unigram", vocab_size=480, normalization_rule_name="identity", byte_fallback=True),
    "rules": dict(model_type="unigram", vocab_size=220),
    "suffix": dict(
        model_type="unigram", vocab_size=220, normalization_rule_name="identity",
        treat_whitespace_as_suffix=True, remove_extra_whitespaces=False),
}


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("],[", "],\n[") + "\n")


def reference_cases():
    cases = {}
    for folder, tokenizer_class, changes in CASES:
        with tempfile.TemporaryDirectory() as copy:
            for file in (HERE / folder).iterdir():
                if file.name != "expected.json":
                    (pathlib.Path(copy) / file.name).write_bytes(file.read_bytes())
            config = json.loads((HERE / folder / "tokenizer_config.json").read_text())
            (pathlib.Path(copy) / "tokenizer_config.json").write_text(json.dumps(config | changes))
            tokenizer = tokenizer_class.from_pretrained(copy)
            texts = ADDED_TEXTS if "added_tokens_decoder" in changes else TEXTS
            ids = [tokenizer(text, truncation=True, max_length=512)["input_ids"] for text in texts]
        pieces = [tokenizer.convert_ids_to_tokens(row) for row in ids]
        case = {"settings": changes, "ids": ids}
        if texts is not TEXTS:
            case["texts"] = texts
        # Ids and vocabulary fix the pieces; one case a folder is enough to see that.
        if not changes:
            case["pieces"] = pieces
        cases.setdefault(folder, []).append(case)
    for folder, rows in cases.items():
        write(HERE / folder / "expected.json", rows)


def small_models():
    folder = HERE / "small"
    folder.mkdir(exist_ok=True)
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(text.replace("\n", " ") for text in TEXTS if text.isascii()) + "\n")
    rules = folder / "rules.tsv"
    code = lambda text: " ".join(f"{ord(character):X}" for character in text)
    rules.write_text("".join(f"{code(key)}\t{code(value)}\n" for key, value in RULES.items()))
    for name, options in SMALL.items():
        if name == "rules":
            options = options | {"normalization_rule_tsv": str(rules)}
        sentencepiece.SentencePieceTrainer.train(
            input=str(corpus), model_prefix=str(folder / name), pad_id=0, unk_id=1, bos_id=-1, eos_id=-1,
            control_symbols="[CLS],[SEP],[MASK]", user_defined_symbols="-,<n>", num_threads=1,
            character_coverage=1.0, hard_vocab_limit=False, minloglevel=2, **options)
        (folder / f"{name}.vocab").unlink()
        model = sentencepiece.SentencePieceProcessor(model_file=str(folder / f"{name}.model"))
        # Without special tokens, which the library leaves to its callers, and without a long run of one letter,
        # whose best cuts differ only by rounding.
        texts = [text for text in TEXTS if not any(part in text for part in ("[", "<", "aaaaaaaa"))][::2]
        write(folder / f"{name}.json", {
            "texts": texts,
            "ids": [model.encode(text) for text in texts],
            "pieces": [model.encode(text, out_type=str) for text in texts],
        })
    corpus.unlink()
    rules.unlink()


if __name__ == "__main__":
    reference_cases()
    small_models()

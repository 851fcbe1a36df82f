"""Makes the folders under families/ and what the reference libraries give for them.

    pip install transformers==4.48.3 tokenizers==0.21.4 sentencepiece==0.2.3
    python make_family_fixtures.py hugging-face
    pip install keras-hub==0.19.3 tensorflow-text==2.18.1        (may be another environment)
    python make_family_fixtures.py keras

The first run trains small vocabularies on texts.json, saves them as each family's tokenizer does, slow and fast, and
writes families/texts.json: random texts of letters of many scripts, marks, emoji, white space, special tokens and
what tokenizers treat specially. expected.json of a folder holds the ids for all texts, and for pairs of neighbouring
texts cut to 24 tokens. The second run does the same for Keras presets over the same vocabularies, without pairs.
"""

import importlib
import json
import os
import pathlib
import random
import shutil
import sys
import unicodedata

HERE = pathlib.Path(__file__).parent
HOME = HERE / "families"
CORPUS = [text.replace("\n", " ") for text in json.loads((HERE / "texts.json").read_text()) if text.isascii()]
PAIR_LENGTH = 24

PARTS = (
    "film|good|isn't|do n't|THE|I'LL|we've|they'd|'re|'S| |  |   |\t|\n|\r\n|\n\n|\u00a0|\u3000|\u2009|\u202f|\u2028|"
    "\u0085|\x1c|\x0b|\x0c|\u200b|\u200d|\ufeff|\u00ad|``|''|1,000|9,|3.5|½|²|٣|६|Ⅷ|…|ﬁ|İ|ß|ẞ|ΑΣ|Σ|ς|ı|𝚺|e\u0301|é|"
    "a\u0308\u0323|\0|👨‍👩‍👧|👍🏽|🇩🇪|1️⃣|❤️|漢|世界|한국어|ᄒ|ᅡ|ก็|שלום|مرحبا|हिन्दी|ｆｕｌｌ|①|㎏|▁|▁▁|--|...|’|“|”| ,|colour|"
    "_|a_b|@user|http://x.y/z?a=b|ĴA|ĴB|ĴC|ﷺ|ǅ|ŉ|Ω|\ufffd|\u0345|ᾳ|Ꭰ|ꭰ|й|привет|naïve|!!!|;-)|(|]|{|^|$|€|+|=|\\|/|"
    "[MASK]|[CLS]|[SEP]|[UNK]|[PAD]|<s>|</s>|<mask>|<unk>|<pad>|<|endoftext|>|[mask]|<MASK>"
).replace("<|endoftext|>", "\ue000").split("|")


def random_texts(count, seed):
    source = random.Random(seed)
    words = " ".join(CORPUS).split()

    def character(end):
        while True:
            code = source.randrange(end)
            # What Unicode 8 had assigned: tables of the libraries are of different ages.
            if not 0xD800 <= code < 0xE000 and unicodedata.ucd_3_2_0.category(chr(code)) != "Cn":
                return chr(code)

    # No long run of one letter: its best cuts differ only by rounding.
    texts = ["", " ", "\t\n ", "", "漢" * 40, "\u00a0\u00a0"]
    while len(texts) < count:
        text = ""
        for _ in range(source.randrange(1, 12)):
            kind = source.random()
            if kind < 0.10:
                text += character(0x3000)
            elif kind < 0.15:
                text += character(0x20000)
            elif kind < 0.40:
                text += source.choice(words)
            else:
                text += source.choice(PARTS).replace("\ue000", "<|endoftext|>")
            text += " " if source.random() < 0.35 else ""
        texts.append(text)
    return texts


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=True, separators=(",", ":")).replace("],[", "],\n[") + "\n")


def train_sentencepiece(path, **options):
    import sentencepiece

    corpus = HOME / "corpus.txt"
    corpus.write_text("\n".join(CORPUS) + "\n")
    rules = HOME / "rules.tsv"
    table = {"\ufb01": "fi", "\u00a0": " ", "\t": " ", "\n": " ", "\u3000": " ", "\u200b": "", "…": "...", "e\u0301": "é"}
    code = lambda text: " ".join(f"{ord(character):X}" for character in text)
    rules.write_text("".join(f"{code(key)}\t{code(value)}\n" for key, value in table.items()))
    sentencepiece.SentencePieceTrainer.train(
        input=str(corpus), model_prefix=str(path.with_suffix("")), num_threads=1, character_coverage=1.0,
        hard_vocab_limit=False, minloglevel=2, model_type="unigram", vocab_size=200,
        normalization_rule_tsv=str(rules), **options)
    made = path.with_suffix(".model")
    if made != path:
        made.rename(path)
    for leftover in [path.with_suffix(".vocab"), corpus, rules]:
        leftover.unlink(missing_ok=True)


def train_bytes(folder):
    import tokenizers

    trainer = tokenizers.ByteLevelBPETokenizer()
    trainer.train_from_iterator(CORPUS, vocab_size=420, special_tokens=["<s>", "<pad>", "</s>", "<unk>", "<mask>"])
    trainer.save_model(str(folder))


def expected(tokenizer, texts):
    ids = [tokenizer(text)["input_ids"] for text in texts]
    pairs = []
    for first, second in zip(texts[6::2], texts[7::2]):
        both = tokenizer(first, second, truncation="longest_first", max_length=PAIR_LENGTH)
        types = both.get("token_type_ids") or [0] * len(both["input_ids"])
        pairs.append({"ids": both["input_ids"], "types": types})
    return {"ids": ids, "pairs": pairs}


def save(name, model_type, slow, fast_class, texts):
    """A folder with the slow files and one with tokenizer.json alone."""
    folder = HOME / name
    slow.save_pretrained(folder)
    write(folder / "expected.json", {"model_type": model_type} | expected(slow, texts))
    fast = fast_class.from_pretrained(folder)
    fast.add_tokens(["film"])
    other = HOME / f"{name}-fast"
    fast.save_pretrained(other, legacy_format=False)
    fast = fast_class.from_pretrained(other)
    write(other / "expected.json", {"model_type": model_type} | expected(fast, texts))


def hugging_face():
    import transformers as hf
    from transformers.utils import sentencepiece_model_pb2_new

    # sentencepiece's own copy may ask for a newer protobuf than TensorFlow allows.
    converter = importlib.import_module("transformers.convert_slow_tokenizer")
    converter.import_protobuf = lambda *_: sentencepiece_model_pb2_new
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir()
    texts = random_texts(120, 3)
    write(HOME / "texts.json", texts)
    fairseq = dict(unk_id=0, bos_id=1, eos_id=2, pad_id=-1)
    deberta = dict(
        pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]", unk_piece="[UNK]")
    albert = dict(pad_id=0, unk_id=1, bos_id=-1, eos_id=-1, control_symbols="[CLS],[SEP],[MASK]")
    vocabulary = HOME / "vocabulary"
    vocabulary.mkdir()
    train_sentencepiece(vocabulary / "fairseq.model", **fairseq)
    train_sentencepiece(vocabulary / "deberta.model", **deberta)
    train_sentencepiece(vocabulary / "albert.model", **albert)
    train_bytes(vocabulary)
    file = lambda name: str(vocabulary / name)

    save("xlm-roberta", "xlm-roberta", hf.XLMRobertaTokenizer(file("fairseq.model")), hf.XLMRobertaTokenizerFast, texts)
    save("camembert", "camembert", hf.CamembertTokenizer(file("fairseq.model")), hf.CamembertTokenizerFast, texts)
    save("deberta", "deberta-v2", hf.DebertaV2Tokenizer(file("deberta.model")), hf.DebertaV2TokenizerFast, texts)
    save("albert", "albert", hf.AlbertTokenizer(file("albert.model")), hf.AlbertTokenizerFast, texts)
    bytes_files = file("vocab.json"), file("merges.txt")
    save("roberta", "roberta", hf.RobertaTokenizer(*bytes_files), hf.RobertaTokenizerFast, texts)
    save("gpt2", "gpt2", hf.GPT2Tokenizer(*bytes_files, unk_token="<unk>"), hf.GPT2TokenizerFast, texts)
    save("bert", "bert", hf.BertTokenizer(str(HERE / "bert" / "vocab.txt")), hf.BertTokenizerFast, texts)
    cased = hf.BertTokenizer(str(HERE / "bert-cased" / "vocab.txt"), do_lower_case=False)
    save("bert-cased", "bert", cased, hf.BertTokenizerFast, texts)
    for name, tokenizer in [
        ("roberta-prefix", hf.RobertaTokenizer(*bytes_files, add_prefix_space=True)),
        ("gpt2-prefix", hf.GPT2Tokenizer(*bytes_files, unk_token="<unk>", add_prefix_space=True, add_bos_token=True)),
        ("deberta-punctuation", hf.DebertaV2Tokenizer(file("deberta.model"), split_by_punct=True, do_lower_case=True)),
    ]:
        tokenizer.save_pretrained(HOME / name)
        model_type = tokenizer.__class__.__name__.lower().removesuffix("tokenizer").replace("debertav2", "deberta-v2")
        write(HOME / name / "expected.json", {"model_type": model_type} | expected(tokenizer, texts))
    for folder in HOME.iterdir():
        if folder.is_dir():
            (folder / "special_tokens_map.json").unlink(missing_ok=True)


def keras():
    os.environ["KERAS_BACKEND"] = "tensorflow"
    import keras_hub
    import tensorflow

    texts = json.loads((HOME / "texts.json").read_text())
    vocabulary = HOME / "vocabulary"
    models = keras_hub.models
    bytes_files = dict(vocabulary=str(vocabulary / "vocab.json"), merges=str(vocabulary / "merges.txt"))
    words = dict(vocabulary=str(HERE / "bert" / "vocab.txt"))
    cases = {
        "xlm-roberta": models.XLMRobertaTokenizer(proto=str(vocabulary / "fairseq.model")),
        "deberta": models.DebertaV3Tokenizer(proto=str(vocabulary / "deberta.model")),
        "albert": models.AlbertTokenizer(proto=str(vocabulary / "albert.model")),
        "roberta": models.RobertaTokenizer(**bytes_files),
        "roberta-prefix": models.RobertaTokenizer(**bytes_files, add_prefix_space=True),
        "bert": models.BertTokenizer(**words, lowercase=True),
        "bert-cased": models.BertTokenizer(**words, strip_accents=True),
        "bert-specials": models.BertTokenizer(**words, lowercase=True, special_tokens_in_strings=True),
    }
    for name, tokenizer in cases.items():
        folder = HOME / f"keras-{name}"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "assets" / "tokenizer").mkdir(parents=True)
        tokenizer.save_assets(str(folder / "assets" / "tokenizer"))
        config = tokenizer.get_config()
        description = {"class_name": tokenizer.__class__.__name__, "config": {"dtype": "int32"} | {
            key: value for key, value in config.items() if key not in ["dtype", "proto", "vocabulary", "merges", "name"]}}
        (folder / "tokenizer.json").write_text(json.dumps(description, indent=1) + "\n")
        output = tokenizer(tensorflow.constant(texts))
        rows = output.to_list() if hasattr(output, "to_list") else output
        write(folder / "expected.json", {"body": [[int(value) for value in row] for row in rows]})


if __name__ == "__main__":
    {"hugging-face": hugging_face, "keras": keras}[sys.argv[1]]()

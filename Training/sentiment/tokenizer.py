"""Trains the SentencePiece vocabulary and wraps it as the slow `AlbertTokenizer`."""

import argparse
import tempfile
from pathlib import Path

import sentencepiece
from transformers import AlbertTokenizer

from corpus import read_labelled
from rules import CLITICS, write_rules
from seeds import seed_pieces, write_seeds

VOCABULARY_SIZE = 12_000
MAXIMUM_LENGTH = 512


def prepared(text: str) -> str:
    """What `AlbertTokenizer` hands to SentencePiece: lower case, no accents, single spaces."""
    return _preprocessor.preprocess_text(text.lower())


class _Preprocessor:
    """The settings `AlbertTokenizer.preprocess_text` reads, before there is a vocabulary to load."""

    remove_space = True
    keep_accents = False
    do_lower_case = True
    preprocess_text = AlbertTokenizer.preprocess_text


_preprocessor = _Preprocessor()


def train_tokenizer(train: Path, folder: Path) -> AlbertTokenizer:
    """Trains `folder/spiece.model` on the training phrases and saves the tokenizer beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        phrases, rules, seeds = (Path(scratch, name) for name in ("phrases.txt", "rules.tsv", "seeds.tsv"))
        texts = [prepared(row.sentence) for row in read_labelled(train)]
        phrases.write_text("".join(text + "\n" for text in texts), encoding="utf-8")
        write_rules(rules)
        normalizer = sentencepiece.SentencePieceNormalizer(
            rule_tsv=str(rules), add_dummy_prefix=True, escape_whitespaces=True, remove_extra_whitespaces=True
        )
        write_seeds(seed_pieces(map(normalizer.normalize, texts), CLITICS), seeds)
        sentencepiece.SentencePieceTrainer.train(
            input=str(phrases),
            model_prefix=str(Path(scratch, "spiece")),
            model_type="unigram",
            vocab_size=VOCABULARY_SIZE,
            character_coverage=1.0,
            normalization_rule_tsv=str(rules),
            seed_sentencepieces_file=str(seeds),
            pad_id=0,
            unk_id=1,
            bos_id=-1,
            eos_id=-1,
            pad_piece="<pad>",
            control_symbols=["[CLS]", "[SEP]", "[MASK]"],
            user_defined_symbols=list(CLITICS),
            num_threads=1,
            minloglevel=1,
        )
        Path(scratch, "spiece.model").replace(folder / "spiece.model")
    tokenizer = AlbertTokenizer(str(folder / "spiece.model"), model_max_length=MAXIMUM_LENGTH)
    tokenizer.save_pretrained(folder)
    return tokenizer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="SST-2 train.tsv")
    parser.add_argument("--out", type=Path, required=True, help="folder for the tokenizer")
    arguments = parser.parse_args()
    train_tokenizer(arguments.train, arguments.out)

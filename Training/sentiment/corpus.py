"""Readers for SST-2 as distributed with GLUE and for the teacher's soft labels."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Labelled:
    """A phrase with its true label: 0 negative, 1 positive."""

    sentence: str
    label: int


@dataclass(frozen=True)
class Taught:
    """A phrase with the teacher's opinion, half the difference of its two logits: above 0 is positive.

    `label` is the true label where the phrase comes from the training set, else `None`.
    """

    sentence: str
    opinion: float
    label: int | None


def read_labelled(path: Path) -> list[Labelled]:
    """Reads `sentence<TAB>label` with a header and no quoting."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Labelled(row["sentence"].strip(), int(row["label"])) for row in rows]


def read_taught(teacher: Path, train: Path) -> list[Taught]:
    """Reads `source, sentence, logit_negative, logit_positive` (gzip) and joins the true labels.

    A phrase that the training set holds with both labels keeps none.
    """
    labels: dict[str, int | None] = {}
    for row in read_labelled(train):
        known = labels.setdefault(row.sentence, row.label)
        if known != row.label:
            labels[row.sentence] = None
    with gzip.open(teacher, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Taught(
                sentence := row["sentence"].strip(),
                (float(row["logit_positive"]) - float(row["logit_negative"])) / 2,
                labels.get(sentence) if row["source"] == "train" else None,
            )
            for row in rows
        ]

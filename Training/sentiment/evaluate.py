"""Accuracy of a classifier on labelled sentences."""

import torch
from transformers import AlbertForSequenceClassification, AlbertTokenizer

from corpus import Labelled


def opinions(model: AlbertForSequenceClassification, tokenizer: AlbertTokenizer, sentences: list[str]) -> list[float]:
    """Logit of positive minus logit of negative, a sentence at a time, so that nothing is padded."""
    with torch.inference_mode():
        logits = [
            model(**tokenizer(sentence, return_tensors="pt", truncation=True)).logits[0] for sentence in sentences
        ]
    return [float(positive - negative) for negative, positive in logits]


def accuracy(opinions: list[float], rows: list[Labelled]) -> float:
    """Share of rows whose opinion has the sign of the label."""
    return sum((opinion > 0) == bool(row.label) for opinion, row in zip(opinions, rows, strict=True)) / len(rows)

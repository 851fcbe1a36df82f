"""Batches for distillation: bucketed by length, partly masked, partly moved, some of them long."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor
from torch.nn.utils.rnn import pad_sequence
from transformers import AlbertTokenizer

from corpus import Taught

TOKENS_PER_BATCH = 3_072
LONG_TEXTS_PER_EPOCH = 400
LONG_TEXT_TOKENS = (64, 510)
MASKED_TEXTS = 1 / 3
MASKED_WORDS = (0.05, 0.3)
UNKNOWN_WORDS = 0.1
MOVED_TEXTS = 0.2
NO_LABEL = -100


@dataclass(frozen=True)
class Example:
    """Piece ids without specials, the word each belongs to (from 1), opinion and true label."""

    ids: list[int]
    words: list[int]
    opinion: float
    label: int


@dataclass(frozen=True)
class Batch:
    """All `[texts, tokens]` but the last two, which are `[texts]`."""

    ids: Tensor
    attended: Tensor
    positions: Tensor
    opinions: Tensor
    labels: Tensor


class BatchMaker:
    """Turns taught phrases into batches; every epoch draws new masks, positions and long texts."""

    def __init__(self, tokenizer: AlbertTokenizer, rows: list[Taught], seed: int) -> None:
        self.tokenizer = tokenizer
        self.random = Random(seed)
        self.generator = torch.Generator().manual_seed(seed)
        pieces = tokenizer.convert_ids_to_tokens(range(tokenizer.vocab_size))
        self.begins = [piece.startswith(("▁", "n't", "'")) or not any(map(str.isalnum, piece)) for piece in pieces]
        self.examples = [self._example(tokenizer.encode(row.sentence, add_special_tokens=False), row) for row in rows]
        self.texts_per_epoch = len(rows) + LONG_TEXTS_PER_EPOCH

    def epoch(self) -> Iterator[Batch]:
        """All examples and some long texts in random order, texts of similar length together."""
        examples = list(self.examples)
        examples += [self._long_text() for _ in range(LONG_TEXTS_PER_EPOCH)]
        examples.sort(key=lambda example: len(example.ids) + self.random.random())
        groups: list[list[Example]] = [[]]
        for example in examples:
            if (len(groups[-1]) + 1) * (len(example.ids) + 2) > TOKENS_PER_BATCH:
                groups.append([])
            groups[-1].append(example)
        self.random.shuffle(groups)
        yield from map(self._batch, groups)

    def _example(self, ids: list[int], row: Taught) -> Example:
        words, word = [], 0
        for piece in ids:
            word = max(1, word + self.begins[piece])
            words.append(word)
        return Example(ids, words, row.opinion, NO_LABEL if row.label is None else row.label)

    def _long_text(self) -> Example:
        """Phrases in a row; the opinion is their mean, weighted by length."""
        length = self.random.randint(*LONG_TEXT_TOKENS)
        ids: list[int] = []
        words: list[int] = []
        opinion = 0.0
        while len(ids) < length:
            phrase = self.random.choice(self.examples)
            kept = min(len(phrase.ids), length - len(ids))
            last = words[-1] if words else 0
            ids += phrase.ids[:kept]
            words += [last + word for word in phrase.words[:kept]]
            opinion += phrase.opinion * kept / length
        return Example(ids, words, opinion, NO_LABEL)

    def _batch(self, examples: list[Example]) -> Batch:
        start, end = [self.tokenizer.cls_token_id], [self.tokenizer.sep_token_id]
        ids = self._padded([start + example.ids + end for example in examples], self.tokenizer.pad_token_id)
        words = self._padded([[0, *example.words, 0] for example in examples], 0)
        attended = self._padded([[1] * (len(example.ids) + 2) for example in examples], 0)
        return Batch(
            self._masked(ids, words),
            attended,
            self._positions(*ids.shape),
            torch.tensor([example.opinion for example in examples]),
            torch.tensor([example.label for example in examples]),
        )

    def _padded(self, rows: list[list[int]], padding: int) -> Tensor:
        return pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=padding)

    def _masked(self, ids: Tensor, words: Tensor) -> Tensor:
        """Hides whole words of some texts behind [MASK], now and then behind `<unk>`."""
        texts = ids.shape[0]
        low, high = MASKED_WORDS
        rates = low + (high - low) * self._uniform(texts, 1)
        rates = rates * (self._uniform(texts, 1) < MASKED_TEXTS)
        hidden = (self._uniform(texts, int(words.max()) + 1) < rates).gather(1, words) & (words > 0)
        unknown = (self._uniform(texts, int(words.max()) + 1) < UNKNOWN_WORDS).gather(1, words)
        ids = ids.masked_fill(hidden, self.tokenizer.mask_token_id)
        return ids.masked_fill(hidden & unknown, self.tokenizer.unk_token_id)

    def _positions(self, texts: int, tokens: int) -> Tensor:
        """Moves some texts, all but their [CLS], to a random place, so that every position is trained."""
        room = self.tokenizer.model_max_length - tokens + 1
        moved = self._uniform(texts, 1) < MOVED_TEXTS
        offsets = (self._uniform(texts, 1) * room).long() * moved
        positions = torch.arange(tokens) + offsets
        positions[:, 0] = 0
        return positions

    def _uniform(self, *shape: int) -> Tensor:
        return torch.rand(shape, generator=self.generator)

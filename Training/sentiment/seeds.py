"""The candidates from which SentencePiece prunes its vocabulary.

SentencePiece takes its own candidates from the list of *distinct* words, so that a common word which is
no part of another (`during`, `having`) is never one. These are better: common words and numbers, substrings shared
by several words, runs of punctuation. A rare word is no candidate; it must be spelled in shared parts.
"""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

LONGEST = 16
COMMON_WORD = 8
SHARED_BY = 3
COMMON_PUNCTUATION = 20

_SPACE = "▁"


def seed_pieces(phrases: Iterable[str], own: Iterable[str]) -> dict[str, int]:
    """Candidates with their counts; `phrases` are normalised, `own` are pieces defined anyway."""
    characters: Counter[str] = Counter()
    words: Counter[str] = Counter()
    punctuation: Counter[str] = Counter()
    for phrase in phrases:
        characters.update(phrase)
        words.update(re.findall(rf"{_SPACE}?(?:[^\W\d_]+|\d+)", phrase))
        punctuation.update(re.findall(rf"{_SPACE}?[^\w{_SPACE}]+", phrase))
    sharing: Counter[str] = Counter()
    substrings: Counter[str] = Counter()
    for word, count in words.items():
        for start in range(len(word)):
            for end in range(start + 2, min(len(word), start + LONGEST) + 1):
                sharing[word[start:end]] += 1
                substrings[word[start:end]] += count
    pieces = {part: substrings[part] for part, sharers in sharing.items() if sharers >= SHARED_BY}
    pieces |= {word: count for word, count in words.items() if count >= COMMON_WORD and len(word) <= LONGEST}
    pieces |= {run: count for run, count in punctuation.items() if count >= COMMON_PUNCTUATION}
    longer = {piece: count for piece, count in pieces.items() if len(piece) > 1 and piece not in set(own)}
    by_weight = sorted(longer.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))
    return dict(characters) | dict(by_weight)


def write_seeds(pieces: dict[str, int], path: Path) -> None:
    """Writes `piece<TAB>count`, heaviest first, as SentencePiece reads it."""
    path.write_text("".join(f"{piece}\t{count}\n" for piece, count in pieces.items()), encoding="utf-8")

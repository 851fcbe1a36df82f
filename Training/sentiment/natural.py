"""Undoes the treebank's tokenisation: writes a sentence as a person would."""

import re

REPLACEMENTS = (
    (r"-lrb-", "("),
    (r"-rrb-", ")"),
    (r"``\s*", "\u201c"),
    (r"\s*''", "\u201d"),
    (r"` ", "\u2018"),
    (r" (n't|'s|'m|'re|'ve|'d|'ll)\b", r"\1"),
    (r" '(?= |$)", "'"),
    (r"\s+--\s+", "\u2014"),
    (r"\( ", "("),
    (r" \)", ")"),
    (r" ([,.!?;:%])", r"\1"),
    (r"\$ ", "$"),
    (r"\b(gon|wan) na\b", r"\1na"),
    (r"\bgot ta\b", "gotta"),
    (r"'", "\u2019"),
)


def natural(sentence: str) -> str:
    """`it 's good -lrb- really -rrb- .` → `It’s good (really).`"""
    for pattern, replacement in REPLACEMENTS:
        sentence = re.sub(pattern, replacement, sentence)
    return sentence[:1].upper() + sentence[1:]

"""Normalisation rules that make the tokenised and the natural way of writing the same text.

The Stanford Sentiment Treebank is pre-tokenised (`it 's`, `do n't`, `good , bad -lrb- really -rrb-`);
people write `it's`, `don't`, `good, bad (really)`. SentencePiece replaces the longest matching rule at
each position, never chains rules, and never emits two spaces in a row. So there are two kinds of rule:

* a clitic or closing mark drops the space before it;
* a mark whose side cannot be told (double quotes, parentheses, dashes) gets a space on both sides.
"""

from collections.abc import Iterator
from pathlib import Path
from string import ascii_lowercase, digits

CLITICS = ("n't", "'s", "'m", "'re", "'ve", "'d", "'ll")
"""Written apart in the treebank, together by people. They are pieces of their own."""

APOSTROPHES = ("\u2018", "\u2019", "\u201b", "\u02bc", "\u00b4", "`")
DOUBLE_QUOTES = ('"', "``", "''", "\u201c", "\u201d", "\u201e", "\u201f", "\u00ab", "\u00bb")
LONG_DASHES = ("--", "---", "\u2014", "\u2015", " \u2013 ")
SHORT_DASHES = ("\u2010", "\u2011", "\u2012", "\u2013", "\u2212")
SPACES = ("\t", "\n", "\r", "\v", "\f", "\u0085", "\u00a0", "\u2028", "\u2029", "\u202f", "\u3000")
INVISIBLE = ("\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufe0f", "\ufeff")
SPLIT_WORDS = {"gon na": "gonna", "wan na": "wanna", "got ta": "gotta", "gim me": "gimme"}


def clitics() -> Iterator[tuple[str, str]]:
    """` n't` → `n't`; but in ` 'splendid'` the quotation mark is not a clitic's."""
    for clitic in CLITICS:
        for apostrophe in ("'", *APOSTROPHES):
            written = " " + clitic.replace("'", apostrophe)
            yield written, clitic
            if clitic.startswith("'"):
                yield from ((written + letter, f" ' {clitic[1:]}{letter}") for letter in ascii_lowercase)


def closing_marks() -> Iterator[tuple[str, str]]:
    """` ,` → `,`; but ` .5` is a number."""
    for mark in ",.!?;:%":
        yield " " + mark, mark
    for digit in digits:
        yield " ." + digit, " 0." + digit
    yield " \u2026", "..."
    yield "\u2026", "..."
    yield "$ ", "$"


def single_quotes() -> Iterator[tuple[str, str]]:
    """An opening quotation mark stands alone, a closing one joins the word before it."""
    yield " ' ", "' "
    for apostrophe in ("'", *APOSTROPHES):
        yield from ((f" {apostrophe}{letter}", f" ' {letter}") for letter in ascii_lowercase)
    for apostrophe in APOSTROPHES:
        yield apostrophe, "'"
        yield f" {apostrophe} ", "' "
    for opening in ("`", "\u2018"):
        yield opening + " ", "' "
        yield f" {opening} ", " ' "


def standing_marks() -> Iterator[tuple[str, str]]:
    """Marks that stand alone between two spaces, however they were written."""
    standing = {quote: '"' for quote in DOUBLE_QUOTES}
    standing |= {dash: "--" for dash in LONG_DASHES}
    standing |= {"(": "(", ")": ")", "-lrb-": "(", "-rrb-": ")"}
    for written, mark in standing.items():
        yield written, f" {mark} "
        if not written.startswith(" "):
            yield " " + written, f" {mark} "


def characters() -> Iterator[tuple[str, str]]:
    """One character for another: white space, hyphens; and those that cannot be seen vanish."""
    yield from ((space, " ") for space in SPACES)
    yield from ((dash, "-") for dash in SHORT_DASHES)
    yield from ((character, "") for character in INVISIBLE)


def split_words() -> Iterator[tuple[str, str]]:
    """`gon na` → `gonna`, as a whole word only."""
    for written, word in SPLIT_WORDS.items():
        yield f" {written} ", f" {word} "


def rules() -> dict[str, str]:
    """Every rule, from what is written to what the model reads."""
    table: dict[str, str] = {}
    for group in (characters, single_quotes, standing_marks, closing_marks, clitics, split_words):
        table.update(group())
    return table


def write_rules(path: Path) -> None:
    """Writes the rules in SentencePiece's format: hexadecimal code points, tab, code points."""

    def code_points(text: str) -> str:
        return " ".join(f"{ord(character):X}" for character in text)

    lines = [f"{code_points(written)}\t{code_points(read)}\n" for written, read in sorted(rules().items())]
    path.write_text("".join(lines), encoding="ascii")

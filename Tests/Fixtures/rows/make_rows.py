"""Small data sets as other programs write them, and what a reader has to find in them.

    pip install pandas zstandard
    python make_rows.py

Python's json, csv, gzip, pandas and zstandard write the files; `expected.json` holds, for each, the rows: the line on
which each starts, the text or history, and the other fields as JSON. Every file is packed as well, the first half of
its bytes and the second as two gzip members and as two zstd frames.
"""
import csv
import gzip
import io
import json
from pathlib import Path

import pandas
import zstandard

HERE = Path(__file__).parent
TEXTS = [
    "A sometimes tedious film, but a charming and often affecting journey.",
    'He said "never again" and meant it.',
    "Two\nlines, and \"quotes\"\r\nover three.",
    "Größe, 日本語 and 🎬 survive.",
    "back\\slash, tab\tand nul\x00byte",
    "  spaces around  ",
    "\u2028 and \u0085 end no line",
    '"',
]
EXTRA = [
    {"id": 1, "score": 1.0, "tags": ["a", {"b": None}]},
    {"id": 12345678901234567890, "score": 1e100, "tags": []},
    {"id": -3, "score": -0.0, "tags": {"nested": {"deep": [1, 2, 3]}}},
    {"id": 4, "score": 1e-7, "tags": "Ünïcode \u007f"},
    {"id": 5, "score": 0.1, "tags": True},
    {"id": 6, "score": 100, "tags": None},
    {"id": 7, "score": 3.14, "tags": "line\nbreak"},
    {"id": 8, "score": 2, "tags": "\\\""},
]


def pack(name: str, content: bytes) -> None:
    (HERE / name).write_bytes(content)
    half = len(content) // 2
    parts = [content[:half], content[half:]]
    (HERE / (name + ".gz")).write_bytes(b"".join(gzip.compress(part, mtime=0) for part in parts))
    (HERE / (name + ".zst")).write_bytes(b"".join(zstandard.ZstdCompressor().compress(part) for part in parts))


def starts(pieces: list[str], breaks) -> list[int]:
    """The line on which each piece starts."""
    lines, line = [], 1
    for piece in pieces:
        lines.append(line)
        line += breaks(piece)
    return lines


def row(line: int, text: str, kept: dict) -> dict:
    return {"line": line, "text": text, "kept": [[name, spelling] for name, spelling in kept.items()]}


def plain(value: str) -> str:
    """A text as JSON that escapes no more than it has to, and what some readers take for line breaks."""
    spelt = json.dumps(value, ensure_ascii=False)
    return spelt.replace("\u2028", "\\u2028").replace("\x85", "\\u0085")


expected = {}

# JSON lines: alternately with everything escaped and with nothing escaped that need not be.
lines, rows = [], []
for index, (text, extra) in enumerate(zip(TEXTS, EXTRA)):
    options = {"ensure_ascii": index % 2 == 0, "separators": (",", ":") if index % 3 == 0 else (", ", ": ")}
    lines.append(json.dumps({"id": extra["id"], "review": text, **extra}, **options))
    rows.append(row(index + 1, text, {name: json.dumps(value, **options) for name, value in extra.items()}))
pack("reviews.jsonl", ("\n".join(lines) + "\n").encode())
expected["reviews.jsonl"] = rows

# CSV as pandas writes it, with its index as a column without a name.
table = pandas.DataFrame({"text": TEXTS, "id": [str(extra["id"]) for extra in EXTRA], "note, with comma": TEXTS[::-1]})
content = table.to_csv(lineterminator="\n")
pieces = [",text,id,\"note, with comma\"\n"]
for index in range(len(TEXTS)):
    one = io.StringIO()
    table.iloc[[index]].to_csv(one, header=False, lineterminator="\n")
    pieces.append(one.getvalue())
assert "".join(pieces) == content
pack("pandas.csv", content.encode())
expected["pandas.csv"] = [
    row(line, text, {"": plain(str(index)), "id": plain(str(extra["id"])), "note, with comma": plain(note)})
    for index, (line, text, extra, note) in enumerate(
        zip(starts(pieces, lambda piece: piece.count("\n"))[1:], TEXTS, EXTRA, TEXTS[::-1]))
]

# CSV as spreadsheets write it: a byte-order mark, CR LF, everything in quotes.
pieces = []
for fields in [["id", "sentence"], *([str(extra["id"]), text] for text, extra in zip(TEXTS, EXTRA))]:
    one = io.StringIO(newline="")
    csv.writer(one, dialect="excel", quoting=csv.QUOTE_ALL).writerow(fields)
    pieces.append(one.getvalue())
pack("sheet.csv", b"\xef\xbb\xbf" + "".join(pieces).encode())
expected["sheet.csv"] = [
    row(line, text, {"id": plain(str(extra["id"]))})
    for line, text, extra in zip(starts(pieces, lambda piece: piece.count("\n"))[1:], TEXTS, EXTRA)
]

# TSV and lines cannot have line breaks, nor TSV tabs.
flat = [text for text in TEXTS if "\n" not in text]
tabless = [text for text in flat if "\t" not in text]
pack("glue.tsv", "".join(["sentence\tlabel\n"] + [f"{text}\t{index % 2}\n" for index, text in enumerate(tabless)]).encode())
expected["glue.tsv"] = [
    row(index + 2, text, {"label": plain(str(index % 2))}) for index, text in enumerate(tabless)]
pack("lines.txt", "\r\n".join(flat).encode())
expected["lines.txt"] = [row(index + 1, text, {}) for index, text in enumerate(flat)]

pack("ratings.csv", b"userId,movieId,rating,timestamp\n7,1,5,10\n7,2,3,5\nann,1,4,7\nann,3,4,8\n7,3,1,1\n")

(HERE / "expected.json").write_text(json.dumps(expected, indent=1, ensure_ascii=True) + "\n")

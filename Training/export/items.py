"""The items of a catalogue: their ids, titles and tokens."""

import csv
import dataclasses
from pathlib import Path


@dataclasses.dataclass(frozen=True)
class Item:
    id: str
    title: str
    token: int


def read_titles(path: Path | None) -> dict[str, str]:
    """Titles by id: RecBole's `.item` with a title among its columns, or lines of id, tab, title."""
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    if not rows or ":" not in rows[0][0]:
        return {row[0]: row[1] for row in rows if len(row) > 1}
    names = [column.split(":")[0] for column in rows[0]]
    titles = [index for index, name in enumerate(names) if name.endswith("title") or name in ("name", "item_name")]
    if "item_id" not in names or not titles:
        raise SystemExit(f"{path}: needs the columns item_id and one that ends in title; it has {', '.join(names)}")
    key, title = names.index("item_id"), titles[0]
    return {row[key]: row[title] for row in rows[1:]}


def read_ids(path: Path) -> list[str]:
    """Ids, one a line, in the order of their tokens."""
    return [line.rstrip("\r\n") for line in path.open(encoding="utf-8")]


def first_appearances(paths: list[Path]) -> list[str]:
    """The ids of the column item_id of RecBole's `.inter` and `.item` files, in the order in which they first appear."""
    seen: dict[str, None] = {}
    for path in paths:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            names = [column.split(":")[0] for column in next(rows)]
            if "item_id" not in names:
                raise SystemExit(f"{path}: needs the column item_id; it has {', '.join(names)}")
            column = names.index("item_id")
            seen.update(dict.fromkeys(row[column] for row in rows))
    return list(seen)


def catalogue(tokens: dict[str, int], titles: dict[str, str]) -> list[Item]:
    """The items in the order of their tokens."""
    return [Item(id, titles.get(id, id), token) for id, token in sorted(tokens.items(), key=lambda pair: pair[1])]

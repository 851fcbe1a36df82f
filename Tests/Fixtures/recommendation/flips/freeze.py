"""Freezes what the reference library says about small recommendations: the best items after a history, and every
part of the history without which another item is the best.

usage: freeze.py          needs transformers with TensorFlow (4.48.3 with 2.18.1 made the files here)

The model is the random one in `../../inference/tf_bert4rec`. `items.json` gives its rows titles; `expected.json` holds
the answers. The reference tries every set of items up to a size, whatever any graph says.
"""

import itertools
import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "1"

import numpy
import transformers

HERE = pathlib.Path(__file__).parent
MODEL = HERE.parent.parent / "inference" / "tf_bert4rec"
PAD, MASK, FIRST, ROWS = 0, 4, 5, 333
LIMIT = 39
FILMS = [
    "Star Wars (1977)", "Godfather, The (1972)", "Godfather: Part II, The (1974)", "Alien (1979)", "Fargo (1996)",
    "Raiders of the Lost Ark (1981)", "Empire Strikes Back, The (1980)", "Return of the Jedi (1983)",
    "Cité des enfants perdus, La (City of Lost Children, The) (1995)", "Schindler's List (1993)", "Sabrina (1954)",
    "Sabrina (1995)", "Twelve Angry Men (1957)", "Dr. Strangelove or: How I Learned to Stop Worrying (1963)",
    "Usual Suspects, The (1995)", "Chasing Amy (1997)", "Chasing Amy (1997)", "Monty Python and the Holy Grail (1974)",
]  # fmt: skip
CASES = [
    {"history": [3, 0, 5], "replacement": "mask", "sizes": 3},
    {"history": [0, 1, 17, 4, 3, 14], "replacement": "mask", "sizes": 2},
    {"history": [0, 1, 17, 4, 3, 14], "replacement": "delete", "sizes": 2},
    {"history": [0, 1, 17, 4, 3, 14], "replacement": "pad", "sizes": 2},
    {"history": [9, 40, 9, 77, 200], "replacement": "mask", "sizes": 2},
    {"history": [120], "replacement": "mask", "sizes": 1},
    {"history": [120], "replacement": "delete", "sizes": 1},
    {"history": list(range(100, 145)), "replacement": "mask", "sizes": 1},
]


def titles() -> list[str]:
    return FILMS + [f"Picture {row} ({1930 + row % 70})" for row in range(len(FILMS), ROWS - FIRST)]


def query(history: list[int], removed: tuple[int, ...], replacement: str) -> list[int]:
    """Tokens of the last items, those at `removed` replaced, with the mask behind them."""
    start = max(0, len(history) - LIMIT)
    ids = []
    for place in range(start, len(history)):
        if place not in removed:
            ids.append(FIRST + history[place])
        elif replacement != "delete":
            ids.append(MASK if replacement == "mask" else PAD)
    return ids + [MASK]


def main() -> None:
    model = transformers.TFBertForMaskedLM.from_pretrained(MODEL)
    known = titles()
    items = [{"id": str(500 + row), "title": title, "token": FIRST + row} for row, title in enumerate(known)]
    lines = ",\n  ".join(json.dumps(item, ensure_ascii=False) for item in items)
    (HERE / "items.json").write_text(
        f'{{"schema": "whence.items/1", "special": {{"mask": {MASK}, "pad": {PAD}}}, "items": [\n  {lines}\n]}}\n',
        encoding="utf-8",
    )

    def scores(ids: list[int]) -> numpy.ndarray:
        return model(numpy.array([ids])).logits.numpy()[0, -1, FIRST:].astype(numpy.float64)

    answers = []
    for case in CASES:
        history = case["history"]
        allowed = [row for row in range(len(known)) if row not in history]

        def order(values: numpy.ndarray) -> list[int]:
            return sorted(allowed, key=lambda row: (-values[row], row))

        before = scores(query(history, (), case["replacement"]))
        ranking = order(before)
        start = max(0, len(history) - LIMIT)
        flips = []
        for size in range(1, case["sizes"] + 1):
            for removed in itertools.combinations(range(start, len(history)), size):
                after = scores(query(history, removed, case["replacement"]))
                best = order(after)
                if best[0] == ranking[0]:
                    # Too near a tie is no case to freeze.
                    assert after[best[0]] - after[best[1]] > 1e-4
                    continue
                assert after[best[0]] - after[best[1]] > 1e-4
                flips.append(
                    {
                        "items": list(removed),
                        "item": str(500 + best[0]),
                        "rankBefore": ranking.index(best[0]) + 1,
                        "scoreBefore": round(before[best[0]], 6),
                        "scoreAfter": round(after[best[0]], 6),
                        "originalRankAfter": best.index(ranking[0]) + 1,
                        "originalScoreAfter": round(after[ranking[0]], 6),
                    }
                )
        top = [{"item": str(500 + row), "score": round(before[row], 6)} for row in ranking[:10]]
        answers.append(case | {"top": top, "flips": flips})
        print(case["replacement"], len(history), len(flips), "flips")
    cases = ",\n".join(json.dumps(answer) for answer in answers)
    (HERE / "expected.json").write_text(f"[\n{cases}\n]\n", encoding="ascii")


if __name__ == "__main__":
    main()

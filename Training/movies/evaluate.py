"""Measures the model and its baselines on the items held back, and keeps the model's logits to compare with."""

import argparse
import json
from pathlib import Path

import numpy
import torch
from transformers import BertForMaskedLM

import baselines
from data import HELD_BACK, MASK, History, read_histories
from ranking import describe, lead, ranks


def mask_logits(model: BertForMaskedLM, items: numpy.ndarray) -> numpy.ndarray:
    """The logits of all tokens at the mask that follows the most recent items; nothing is padded."""
    tokens = [*items[-(model.config.max_position_embeddings - 1) :], MASK]
    with torch.inference_mode():
        return model(torch.tensor([tokens])).logits[0, -1].numpy()


def model_ranks(logits: numpy.ndarray, histories: list[History], split: str) -> numpy.ndarray:
    """Ranks from logits of all users, in their order."""
    rows = iter(logits)
    return ranks(lambda items: next(rows)[1:MASK], histories, split)


def item_ties(history: History, known: History) -> bool:
    """Whether the item held back has the time of the one before it."""
    count = len(known.items)
    return bool(history.times[count] == history.times[count - 1])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with u.data")
    parser.add_argument("--model", type=Path, required=True, help="a checkpoint folder of train.py")
    parser.add_argument("--split", choices=sorted(HELD_BACK), required=True, help="which held-back item to rank")
    parser.add_argument("--scores", type=Path, required=True, help="where to keep the model's logits (.npy)")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    split = arguments.split
    histories = read_histories(arguments.data)
    known = [history.without_last(HELD_BACK[split]) for history in histories]

    model = BertForMaskedLM.from_pretrained(arguments.model).eval()
    logits = numpy.stack([mask_logits(model, history.items) for history in known])
    numpy.save(arguments.scores, logits)
    found = {"BERT4Rec": model_ranks(logits, histories, split)}
    whole, recent = baselines.tuned_nearest_items(histories)
    marks = {
        "most popular": baselines.popularity(known),
        "Markov chain": baselines.markov(known),
        f"nearest items {whole}": baselines.nearest_items(known, **whole),
        f"nearest items {recent}": baselines.nearest_items(known, **recent),
    }
    found |= {name: ranks(scorer, histories, split) for name, scorer in marks.items()}

    tied = numpy.array([item_ties(*pair) for pair in zip(histories, known, strict=True)])
    groups = {"": numpy.ones_like(tied), ", item ties with the one before": tied, ", it does not": ~tied}
    for group, users in groups.items():
        for name, theirs in found.items():
            print(json.dumps(describe(name + group, theirs[users])))
            if name in marks:
                ahead = lead(found["BERT4Rec"][users], theirs[users])
                print(json.dumps({"name": f"BERT4Rec less {name}{group}"} | ahead))

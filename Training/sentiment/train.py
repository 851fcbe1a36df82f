"""Distils the teacher's opinions into a small ALBERT, for a given number of minutes on one core."""

import argparse
import json
import math
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch.nn.functional import cross_entropy, mse_loss
from torch.nn.utils import clip_grad_norm_
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AlbertForSequenceClassification, AlbertTokenizer

from batches import NO_LABEL, Batch, BatchMaker
from corpus import Labelled, read_labelled, read_taught
from evaluate import accuracy, opinions
from activation import with_fused_activation

WARM_UP = 0.06
WEIGHT_DECAY = 0.01
GRADIENT_NORM = 1.0
AVERAGE_DECAY = 0.999
LABEL_WEIGHT = 0.2


@dataclass(frozen=True)
class Plan:
    """One cycle of the learning rate, up to `learning_rate` and down to nothing, lasts `minutes`."""

    minutes: float
    learning_rate: float


def one_cycle(progress: float) -> float:
    """A linear rise to 1, then half a cosine down to nothing; `progress` runs from 0 to 1."""
    if progress < WARM_UP:
        return max(progress / WARM_UP, 0.01)
    fall = (min(progress, 1) - WARM_UP) / (1 - WARM_UP)
    return (1 + math.cos(math.pi * fall)) / 2


def distillation_loss(model: AlbertForSequenceClassification, batch: Batch) -> torch.Tensor:
    """Squared distance to the teacher's centred logits, and a little cross-entropy with the true labels."""
    with torch.autocast("cpu", torch.bfloat16):
        output = model(input_ids=batch.ids, attention_mask=batch.attended, position_ids=batch.positions)
    logits = output.logits.float()
    loss = mse_loss(logits, torch.stack([-batch.opinions, batch.opinions], dim=1))
    if (batch.labels != NO_LABEL).any():
        loss = loss + LABEL_WEIGHT * cross_entropy(logits, batch.labels, ignore_index=NO_LABEL)
    return loss


def train(
    model: AlbertForSequenceClassification,
    tokenizer: AlbertTokenizer,
    batches: BatchMaker,
    dev: list[Labelled],
    plan: Plan,
    out: Path,
) -> None:
    """Trains as planned and saves the averaged weights after every epoch and at the end."""
    model = with_fused_activation(model)
    average = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(AVERAGE_DECAY))
    optimizer = torch.optim.AdamW(model.parameters(), weight_decay=WEIGHT_DECAY, fused=True)
    model.train()
    started = time.monotonic()
    steps = tokens = 0
    progress = epochs = running = 0.0

    def save(name: str) -> None:
        trained: AlbertForSequenceClassification = average.module.eval()
        trained.save_pretrained(out / name, safe_serialization=False)
        tokenizer.save_pretrained(out / name)
        record = {
            "epochs": round(epochs, 2),
            "steps": steps,
            "tokens": tokens,
            "minutes": round((time.monotonic() - started) / 60, 1),
            "dev_accuracy": round(accuracy(opinions(trained, tokenizer, [row.sentence for row in dev]), dev), 4),
        }
        (out / f"{name}.json").write_text(json.dumps(record) + "\n", encoding="utf-8")
        print(name, record, flush=True)

    while progress < 1:
        size = 0.0
        for batch in batches.epoch():
            progress = (time.monotonic() - started) / (60 * plan.minutes)
            if progress >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = plan.learning_rate * one_cycle(progress)
            loss = distillation_loss(model, batch)
            loss.backward()
            clip_grad_norm_(model.parameters(), GRADIENT_NORM)
            optimizer.step()
            optimizer.zero_grad()
            average.update_parameters(model)
            steps += 1
            size += len(batch.labels) / batches.texts_per_epoch
            tokens += batch.ids.numel()
            running += 0.01 * (loss.item() - running)
            if steps % 200 == 0:
                print(f"step {steps} {progress:.1%} loss {running:.4f} tokens {tokens}", flush=True)
        epochs += size
        save(f"epoch-{round(epochs)}" if progress < 1 else "final")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="SST-2 train.tsv")
    parser.add_argument("--dev", type=Path, required=True, help="SST-2 dev.tsv, measured but never learned from")
    parser.add_argument("--teacher", type=Path, required=True, help="teacher.tsv.gz")
    parser.add_argument("--out", type=Path, required=True, help="folder for the checkpoints")
    parser.add_argument("--start", type=Path, required=True, help="folder made by initial.py")
    parser.add_argument("--minutes", type=float, required=True, help="length of the learning rate's cycle")
    parser.add_argument("--learning-rate", type=float, required=True, help="its peak")
    parser.add_argument("--seed", type=int, default=2003)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    torch.set_num_threads(1)
    tokenizer = AlbertTokenizer.from_pretrained(arguments.start)
    taught = read_taught(arguments.teacher, arguments.train)
    train(
        AlbertForSequenceClassification.from_pretrained(arguments.start, attn_implementation="eager"),
        tokenizer,
        BatchMaker(tokenizer, taught, arguments.seed),
        read_labelled(arguments.dev),
        Plan(arguments.minutes, arguments.learning_rate),
        arguments.out,
    )

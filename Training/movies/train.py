"""Trains the recommender to agree with the teacher, with the weights averaged over the steps.

It learns from every step of the histories at once, each item seeing only those before it.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy
import torch
from torch.nn.functional import cross_entropy
from transformers import BertForMaskedLM

from counts import Counts
from data import HELD_BACK, MASK, History, read_histories
from evaluate import mask_logits, model_ranks
from examples import Runs, Sampler
from initial import initial
from network import POSITIONS, every_step
from ranking import brief, ranks
from teacher import IMPOSSIBLE, Teacher

PASSES, RATE = 10, 8e-4
WARM_UP, LOWEST_RATE = 0.05, 0.02
WEIGHT_DECAY = 0.01
GRADIENT_NORM = 1.0
MEMORY = 0.99
# How much of what is wanted is the item that came next; the rest is the teacher's opinion.
TRUTH = 0.1


def agreement_loss(logits: torch.Tensor, items: numpy.ndarray, opinions: numpy.ndarray) -> torch.Tensor:
    """Cross-entropy with a mixture of truth and teacher, over the items that can come next."""
    wanted = torch.from_numpy(opinions).float()
    impossible = wanted == IMPOSSIBLE
    wanted = wanted.exp_().mul_(1 - TRUTH)
    wanted[torch.arange(len(items)), torch.from_numpy(items)] += TRUTH
    return cross_entropy(logits[:, 1:MASK].masked_fill(impossible, -1e4), wanted)


def runs_loss(model: BertForMaskedLM, batch: Runs) -> torch.Tensor:
    states = every_step(model, torch.from_numpy(batch.tokens), torch.from_numpy(batch.positions))
    return agreement_loss(model.cls(states[torch.from_numpy(batch.asked)]), batch.items, batch.opinions)


class Average:
    """The exponential moving average of a model's weights."""

    def __init__(self, model: BertForMaskedLM):
        self.weights = list(model.parameters())
        self.means = [weight.detach().clone() for weight in self.weights]
        self.steps = 0

    @torch.no_grad()
    def update(self) -> None:
        self.steps += 1
        memory = min(MEMORY, self.steps / (self.steps + 10))
        torch._foreach_lerp_(self.means, self.weights, 1 - memory)

    @torch.no_grad()
    def swap(self) -> None:
        """Puts the averages in the model's place, and back when called again."""
        for weight, mean in zip(self.weights, self.means, strict=True):
            kept = weight.clone()
            weight.copy_(mean)
            mean.copy_(kept)


def rate_at(progress: float) -> float:
    """Rises during the first steps, then falls in a line."""
    return RATE * min(1.0, (progress + 1e-3) / WARM_UP) * max(LOWEST_RATE, 1 - progress)


def training(model: BertForMaskedLM, sampler: Sampler) -> Iterator[tuple[int, float]]:
    """Gives the number of passes so far and the mean loss of the last one, while the model holds its averages."""
    matrices = [weight for weight in model.parameters() if weight.ndim > 1]
    vectors = [weight for weight in model.parameters() if weight.ndim < 2]
    groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    average = Average(model)
    for number in range(PASSES):
        model.train()
        losses = []
        batches = sampler.runs()
        for place, batch in enumerate(batches):
            for group in optimizer.param_groups:
                group["lr"] = rate_at((number + place / len(batches)) / PASSES)
            value = runs_loss(model, sampler.run_batch(batch))
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_NORM)
            optimizer.step()
            average.update()
            losses.append(value.item())
        model.eval()
        average.swap()
        yield number + 1, float(numpy.mean(losses))
        if number + 1 < PASSES:
            average.swap()


def teacher_ranks(teacher: Teacher, histories: list[History]) -> numpy.ndarray:
    """The ranks that the teacher gives to the validation items."""
    ends = [numpy.array([len(items)]) for items in teacher.counts.sequences]
    scores = iter([teacher.opinions(row, end)[0] for row, end in enumerate(ends)])
    return ranks(lambda items: next(scores), histories, "validation")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with u.data")
    parser.add_argument("--split", choices=sorted(HELD_BACK), required=True, help="which held-back item not to see")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report-every", type=int, default=10, help="passes between two looks at the validation items")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    histories = read_histories(arguments.data)
    known = [history.without_last(HELD_BACK[arguments.split]) for history in histories]
    # The test items are not looked at before everything is chosen.
    measured = arguments.split == "validation"

    def report(name: str, found: Callable[[], numpy.ndarray]) -> None:
        line = f"{name}, {time.process_time():.0f} s"
        print(f"{line}, validation {brief(found())}" if measured else line, flush=True)

    counts = Counts(known)
    teacher = Teacher(counts, arguments.seed)
    report("teacher", lambda: teacher_ranks(teacher, histories))

    torch.manual_seed(arguments.seed)
    sampler = Sampler(known, teacher, POSITIONS, arguments.seed)
    examples = sampler.cut_batch([stretch for batch in sampler.cuts() for stretch in batch])
    tokens, lengths = torch.from_numpy(examples.tokens), torch.from_numpy(examples.lengths)
    model = initial(counts, tokens, lengths, torch.from_numpy(examples.opinions).float())

    def model_ranks_now() -> numpy.ndarray:
        logits = numpy.stack([mask_logits(model, history.items) for history in known])
        return model_ranks(logits, histories, "validation")

    model.eval()
    report("start", model_ranks_now)

    for number, loss in training(model, sampler):
        if number % arguments.report_every and number < PASSES:
            continue
        report(f"pass {number}: loss {loss:.3f}", model_ranks_now)
        model.save_pretrained(arguments.out)

"""Trains the recommender in two stages, with the weights averaged over the steps of each.

First every step of every history at once, each item seeing only those before it; then as at inference.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy
import torch
from torch.nn.functional import cross_entropy, log_softmax
from transformers import BertForMaskedLM

from data import HELD_BACK, PAD, read_histories
from evaluate import mask_logits, model_ranks
from examples import Cuts, Runs, Sampler, Stretch
from network import every_step, last_step, shortened, untrained
from ranking import brief

STEP_PASSES, CUT_PASSES = 25, 100
STEP_RATE, CUT_RATE = 1.5e-3, 1e-3
WARM_UP, LOWEST_RATE = 0.05, 0.02
WEIGHT_DECAY = 0.01
GRADIENT_NORM = 1.0
MEMORY = 0.99


def runs_loss(model: BertForMaskedLM, batch: Runs) -> torch.Tensor:
    states = every_step(model, torch.from_numpy(batch.tokens), torch.from_numpy(batch.positions))
    wanted = torch.from_numpy(batch.wanted)
    asked = wanted != PAD
    logits = model.cls(states[asked]).masked_fill(torch.from_numpy(batch.impossible), -torch.inf)
    return cross_entropy(logits, wanted[asked])


def cuts_loss(model: BertForMaskedLM, batch: Cuts) -> torch.Tensor:
    states = last_step(model, torch.from_numpy(batch.tokens), torch.from_numpy(batch.lengths))
    wanted, impossible = torch.from_numpy(batch.wanted), torch.from_numpy(batch.impossible)
    logarithms = log_softmax(model.cls(states).masked_fill(impossible, -torch.inf), -1)
    return -(wanted * logarithms.masked_fill(impossible, 0)).sum(-1).mean()


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


def rate_at(progress: float, highest: float) -> float:
    """Rises during the first steps, then falls in a line."""
    return highest * min(1.0, (progress + 1e-3) / WARM_UP) * max(LOWEST_RATE, 1 - progress)


def stage(
    model: BertForMaskedLM,
    draw: Callable[[], list[list[Stretch]]],
    loss: Callable[[list[Stretch]], torch.Tensor],
    passes: int,
    highest_rate: float,
) -> Iterator[tuple[int, float]]:
    """Gives the number of passes so far and the mean loss of the last one, while the model holds its averages."""
    matrices = [weight for weight in model.parameters() if weight.ndim > 1]
    vectors = [weight for weight in model.parameters() if weight.ndim < 2]
    groups = [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    average = Average(model)
    for number in range(passes):
        model.train()
        losses = []
        batches = draw()
        for place, batch in enumerate(batches):
            for group in optimizer.param_groups:
                group["lr"] = rate_at((number + place / len(batches)) / passes, highest_rate)
            value = loss(batch)
            optimizer.zero_grad()
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), GRADIENT_NORM)
            optimizer.step()
            average.update()
            losses.append(value.item())
        model.eval()
        average.swap()
        yield number + 1, float(numpy.mean(losses))
        if number + 1 < passes:
            average.swap()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with u.data")
    parser.add_argument("--split", choices=sorted(HELD_BACK), required=True, help="which held-back item not to see")
    parser.add_argument("--stage", choices=("steps", "cuts"), required=True)
    parser.add_argument("--start", type=Path, help="for cuts: the checkpoint folder to go on from")
    parser.add_argument("--passes", type=int, help="how many passes over all histories")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--report-every", type=int, default=10, help="passes between two looks at the validation items")
    parser.add_argument("--out", type=Path, required=True, help="checkpoint folder to write")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    histories = read_histories(arguments.data)
    known = [history.without_last(HELD_BACK[arguments.split]) for history in histories]
    model = untrained() if arguments.stage == "steps" else shortened(BertForMaskedLM.from_pretrained(arguments.start))
    sampler = Sampler(known, model.config.max_position_embeddings, arguments.seed)

    if arguments.stage == "steps":
        total, rate, draw = STEP_PASSES, STEP_RATE, sampler.runs

        def loss_of(batch: list[Stretch]) -> torch.Tensor:
            return runs_loss(model, sampler.run_batch(batch))
    else:
        total, rate, draw = CUT_PASSES, CUT_RATE, sampler.cuts

        def loss_of(batch: list[Stretch]) -> torch.Tensor:
            return cuts_loss(model, sampler.cut_batch(batch))

    total = arguments.passes or total
    for number, loss in stage(model, draw, loss_of, total, rate):
        if number % arguments.report_every and number < total:
            continue
        line = f"{arguments.stage} {number}: loss {loss:.3f}, {time.process_time():.0f} s"
        # The test items are not looked at before everything is chosen.
        if arguments.split == "validation":
            logits = [mask_logits(model, history.items) for history in known]
            line += f", validation {brief(model_ranks(logits, histories, 'validation'))}"
        print(line, flush=True)
        model.save_pretrained(arguments.out)

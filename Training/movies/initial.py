"""The student before training: weights worked out from the counts, so that it begins as a mixture of simple chains.

An item's embedding is three parts of `PART` numbers: what it makes likely, how it becomes likely, and nothing (there
are the positions). In the last layer each head looks from the mask at items some places back and turns their
first part into the second part of what comes next; the output layer compares that with every item's second part.
All of it is only a start: every weight is trained on.
"""

import math

import numpy
import torch
from transformers import BertForMaskedLM

from counts import Counts, log_shares
from data import ITEM_COUNT, MASK
from network import HEADS, HIDDEN_SIZE, LAYERS, POSITIONS, last_step, random_model

PART = HIDDEN_SIZE // 3
CAUSES, EFFECTS, PLACES = (slice(part * PART, (part + 1) * PART) for part in range(3))
PERIOD = PART
SIZE = 0.1
LOUDNESS = 0.7
# What is random besides, as a share of the library's random start.
NOISE, QUERY_NOISE = 0.3, 0.09
# How much each head says, and of what use its scores are to find the shared parts.
WEIGHTS = (1.0, 1.2, 0.8)
SHARES = (1.0, 0.5, 0.3)
GAINS = (0.5, 1, 1.5, 2, 3, 4)
BIASES = (0, 0.3, 0.5, 0.7, 1)


def _after_items(counts: Counts) -> list[numpy.ndarray]:
    """[item, next item] scores for each head: after the last item, the few before it, the many before it."""
    popularity = counts.users / counts.users.sum()
    both = counts.together.copy()
    numpy.fill_diagonal(both, 0)
    alike = numpy.log(both / numpy.sqrt(numpy.outer(counts.users, counts.users) + 1) + 1e-3)
    near = log_shares(counts.near, popularity)
    further = numpy.arange(ITEM_COUNT) - numpy.arange(ITEM_COUNT)[:, None]
    size = numpy.abs(further)
    # Ties in time ascend by number.
    order = 0.3 * numpy.sign(further) * numpy.log1p(size) / 7
    order += (further > 0) * (0.9 * numpy.exp(-size / 200) + 0.3 * numpy.exp(-size / 30))
    last = 0.3 * log_shares(counts.follows[0], popularity) + 0.3 * near + 0.8 * alike + order
    scores = last, 0.5 * near + 0.8 * alike, alike
    return [weight * score for weight, score in zip(WEIGHTS, scores, strict=True)]


def _kernels() -> list[numpy.ndarray]:
    """How much each head attends `PERIOD` places back and fewer, before the softmax."""
    back = numpy.arange(PERIOD)
    last = numpy.where(back == 1, 8.0, 0.0)
    few = numpy.where(back < 2, -2.0, numpy.maximum(7 - (back - 2) / 2, 0))
    many = numpy.where(back < 1, -2.0, numpy.maximum(5 - back / 12, 0))
    return [last, few, many]


def _parts(scores: list[numpy.ndarray]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """[item, part]: what tells items apart most as the earlier and as the later one, for all heads at once."""
    shared = [share * score for share, score in zip(SHARES, scores, strict=True)]
    found = []
    for wide in (numpy.concatenate(shared, axis=1), numpy.concatenate(shared, axis=0).T):
        squares, directions = numpy.linalg.eigh(wide @ wide.T)
        part = (directions * numpy.maximum(squares, 0) ** 0.25)[:, : -PART - 1 : -1]
        # The sign of a direction is arbitrary: its largest number is positive.
        largest = numpy.abs(part).argmax(axis=0)
        found.append(part * numpy.sign(part[largest, numpy.arange(PART)]))
    causes, effects = found
    causes *= SIZE / numpy.sqrt(numpy.square(causes).mean(axis=1, keepdims=True))
    return causes, effects * SIZE / numpy.sqrt(numpy.square(effects).mean())


@torch.no_grad()
def initial(counts: Counts, tokens: torch.Tensor, lengths: torch.Tensor, opinions: torch.Tensor) -> BertForMaskedLM:
    """`tokens` [histories, longest] and their `lengths`, masks last, and the teacher's `opinions` of what comes next
    [histories, items] set the level and the scale of the output.
    """
    model = random_model().eval()
    scores = _after_items(counts)
    levels = sum(score.mean(axis=0) for score in scores)
    centred = [
        (score - score.mean(axis=0) - score.mean(axis=1, keepdims=True) + score.mean()).astype(numpy.float32)
        for score in scores
    ]
    causes, effects = _parts(centred)
    _embed(model, causes, effects)
    _attend(model, centred, effects, numpy.sqrt(counts.users + 1)[:, None])
    output = model.cls.predictions
    dense = output.transform.dense
    dense.weight.mul_(NOISE)
    dense.weight[EFFECTS, EFFECTS] += torch.eye(PART)
    # Far from zero the activation is nearly a line.
    dense.bias[EFFECTS] = 2
    output.bias[1:MASK] = torch.from_numpy(levels - levels.mean())
    _level(model, tokens, lengths, opinions)
    return model.train()


def _embed(model: BertForMaskedLM, causes: numpy.ndarray, effects: numpy.ndarray) -> None:
    embeddings = model.bert.embeddings
    words, places = embeddings.word_embeddings.weight, embeddings.position_embeddings.weight
    for weight in (words, places, embeddings.token_type_embeddings.weight):
        weight.zero_()
    words[1:MASK, CAUSES] = torch.from_numpy(causes).float()
    words[1:MASK, EFFECTS] = torch.from_numpy(effects).float()
    angles = torch.arange(POSITIONS)[:, None] * _rates()
    places[:, PLACES] = SIZE * math.sqrt(2) * torch.stack([angles.sin(), angles.cos()], dim=2).flatten(1)


def _rates() -> torch.Tensor:
    """With these, sums of sines and cosines of the distance can be anything over `PERIOD` distances."""
    return math.pi * (torch.arange(PERIOD // 2) + 0.5) / (PERIOD // 2)


def _attend(model: BertForMaskedLM, scores: list[numpy.ndarray], effects: numpy.ndarray, trust: numpy.ndarray) -> None:
    """The heads of the last layer."""
    embeddings = model.bert.embeddings
    items = torch.arange(1, MASK)[:, None]
    typical = [embeddings(items, position_ids=torch.tensor([[place]]))[:, 0] for place in (0, 10, 30, 60)]
    seen = torch.stack(typical).mean(0)
    mask = embeddings(torch.tensor([[MASK]]))[0, 0]
    loudness = 2 * math.sqrt(float(seen[:, PLACES].square().mean() * mask[PLACES].square().mean()))

    layer = model.bert.encoder.layer[LAYERS - 1].attention
    query, key, value = (part.weight for part in (layer.self.query, layer.self.key, layer.self.value))
    joined = layer.output.dense.weight
    for weight, noise in ((query, QUERY_NOISE), (key, QUERY_NOISE), (value, NOISE), (joined, NOISE)):
        weight.mul_(noise)
    angles = torch.arange(PERIOD)[:, None] * _rates()
    waves = torch.cat([angles.cos(), angles.sin()], dim=1).double().numpy()
    inverse = numpy.linalg.pinv(effects).T
    back = numpy.arange(0, PART, 2)
    for head, kernel in enumerate(_kernels()):
        own = slice(head * PART, (head + 1) * PART)
        # cos(a - b) and sin(a - b) as products of what the mask's place and an item's place hold.
        even, odd = numpy.split(numpy.linalg.solve(waves, kernel), 2)
        turn = numpy.zeros((PART, PART))
        turn[back, back] = turn[back + 1, back + 1] = even
        turn[back + 1, back], turn[back, back + 1] = odd, -odd
        query[own, PLACES] += torch.from_numpy(turn * math.sqrt(HIDDEN_SIZE // HEADS) / loudness).float()
        key[own, PLACES] += torch.eye(PART)
        wanted = scores[head] @ inverse
        turned = numpy.linalg.lstsq(seen[:, CAUSES].numpy() * trust, wanted * trust, rcond=None)[0]
        value[own, CAUSES] += LOUDNESS * torch.from_numpy(turned.T).float()
        joined[EFFECTS, own] += torch.eye(PART)


def _level(model: BertForMaskedLM, tokens: torch.Tensor, lengths: torch.Tensor, opinions: torch.Tensor) -> None:
    """Centres the output over the histories, and gives it and the bias the scales nearest to the teacher."""
    output = model.cls.predictions
    norm, words = output.transform.LayerNorm, model.bert.embeddings.word_embeddings.weight[1:MASK]
    states = output.transform(last_step(model, tokens, lengths))
    middle = states.mean(0)
    scores, levels = (states - middle) @ words.T, output.bias[1:MASK].clone()

    def agreement(scales: tuple[float, float]) -> float:
        mixed = (scales[0] * scores + scales[1] * levels).masked_fill(opinions < -1000, -torch.inf).log_softmax(-1)
        return float((opinions.exp() * mixed.clamp(min=-1e4)).sum())

    gain, bias = max(((gain, bias) for gain in GAINS for bias in BIASES), key=agreement)
    norm.weight.fill_(gain)
    norm.bias.copy_(-gain * middle)
    output.bias.mul_(bias)

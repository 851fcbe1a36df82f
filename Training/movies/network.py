"""BERT4Rec as `BertForMaskedLM`, with two ways through it that spare work in training.

The weights and what they compute are the library's; only which positions look at which differs, and what is left out.
"""

import math

import torch
from torch.nn.functional import scaled_dot_product_attention
from transformers import BertConfig, BertForMaskedLM

from data import MASK, PAD, VOCABULARY_SIZE

HIDDEN_SIZE, HEADS, LAYERS, INTERMEDIATE_SIZE = 192, 3, 2, 192
POSITIONS = 100
DROPOUT = 0.1


def random_model() -> BertForMaskedLM:
    """Weights as the library draws them."""
    config = BertConfig(
        vocab_size=VOCABULARY_SIZE,
        hidden_size=HIDDEN_SIZE,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=INTERMEDIATE_SIZE,
        max_position_embeddings=POSITIONS,
        type_vocab_size=1,
        hidden_dropout_prob=DROPOUT,
        attention_probs_dropout_prob=0.0,
        pad_token_id=PAD,
    )
    return BertForMaskedLM(config)


def _heads(states: torch.Tensor) -> torch.Tensor:
    """[batch, length, hidden] as [batch, heads, length, head size]."""
    return states.view(*states.shape[:2], HEADS, -1).transpose(1, 2)


def _joined(states: torch.Tensor) -> torch.Tensor:
    return states.transpose(1, 2).flatten(2)


def every_step(model: BertForMaskedLM, tokens: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
    """What a mask in the place of each item would become, seeing only the items before it: [batch, length, hidden].

    Items see themselves and those before; the mask at a place sees the items before and itself. So one pass predicts
    a whole run, as a causal model does; at inference items also see what comes after them.
    """
    embeddings = model.bert.embeddings
    count, length = tokens.shape
    there = embeddings.position_embeddings(positions) + embeddings.token_type_embeddings.weight[0]
    words = embeddings.word_embeddings
    states = torch.cat([words(tokens) + there, words.weight[MASK] + there])
    states = embeddings.dropout(embeddings.LayerNorm(states))

    after = torch.ones(length, length, dtype=torch.bool).triu(1)
    itself = torch.eye(length, dtype=torch.bool)
    for number, layer in enumerate(model.bert.encoder.layer, start=1):
        attention = layer.attention.self
        query, key, value = (_heads(part(states)) for part in (attention.query, attention.key, attention.value))
        scale = 1 / math.sqrt(query.shape[-1])

        # The diagonal, the item in the mask's own place, is replaced by the mask itself.
        own = (query[count:] * key[count:]).sum(-1, keepdim=True) * scale
        scores = query[count:] @ key[:count].transpose(-1, -2) * scale
        shares = torch.where(itself, own, scores).masked_fill(after, -torch.inf).softmax(-1)
        of_itself = shares.diagonal(dim1=-2, dim2=-1)[..., None]
        masks = shares.masked_fill(itself, 0) @ value[:count] + of_itself * value[count:]

        if number == LAYERS:
            mixed, states = masks, states[count:]
        else:
            items = scaled_dot_product_attention(query[:count], key[:count], value[:count], is_causal=True)
            mixed = torch.cat([items, masks])
        states = layer.attention.output(_joined(mixed), states)
        states = layer.output(layer.intermediate(states), states)
    return states


def last_step(model: BertForMaskedLM, tokens: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
    """What the mask at the end of each history becomes, as at inference: [batch, hidden]."""
    states = model.bert.embeddings(tokens)
    visible = (torch.arange(tokens.shape[1]) < lengths[:, None])[:, None, None, :]
    for number, layer in enumerate(model.bert.encoder.layer, start=1):
        # Of the last layer only the mask is read.
        asking = states[torch.arange(len(lengths)), lengths - 1][:, None] if number == LAYERS else states
        attention = layer.attention.self
        query, key, value = attention.query(asking), attention.key(states), attention.value(states)
        mixed = scaled_dot_product_attention(_heads(query), _heads(key), _heads(value), attn_mask=visible)
        asking = layer.attention.output(_joined(mixed), asking)
        states = layer.output(layer.intermediate(asking), asking)
    return states[:, 0]

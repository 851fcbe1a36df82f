"""The student before training: its own vocabulary, filled with what the teacher knew before fine-tuning.

As DistilBERT does (Sanh et al. 2019, section 3), the layers are every other layer of the teacher. The embeddings are
the teacher's for each of our pieces, in the 128 directions that keep most of them.
"""

import argparse
from pathlib import Path

import torch
from torch import Tensor
from transformers import AlbertConfig, AlbertForSequenceClassification, AlbertTokenizer, BertModel, BertTokenizer

from corpus import read_labelled

TEACHER_LAYERS = (0, 2, 4)
EMBEDDING_SIZE = 128
POSITIONS_SEEN = 24

SPECIAL = {"[CLS]": "[CLS]", "[SEP]": "[SEP]", "[MASK]": "[MASK]", "<pad>": "[PAD]", "<unk>": "[UNK]"}


def configuration(tokenizer: AlbertTokenizer, teacher: BertModel) -> AlbertConfig:
    """Every layer has its own weights: as many groups as layers."""
    return AlbertConfig(
        vocab_size=tokenizer.vocab_size,
        embedding_size=EMBEDDING_SIZE,
        hidden_size=teacher.config.hidden_size,
        num_hidden_layers=len(TEACHER_LAYERS),
        num_hidden_groups=len(TEACHER_LAYERS),
        inner_group_num=1,
        num_attention_heads=teacher.config.num_attention_heads,
        intermediate_size=teacher.config.intermediate_size,
        hidden_act="gelu_new",
        hidden_dropout_prob=0.1,
        attention_probs_dropout_prob=0.1,
        classifier_dropout_prob=0.1,
        max_position_embeddings=tokenizer.model_max_length,
        id2label={0: "negative", 1: "positive"},
        label2id={"negative": 0, "positive": 1},
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        attn_implementation="eager",
    )


def piece_embeddings(tokenizer: AlbertTokenizer, teacher: BertModel, theirs: BertTokenizer) -> Tensor:
    """`[pieces, hidden]`: the mean of the teacher's embeddings of what each piece spells."""
    words = teacher.embeddings.word_embeddings.weight
    rows = []
    for piece in tokenizer.convert_ids_to_tokens(range(tokenizer.vocab_size)):
        if piece in SPECIAL:
            ids = [theirs.convert_tokens_to_ids(SPECIAL[piece])]
        else:
            spelled = theirs.tokenize(piece.replace("\u2581", " "))
            inside = not piece.startswith("\u2581") and piece.isalpha()
            if inside and "##" + piece in theirs.vocab:
                spelled = ["##" + piece]
            ids = theirs.convert_tokens_to_ids(spelled or ["[UNK]"])
        rows.append(words[ids].mean(0))
    return torch.stack(rows)


@torch.no_grad()
def initial_model(
    tokenizer: AlbertTokenizer, teacher: BertModel, theirs: BertTokenizer, counts: Tensor
) -> AlbertForSequenceClassification:
    """The student; `counts` says how often each piece occurs, so that common ones are kept best."""
    model = AlbertForSequenceClassification(configuration(tokenizer, teacher))
    albert = model.albert
    source = teacher.embeddings
    pieces = piece_embeddings(tokenizer, teacher, theirs)
    positions = source.position_embeddings.weight[: tokenizer.model_max_length]
    types = source.token_type_embeddings.weight[0]

    # What the teacher's first layer sees of each piece, at the positions where most of them stand.
    seen = source.LayerNorm(pieces[:, None] + positions[None, 1:POSITIONS_SEEN] + types)
    weights = counts.clamp(min=1).sqrt()[:, None].expand(seen.shape[:2]).reshape(-1)
    flat = seen.reshape(-1, seen.shape[-1])
    mean = (weights[:, None] * flat).sum(0) / weights.sum()
    centred = flat - mean
    covariance = (weights[:, None] * centred).T @ centred / weights.sum()
    values, vectors = torch.linalg.eigh(covariance)
    basis = vectors[:, -EMBEDDING_SIZE:]
    print(f"{EMBEDDING_SIZE} directions keep {values[-EMBEDDING_SIZE:].sum() / values.sum():.1%} of the variance")

    own = (seen - mean).mean(1) @ basis
    moves = (source.LayerNorm(pieces[None, ::7] + positions[:, None] + types) - mean).mean(1) @ basis
    scale = (own.pow(2).mean(1).sqrt() * counts.sqrt()).sum() / counts.sqrt().sum()
    embeddings = albert.embeddings
    embeddings.word_embeddings.weight.copy_(own / scale)
    embeddings.position_embeddings.weight.copy_((moves - moves[1:POSITIONS_SEEN].mean(0)) / scale)
    embeddings.token_type_embeddings.weight.zero_()
    embeddings.LayerNorm.weight.fill_(1)
    embeddings.LayerNorm.bias.zero_()
    mapping = albert.encoder.embedding_hidden_mapping_in
    mapping.weight.copy_(basis * scale)
    mapping.bias.copy_(mean)

    for group, number in zip(albert.encoder.albert_layer_groups, TEACHER_LAYERS, strict=True):
        copy_layer(teacher.encoder.layer[number], group.albert_layers[0])
    return model


def copy_layer(theirs: torch.nn.Module, ours: torch.nn.Module) -> None:
    """One encoder layer: the same arithmetic under other names."""
    pairs = [
        (theirs.attention.self.query, ours.attention.query),
        (theirs.attention.self.key, ours.attention.key),
        (theirs.attention.self.value, ours.attention.value),
        (theirs.attention.output.dense, ours.attention.dense),
        (theirs.attention.output.LayerNorm, ours.attention.LayerNorm),
        (theirs.intermediate.dense, ours.ffn),
        (theirs.output.dense, ours.ffn_output),
        (theirs.output.LayerNorm, ours.full_layer_layer_norm),
    ]
    for source, target in pairs:
        target.load_state_dict(source.state_dict())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="SST-2 train.tsv")
    parser.add_argument("--tokenizer", type=Path, required=True, help="folder made by tokenizer.py")
    parser.add_argument("--teacher", type=Path, required=True, help="folder of all-MiniLM-L6-v2, not fine-tuned")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    arguments = parser.parse_args()
    torch.manual_seed(1)
    tokenizer = AlbertTokenizer.from_pretrained(arguments.tokenizer)
    counts = torch.zeros(tokenizer.vocab_size)
    for row in read_labelled(arguments.train):
        for piece in tokenizer.encode(row.sentence):
            counts[piece] += 1
    model = initial_model(
        tokenizer, BertModel.from_pretrained(arguments.teacher), BertTokenizer.from_pretrained(arguments.teacher), counts
    )
    model.save_pretrained(arguments.out, safe_serialization=False)
    tokenizer.save_pretrained(arguments.out)

"""Turns a checkpoint of jaywonchung's BERT4Rec-VAE-Pytorch into a model folder for Whence.

The number of heads is in `config.json` of the experiment, one folder above the checkpoint; which item a token is, in
`dataset.pkl` of the preprocessed data.
"""

import argparse
import json
from pathlib import Path

import numpy

import checkpoints
import folder
import items
from recommender import Options


def read(path: Path) -> dict:
    """The weights by name."""
    state = checkpoints.checkpoint(path, foreign=())
    state = state.get("model_state_dict", state.get("state_dict", state))
    return {name.removeprefix("module."): tensor.numpy() for name, tensor in state.items()}


def options(weights: dict, heads: int) -> Options:
    vocabulary, hidden = weights["bert.embedding.token.weight"].shape
    return Options(
        model_type="bert4rec", vocab_size=vocabulary, hidden_size=hidden,
        intermediate_size=len(weights["bert.transformer_blocks.0.feed_forward.w_1.weight"]),
        num_hidden_layers=sum(name.endswith("feed_forward.w_1.weight") for name in weights),
        num_attention_heads=heads, max_length=len(weights["bert.embedding.position.pe.weight"]),
        hidden_act="gelu_new", layer_norm="sample_deviation", layer_norm_eps=1e-6, block="pre_norm", pad_token_id=0,
        mask_token_id=vocabulary - 1, padding="left", padding_states="ignored", output_table="own", output_bias=True)


def places(weights: dict, options: Options) -> dict:
    found = {
        "item_embedding/0": weights["bert.embedding.token.weight"],
        "position_embedding/0": weights["bert.embedding.position.pe.weight"],
        # The code does not score the mask.
        "output_kernel/0": numpy.pad(weights["out.weight"], ((0, 1), (0, 0))).T,
        "output_bias/0": numpy.pad(weights["out.bias"], (0, 1)),
    }
    for index in range(options.num_hidden_layers):
        theirs, block = f"bert.transformer_blocks.{index}", folder.block(index)
        for place, name in [
            ("attention/query_dense", "attention.linear_layers.0"), ("attention/key_dense", "attention.linear_layers.1"),
            ("attention/value_dense", "attention.linear_layers.2"),
            ("attention/output_dense", "attention.output_linear"), ("intermediate_dense", "feed_forward.w_1"),
            ("output_dense", "feed_forward.w_2"),
        ]:
            found |= folder.dense(f"{block}/{place}", weights[f"{theirs}.{name}.weight"], weights[f"{theirs}.{name}.bias"])
        for place, name in [("attention_norm", "input_sublayer.norm"), ("feed_forward_norm", "output_sublayer.norm")]:
            found |= folder.norm(f"{block}/{place}", weights[f"{theirs}.{name}.a_2"], weights[f"{theirs}.{name}.b_2"])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, help="experiments/…/models/best_acc_model.pth")
    parser.add_argument("folder", type=Path, help="the model folder to write")
    parser.add_argument("--heads", type=int, help="bert_num_heads of training; else from the experiment's config.json")
    parser.add_argument("--dataset", type=Path, help="Data/preprocessed/…/dataset.pkl")
    parser.add_argument("--ids", type=Path, help="ids of items, one a line, in the order of their tokens from 1")
    parser.add_argument("--titles", type=Path, help="lines of id, tab, title")
    arguments = parser.parse_args()

    heads = arguments.heads
    experiment = arguments.checkpoint.resolve().parent.parent / "config.json"
    if heads is None and experiment.exists():
        heads = json.loads(experiment.read_text(encoding="utf-8")).get("bert_num_heads")
    if heads is None:
        raise SystemExit(f"{experiment} is not there or does not say bert_num_heads: give --heads")
    weights = read(arguments.checkpoint)
    chosen = options(weights, int(heads))
    count = chosen.vocab_size - 2
    if arguments.dataset:
        map = checkpoints.pickled(arguments.dataset, foreign=())["smap"]
        tokens = {str(id): int(token) for id, token in map.items()}
    elif arguments.ids:
        tokens = {id: token for token, id in enumerate(items.read_ids(arguments.ids), start=1)}
    else:
        raise SystemExit("say which item a token is: --dataset or --ids")
    if len(tokens) != count or max(tokens.values()) > count:
        raise SystemExit(f"{len(tokens)} items up to token {max(tokens.values())}, but the model has {count}")
    for id in [id for id, token in tokens.items() if token == 0]:
        print(f"item {id} has the token of padding, as the code numbers items from 0: it is left out")
        del tokens[id]
    folder.write(
        arguments.folder, chosen, places(weights, chosen),
        items.catalogue(tokens, items.read_titles(arguments.titles)))


if __name__ == "__main__":
    main()

"""Turns a checkpoint of RecBole's SASRec or BERT4Rec into a model folder for Whence.

The checkpoint does not say which item a token is. That comes from, in this order: the data set that RecBole saved
(`save_dataset: True`), a list of ids, or the `.inter` file (and `.item` file) that it was trained on, in which RecBole
numbers items as they first appear unless its configuration filters.
"""

import argparse
from pathlib import Path

import checkpoints
import folder
import items
from recommender import ACTIVATIONS, Options

# The modules of what else is in the files: configuration, data frames, log handlers.
FOREIGN = ("recbole", "pandas", "scipy", "logging", "colorlog", "yaml")


def read(path: Path) -> tuple[dict, dict]:
    """The weights by name, and the configuration."""
    state = checkpoints.checkpoint(path, foreign=FOREIGN)
    return {name: tensor.numpy() for name, tensor in state["state_dict"].items()}, state["config"].final_config_dict


def options(weights: dict, config: dict) -> Options:
    name = config["model"]
    rows, hidden = weights["item_embedding.weight"].shape
    activation = {"swish": "silu"}.get(config["hidden_act"], config["hidden_act"])
    if activation not in ACTIVATIONS:
        raise SystemExit(f"hidden_act {activation} cannot be exported; known are {', '.join(ACTIVATIONS)}")
    common = dict(
        hidden_size=hidden, intermediate_size=int(config["inner_size"]), num_hidden_layers=int(config["n_layers"]),
        num_attention_heads=int(config["n_heads"]), max_length=len(weights["position_embedding.weight"]),
        hidden_act=activation, layer_norm_eps=float(config["layer_norm_eps"]), block="post_norm",
        padding="right", padding_states="ignored", pad_token_id=0, embedding_norm=True)
    if name == "SASRec":
        return Options(model_type="sasrec", vocab_size=rows, **common)
    if name == "BERT4Rec":
        # Before 1.2 there was nothing between the last block and the item embedding.
        return Options(
            model_type="bert4rec", vocab_size=rows, mask_token_id=rows - 1, output_act="gelu",
            output_transform="output_ffn.weight" in weights, output_bias="output_bias" in weights, **common)
    raise SystemExit(f"the model is {name}; SASRec and BERT4Rec can be exported")


def places(weights: dict, options: Options) -> dict:
    def dense(place: str, name: str) -> dict:
        return folder.dense(place, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def norm(place: str, name: str) -> dict:
        return folder.norm(place, weights[f"{name}.weight"], weights[f"{name}.bias"])

    found = {"item_embedding/0": weights["item_embedding.weight"]}
    found |= {"position_embedding/0": weights["position_embedding.weight"]} | norm("embedding_norm", "LayerNorm")
    for index in range(options.num_hidden_layers):
        layer, block = f"trm_encoder.layer.{index}", folder.block(index)
        for own, theirs in [("query", "query"), ("key", "key"), ("value", "value"), ("output", "dense")]:
            found |= dense(f"{block}/attention/{own}_dense", f"{layer}.multi_head_attention.{theirs}")
        found |= norm(f"{block}/attention_norm", f"{layer}.multi_head_attention.LayerNorm")
        found |= dense(f"{block}/intermediate_dense", f"{layer}.feed_forward.dense_1")
        found |= dense(f"{block}/output_dense", f"{layer}.feed_forward.dense_2")
        found |= norm(f"{block}/feed_forward_norm", f"{layer}.feed_forward.LayerNorm")
    if options.output_transform:
        found |= dense("output_transform/dense", "output_ffn") | norm("output_transform/norm", "output_ln")
    if options.output_bias:
        # RecBole does not score the mask.
        found["output_bias/0"] = [*weights["output_bias"], 0.0]
    return found


def ids(config: dict, count: int, arguments: argparse.Namespace) -> list[str]:
    """The items' ids in the order of their tokens, from 1."""
    if arguments.dataset:
        dataset = checkpoints.pickled(arguments.dataset, FOREIGN)
        found = [str(id) for id in dataset.field2id_token[config["ITEM_ID_FIELD"]]][1:]
    elif arguments.ids:
        found = items.read_ids(arguments.ids)
    elif arguments.inter:
        files = [arguments.inter] + ([arguments.item] if arguments.item else [])
        # RecBole reads the .item file only where its configuration loads columns of it.
        found = items.first_appearances(files[:1])
        if len(found) != count:
            found = items.first_appearances(files)
    else:
        raise SystemExit("say which item a token is: --dataset, --ids or --inter")
    if len(found) != count:
        raise SystemExit(
            f"{len(found)} items, but the model has {count}. If RecBole's configuration filters items, train with "
            "save_dataset: True and give that file as --dataset.")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, help="saved/SASRec-….pth")
    parser.add_argument("folder", type=Path, help="the model folder to write")
    parser.add_argument("--dataset", type=Path, help="the data set that RecBole saved: saved/…-SequentialDataset.pth")
    parser.add_argument("--ids", type=Path, help="ids of items, one a line, in the order of their tokens from 1")
    parser.add_argument("--inter", type=Path, help="the .inter file that the model was trained on")
    parser.add_argument("--item", type=Path, help="the .item file: titles, and items without interactions")
    arguments = parser.parse_args()

    weights, config = read(arguments.checkpoint)
    chosen = options(weights, config)
    count = chosen.vocab_size - (1 if chosen.mask_token_id is None else 2)
    tokens = {id: token for token, id in enumerate(ids(config, count, arguments), start=1)}
    folder.write(
        arguments.folder, chosen, places(weights, chosen),
        items.catalogue(tokens, items.read_titles(arguments.item)))
    if chosen.model_type == "bert4rec":
        print("RecBole's predict drops the oldest item of every history, even of a short one; Whence shows the model all.")


if __name__ == "__main__":
    main()

"""Turns a checkpoint of pmixer's SASRec.pytorch into a model folder for Whence.

Its releases differ in where the layer norms stand, which the weights do not tell: `args.txt` beside the checkpoint is
asked, then `--block`.
"""

import argparse
import re
from pathlib import Path

import checkpoints
import folder
import items
from recommender import Options


def arguments_beside(checkpoint: Path) -> dict[str, str]:
    """`args.txt`, which the training script writes: lines of name, comma, value."""
    path = checkpoint.parent / "args.txt"
    if not path.exists():
        return {}
    return dict(line.split(",", 1) for line in path.read_text(encoding="utf-8").splitlines())


def options(weights: dict, heads: int, length: int, block: str) -> Options:
    vocabulary, hidden = weights["item_emb.weight"].shape
    offset = len(weights["pos_emb.weight"]) - length
    if offset not in (0, 1):
        raise SystemExit(f"maxlen {length} does not fit {len(weights['pos_emb.weight'])} positions")
    return Options(
        model_type="sasrec", vocab_size=vocabulary, hidden_size=hidden, intermediate_size=hidden,
        num_hidden_layers=sum(name.startswith("attention_layernorms.") for name in weights) // 2,
        num_attention_heads=heads, max_length=length, hidden_act="relu", layer_norm_eps=1e-8, block=block,
        embedding_scale="sqrt_hidden", position_offset=offset, final_norm=True, pad_token_id=0, padding="left",
        # Attention has no padding mask. The releases that number positions from 0 set its states to zero.
        padding_states="attended" if offset else "zeroed")


def places(weights: dict, options: Options) -> dict:
    hidden = options.hidden_size
    found = {"item_embedding/0": weights["item_emb.weight"], "position_embedding/0": weights["pos_emb.weight"]}
    for index in range(options.num_hidden_layers):
        block, attention = folder.block(index), f"attention_layers.{index}"
        for part, name in enumerate(["query", "key", "value"]):
            rows = slice(part * hidden, (part + 1) * hidden)
            found |= folder.dense(
                f"{block}/attention/{name}_dense", weights[f"{attention}.in_proj_weight"][rows],
                weights[f"{attention}.in_proj_bias"][rows])
        for place, name, make in [
            ("attention/output_dense", f"{attention}.out_proj", folder.dense),
            ("attention_norm", f"attention_layernorms.{index}", folder.norm),
            ("feed_forward_norm", f"forward_layernorms.{index}", folder.norm),
            ("intermediate_dense", f"forward_layers.{index}.conv1", folder.dense),
            ("output_dense", f"forward_layers.{index}.conv2", folder.dense),
        ]:
            found |= make(f"{block}/{place}", weights[f"{name}.weight"], weights[f"{name}.bias"])
    return found | folder.norm("final_norm", weights["last_layernorm.weight"], weights["last_layernorm.bias"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path, help="SASRec.epoch=….maxlen=….pth")
    parser.add_argument("folder", type=Path, help="the model folder to write")
    parser.add_argument("--maxlen", type=int, help="as in training; else from args.txt or the file's name")
    parser.add_argument("--heads", type=int, help="num_heads of training; else from args.txt or the file's name")
    parser.add_argument(
        "--block", choices=["query_norm", "post_norm", "pre_norm"],
        help="query_norm before May 2025; since then post_norm, or pre_norm with --norm_first")
    parser.add_argument("--ids", type=Path, help="ids of items, one a line, in the order of their tokens from 1")
    parser.add_argument("--titles", type=Path, help="lines of id, tab, title")
    arguments = parser.parse_args()

    beside = arguments_beside(arguments.checkpoint)
    name = arguments.checkpoint.name

    def number(given: int | None, argument: str, part: str) -> int:
        match = re.search(rf"{part}=(\d+)", name)
        value = given or beside.get(argument) or (match and match.group(1))
        if not value:
            raise SystemExit(f"neither args.txt nor the file's name says {argument}: give --{argument.removeprefix('num_')}")
        return int(value)

    block = arguments.block
    if block is None and beside:
        block = {"True": "pre_norm", "False": "post_norm"}.get(beside.get("norm_first", ""), "query_norm")
    if block is None:
        raise SystemExit("args.txt is not beside the checkpoint: say where the layer norms stand with --block")
    weights = {key: tensor.numpy() for key, tensor in checkpoints.weights(arguments.checkpoint).items()}
    chosen = options(weights, number(arguments.heads, "num_heads", "head"), number(arguments.maxlen, "maxlen", "maxlen"), block)
    count = chosen.vocab_size - 1
    found = items.read_ids(arguments.ids) if arguments.ids else [str(token) for token in range(1, count + 1)]
    if len(found) != count:
        raise SystemExit(f"{len(found)} items, but the model has {count}")
    tokens = {id: token for token, id in enumerate(found, start=1)}
    folder.write(
        arguments.folder, chosen, places(weights, chosen),
        items.catalogue(tokens, items.read_titles(arguments.titles)))


if __name__ == "__main__":
    main()

"""The peer's side of the annotation benchmark: transformers and causality-lab's CLEANN on the sentences of a GLUE file,
used as its notebook `causal_reasoning_with_CLEANN_explanations` uses it: one graph a head, one forward pass a candidate.

usage: annotation.py FILE [--sentences N] [--limit SECONDS] [--size N] [--threads N] [--model DIR] [--labels FILE]

Sentences are taken from FILE at equal distances. Each is ended after a limit of processor time; it then counts the
limit, which favours the peer. causality-lab is no package: set CAUSALITY_LAB to a checkout of
github.com/IntelLabs/causality-lab. Needs torch, transformers 4, sentencepiece, h5py and what causality-lab needs.
`--labels` names the file with what `WhenceBench annotation --json` wrote: the labels of all rows have to agree.
Prints a line of JSON for each sentence: row, words, seconds, processor_seconds, passes, flips, status.
"""

import argparse
import csv
import json
import os
import pathlib
import signal
import sys
import time

# Keras' names of the kernels of one layer, and PyTorch's.
LAYER = {
    "attention/query": "attention.query",
    "attention/key": "attention.key",
    "attention/value": "attention.value",
    "attention/dense": "attention.dense",
    "attention/LayerNorm": "attention.LayerNorm",
    "ffn": "ffn",
    "ffn_output": "ffn_output",
    "full_layer_layer_norm": "full_layer_layer_norm",
}


def weights(path: pathlib.Path) -> dict[str, "numpy.ndarray"]:
    """Every array of an HDF5 file by the end of its name, without the colon and what follows it."""
    import h5py

    found = {}

    def visit(name, node):
        if isinstance(node, h5py.Dataset):
            found[name.removesuffix(":0")] = node[()]

    with h5py.File(path) as file:
        file.visititems(visit)
    return found


def load(folder: pathlib.Path):
    """The model of the folder in PyTorch: transformers no longer reads TensorFlow's files without TensorFlow."""
    import torch
    from transformers import AlbertConfig, AlbertForSequenceClassification, AlbertTokenizer

    config = AlbertConfig.from_pretrained(folder, output_attentions=True, attn_implementation="eager")
    model = AlbertForSequenceClassification(config).eval()
    arrays = weights(folder / "tf_model.h5")

    def array(*parts: str):
        """The only array whose name has these parts, in their order."""
        names = [name for name in arrays if holds(name, parts)]
        if len(names) != 1:
            sys.exit(f"{folder}: {len(names)} weights are called {'/…/'.join(parts)}: {names}")
        return torch.from_numpy(arrays.pop(names[0]))

    state = {}
    embeddings = "albert.embeddings."
    state[embeddings + "word_embeddings.weight"] = array("embeddings", "word_embeddings", "weight")
    state[embeddings + "position_embeddings.weight"] = array("embeddings", "position_embeddings", "embeddings")
    state[embeddings + "token_type_embeddings.weight"] = array("embeddings", "token_type_embeddings", "embeddings")
    norm(state, embeddings + "LayerNorm", array, "embeddings", "LayerNorm")
    dense(state, "albert.encoder.embedding_hidden_mapping_in", array, "embedding_hidden_mapping_in")
    for group in range(config.num_hidden_groups):
        for ours, theirs in LAYER.items():
            target = f"albert.encoder.albert_layer_groups.{group}.albert_layers.0.{theirs}"
            parts = (f"albert_layer_groups_._{group}", "albert_layers_._0", *ours.split("/"))
            (norm if "orm" in ours else dense)(state, target, array, *parts)
    dense(state, "albert.pooler", array, "pooler")
    dense(state, "classifier", array, "classifier")
    if arrays:
        sys.exit(f"{folder}: these weights were not expected: {sorted(arrays)}")
    model.load_state_dict(state)
    return model, AlbertTokenizer.from_pretrained(folder)


def holds(name: str, parts: tuple[str, ...]) -> bool:
    """Whether a name has parts in their order, each between slashes."""
    rest = iter(name.split("/"))
    return all(part in rest for part in parts)


def dense(state, target, array, *parts) -> None:
    state[target + ".weight"] = array(*parts, "kernel").T
    state[target + ".bias"] = array(*parts, "bias")


def norm(state, target, array, *parts) -> None:
    state[target + ".weight"] = array(*parts, "gamma")
    state[target + ".bias"] = array(*parts, "beta")


def explain(model, tokenizer, text: str, size: int) -> dict:
    """What the notebook does, for a classifier: the target is [CLS], and a set explains if the label changes."""
    import torch
    from causal_reasoning import CLEANN

    ids = tokenizer(text)["input_ids"]
    passes = 0

    def run(tokens):
        nonlocal passes
        passes += 1
        with torch.no_grad():
            return model(torch.tensor([tokens]))

    out = run(ids)
    label = int(out.logits[0].argmax())

    def is_explanation(positions, _target) -> bool:
        masked = list(ids)
        for position in positions:
            masked[position] = tokenizer.mask_token_id
        return int(run(masked).logits[0].argmax()) != label

    # The special token at the end is marginalised, as the notebook leaves out what is of no interest.
    nodes = set(range(len(ids) - 1))
    found = set()
    for head in out.attentions[-1][0].numpy().astype("float64"):
        explainer = CLEANN(head, model.config.hidden_size, 0.01, is_explanation, nodes_set=nodes)
        found.update(tuple(sorted(subset)) for subset, _ in explainer.explain(0, max_set_size=size))
    return {"label": label, "passes": passes, "flips": len(found)}


class OutOfTime(BaseException):
    """The sentence took too long; no Exception, so that nobody on the way takes it for one of their own."""


def limited(model, tokenizer, text: str, size: int, limit: int) -> dict:
    """What explaining took, cut at a limit of processor time."""

    def stop(_signal, _frame):
        raise OutOfTime

    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, limit)
    start, processor = time.perf_counter(), time.process_time()
    try:
        outcome = {**explain(model, tokenizer, text, size), "status": "complete"}
    except OutOfTime:
        outcome = {"status": f"over {limit} s"}
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    outcome["seconds"] = time.perf_counter() - start
    outcome["processor_seconds"] = time.process_time() - processor
    return outcome


def check_labels(model, tokenizer, texts, path: pathlib.Path) -> None:
    """Both sides have to speak about the same model."""
    import torch

    with open(path, encoding="utf-8") as file:
        ours = json.load(file)["labels"]
    with torch.no_grad():
        theirs = [int(model(torch.tensor([tokenizer(text)["input_ids"]])).logits[0].argmax()) for text in texts]
    differing = [row for row, (a, b) in enumerate(zip(ours, theirs)) if a != b]
    if len(ours) != len(theirs) or differing:
        sys.exit(f"the labels of {len(ours)} and {len(theirs)} rows differ at {differing[:10]}")
    print(f"all {len(ours)} labels agree", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--sentences", type=int, default=12)
    parser.add_argument("--limit", type=int, default=120)
    parser.add_argument("--size", type=int, default=2)
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--model", type=pathlib.Path, default=pathlib.Path("models/sentiment"))
    parser.add_argument("--labels", type=pathlib.Path)
    arguments = parser.parse_args()
    sys.path.insert(0, os.environ.get("CAUSALITY_LAB", ""))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = str(arguments.threads)
    with open(arguments.file, encoding="utf-8", newline="") as file:
        texts = [row["sentence"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    import torch

    torch.set_num_threads(arguments.threads)
    model, tokenizer = load(arguments.model)
    if arguments.labels:
        check_labels(model, tokenizer, texts, arguments.labels)
    explain(model, tokenizer, "warm", 1)
    step = max(1, len(texts) // arguments.sentences)
    for row in range(step // 2, len(texts), step)[: arguments.sentences]:
        outcome = limited(model, tokenizer, texts[row], arguments.size, arguments.limit)
        print(json.dumps({"row": row, "words": len(texts[row].split()), **outcome}), flush=True)


if __name__ == "__main__":
    main()

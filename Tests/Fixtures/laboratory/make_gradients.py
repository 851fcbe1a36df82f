"""Losses and gradients of the paper's own code, for the tests of the laboratory.

usage: python make_gradients.py CHECKOUT > gradients.json

CHECKOUT is a checkout of github.com/eshnich/transformers-learn-causal-structure (which has no licence: nothing of it is
kept here but numbers it computed). Needs jax and simple_pytree. Sequences come from its sampler, the loss and its
gradient from its transformer; parameters are random numbers of ours. Numbers are base64 of little-endian float32.
"""
import base64
import contextlib
import io
import json
import sys

import jax
import numpy as np
from jax import numpy as jnp

sys.path.insert(0, sys.argv[1])
import catformer  # noqa: E402
import problems  # noqa: E402

two_parents = [[], []] + [[(i - 1) // 2, i - 1] for i in range(2, 8)]
mixed = [[], [], [0, 1], [2], [0, 3], [4], [1, 5]]
CASES = [
    # name, vocabulary, length, tree or lists of parents, heads, scale of the parameters
    ("chain", 3, 6, [-1, 0, 1, 2, 3], [1, 1], 1.0),
    ("chain from zero", 4, 6, [-1, 0, 1, 2, 3], [1, 1], 0.0),
    ("tree", 5, 8, [-1, 0, 0, -1, 3, 1, 1], [1, 1], 0.7),
    ("two heads on a tree", 4, 5, [-1, 0, -1, 2], [2, 1], 0.8),
    ("two parents", 3, 7, two_parents, [2, 1], 1.0),
    ("two heads in both layers, mixed parents", 3, 6, mixed, [2, 2], 0.6),
    ("three layers", 3, 4, [-1, 0, 1], [1, 1, 1], 0.9),
    ("three layers of two heads", 2, 3, [-1, 0], [2, 1, 2], 0.8),
    ("one layer", 6, 5, [-1, 0, -1, 0], [3], 1.0),
]


def encode(array):
    return base64.b64encode(np.asarray(array, dtype="<f4").tobytes()).decode()


def loss(model, tokens, labels):
    return -(jnp.log(model(tokens)) * labels).sum(-1).mean()


document = []
for number, (name, vocabulary, length, graph, heads, scale) in enumerate(CASES):
    with contextlib.redirect_stdout(io.StringIO()):
        problem = (
            problems.InContextDAG(vocabulary, graph, 0.3)
            if isinstance(graph[0], list)
            else problems.InContextTree(vocabulary, jnp.array(graph), 0.3)
        )
    tokens, labels = jax.vmap(problem.sample)(jax.random.split(jax.random.PRNGKey(number), 21))
    random = np.random.default_rng(number)
    model = catformer.CatFormer(seq_len=length, vocab_size=vocabulary, heads=heads)
    model = jax.tree_util.tree_map(
        lambda p: jnp.array(scale * random.standard_normal(p.shape), dtype=jnp.float32), model
    )
    value, gradient = jax.value_and_grad(loss)(model, tokens, labels)
    document.append(
        {
            "name": name,
            "vocabulary": vocabulary,
            "heads": heads,
            "tokens": np.asarray(tokens).tolist(),
            "labels": encode(labels),
            "parameters": encode(np.concatenate([np.ravel(p) for p in [*model.A, model.W]])),
            "loss": float(value),
            "gradient": encode(np.concatenate([np.ravel(p) for p in [*gradient.A, gradient.W]])),
            "bayes": encode(jax.vmap(problem.bayes)(tokens)),
            "graph": graph,
        }
    )
print("[" + ",\n".join(json.dumps(case) for case in document) + "]")

"""Loss and gradient of the standard transformer in the paper's own code, for the tests of the laboratory.

usage: python make_standard_gradients.py CHECKOUT > standard-gradients.json

CHECKOUT is a checkout of github.com/eshnich/transformers-learn-causal-structure, as for make_gradients.py. Parameters
are put in the order of StandardTransformer: embeddings, then each layer's attention, values and two layers, then the
output.
"""
import base64
import json
import sys

import jax
import numpy as np
from jax import numpy as jnp

sys.path.insert(0, sys.argv[1])
import catformer  # noqa: E402
import problems  # noqa: E402


def encode(array):
    return base64.b64encode(np.asarray(array, dtype="<f4").tobytes()).decode()


def ordered(model):
    parts = [model.wte, model.wpe]
    for attention, value, network in zip(model.A, model.V, model.mlps):
        first, second = network.layers
        parts += [attention, value, first.W, first.b, second.W, second.b]
    return np.concatenate([np.ravel(part) for part in [*parts, model.W]])


def loss(model, tokens, labels):
    return -(jnp.log(model(tokens)) * labels).sum(-1).mean()


document = []
for number, (vocabulary, graph, layers) in enumerate([(3, [-1, 0, 1, 2], 2), (4, [-1, 0, 0], 1), (2, [-1, 0], 3)]):
    problem = problems.InContextTree(vocabulary, jnp.array(graph), 0.3)
    tokens, labels = jax.vmap(problem.sample)(jax.random.split(jax.random.PRNGKey(number), 19))
    model = catformer.Transformer(len(graph) + 1, vocabulary, [1] * layers, jax.random.PRNGKey(number))
    random = np.random.default_rng(number)
    model = jax.tree_util.tree_map(
        lambda p: jnp.array(0.5 * random.standard_normal(p.shape), dtype=jnp.float32), model
    )
    value, gradient = jax.value_and_grad(loss)(model, tokens, labels)
    document.append(
        {
            "vocabulary": vocabulary,
            "layers": layers,
            "tokens": np.asarray(tokens).tolist(),
            "labels": encode(labels),
            "parameters": encode(ordered(model)),
            "loss": float(value),
            "gradient": encode(ordered(gradient)),
        }
    )
print("[" + ",\n".join(json.dumps(case) for case in document) + "]")

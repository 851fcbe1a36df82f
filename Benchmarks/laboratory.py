"""Training steps of the paper's own code, sampling included, as one JSON object a line.

usage: laboratory.py CHECKOUT [--runs N]

CHECKOUT is a checkout of github.com/eshnich/transformers-learn-causal-structure. Its sampler and its transformer are
called, and compiled whole by jax.jit, as in its own experiments; the settings are those of `WhenceBench laboratory`.
Needs jax, optax and simple_pytree.
"""

import argparse
import contextlib
import io
import json
import sys
import time

import jax
import optax
from jax import numpy as jnp

BATCH = 1024
TREE = [-1, 0, -1, 1, -1, 2, 2, -1, 5, -1, 3, -1, 8, -1, 1, 12, -1, 6, -1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    sys.path.insert(0, options.checkout)
    import catformer
    import problems

    def loss(model, batch):
        tokens, labels = batch
        return -(jnp.log(model(tokens)) * labels).sum(-1).mean()

    def measure(name, problem, vocabulary, length, heads, optimizer):
        sample = jax.jit(lambda key: jax.vmap(problem.sample)(jax.random.split(key, BATCH)))

        @jax.jit
        def step(model, state, batch):
            updates, state = optimizer.update(jax.grad(loss)(model, batch), state, model)
            return optax.apply_updates(model, updates), state

        model = catformer.CatFormer(seq_len=length, vocab_size=vocabulary, heads=heads)
        state = optimizer.init(model)

        def once(number):
            nonlocal model, state
            model, state = step(model, state, sample(jax.random.PRNGKey(number)))
            jax.block_until_ready(model.W)

        for number in range(2):
            once(number)
        best = [float("inf")] * 2
        for run in range(options.runs):
            wall, processor = time.perf_counter(), time.process_time()
            for number in range(3):
                once(3 * run + number)
            best[0] = min(best[0], (time.perf_counter() - wall) / 3)
            best[1] = min(best[1], (time.process_time() - processor) / 3)
        print(json.dumps({"case": name, "seconds": best[0], "processor_seconds": best[1]}), flush=True)

    with contextlib.redirect_stdout(io.StringIO()):
        parents = problems.InContextDAG(5, [[], []] + [[(i - 1) // 2, i - 1] for i in range(2, 33)], 0.1)
    chain = problems.InContextTree(10, jnp.arange(19) - 1, 0.1)
    tree = problems.InContextTree(3, jnp.array(TREE), 0.1)
    measure("chain", chain, 10, 20, [1, 1], optax.sgd(1.0))
    measure("tree", tree, 3, 20, [1, 1], optax.sgd(1.0))
    measure("two parents", parents, 5, 32, [2, 1], optax.adamw(0.01, weight_decay=1e-4))


main()

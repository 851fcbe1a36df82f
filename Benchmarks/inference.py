"""Times BERT-base in ONNX Runtime, as `WhenceBench inference --json` times it in Whence.

The graph is made of the operators that ONNX Runtime's transformer optimiser puts into an exported BERT
(EmbedLayerNormalization, Attention, SkipLayerNormalization, BiasGelu), with random weights and no padding mask:
the best case of the peer. Only logits are returned; Whence returns the deepest layer's attention too.

usage: inference.py [--runs N] [--threads N]      prints a JSON array, one object a row
"""

import argparse
import json
import time

import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

BATCHES = [(1, 16), (1, 32), (1, 128), (16, 32), (8, 128)]
VOCABULARY, HIDDEN, INTERMEDIATE, LAYERS, HEADS, POSITIONS = 30_522, 768, 3_072, 12, 12, 512


class Graph:
    """Nodes and random weights, collected in the order of the forward pass."""

    def __init__(self) -> None:
        self.nodes, self.weights = [], []
        self.random = numpy.random.default_rng(1)

    def weight(self, name: str, *shape: int) -> str:
        gain = name.endswith("gamma")
        values = numpy.ones(shape) if gain else self.random.uniform(-0.035, 0.035, shape)
        self.weights.append(numpy_helper.from_array(values.astype(numpy.float32), name))
        return name

    def norm(self, name: str) -> list[str]:
        return [self.weight(f"{name}.gamma", HIDDEN), self.weight(f"{name}.beta", HIDDEN)]

    def node(self, operator: str, inputs: list[str], output: str, fused: bool = False, **attributes) -> str:
        domain = "com.microsoft" if fused else ""
        self.nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def layer(self, name: str, hidden: str) -> str:
        attention = self.node(
            "Attention",
            [hidden, self.weight(f"{name}.qkv", HIDDEN, 3 * HIDDEN), self.weight(f"{name}.qkv.bias", 3 * HIDDEN)],
            f"{name}.context", fused=True, num_heads=HEADS)
        output = self.node("MatMul", [attention, self.weight(f"{name}.output", HIDDEN, HIDDEN)], f"{name}.projected")
        hidden = self.node(
            "SkipLayerNormalization",
            [output, hidden, *self.norm(f"{name}.norm1"), self.weight(f"{name}.output.bias", HIDDEN)],
            f"{name}.attended", fused=True, epsilon=1e-12)
        inner = self.node("MatMul", [hidden, self.weight(f"{name}.inner", HIDDEN, INTERMEDIATE)], f"{name}.product")
        inner = self.node(
            "BiasGelu", [inner, self.weight(f"{name}.inner.bias", INTERMEDIATE)], f"{name}.activated", fused=True)
        outer = self.node("MatMul", [inner, self.weight(f"{name}.outer", INTERMEDIATE, HIDDEN)], f"{name}.fed")
        return self.node(
            "SkipLayerNormalization",
            [outer, hidden, *self.norm(f"{name}.norm2"), self.weight(f"{name}.outer.bias", HIDDEN)],
            f"{name}.hidden", fused=True, epsilon=1e-12)


def bert_base() -> onnx.ModelProto:
    graph = Graph()
    tables = [
        graph.weight("words", VOCABULARY, HIDDEN), graph.weight("positions", POSITIONS, HIDDEN),
        graph.weight("types", 2, HIDDEN)]
    graph.nodes.append(helper.make_node(
        "EmbedLayerNormalization", ["ids", "type_ids", *tables, *graph.norm("embedding")], ["embedded", "mask"],
        domain="com.microsoft", epsilon=1e-12))
    hidden = "embedded"
    for layer in range(LAYERS):
        hidden = graph.layer(f"layer{layer}", hidden)
    graph.weights.append(numpy_helper.from_array(numpy.array(0, numpy.int64), "zero"))
    first = graph.node("Gather", [hidden, "zero"], "first", axis=1)
    pooled = graph.node(
        "Gemm", [first, graph.weight("pooler", HIDDEN, HIDDEN), graph.weight("pooler.bias", HIDDEN)], "pooler.product")
    pooled = graph.node("Tanh", [pooled], "pooled")
    graph.node("Gemm", [pooled, graph.weight("classifier", HIDDEN, 2), graph.weight("classifier.bias", 2)], "logits")

    ids = [
        helper.make_tensor_value_info(name, TensorProto.INT32, ["batch", "tokens"]) for name in ("ids", "type_ids")]
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 2])
    return helper.make_model(
        helper.make_graph(graph.nodes, "bert-base", ids, [logits], graph.weights),
        opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)], ir_version=8)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--threads", type=int, default=0, help="0: ONNX Runtime's own choice")
    arguments = parser.parse_args()

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = arguments.threads
    session = onnxruntime.InferenceSession(
        bert_base().SerializeToString(), options, providers=["CPUExecutionProvider"])
    rows = []
    for batch, tokens in BATCHES:
        ids = numpy.random.default_rng(42).integers(0, VOCABULARY, (batch, tokens), dtype=numpy.int32)
        feed = {"ids": ids, "type_ids": numpy.zeros_like(ids)}
        for _ in range(min(arguments.runs, 3)):
            session.run(None, feed)
        times, processor_times = [], []
        for _ in range(arguments.runs):
            start, processor_start = time.perf_counter(), time.process_time()
            session.run(None, feed)
            times.append((time.perf_counter() - start) * 1e3)
            processor_times.append((time.process_time() - processor_start) * 1e3)
        times.sort()
        processor_times.sort()
        rows.append({
            "batch": batch, "tokens": tokens,
            "milliseconds": {
                "median": times[len(times) // 2], "best": times[0],
                "processor": processor_times[len(times) // 2]}})
    print(json.dumps(rows))


if __name__ == "__main__":
    main()

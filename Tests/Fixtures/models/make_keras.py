"""Makes the small reference cases `keras_*`: a preset as KerasHub saves it, without tokenizer, and its answers.

usage: make_keras.py [FOLDER [CASE...]]      needs keras-hub 0.19.3, keras 3.15.1, tensorflow-cpu 2.18

Each case tells apart some of what presets do: the form of gelu in layers and heads, epsilons, positions from 0, the number and
order of layers of one class, heads as an axis of their own, the width between a classifier's two layers, softmax on
top, and files of float16, of bfloat16 and in parts. Weights are seeded and spread wide, so that a mistake shows. Inputs are ids,
not padded. Kept are logits and the hidden states of the last layer, of one float32 run.

`keras_albert_kerasnlp07` is not made here: KerasNLP 0.7.0 under Keras 3.0.1 saved it, whose names of attention's parts
begin with a bar; kept are `config.json`, `model.weights.h5` and the answers to its first three texts.

A task's file repeats the backbone: where a case says so, `model.weights.h5` is left out to keep it small.
"""

import json
import os
import pathlib
import shutil
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import keras_hub  # noqa: E402
import numpy  # noqa: E402
from keras_hub.src.utils.preset_utils import get_preset_saver  # noqa: E402

SIZES = dict(
    vocabulary_size=40, num_layers=2, num_heads=2, hidden_dim=8, intermediate_dim=12, dropout=0.0, max_sequence_length=24)
LENGTHS = [1, 2, 7, 12, 22]
models = keras_hub.models

# name: (backbone, its options, task, its options, further options)
CASES = {
    "keras_bert_float16": ("Bert", dict(SIZES, num_segments=2), "TextClassifier", dict(num_classes=2), {"dtype": "float16", "task_file_alone": True}),
    "keras_albert_softmax": (
        "Albert", dict(SIZES, num_layers=4, num_groups=2, num_inner_repetitions=2, embedding_dim=4, num_segments=2),
        "TextClassifier", dict(num_classes=3, activation="softmax"), {"task_file_alone": True}),
    "keras_distilbert": ("DistilBert", dict(SIZES), "TextClassifier", dict(num_classes=3, hidden_dim=6), {"task_file_alone": True}),
    "keras_roberta_mlm": ("Roberta", dict(SIZES, num_layers=1), "MaskedLM", {}, {"task_file_alone": True}),
    "keras_xlmr_sharded": ("XLMRoberta", dict(SIZES, num_layers=1), None, {}, {"shards": 3e-6}),
    "keras_debertav3_bfloat16": ("DebertaV3", dict(SIZES, bucket_size=6), "TextClassifier", dict(num_classes=2), {"dtype": "bfloat16", "task_file_alone": True}),
    "keras_bert_sigmoid": (
        "Bert", dict(SIZES, num_layers=1, num_segments=2), "TextClassifier", dict(num_classes=1, activation="sigmoid"), {"task_file_alone": True}),
    "keras_roberta_mish": (
        "Roberta", dict(SIZES, num_layers=1), "TextClassifier", dict(num_classes=3, activation="mish"), {"task_file_alone": True}),
}
# Functions of one number that a classifier may apply to its sums.
ACTIVATIONS = [
    "celu", "elu", "exponential", "gelu", "hard_shrink", "hard_sigmoid", "hard_silu", "hard_tanh", "leaky_relu", "log_sigmoid",
    "mish", "relu", "relu6", "selu", "silu", "soft_shrink", "softplus", "softsign", "sparse_plus", "sparse_sigmoid", "squareplus",
    "tanh", "tanh_shrink"]
# Made for a look, not kept.
OTHERS = {
    "keras_bert_mlm_tiny": ("Bert", dict(SIZES, num_segments=2), "MaskedLM", {}, {}),
    "keras_albert_mlm": ("Albert", dict(SIZES, num_groups=1, num_inner_repetitions=1, embedding_dim=4, num_segments=2), "MaskedLM", {}, {}),
    "keras_distilbert_mlm": ("DistilBert", dict(SIZES), "MaskedLM", {}, {}),
    "keras_xlmr_mlm": ("XLMRoberta", dict(SIZES), "MaskedLM", {}, {}),
    "keras_debertav3_mlm": ("DebertaV3", dict(SIZES, bucket_size=6), "MaskedLM", {}, {}),
    "keras_debertav3_deep": ("DebertaV3", dict(SIZES, num_layers=11, bucket_size=256), None, {}, {}),
    "keras_roberta_softmax": ("Roberta", dict(SIZES, num_layers=12), "TextClassifier", dict(num_classes=4, activation="softmax", hidden_dim=5), {}),
    "keras_bert_backbone_float16": ("Bert", dict(SIZES, num_layers=11, num_segments=2), None, {}, {"dtype": "float16"}),
    "keras_xlmr_bfloat16": ("XLMRoberta", dict(SIZES), "TextClassifier", dict(num_classes=2), {"dtype": "bfloat16"}),
}


def make_model(name: str, options: dict, task: str | None, task_options: dict, dtype: str):
    backbone = getattr(models, f"{name}Backbone")(**options, dtype=dtype)
    if task is None:
        return backbone
    return getattr(models, name + task)(backbone=backbone, preprocessor=None, **task_options)


def seed_weights(model, seed: int) -> list:
    """Random numbers of the type they are saved in; gains around 1."""
    random = numpy.random.default_rng(seed)
    values = []
    for weight in model.weights:
        noise = random.normal(0, 0.35, weight.shape) + (1 if weight.path.endswith("gamma") else 0)
        weight.assign(noise)
        values.append(keras.ops.convert_to_numpy(keras.ops.cast(weight, "float32")))
    return values


def save(model, folder: pathlib.Path, options: dict) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    preset = folder / "model"
    backbone = getattr(model, "backbone", model)
    backbone.save_to_preset(str(preset))
    # As KerasHub's later releases do above a size.
    if "shards" in options:
        (preset / "model.weights.h5").unlink()
        model.save_weights(preset / "model.weights.json", max_shard_size=options["shards"])
    # `task.save_to_preset` needs a tokenizer; this is what it does besides.
    if backbone is not model:
        get_preset_saver(str(preset))._save_serialized_object(model, "task.json")
        model.save_task_weights(preset / "task.weights.h5")
    if options.get("task_file_alone"):
        (preset / "model.weights.h5").unlink()
    (preset / "metadata.json").unlink()


def rounded(array, digits: int):
    array = numpy.asarray(array)
    return numpy.vectorize(lambda value: float(f"{value:.{digits}g}"), otypes=[object])(array).tolist()


def answers(name: str, model, task: str | None) -> dict:
    backbone = model.backbone if task else model
    random = numpy.random.default_rng(1)
    texts = []
    for length in LENGTHS:
        ids = random.integers(2, 40, length)
        text = {"ids": ids.tolist()}
        inputs = {"token_ids": ids[None].astype("int32"), "padding_mask": numpy.ones((1, length), "int32")}
        if "segment_ids" in [tensor.name for tensor in backbone.inputs]:
            text["token_type_ids"] = [0] * (length // 2) + [1] * (length - length // 2)
            inputs["segment_ids"] = numpy.array([text["token_type_ids"]], "int32")
        hidden = backbone(inputs, training=False)
        hidden = hidden["sequence_output"] if isinstance(hidden, dict) else hidden
        if task == "MaskedLM":
            positions = sorted({0, length // 2, length - 1})
            inputs["mask_positions"] = numpy.array([positions], "int32")
            logits = numpy.asarray(model(inputs, training=False))[0]
            text["logit_rows"] = {str(p): rounded(logits[row], 8) for row, p in enumerate(positions)}
        elif task:
            text["logits"] = rounded(numpy.asarray(model(inputs, training=False))[0], 8)
        text["hidden_last"] = rounded(numpy.asarray(hidden)[0], 7)
        texts.append(text)
    return {"class": name + (task or "Backbone"), "texts": texts}


def make(case: str, target: pathlib.Path, name, options, task, task_options, further, seed: int) -> None:
    keras.utils.clear_session()
    saved = make_model(name, options, task, task_options, further.get("dtype", "float32"))
    values = seed_weights(saved, seed)
    save(saved, target / case, further)
    model = make_model(name, options, task, task_options, "float32")
    for weight, value in zip(model.weights, values, strict=True):
        weight.assign(value)
    kept = answers(name, model, task)
    texts = ",\n".join(json.dumps(text, separators=(",", ":")) for text in kept.pop("texts"))
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in kept.items()]
    (target / case / "expected.json").write_text("{\n" + ",\n".join(lines + [f'"texts": [\n{texts}\n]']) + "\n}\n", encoding="ascii")


def make_activations(file: pathlib.Path) -> None:
    inputs = [-7.5, -3.0, -1.25, -1.0, -0.5, -0.3, 0.0, 0.2, 0.5, 0.75, 1.0, 2.5, 6.0, 7.25]
    outputs = {name: rounded(keras.activations.get(name)(numpy.array(inputs, "float32")), 8) for name in ACTIVATIONS}
    lines = [f"{json.dumps(name)}: {json.dumps(values)}" for name, values in outputs.items()]
    file.write_text(f'{{"inputs": {json.dumps(inputs)},\n"outputs": {{\n' + ",\n".join(lines) + "\n}}\n", encoding="ascii")


def main() -> None:
    cases = CASES | OTHERS if sys.argv[1:] else CASES
    target = pathlib.Path(sys.argv[1]) if sys.argv[1:] else pathlib.Path(__file__).parent
    for number, (case, settings) in enumerate(cases.items()):
        if case in sys.argv[2:] or not sys.argv[2:]:
            make(case, target, *settings, seed=300 + number)
            print(case, flush=True)
    make_activations(target / "keras_activations.json")


if __name__ == "__main__":
    main()

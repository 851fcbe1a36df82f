"""Makes the small reference cases `family_*`: a model folder as transformers' TensorFlow classes save it, and their answers.

usage: make_families.py [CASE...]      needs transformers 4.48.3, tensorflow-cpu 2.18, tf-keras 2.18; for a case that names
another release of transformers, that release and a TensorFlow of its time

Every case is the smallest model that tells one or more of these apart: the activation of layers and heads, epsilons,
position numbering, the structure of heads, the numeric order of layers, attributes that are split, and DeBERTa's kinds of
relative position. Weights are seeded and spread wide, biases and gains included, so that a mistake shows. Inputs are ids.
Kept are logits, and of the deepest layer attention and hidden states, of one float32 run without padding for each input;
and the logits of one run of some inputs padded and masked.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy  # noqa: E402
import tensorflow  # noqa: E402
import transformers  # noqa: E402

try:
    from tf_keras.src.saving.legacy import hdf5_format
except ImportError:
    from tensorflow.python.keras.saving import hdf5_format

VOCABULARY = 40
LENGTHS = [1, 2, 7, 12, 22]
SIZES = dict(
    vocab_size=VOCABULARY, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
    max_position_embeddings=24)
ROBERTA = dict(SIZES, max_position_embeddings=24, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1)
DISTILBERT = dict(vocab_size=VOCABULARY, dim=16, n_layers=2, n_heads=2, hidden_dim=24, max_position_embeddings=24)
GPT2 = dict(vocab_size=VOCABULARY, n_embd=16, n_layer=2, n_head=2, n_positions=24, bos_token_id=0, eos_token_id=0)
DEBERTA = dict(SIZES, relative_attention=True, pos_att_type=["p2c", "c2p"], type_vocab_size=0, position_biased_input=False)

# name: (class without TF, configuration, further options)
CASES = {
    "family_bert_relu_one_label": ("BertForSequenceClassification", dict(SIZES, hidden_act="relu", num_labels=1), {}),
    "family_bert_pretraining": ("BertForPreTraining", dict(SIZES, layer_norm_eps=1e-3), {}),
    "family_distilbert_deep": ("DistilBertForSequenceClassification", dict(
        DISTILBERT, dim=8, n_layers=11, hidden_dim=8, num_labels=3), {"split_attributes": True}),
    "family_distilbert_mlm": ("DistilBertForMaskedLM", dict(DISTILBERT, activation="relu"), {}),
    "family_roberta": ("RobertaForSequenceClassification", dict(ROBERTA, num_labels=2), {}),
    "family_roberta_mlm": ("RobertaForMaskedLM", dict(ROBERTA, hidden_act="relu"), {}),
    "family_xlmr": ("XLMRobertaForSequenceClassification", dict(ROBERTA, layer_norm_eps=1e-3, num_labels=5), {"shards": "6KB"}),
    "family_camembert_model": ("CamembertModel", dict(ROBERTA, bos_token_id=5, eos_token_id=6), {}),
    "family_electra": ("ElectraForSequenceClassification", dict(SIZES, embedding_size=12, hidden_act="relu", num_labels=3), {}),
    "family_electra_mlm": ("ElectraForMaskedLM", dict(SIZES, embedding_size=16, hidden_act="gelu_new"), {}),
    "family_debertav3": ("DebertaV2ForSequenceClassification", dict(
        DEBERTA, position_buckets=8, share_att_key=True, norm_rel_ebd="layer_norm", num_labels=3), {}),
    "family_debertav2_separate": ("DebertaV2ForSequenceClassification", dict(
        DEBERTA, position_biased_input=True, type_vocab_size=2, share_att_key=False, max_relative_positions=6,
        pos_att_type="p2c|c2p", pooler_hidden_act="tanh", num_labels=2), {}),
    "family_debertav2_convolution": ("DebertaV2ForSequenceClassification", dict(
        DEBERTA, position_buckets=7, share_att_key=True, norm_rel_ebd="layer_norm", conv_kernel_size=3, conv_act="gelu",
        attention_head_size=8, num_labels=2), {}),
    "family_debertav2_one_layer": ("DebertaV2ForSequenceClassification", dict(
        DEBERTA, num_hidden_layers=1, share_att_key=True, pos_att_type=["c2p"], conv_kernel_size=5, num_labels=2), {}),
    "family_debertav2_mlm": ("DebertaV2ForMaskedLM", dict(
        DEBERTA, share_att_key=False, pos_att_type=["p2c"], position_buckets=6, max_relative_positions=40,
        embedding_size=12, hidden_act="gelu_new"), {}),
    "family_debertav2_absolute": ("DebertaV2Model", dict(
        DEBERTA, relative_attention=False, position_biased_input=True, layer_norm_eps=1e-3), {}),
    "family_gpt2": ("GPT2LMHeadModel", dict(GPT2), {}),
    "family_gpt2_classifier": ("GPT2ForSequenceClassification", dict(
        GPT2, n_inner=20, activation_function="relu", layer_norm_epsilon=1e-3, pad_token_id=0, num_labels=3), {}),
    "family_gpt2_model": ("GPT2Model", dict(GPT2, n_layer=1), {}),
    # It writes the heads of an attention as an axis of their own.
    "family_bert_heads_apart": ("BertForSequenceClassification", dict(
        SIZES, hidden_size=15, num_attention_heads=3, num_labels=3), {"transformers": "4.2.2"}),
}


def make_model(name: str, settings: dict, seed: int):
    """A model whose weights are all seeded; gains around 1."""
    configuration = getattr(transformers, "TF" + name).config_class(**settings)
    model = getattr(transformers, "TF" + name)(configuration)
    model(tensorflow.constant([[2, 3]]))
    random = numpy.random.default_rng(seed)
    for variable in model.variables:
        noise = random.normal(0, 0.35, variable.shape).astype(numpy.float32)
        variable.assign(noise + (1 if "gamma" in variable.name else 0))
    return model


def run(model, inputs: dict) -> dict:
    result = model(inputs, output_attentions=True, output_hidden_states=True, training=False)
    return {key: value[-1] if isinstance(value, tuple) else value for key, value in result.items()}


def head_key(name: str) -> str | None:
    """The result that holds the head's logits; none for a bare model."""
    if name.endswith("ForPreTraining"):
        return "prediction_logits"
    return "logits" if "For" in name or "LMHead" in name else None


def rounded(array, digits: int):
    array = numpy.asarray(array)
    return numpy.vectorize(lambda value: float(f"{value:.{digits}g}"), otypes=[object])(array).tolist()


def answers(name: str, model, random, lengths) -> dict:
    configuration = model.config
    types = getattr(configuration, "type_vocab_size", 0)
    padding = configuration.pad_token_id
    is_language_model = name.endswith(("MaskedLM", "LMHeadModel", "PreTraining"))
    key = head_key(name)
    texts = []
    for number, length in enumerate(lengths):
        ids = random.integers(2, configuration.vocab_size, length)
        # A padding token inside, which RoBERTa's numbering of positions passes over.
        if number == 2 and length > 3 and "GPT2" not in name:
            ids[3] = padding
        inputs = {"input_ids": ids[None]}
        text = {"ids": ids.tolist()}
        if types > 1:
            split = length // 2
            inputs["token_type_ids"] = numpy.array([[0] * split + [1] * (length - split)])
            text["token_type_ids"] = inputs["token_type_ids"][0].tolist()
        result = run(model, {name: tensorflow.constant(value, tensorflow.int32) for name, value in inputs.items()})
        if key:
            logits = result[key].numpy()[0]
            if is_language_model:
                positions = sorted({0, length // 2, length - 1})
                text["logit_rows"] = {str(p): rounded(logits[p], 8) for p in positions}
            else:
                text["logits"] = rounded(logits, 8)
        text["attention_last"] = rounded(result["attentions"].numpy()[0], 7)
        text["hidden_last"] = rounded(result["hidden_states"].numpy()[0], 7)
        texts.append(text)
    kept = {"class": "TF" + name, "texts": texts}
    if key and not is_language_model:
        indices = [i for i, text in enumerate(texts) if padding is None or padding not in text["ids"]]
        longest = max(len(texts[i]["ids"]) for i in indices)
        rows = [texts[i]["ids"] + [padding] * (longest - len(texts[i]["ids"])) for i in indices]
        inputs = {
            "input_ids": rows,
            "attention_mask": [[1] * len(texts[i]["ids"]) + [0] * (longest - len(texts[i]["ids"])) for i in indices],
        }
        if types > 1:
            inputs["token_type_ids"] = [
                texts[i]["token_type_ids"] + [0] * (longest - len(texts[i]["ids"])) for i in indices]
        result = run(model, {name: tensorflow.constant(value) for name, value in inputs.items()})
        kept["batch"] = {"indices": indices, "logits": rounded(result[key].numpy(), 8)}
    return kept


def save(model, folder: pathlib.Path, options: dict) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    limit = hdf5_format.HDF5_OBJECT_HEADER_LIMIT
    # Attributes above 64 KiB are split; a lower limit splits those of a small model in the same way.
    if options.get("split_attributes"):
        hdf5_format.HDF5_OBJECT_HEADER_LIMIT = 2_000
    try:
        sizes = {"max_shard_size": options["shards"]} if "shards" in options else {}
        model.save_pretrained(str(folder / "model"), **sizes)
    finally:
        hdf5_format.HDF5_OBJECT_HEADER_LIMIT = limit
    (folder / "model" / "generation_config.json").unlink(missing_ok=True)


def make(case: str, target: pathlib.Path, name: str, settings: dict, options: dict, seed: int, lengths=LENGTHS) -> None:
    model = make_model(name, settings, seed)
    save(model, target / case, options)
    kept = answers(name, model, numpy.random.default_rng(seed + 1), lengths)
    texts = ",\n".join(json.dumps(text, separators=(",", ":")) for text in kept.pop("texts"))
    lines = [f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in kept.items()]
    (target / case / "expected.json").write_text("{\n" + ",\n".join(lines + [f'"texts": [\n{texts}\n]']) + "\n}\n", encoding="ascii")


def main() -> None:
    here = [case for case in CASES if CASES[case][2].get("transformers", "4.48.3") == transformers.__version__]
    for case in sys.argv[1:] or here:
        make(case, pathlib.Path(__file__).parent, *CASES[case], seed=100 + list(CASES).index(case))
        print(case)


if __name__ == "__main__":
    main()

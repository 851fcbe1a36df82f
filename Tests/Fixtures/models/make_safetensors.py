"""Makes the small reference cases `safetensors_*`: a model folder as transformers' PyTorch classes save it, and their answers.

usage: make_safetensors.py [--all FOLDER] [CASE...]      needs transformers 4.48.3, torch, safetensors

Without --all the cases that are frozen here; with it those of every family, into FOLDER. Each tells apart what PyTorch's
names do differently: kernels transposed, but not GPT-2's; norms called weight and bias, or gamma and beta by old releases;
decoders that are the embedding and left out, and decoders that are not; models without head, whose names lack the root;
DeBERTa's names for positions; a convolution, whose axes are reversed; files in parts, of float16 and of bfloat16; and what
only PyTorch's classes know: tables of distances, GPT-2's other divisors of scores, and DeBERTa's own head. Activations that no other
case has are spread over these. Weights are seeded and spread wide, so that a mistake shows. Inputs are ids. Kept are logits, and
of the deepest layer attention and hidden states, of one float32 run of each input.
"""

import argparse
import json
import pathlib
import shutil

import numpy
import safetensors.torch
import torch
import transformers

VOCABULARY = 40
LENGTHS = [1, 2, 7, 12, 22]
SIZES = dict(
    vocab_size=VOCABULARY, hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=24,
    max_position_embeddings=24)
ROBERTA = dict(SIZES, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1)
DISTILBERT = dict(vocab_size=VOCABULARY, dim=16, n_layers=2, n_heads=2, hidden_dim=24, max_position_embeddings=24)
GPT2 = dict(vocab_size=VOCABULARY, n_embd=16, n_layer=2, n_head=2, n_positions=24, bos_token_id=0, eos_token_id=0)
UNTIED = dict(SIZES, tie_word_embeddings=False)
DEBERTA = dict(SIZES, relative_attention=True, pos_att_type=["p2c", "c2p"], type_vocab_size=0, position_biased_input=False)
ALBERT = dict(SIZES, embedding_size=8, num_hidden_layers=4, num_hidden_groups=2, inner_group_num=2)

# name: (class, configuration, further options)
FROZEN = {
    "safetensors_bert_mlm_bfloat16": ("BertForMaskedLM", dict(SIZES), {"dtype": torch.bfloat16, "old_norms": True}),
    "safetensors_electra_bare_sharded": ("ElectraModel", dict(SIZES, embedding_size=12), {"shards": "6KB"}),
    "safetensors_debertav2": ("DebertaV2ForSequenceClassification", dict(
        DEBERTA, position_biased_input=True, type_vocab_size=2, share_att_key=False, max_relative_positions=6,
        conv_kernel_size=3, conv_act="gelu", norm_rel_ebd="layer_norm", num_labels=3), {}),
    "safetensors_gpt2_float16": ("GPT2ForSequenceClassification", dict(GPT2, pad_token_id=0, num_labels=3), {"dtype": torch.float16}),
    "safetensors_bert_distances": ("BertForMaskedLM", dict(
        UNTIED, position_embedding_type="relative_key_query", hidden_act="mish"), {}),
    "safetensors_albert_distances": ("AlbertForMaskedLM", dict(
        UNTIED, embedding_size=8, num_hidden_groups=2, position_embedding_type="relative_key", hidden_act="relu2"), {}),
    "safetensors_roberta_decoder": ("RobertaForCausalLM", dict(
        UNTIED, type_vocab_size=1, layer_norm_eps=1e-5, pad_token_id=1, is_decoder=True, hidden_act="quick_gelu"), {}),
    "safetensors_distilbert_untied": ("DistilBertForMaskedLM", dict(DISTILBERT, tie_word_embeddings=False, activation="laplace"), {}),
    "safetensors_electra_untied": ("ElectraForMaskedLM", dict(
        UNTIED, embedding_size=12, position_embedding_type="relative_key", hidden_act="relu6"), {}),
    "safetensors_debertav2_untied": ("DebertaV2ForMaskedLM", dict(
        DEBERTA, share_att_key=True, tie_word_embeddings=False, hidden_act="leaky_relu"), {}),
    "safetensors_debertav2_own_head": ("DebertaV2ForMaskedLM", dict(
        DEBERTA, share_att_key=True, legacy=False, tie_word_embeddings=False, hidden_act="gelu_10"), {}),
    "safetensors_gpt2_divisors": ("GPT2LMHeadModel", dict(
        GPT2, tie_word_embeddings=False, scale_attn_by_inverse_layer_idx=True, reorder_and_upcast_attn=True,
        activation_function="sigmoid"), {}),
}
OTHERS = {
    "gpt2_unscaled": ("GPT2LMHeadModel", dict(GPT2, scale_attn_weights=False, activation_function="linear"), {}),
    "gpt2_layer_divisor": ("GPT2ForSequenceClassification", dict(
        GPT2, pad_token_id=0, scale_attn_weights=False, scale_attn_by_inverse_layer_idx=True, num_labels=3), {}),
    "bert_decoder": ("BertLMHeadModel", dict(SIZES, is_decoder=True), {}),
    "bert_decoder_seqcls": ("BertForSequenceClassification", dict(SIZES, is_decoder=True, num_labels=3), {}),
    "bert_pretraining_untied": ("BertForPreTraining", dict(UNTIED), {}),
    "bert_distances_seqcls": ("BertForSequenceClassification", dict(SIZES, position_embedding_type="relative_key", num_labels=3), {}),
    "albert_decoder": ("AlbertForSequenceClassification", dict(ALBERT, is_decoder=True, num_labels=3), {}),
    "albert_pretraining_untied": ("AlbertForPreTraining", dict(UNTIED, embedding_size=8), {}),
    "camembert_untied": ("CamembertForMaskedLM", dict(UNTIED, type_vocab_size=1, pad_token_id=1), {}),
    "camembert_decoder": ("CamembertForCausalLM", dict(ROBERTA, is_decoder=True), {}),
    "xlmr_decoder": ("XLMRobertaForCausalLM", dict(ROBERTA, is_decoder=True), {}),
    "xlmr_distances": ("XLMRobertaForSequenceClassification", dict(
        ROBERTA, position_embedding_type="relative_key_query", num_labels=3), {"dtype": torch.bfloat16}),
    "electra_decoder": ("ElectraForCausalLM", dict(SIZES, embedding_size=12, is_decoder=True), {"shards": "6KB"}),
    "electra_distances": ("ElectraForSequenceClassification", dict(SIZES, position_embedding_type="relative_key_query", num_labels=3), {}),
    "gpt2_untied_sharded": ("GPT2LMHeadModel", dict(GPT2, tie_word_embeddings=False), {"shards": "6KB", "dtype": torch.float16}),
    "albert_seqcls": ("AlbertForSequenceClassification", dict(ALBERT, num_labels=3), {}),
    "albert_mlm": ("AlbertForMaskedLM", dict(ALBERT), {}),
    "albert_pretraining": ("AlbertForPreTraining", dict(ALBERT), {}),
    "albert_bare": ("AlbertModel", dict(ALBERT), {}),
    "bert_seqcls": ("BertForSequenceClassification", dict(SIZES, num_labels=3), {}),
    "bert_mlm": ("BertForMaskedLM", dict(SIZES), {}),
    "bert_pretraining": ("BertForPreTraining", dict(SIZES), {}),
    "bert_bare": ("BertModel", dict(SIZES), {}),
    "distilbert_seqcls": ("DistilBertForSequenceClassification", dict(DISTILBERT, num_labels=3), {}),
    "distilbert_mlm": ("DistilBertForMaskedLM", dict(DISTILBERT), {}),
    "distilbert_bare": ("DistilBertModel", dict(DISTILBERT), {"shards": "6KB"}),
    "roberta_seqcls": ("RobertaForSequenceClassification", dict(ROBERTA, num_labels=2), {}),
    "roberta_mlm": ("RobertaForMaskedLM", dict(ROBERTA), {}),
    "xlmr_seqcls": ("XLMRobertaForSequenceClassification", dict(ROBERTA, num_labels=5), {"shards": "6KB"}),
    "xlmr_mlm": ("XLMRobertaForMaskedLM", dict(ROBERTA), {}),
    "camembert_seqcls": ("CamembertForSequenceClassification", dict(ROBERTA, num_labels=2), {"dtype": torch.float16}),
    "camembert_bare": ("CamembertModel", dict(ROBERTA), {}),
    "electra_seqcls": ("ElectraForSequenceClassification", dict(SIZES, embedding_size=12, num_labels=3), {}),
    "electra_mlm": ("ElectraForMaskedLM", dict(SIZES, embedding_size=16), {}),
    "debertav3_seqcls": ("DebertaV2ForSequenceClassification", dict(
        DEBERTA, position_buckets=8, share_att_key=True, norm_rel_ebd="layer_norm", num_labels=3), {}),
    "debertav2_mlm": ("DebertaV2ForMaskedLM", dict(DEBERTA, share_att_key=True, position_buckets=6, max_relative_positions=40), {}),
    "debertav2_bare": ("DebertaV2Model", dict(DEBERTA, share_att_key=True, embedding_size=12), {"dtype": torch.bfloat16}),
    "gpt2_lm": ("GPT2LMHeadModel", dict(GPT2), {}),
    "gpt2_lm_bare": ("GPT2LMHeadModel", dict(GPT2), {"without_root": "transformer."}),
    "gpt2_bare": ("GPT2Model", dict(GPT2), {"shards": "6KB"}),
}


def make_model(name: str, settings: dict, seed: int, dtype):
    """A model whose weights are all seeded, and numbers of the type they are saved in; gains around 1."""
    kind = getattr(transformers, name)
    torch.manual_seed(seed)
    model = kind(kind.config_class(**settings, attn_implementation="eager")).eval()
    random = numpy.random.default_rng(seed)
    with torch.no_grad():
        for key, weight in model.named_parameters():
            noise = random.normal(0, 0.35, tuple(weight.shape)).astype(numpy.float32)
            is_gain = key.endswith("weight") and weight.dim() == 1
            weight.copy_(torch.from_numpy(noise + (1 if is_gain else 0)).to(dtype).float())
    return model


def rename(folder: pathlib.Path, change) -> None:
    file = folder / "model.safetensors"
    weights = safetensors.torch.load_file(file)
    safetensors.torch.save_file({change(key): value for key, value in weights.items()}, file, {"format": "pt"})


def old_norm(key: str) -> str:
    return key.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")


def save(model, folder: pathlib.Path, options: dict) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    dtype = options.get("dtype", torch.float32)
    model.to(dtype).save_pretrained(folder / "model", safe_serialization=True, max_shard_size=options.get("shards", "10GB"))
    model.to(torch.float32)
    (folder / "model" / "generation_config.json").unlink(missing_ok=True)
    if options.get("old_norms"):
        rename(folder / "model", old_norm)
    if root := options.get("without_root"):
        rename(folder / "model", lambda key: key.removeprefix(root))


def rounded(array, digits: int):
    array = numpy.asarray(array)
    return numpy.vectorize(lambda value: float(f"{value:.{digits}g}"), otypes=[object])(array).tolist()


def answers(name: str, model, random) -> dict:
    configuration = model.config
    is_language_model = name.endswith(("MaskedLM", "CausalLM", "LMHeadModel", "PreTraining"))
    texts = []
    for length in LENGTHS:
        ids = random.integers(2, configuration.vocab_size, length)
        inputs = {"input_ids": torch.tensor(ids[None])}
        text = {"ids": ids.tolist()}
        if getattr(configuration, "type_vocab_size", 0) > 1:
            text["token_type_ids"] = [0] * (length // 2) + [1] * (length - length // 2)
            inputs["token_type_ids"] = torch.tensor([text["token_type_ids"]])
        with torch.no_grad():
            result = model(**inputs, output_attentions=True, output_hidden_states=True)
        logits = result.get("logits", result.get("prediction_logits"))
        if logits is not None and is_language_model:
            text["logit_rows"] = {str(p): rounded(logits[0, p], 8) for p in sorted({0, length // 2, length - 1})}
        elif logits is not None:
            text["logits"] = rounded(logits[0], 8)
        text["attention_last"] = rounded(result["attentions"][-1][0], 7)
        text["hidden_last"] = rounded(result["hidden_states"][-1][0], 7)
        texts.append(text)
    return {"class": name, "texts": texts}


def make(case: str, target: pathlib.Path, name: str, settings: dict, options: dict, seed: int) -> None:
    model = make_model(name, settings, seed, options.get("dtype", torch.float32))
    save(model, target / case, options)
    kept = answers(name, model, numpy.random.default_rng(seed + 1))
    texts = ",\n".join(json.dumps(text, separators=(",", ":")) for text in kept.pop("texts"))
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in kept.items()]
    (target / case / "expected.json").write_text("{\n" + ",\n".join(lines + [f'"texts": [\n{texts}\n]']) + "\n}\n", encoding="ascii")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--all", type=pathlib.Path, help="make the cases of every family in this folder")
    parser.add_argument("cases", nargs="*")
    options = parser.parse_args()
    cases = FROZEN | OTHERS if options.all else FROZEN
    for case in options.cases or cases:
        make(case, options.all or pathlib.Path(__file__).parent, *cases[case], seed=200 + list(cases).index(case))
        print(case, flush=True)


if __name__ == "__main__":
    main()

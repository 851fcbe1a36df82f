"""Makes the small recommenders of this folder with the code of their authors, exports them, and freezes their answers.

usage: make.py SOURCES [CASE...]

Needs Training/export/requirements.txt, recbole 1.2.1 with what it imports, keras-hub 0.19.3 and keras-rs with the
TensorFlow that they import, and in SOURCES clones of
pmixer/SASRec.pytorch (fde8a9c), keras-team/keras-rs (812d35b) and jaywonchung/BERT4Rec-VAE-Pytorch (f66f253).

Each model has random weights, is saved by its authors' code, and becomes a folder through the exporter's command line.
`expected.json` holds the original code's scores of all items for some histories: of one item, short, exactly as long as
the model's window, and longer; and the attention of its last layer, of the query and of the abductive input, without the
rows and columns of padding that no token attends to. Keras has to score the same from the exported folder.

The cases `keras_*` are models that Keras itself saves, with options and names that the others do not have.

RecBole's BERT4Rec drops the oldest item of every history before it predicts, so it is asked with one item more in front.
"""

import json
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile
import types

os.environ["KERAS_BACKEND"] = "torch"

import numpy  # noqa: E402
import torch  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
EXPORT = HERE.parents[3] / "Training" / "export"
WINDOW, ITEMS, HIDDEN, INNER, HEADS, LAYERS = 6, 24, 8, 12, 2, 2


def spread(model: torch.nn.Module, seed: int) -> torch.nn.Module:
    """Random weights, wide enough that a mistake shows; rows of padding as they are."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            noise = torch.randn(weight.shape, generator=generator) * 0.4
            is_gain = weight.ndim == 1 and name.endswith(("weight", "a_2"))
            kept = weight[0].clone() if "emb" in name and weight.ndim == 2 else None
            weight.copy_(1 + noise if is_gain else noise)
            if kept is not None and "pos" not in name.split(".")[0]:
                weight[0] = kept
    return model.eval()


def run(script: str, *arguments) -> None:
    subprocess.run([sys.executable, str(EXPORT / script), *map(str, arguments)], check=True)


class Case:
    """A model: `scores(tokens)` of tokens 0, 1, …, `attention(tokens)` of the last layer; the tokens are not padded."""

    causal: bool
    mask: int | None = None
    # Whether tokens attend to padding, which stands on the left.
    attended = False

    def query(self, history: list[int]) -> list[int]:
        return history[-WINDOW:] if self.causal else history[-(WINDOW - 1):] + [self.mask]

    def abduction(self, history: list[int], item: int) -> list[int]:
        return history[-(WINDOW - 1):] + [item]


def left(tokens: list[int]) -> torch.Tensor:
    return torch.tensor([[0] * (WINDOW - len(tokens)) + tokens])


class RecBole(Case):
    def __init__(self, name: str, folder: pathlib.Path, work: pathlib.Path, seed: int):
        from recbole.config import Config
        from recbole.data import create_dataset
        from recbole.trainer import Trainer
        from recbole.utils import get_model

        self.write_data(work / "tiny")
        # RecBole was written for numpy 1.
        for old, new in [("bool8", "bool_"), ("float_", "float64"), ("complex_", "complex128"), ("unicode_", "str_")]:
            setattr(numpy, old, getattr(numpy, new))
        argv, sys.argv = sys.argv, sys.argv[:1]
        config = Config(model=name, dataset="tiny", config_dict=dict(
            data_path=str(work), checkpoint_dir=str(work), use_gpu=False, hidden_size=HIDDEN, inner_size=INNER, n_heads=HEADS,
            n_layers=LAYERS, MAX_ITEM_LIST_LENGTH=WINDOW, save_dataset=True, train_neg_sample_args=None, seed=seed,
            USER_ID_FIELD="user_id", ITEM_ID_FIELD="item_id", TIME_FIELD="timestamp", loss_type="CE", worker=0,
            load_col={"inter": ["user_id", "item_id", "timestamp"]}))
        sys.argv = argv
        dataset = create_dataset(config)
        dataset.save()
        self.model = spread(get_model(name)(config, dataset), seed)
        trainer = Trainer(config, self.model)
        trainer._save_checkpoint(0, verbose=False)
        saved = next(work.glob(f"{name}-*.pth"))
        run("from_recbole.py", saved, folder, "--inter", work / "tiny/tiny.inter", "--item", work / "tiny/tiny.item")
        second = work / "second"
        run("from_recbole.py", saved, second, "--dataset", next(work.glob("tiny-*.pth")), "--item", work / "tiny/tiny.item")
        assert (second / "items.json").read_text() == (folder / "items.json").read_text()
        theirs = [str(id) for id in dataset.field2id_token["item_id"]][1:]
        assert [item["id"] for item in json.loads((folder / "items.json").read_text())["items"]] == theirs
        self.causal, self.mask = name == "SASRec", dataset.item_num
        self.seen = None
        last = self.model.trm_encoder.layer[-1].multi_head_attention.softmax
        last.register_forward_hook(lambda _, __, output: setattr(self, "seen", output))

    @staticmethod
    def write_data(folder: pathlib.Path) -> None:
        random = numpy.random.default_rng(3)
        folder.mkdir(parents=True)
        # Ids that are not in order, so that a mistaken mapping shows.
        ids = [f"m{id}" for id in random.permutation(ITEMS) + 100]
        lines = [f"{user}\t{ids[item]}\t{time}" for user in range(9) for time, item in enumerate(random.permutation(ITEMS)[:14])]
        (folder / "tiny.inter").write_text("\n".join(["user_id:token\titem_id:token\ttimestamp:float", *lines]) + "\n")
        titles = [f"{id}\tFilm {id[1:]} – é\t{1900 + int(id[1:])}" for id in sorted(ids)]
        (folder / "tiny.item").write_text(
            "\n".join(["item_id:token\tmovie_title:token_seq\trelease_year:token", *titles]) + "\n", encoding="utf-8")

    def scores(self, tokens):
        # What it is asked with loses its first item and gets the mask behind.
        given = tokens if self.causal else [1] + tokens[:-1]
        padded = torch.tensor([given + [0] * (WINDOW - len(given))])
        asked = {self.model.ITEM_SEQ: padded, self.model.ITEM_SEQ_LEN: torch.tensor([len(given)])}
        return self.model.full_sort_predict(asked)[0]

    def attention(self, tokens):
        padded = torch.tensor([tokens + [0] * (WINDOW - len(tokens))])
        self.model.forward(*[padded, torch.tensor([len(tokens)])][: 2 if self.causal else 1])
        return self.seen[0, :, : len(tokens), : len(tokens)]


class SASRecPyTorch(Case):
    causal = True
    attended = True

    def __init__(self, sources: pathlib.Path, folder: pathlib.Path, work: pathlib.Path, seed: int, commit: str, block: str):
        clone = sources / "SASRec.pytorch"
        path = "python/model.py" if block in ("post_norm", "pre_norm") else "model.py"
        code = subprocess.run(["git", "show", f"{commit}:{path}"], cwd=clone, check=True, capture_output=True, text=True).stdout
        module = types.ModuleType("model")
        exec(compile(code, path, "exec"), module.__dict__)
        arguments = dict(
            device="cpu", maxlen=WINDOW, hidden_units=HIDDEN, num_blocks=LAYERS, num_heads=HEADS, dropout_rate=0.2, lr=0.001)
        if block in ("post_norm", "pre_norm"):
            arguments["norm_first"] = block == "pre_norm"
        self.model = spread(module.SASRec(9, ITEMS, types.SimpleNamespace(**arguments)), seed)
        with torch.no_grad():
            # Training starts from rows of zeros for padding.
            self.model.item_emb.weight[0] = 0
            if len(self.model.pos_emb.weight) > WINDOW:
                self.model.pos_emb.weight[0] = 0
        saved = work / f"SASRec.epoch=20.lr=0.001.layer={LAYERS}.head={HEADS}.hidden={HIDDEN}.maxlen={WINDOW}.pth"
        torch.save(self.model.state_dict(), saved)
        (work / "args.txt").write_text("\n".join(f"{name},{value}" for name, value in sorted(arguments.items())))
        run("from_sasrec_pytorch.py", saved, folder)
        last = self.model.attention_layers[-1]
        forward = last.forward

        def watched(*inputs, **options):
            output, weights = forward(*inputs, **options, need_weights=True, average_attn_weights=False)
            self.seen = weights
            return output, weights

        last.forward = watched

    def scores(self, tokens):
        return self.model.predict(numpy.array([1]), left(tokens).numpy(), numpy.arange(ITEMS + 1)[None])[0]

    def attention(self, tokens):
        self.scores(tokens)
        return self.seen[0]


class BERT4RecVAE(Case):
    causal = False

    def __init__(self, sources: pathlib.Path, folder: pathlib.Path, work: pathlib.Path, seed: int):
        sys.path.insert(0, str(sources / "BERT4Rec-VAE-Pytorch"))
        import config
        import utils
        from models.bert import BERTModel

        arguments = types.SimpleNamespace(
            model_init_seed=seed, bert_max_len=WINDOW, num_items=ITEMS, bert_num_blocks=LAYERS, bert_num_heads=HEADS,
            bert_hidden_units=HIDDEN, bert_dropout=0.1)
        self.model = spread(BERTModel(arguments), seed)
        self.mask = ITEMS + 1
        experiment = work / "experiments"
        (experiment / "models").mkdir(parents=True)
        utils.export_experiments_config_as_json(arguments, str(experiment))
        saved = experiment / "models" / "best_acc_model.pth"
        optimizer = torch.optim.Adam(self.model.parameters())
        torch.save({config.STATE_DICT_KEY: self.model.state_dict(), config.OPTIMIZER_STATE_DICT_KEY: optimizer.state_dict()}, saved)
        # The code numbers items from 0 although 0 is padding.
        with (work / "dataset.pkl").open("wb") as file:
            pickle.dump({"train": {0: [1, 2]}, "umap": {}, "smap": {numpy.int64(900 - item): item for item in range(ITEMS)}}, file)
        run("from_bert4rec_vae.py", saved, folder, "--dataset", work / "dataset.pkl")
        attention = self.model.bert.transformer_blocks[-1].attention.attention
        attention.register_forward_hook(lambda _, __, output: setattr(self, "seen", output[1]))

    def scores(self, tokens):
        return self.model(left(tokens))[0, -1]

    def attention(self, tokens):
        self.scores(tokens)
        return self.seen[0, :, WINDOW - len(tokens):, WINDOW - len(tokens):]


class KerasRS(Case):
    """The class of Keras' example "Recommending movies: retrieval using a sequential transformer model (SASRec)".

    Its `model.weights.h5` is read as it is. What it hands out at inference is read at the wrong place (it counts padding
    instead of items), so its `item_sequence_embedding` is taken.
    """

    causal = True

    def __init__(self, sources: pathlib.Path, folder: pathlib.Path, work: pathlib.Path, seed: int):
        import ast

        import keras
        import keras_hub
        import keras_rs

        text = (sources / "keras-rs/examples/sas_rec.py").read_text()
        example = next(node for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == "SasRec")
        module = types.ModuleType("example")
        module.__dict__.update(keras=keras, keras_hub=keras_hub, keras_rs=keras_rs, ops=keras.ops)
        exec(compile(ast.Module([example], []), "sas_rec.py", "exec"), module.__dict__)
        self.model = module.SasRec(ITEMS + 1, LAYERS, HEADS, HIDDEN, dropout=0.2, max_sequence_length=WINDOW)
        self.run([1])
        assign(self.model, seed)
        self.model.compile(optimizer="adam")
        options = dict(
            model_type="sasrec", vocab_size=ITEMS + 1, hidden_size=HIDDEN, intermediate_size=HIDDEN, num_hidden_layers=LAYERS,
            num_attention_heads=HEADS, max_length=WINDOW, hidden_act="relu", layer_norm_eps=1e-5, final_norm=True,
            final_norm_eps=1e-8, block="pre_norm", padding="right", padding_states="ignored", pad_token_id=0, embedding_scale=1)
        write_folder(folder, self.model, options, {"pad": 0})

    def run(self, tokens):
        ids = numpy.array([tokens + [0] * (WINDOW - len(tokens))])
        return self.model({"item_ids": ids, "padding_mask": ids != 0}, training=False)["item_sequence_embedding"][0]

    def scores(self, tokens):
        state = numpy.asarray(self.run(tokens))[len(tokens) - 1]
        return torch.tensor(numpy.asarray(self.model.item_embedding.embeddings) @ state)

    attention = None


def assign(model, seed: int) -> None:
    random = numpy.random.default_rng(seed)
    for weight in model.trainable_weights:
        weight.assign(random.normal(0, 0.4, weight.shape) + (1 if weight.path.endswith("gamma") else 0))


def write_folder(folder: pathlib.Path, model, options: dict, special: dict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model.save_weights(folder / "model.weights.h5")
    (folder / "config.json").write_text(json.dumps(options, indent=1) + "\n")
    rows = [{"id": str(item), "title": f"Film {item}", "token": item} for item in range(1, ITEMS + 1)]
    (folder / "items.json").write_text(json.dumps({"schema": "whence.items/1", "items": rows, "special": special}) + "\n")


class KerasOptions(Case):
    """Options that none of the others has, as Training/export/recommender.py computes them."""

    attention = None

    def __init__(self, folder: pathlib.Path, seed: int, **options):
        sys.path.insert(0, str(EXPORT))
        from recommender import Options, recommender

        self.options = Options(
            vocab_size=ITEMS + 2, hidden_size=HIDDEN, intermediate_size=INNER, num_hidden_layers=1, num_attention_heads=HEADS,
            max_length=WINDOW, pad_token_id=0, mask_token_id=ITEMS + 1, **options)
        self.causal, self.mask = self.options.is_causal, ITEMS + 1
        self.model = recommender(self.options)
        assign(self.model, seed)
        write_folder(folder, self.model, self.options.document(), {})

    def scores(self, tokens):
        padding = [0] * (WINDOW - len(tokens))
        ids = {"left": padding + tokens, "right": tokens + padding, "none": tokens}[self.options.padding]
        place = WINDOW - 1 if self.options.padding == "left" else len(tokens) - 1
        return torch.tensor(numpy.asarray(self.model(numpy.array([ids]))[0, place].detach()))


class KerasHub(Case):
    """A functional model of KerasHub's layers: which norm is which, only the order of the model tells."""

    causal = False
    mask = ITEMS + 1
    attention = None

    def __init__(self, folder: pathlib.Path, seed: int):
        import keras
        import keras_hub

        ids = keras.Input((WINDOW,), dtype="int32")
        embedding = keras_hub.layers.TokenAndPositionEmbedding(ITEMS + 2, WINDOW, HIDDEN, tie_weights=False)
        x = keras.layers.LayerNormalization(epsilon=1e-3)(embedding(ids))
        for _ in range(LAYERS):
            encoder = keras_hub.layers.TransformerEncoder(INNER, HEADS, activation="relu", layer_norm_epsilon=1e-3)
            x = encoder(x, padding_mask=keras.ops.not_equal(ids, 0))
        x = keras.layers.LayerNormalization(epsilon=1e-2)(x)
        self.model = keras.Model(ids, embedding.token_embedding(x, reverse=True))
        assign(self.model, seed)
        write_folder(folder, self.model, dict(
            model_type="bert4rec", vocab_size=ITEMS + 2, hidden_size=HIDDEN, intermediate_size=INNER, num_hidden_layers=LAYERS,
            num_attention_heads=HEADS, max_length=WINDOW, hidden_act="relu", layer_norm_eps=1e-3, embedding_norm=True,
            final_norm=True, final_norm_eps=1e-2, output_table="own", block="post_norm", padding="right",
            padding_states="ignored", embedding_scale=1), {"mask": ITEMS + 1, "pad": 0})

    def scores(self, tokens):
        ids = numpy.array([tokens + [0] * (WINDOW - len(tokens))])
        return torch.tensor(numpy.asarray(self.model(ids))[0, len(tokens) - 1])


def keras_difference(case: Case, folder: pathlib.Path, histories: list[list[int]]) -> float:
    """The largest difference of Keras' scores, from the exported folder, from the original's."""
    sys.path.insert(0, str(EXPORT))
    from recommender import Options, recommender

    options = Options(**json.loads((folder / "config.json").read_text()))
    model = recommender(options)
    model.load_weights(folder / "model.weights.h5")
    items = [item["token"] for item in json.loads((folder / "items.json").read_text())["items"]]
    worst = 0.0
    for history in histories:
        tokens = case.query(history)
        padding = [0] * (WINDOW - len(tokens))
        ids, place = (padding + tokens, -1) if options.padding == "left" else (tokens + padding, len(tokens) - 1)
        ours = model(numpy.array([ids]))[0, place][items]
        worst = max(worst, float((ours - case.scores(tokens)[items]).abs().max()))
    return worst


def rounded(tensor: torch.Tensor, digits: int):
    return numpy.vectorize(lambda value: float(f"{value:.{digits}g}"), otypes=[object])(tensor.detach().numpy()).tolist()


def freeze(case: Case, folder: pathlib.Path) -> None:
    items = json.loads((folder / "items.json").read_text())["items"]
    tokens = [item["token"] for item in items]
    random = numpy.random.default_rng(11)
    lengths = [1, 3, WINDOW - 1, WINDOW, WINDOW + 4]
    histories = [random.permutation(tokens)[:length].tolist() for length in lengths]
    kept = []
    for history in histories:
        scores = case.scores(case.query(history))
        seen = {"history": [items[tokens.index(token)]["id"] for token in history], "scores": rounded(scores[tokens], 8)}
        if case.attention:
            best = max((token for token in tokens if token not in history), key=lambda token: float(scores[token]))
            seen["recommended"] = items[tokens.index(best)]["id"]
            seen["attention"] = rounded(case.attention(case.query(history)), 7)
            seen["abduction"] = rounded(case.attention(case.abduction(history, best)), 7)
        kept.append(seen)
    if isinstance(case, (RecBole, SASRecPyTorch, BERT4RecVAE)):
        difference = keras_difference(case, folder, histories)
        print(f"{folder.name}: Keras differs by at most {difference:.1e}")
        assert difference < 1e-4
    lines = ",\n".join(json.dumps(text, separators=(",", ":"), ensure_ascii=False) for text in kept)
    (folder / "expected.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


CASES = {
    "recbole_sasrec": lambda sources, folder, work: RecBole("SASRec", folder, work, 1),
    "recbole_bert4rec": lambda sources, folder, work: RecBole("BERT4Rec", folder, work, 2),
    "sasrec_pytorch_2020": lambda sources, folder, work: SASRecPyTorch(sources, folder, work, 3, "30c43cf", "query_norm"),
    "sasrec_pytorch_2024": lambda sources, folder, work: SASRecPyTorch(sources, folder, work, 4, "33bc1d8", "query_norm"),
    "sasrec_pytorch_post_norm": lambda sources, folder, work: SASRecPyTorch(sources, folder, work, 5, "f701731", "post_norm"),
    "sasrec_pytorch_pre_norm": lambda sources, folder, work: SASRecPyTorch(sources, folder, work, 6, "f701731", "pre_norm"),
    "bert4rec_vae": lambda sources, folder, work: BERT4RecVAE(sources, folder, work, 7),
    "keras_bert4rec_no_padding": lambda sources, folder, work: KerasOptions(
        folder, 9, model_type="bert4rec", hidden_act="silu", layer_norm_eps=0.05, block="post_norm", padding="none",
        padding_states="ignored", position_offset=1, embedding_norm=True, final_norm=True, final_norm_eps=0.02,
        layer_norm="sample_deviation", output_bias=True, output_transform=True, output_act="tanh", output_norm_eps=0.1),
    "keras_bert4rec_attended_behind": lambda sources, folder, work: KerasOptions(
        folder, 10, model_type="bert4rec", hidden_act="tanh", layer_norm_eps=1e-6, block="pre_norm", padding="right",
        padding_states="attended", position_embedding="none", embedding_scale=0.7, output_table="own"),
    "keras_sasrec_masked_in_front": lambda sources, folder, work: KerasOptions(
        folder, 11, model_type="sasrec", hidden_act="gelu_new", layer_norm_eps=1e-8, block="query_norm", padding="left",
        padding_states="ignored", embedding_scale="sqrt_hidden", embedding_norm=True, output_table="own", output_bias=True),
    "keras_hub_bert4rec": lambda sources, folder, work: KerasHub(folder, 12),
    "keras_rs_sasrec": lambda sources, folder, work: KerasRS(sources, folder, work, 8),
}


def main() -> None:
    sources, names = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    if len(names) != 1:
        # The sources' modules have the same names, so each case gets a process of its own.
        for name in names or CASES:
            subprocess.run([sys.executable, __file__, str(sources), name], check=True)
        return
    with tempfile.TemporaryDirectory() as work, torch.no_grad():
        os.chdir(work)
        freeze(CASES[names[0]](sources, HERE / names[0], pathlib.Path(work)), HERE / names[0])


if __name__ == "__main__":
    main()

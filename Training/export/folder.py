"""Writes a model folder: `config.json`, `model.weights.h5` as Keras saves it, `items.json`."""

import json
from pathlib import Path

import h5py
import numpy

from items import Item
from recommender import Options, recommender


def write(folder: Path, options: Options, places: dict[str, numpy.ndarray], items: list[Item]) -> None:
    """Saves the model with the weights at `places`: paths in the file below `layers`, without `vars`.

    Keras writes the file and reads it back; in between its numbers are replaced, every one of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.weights.h5"
    model = recommender(options)
    model.save_weights(path)
    with h5py.File(path, "r+") as file:
        names = []
        file.visititems(lambda name, node: names.append(name) if isinstance(node, h5py.Dataset) else None)
        wanted = {name.removeprefix("layers/").replace("/vars/", "/"): name for name in names}
        if wanted.keys() != places.keys():
            raise SystemExit(f"weights that do not fit the options: {sorted(wanted.keys() ^ places.keys())}")
        for place, name in wanted.items():
            value = numpy.asarray(places[place], "float32")
            if value.size != file[name].size:
                raise SystemExit(f"{place} has the shape {value.shape}, not {file[name].shape}")
            file[name][...] = value.reshape(file[name].shape)
    model.load_weights(path)
    (folder / "config.json").write_text(json.dumps(options.document(), indent=1) + "\n", encoding="utf-8")
    special = {"mask": options.mask_token_id, "pad": options.pad_token_id}
    catalogue = {
        "schema": "whence.items/1",
        "items": [{"id": item.id, "title": item.title, "token": item.token} for item in items],
        "special": {name: token for name, token in special.items() if token is not None},
    }
    text = json.dumps(catalogue, ensure_ascii=False, separators=(",", ":")).replace('},{"id"', '},\n{"id"')
    (folder / "items.json").write_text(text + "\n", encoding="utf-8")


def dense(place: str, weight, bias) -> dict[str, numpy.ndarray]:
    """The two weights of a dense layer, whose matrix PyTorch keeps transposed."""
    return {f"{place}/0": numpy.asarray(weight).squeeze().T, f"{place}/1": numpy.asarray(bias)}


def norm(place: str, weight, bias) -> dict[str, numpy.ndarray]:
    """The two weights of a layer norm."""
    return {f"{place}/0": numpy.asarray(weight), f"{place}/1": numpy.asarray(bias)}


def block(index: int) -> str:
    """The place of a block, as Keras numbers layers of one class."""
    return f"recommender_block_{index}" if index else "recommender_block"

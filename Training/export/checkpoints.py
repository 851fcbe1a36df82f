"""Reads checkpoints without running what is in them.

A pickle may call any function by name. Here it may name what tensors and numbers are made of; classes of the library
that wrote it become empty objects with their attributes; anything else is refused.
"""

import collections
import io
import pickle
import re
from pathlib import Path
from types import SimpleNamespace

import torch

ALLOWED = {
    ("collections", "OrderedDict"): collections.OrderedDict,
    ("collections", "defaultdict"): collections.defaultdict,
    ("_codecs", "encode"): lambda text, encoding: text.encode(encoding),
    ("builtins", "set"): set,
    ("builtins", "int"): int,
    ("builtins", "list"): list,
    ("builtins", "slice"): slice,
}
TENSORS = {"torch", "torch._utils", "torch.storage", "torch._tensor", "torch.serialization"}
TENSOR_PARTS = re.compile(
    r"_rebuild_tensor(_v2)?|_rebuild_parameter|_rebuild_device_tensor_from_numpy|(\w*Storage)|device|Size|dtype"
    r"|(u?int|float|bfloat|bool)\d*")
ARRAYS = re.compile(r"numpy(\._?core)?(\.multiarray|\.numeric)?")
ARRAY_PARTS = {"_reconstruct", "scalar", "ndarray", "dtype", "_frombuffer"}


class Inert:
    """An object of a class that is not here: its attributes, and nothing that it could do."""

    def __init__(self, *arguments, **_):
        self.arguments = arguments

    def __setstate__(self, state):
        self.__dict__.update(state if isinstance(state, dict) else {"state": state})

    def __call__(self, *_, **__):
        return Inert()

    def append(self, _):
        pass

    def __setitem__(self, _, __):
        pass


def unpickler(foreign: tuple[str, ...]):
    """An unpickler for which classes of the modules `foreign` are inert."""

    class Unpickler(pickle.Unpickler):
        def find_class(self, module: str, name: str):
            module = "builtins" if module == "__builtin__" else module
            if (module, name) in ALLOWED:
                return ALLOWED[module, name]
            if module == "torch.storage" and name == "_load_from_bytes":
                return lambda data: torch.load(io.BytesIO(data), weights_only=True, map_location="cpu")
            if module in TENSORS and TENSOR_PARTS.fullmatch(name):
                return super().find_class(module, name)
            if ARRAYS.fullmatch(module) and name in ARRAY_PARTS:
                return super().find_class(module, name)
            if module.split(".")[0] in foreign:
                return Inert
            raise pickle.UnpicklingError(f"the file asks for {module}.{name}, which no checkpoint of this kind needs")

    return Unpickler


def weights(path: Path):
    """A file of tensors alone."""
    return torch.load(path, map_location="cpu", weights_only=True)


def checkpoint(path: Path, foreign: tuple[str, ...]):
    """A file of `torch.save` that holds more than tensors."""
    module = SimpleNamespace(
        Unpickler=unpickler(foreign), load=lambda file, **_: unpickler(foreign)(file).load(), UnpicklingError=pickle.UnpicklingError,
        __name__="pickle")
    return torch.load(path, map_location="cpu", weights_only=False, pickle_module=module)


def pickled(path: Path, foreign: tuple[str, ...]):
    """A file of `pickle.dump`."""
    with path.open("rb") as file:
        return unpickler(foreign)(file).load()

"""Makes the HDF5 files that the storage tests read: element types, layouts, and files that lie.

usage: make_hdf5_fixtures.py        (h5py 3.16.0, numpy 2.4; writes beside itself, the same bytes every time)
"""

import pathlib

import h5py
import numpy as np

HERE = pathlib.Path(__file__).parent
SHAPE = (4, 6)
# Multiples of 1/8 up to 3, one of them negative zero: exact in every floating-point type that weights come in.
VALUES = ((np.arange(24, dtype=np.float32) - 12) / 8).reshape(SHAPE)
VALUES[2, 0] = -0.0


def create(name: str, libver="earliest") -> h5py.File:
    return h5py.File(HERE / name, "w", libver=libver)


def brain_patterns() -> np.ndarray:
    return (VALUES.view(np.uint32) >> 16).astype("<u2")


def write_raw(group: h5py.Group, name: str, kind: h5py.h5t.TypeID, patterns: np.ndarray, order=None) -> h5py.Dataset:
    """Stores bit patterns under a type that numpy has no name for."""
    space = h5py.h5s.create_simple(SHAPE)
    stored = kind.copy()
    if order is not None:
        stored.set_order(order)
    dataset = h5py.h5d.create(group.id, name.encode(), stored, space)
    dataset.write(space, space, patterns, mtype=kind)
    return h5py.Dataset(dataset)


def brain_float() -> h5py.h5t.TypeFloatID:
    kind = h5py.h5t.IEEE_F32LE.copy()
    kind.set_fields(15, 7, 8, 0, 7)
    kind.set_precision(16)
    kind.set_size(2)
    kind.set_ebias(127)
    return kind


def types() -> None:
    with create("types.h5") as f:
        for order, suffix in (("<", ""), (">", "_big_endian")):
            for kind, size in (("float16", "f2"), ("float32", "f4"), ("float64", "f8")):
                f.create_dataset(kind + suffix, data=VALUES.astype(order + size))
        opaque = h5py.h5t.create(h5py.h5t.OPAQUE, 2)
        opaque.set_tag(b"bfloat16")
        keras = write_raw(f, "bfloat16_opaque_variable", opaque, brain_patterns())
        keras.attrs["dtype"] = "bfloat16"
        keras = write_raw(f, "bfloat16_opaque_fixed", opaque, brain_patterns())
        keras.attrs["dtype"] = np.bytes_("bfloat16")
        write_raw(f, "bfloat16_float", brain_float(), brain_patterns())
        write_raw(f, "bfloat16_float_big_endian", brain_float(), brain_patterns(), h5py.h5t.ORDER_BE)


def layouts() -> None:
    with create("layouts.h5") as f:
        f.create_dataset("contiguous", data=VALUES)
        f.create_dataset("chunked", data=VALUES, chunks=(3, 4))
        f.create_dataset("gzip", data=VALUES, chunks=(4, 6), compression="gzip")
        f.create_dataset("gzip_shuffle_checksum", data=VALUES, chunks=(2, 5), compression="gzip", shuffle=True,
                         fletcher32=True)
        f.create_dataset("gzip_float16", data=VALUES.astype("f2"), chunks=(2, 3), compression="gzip")
        f.create_dataset("resizable", data=VALUES, maxshape=(None, None), chunks=(64, 64))
        compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        compact.set_layout(h5py.h5d.COMPACT)
        dataset = h5py.h5d.create(f.id, b"compact", h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple(SHAPE), compact)
        dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, VALUES)
    with create("new_format.h5", libver=("v110", "v110")) as f:
        f.create_dataset("deep/er/contiguous", data=VALUES)
        f.create_dataset("chunked", data=VALUES, chunks=(3, 4), maxshape=(None, 6))


def oddities() -> None:
    with create("oddities.h5") as f:
        f.create_dataset("scalar", data=np.float32(2.5))
        f.create_dataset("empty", data=np.zeros((0, 3), np.float32))
        f.create_dataset("null", data=h5py.Empty("f4"))
        f.create_dataset("iteration", data=np.int64(7))
        f.create_dataset("unsigned", data=np.arange(3, dtype=">u2"))
        f.create_dataset("text", data="a string")
        f.create_dataset("compound", data=np.zeros(2, dtype=[("a", "f4"), ("b", "i4")]))
        f.create_dataset("opaque", data=np.zeros(2, dtype="V2"))
        f.create_dataset("not_a_number", data=np.array([1, 2, np.nan, 4], np.float32))
        f.create_dataset("infinite", data=np.concatenate([np.ones(5000), [-np.inf]]).astype("f4"),
                         compression="gzip")
        f.create_dataset("overflowing", data=np.array([1e300, 0.0]))
        f.create_dataset("lzf", data=VALUES, chunks=SHAPE, compression="lzf")
        f["named_type"] = np.dtype("f4")


def links() -> None:
    with create("cyclic_links.h5") as f:
        a = f.create_group("a")
        b = a.create_group("b")
        b["back_to_a"] = a
        b["back_to_root"] = f["/"]
        b["self"] = b
        a["soft_cycle"] = h5py.SoftLink("/a/soft_cycle")
        a["dangling"] = h5py.SoftLink("/nowhere")
        a["elsewhere"] = h5py.ExternalLink("/etc/passwd", "/")
        b.create_dataset("weights", data=VALUES)
        a["same_weights"] = b["weights"]
    with create("doubling_links.h5") as f:
        # Forty groups, each linked to twice from the one before: 2^40 paths to the last.
        group = f
        for _ in range(40):
            below = group.create_group("left")
            group["right"] = below
            group = below
        group.create_dataset("weights", data=VALUES)
    with create("deep_groups.h5") as f:
        f.create_group("/".join(["g"] * 80))


def claims() -> None:
    """Datasets that claim more than the file holds."""
    with create("claims_unwritten.h5") as f:
        f.create_dataset("bert/w", shape=(1 << 40,), dtype="f4")
    with create("claims_chunked.h5") as f:
        w = f.create_dataset("bert/w", shape=(1 << 20, 1 << 20), dtype="f4", chunks=(16, 16), compression="gzip")
        w[:16, :16] = 1
    with create("claims_chunk.h5") as f:
        f.create_dataset("bert/w", shape=(4,), maxshape=(None,), dtype="f4", chunks=(1 << 29,), compression="gzip")
    with create("claims_overflow.h5") as f:
        f.create_dataset("bert/w", shape=(1 << 32, 1 << 31), dtype="f4", chunks=(16, 16))
    with create("claims_external.h5") as f:
        f.create_dataset("bert/w", shape=(100,), dtype="f4", external=[("/etc/passwd", 0, 400)])
    with create("claims_virtual.h5", libver=("v110", "v110")) as f:
        layout = h5py.VirtualLayout(shape=(4,), dtype="f4")
        layout[:] = h5py.VirtualSource("types.h5", "float32", shape=(4,))
        f.create_virtual_dataset("bert/w", layout)


def keras_attributes() -> None:
    """The attributes that Keras writes: two encodings, cut above 64 KiB, or absent."""
    rng = np.random.default_rng(7)
    model = "tf_bert_for_masked_lm_3"
    for name, fixed in (("names_variable.h5", False), ("names_fixed_split.h5", True), ("names_absent.h5", None)):
        with create(name) as f:
            keys = [f"bert/encoder/layer_._{i}/output/dense/bias" for i in range(12)]
            for key in keys:
                f.create_dataset(f"bert/{model}/{key}:0", data=rng.standard_normal(3, dtype=np.float32))
            own = rng.standard_normal((5, 2), dtype=np.float32)
            # The head shares the table and stores a copy; to tell them apart, the copy differs here.
            f.create_dataset(f"a_head/{model}/bert/embeddings/word_embeddings/weight:0", data=own + 1)
            f.create_dataset(f"bert/{model}/bert/embeddings/word_embeddings/weight:0", data=own)
            f.create_dataset(f"mlm___cls/{model}/mlm___cls/predictions/bias:0", data=np.zeros(5, np.float32))
            f.create_group("top_level_model_weights")
            names = [f"{model}/{key}:0" for key in keys]
            if fixed:
                f.attrs["backend"] = "tensorflow"
                f["bert"].attrs["weight_names0"] = np.array(names[:7], dtype="S")
                f["bert"].attrs["weight_names1"] = np.array(names[7:], dtype="S")
                f["a_head"].attrs["weight_names"] = np.zeros(0)
            elif fixed is not None:
                f.attrs["layer_names"] = ["bert", "mlm___cls"]
                f["bert"].attrs["weight_names"] = names


if __name__ == "__main__":
    types()
    layouts()
    oddities()
    links()
    claims()
    keras_attributes()

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


def eighths(*shape: int) -> np.ndarray:
    return (np.arange(np.prod(shape), dtype=np.float32) / 8).reshape(shape)


def structures() -> None:
    """Every kind of index and group, with elements 0, 1/8, 2/8 and so on. The name says what finds the chunks."""
    for name, libver, block in (("structures_old.h5", "earliest", 512), ("structures_new.h5", ("v110", "v110"), 0)):
        with h5py.File(HERE / name, "w", libver=libver, userblock_size=block) as f:
            f.create_dataset("single", data=eighths(3, 5), chunks=(3, 5))
            f.create_dataset("single_gzip", data=eighths(3, 5), chunks=(3, 5), compression="gzip")
            f.create_dataset("fixed", data=eighths(5, 4, 3), chunks=(2, 3, 2))
            f.create_dataset("fixed_gzip", data=eighths(5, 9), chunks=(2, 4), compression="gzip", fletcher32=True)
            f.create_dataset("fixed_growing", data=eighths(5, 4), chunks=(2, 3), maxshape=(8, 12))
            f.create_dataset("extensible", data=eighths(5, 40).astype("f2"), chunks=(1, 3), maxshape=(5, None))
            f.create_dataset("extensible_gzip", data=eighths(9, 4), chunks=(2, 3), maxshape=(None, 6), shuffle=True,
                             compression="gzip")
            f.create_dataset("tree", data=eighths(5, 9), chunks=(2, 4), maxshape=(None, None))
            f.create_dataset("tree_gzip", data=eighths(5, 9), chunks=(2, 4), maxshape=(None, None), compression="gzip")
            shrunk = f.create_dataset("shrunk", data=eighths(6, 4), chunks=(1, 4), maxshape=(None, 4))
            shrunk.resize((3, 4))
            early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
            early.set_chunk((2, 2))
            early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
            space = h5py.h5s.create_simple((3, 5))
            implicit = h5py.h5d.create(f.id, b"implicit", h5py.h5t.IEEE_F32LE, space, early)
            implicit.write(h5py.h5s.ALL, h5py.h5s.ALL, eighths(3, 5))
            f["type"] = np.dtype("f4")
            f.create_dataset("type_of_its_own", shape=(3,), dtype=f["type"])[:] = eighths(3)
            for i in range(70):
                f.create_dataset(f"many/weight_{i}_{'x' * (i % 13)}", data=eighths(1))
            attributes = f.create_dataset("attributes", data=eighths(2))
            for i in range(12):
                attributes.attrs[f"number_{i}"] = i
            opaque = h5py.h5t.create(h5py.h5t.OPAQUE, 2)
            opaque.set_tag(b"bfloat16")
            space = h5py.h5s.create_simple((3,))
            brain = h5py.Dataset(h5py.h5d.create(f.id, b"brain", opaque, space))
            brain.id.write(space, space, (eighths(3).view(np.uint32) >> 16).astype("<u2"), mtype=opaque)
            for i in range(12):
                brain.attrs[f"number_{i}"] = i
            brain.attrs["dtype"] = "bfloat16"
    sizes = h5py.h5p.create(h5py.h5p.FILE_CREATE)
    sizes.set_sizes(4, 8)
    with h5py.File(h5py.h5f.create(bytes(HERE / "short_addresses.h5"), h5py.h5f.ACC_TRUNC, sizes)) as f:
        f.create_dataset("a/contiguous", data=eighths(3))
        f.create_dataset("a/chunked", data=eighths(5, 4), chunks=(2, 3))
    # More chunks than the first page of an array and the first nodes of a tree hold; half precision to be small.
    for name, limit in (("many_fixed", None), ("many_extensible", (None,))):
        with h5py.File(HERE / f"{name}.h5", "w", libver=("v110", "v110")) as f:
            f.create_dataset("weights", data=eighths(1_200).astype("f2"), chunks=(1,), maxshape=limit)
    with h5py.File(HERE / "many_tree.h5", "w", libver=("v110", "v110")) as f:
        f.create_dataset("weights", data=eighths(30, 40).astype("f2"), chunks=(1, 1), maxshape=(None, None))


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
    # As many chunks as elements, which no index tells one by one.
    with create("claims_single_bytes.h5", libver=("v110", "v110")) as f:
        early = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        early.set_chunk((1,))
        early.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
        h5py.h5d.create(f.create_group("bert").id, b"w", h5py.h5t.STD_U8LE, h5py.h5s.create_simple((6000,)), early)


def sharing() -> None:
    """Few bytes under many names: one dataset with forty, and two datasets with one index of their chunks."""
    with create("many_names.h5") as f:
        f.create_dataset("w0", data=np.zeros((128, 128), np.float32), chunks=(128, 128), compression="gzip")
        for i in range(1, 40):
            f[f"w{i}"] = f["w0"]
    with create("shared_index.h5") as f:
        for name in ("first", "second"):
            f.create_dataset(name, data=VALUES, chunks=(3, 4))
    content = bytearray((HERE / "shared_index.h5").read_bytes())
    # Version 3 of a layout, chunked, with two axes and the elements': the index's address follows.
    first = content.index(b"\x03\x02\x03")
    second = content.index(b"\x03\x02\x03", first + 1)
    content[second + 3 : second + 11] = content[first + 3 : first + 11]
    (HERE / "shared_index.h5").write_bytes(content)


def unwritten() -> None:
    """Datasets that were made and never written, or in part: their elements are the fill value."""
    for name, libver in (("unwritten_old.h5", "earliest"), ("unwritten_new.h5", ("v110", "v110"))):
        with create(name, libver) as f:
            f.create_dataset("zero", shape=SHAPE, dtype="f4")
            f.create_dataset("half", shape=SHAPE, dtype="f4", fillvalue=0.5)
            f.create_dataset("big_endian", shape=SHAPE, dtype=">f2", fillvalue=0.5)
            f.create_dataset("no_chunk", shape=SHAPE, dtype="f4", chunks=(2, 3), fillvalue=0.5)
            part = f.create_dataset("one_chunk", shape=SHAPE, dtype="f2", chunks=(2, 3), fillvalue=0.5,
                                    compression="gzip")
            part[2:, 3:] = VALUES[2:, 3:]


def soft_links() -> None:
    for name, libver in (("soft_links_old.h5", "earliest"), ("soft_links_new.h5", ("v110", "v110"))):
        with create(name, libver) as f:
            f.create_dataset("data/w", data=VALUES)
            f["bert/to_root"] = h5py.SoftLink("/data/w")
            f["data/to_group"] = h5py.SoftLink("./w")
            f["bert/to_link"] = h5py.SoftLink("/bert/to_root")
            f["other"] = h5py.SoftLink("/data")
            f["bert/through_group"] = h5py.SoftLink("/other/w")
            f["bert/nowhere"] = h5py.SoftLink("/data/v")
            f["bert/circle"] = h5py.SoftLink("/bert/circle")
            f["bert/elsewhere"] = h5py.ExternalLink("other.h5", "/w")


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
    structures()
    oddities()
    links()
    claims()
    sharing()
    unwritten()
    soft_links()
    keras_attributes()

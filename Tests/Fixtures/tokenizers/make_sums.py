"""Makes small/sums*.model and small/sums*.json: texts whose best cuts differ only by the rounding of their scores' sums.

    pip install sentencepiece==0.2.3 protobuf && python make_sums.py       makes the models; "single" in the answers
    pip install sentencepiece==0.2.1 && python make_sums.py                "mixed", which TensorFlow Text 2.18 gives as well

Among random texts of few letters those are kept for which the two releases differ, and some for which they do not.
"""

import json
import pathlib
import random

import sentencepiece

SMALL = pathlib.Path(__file__).parent / "small"
#                  what scores are multiplied by, whether bytes are spelt
MODELS = {"sums": (1, False), "sums-bytes": (1, True), "sums-large": (2_000, False)}
NORMAL, UNKNOWN, CONTROL, USER_DEFINED, UNUSED, BYTE = range(1, 7)


def make_model(name: str) -> None:
    from google.protobuf import runtime_version

    # The library's generated code asks for a newer runtime than it needs.
    runtime_version.ValidateProtobufRuntimeVersion = lambda *_: None
    from sentencepiece import sentencepiece_model_pb2

    factor, spells_bytes = MODELS[name]
    source = random.Random(3)
    model = sentencepiece_model_pb2.ModelProto()
    model.trainer_spec.model_type = 1
    model.trainer_spec.byte_fallback = spells_bytes
    model.normalizer_spec.name = "identity"
    kinds = {"<unk>": UNKNOWN, "<s>": CONTROL, "-": USER_DEFINED, "--": USER_DEFINED, "b-a": USER_DEFINED}
    kinds |= {"h": UNUSED, "ee": UNUSED}
    for piece in [*kinds, "▁", *"abcdefg", "ff", "aaa", "gg", "▁a", "cd", "é", "bb"]:
        kind = kinds.get(piece, NORMAL)
        score = -source.uniform(2, 6) * (1 + 0.3 * len(piece)) * factor if kind in (NORMAL, UNUSED) else 0
        model.pieces.add(piece=piece, score=score, type=kind)
    if spells_bytes:
        for byte in range(256):
            model.pieces.add(piece=f"<0x{byte:02X}>", type=BYTE)
    (SMALL / f"{name}.model").write_bytes(model.SerializeToString())


def main(name: str) -> None:
    is_single = tuple(map(int, sentencepiece.__version__.split("."))) >= (0, 2, 2)
    if is_single:
        make_model(name)
    model = sentencepiece.SentencePieceProcessor(model_file=str(SMALL / f"{name}.model"))
    source = random.Random(11)
    longest = 80 if name == "sums-large" else 14
    parts = ["a", "aaa", "b", "bb", "c", "d", "cd", "e", "ee", "f", "fff", "ff", "g", "ggg", "h", "é", "x", "-", "漢", " "]
    texts = ["".join(source.choice(parts) for _ in range(source.randrange(2, longest))) for _ in range(2_000)]
    ids = model.encode(texts)
    answers = SMALL / f"{name}.json"
    if is_single:
        made = {"texts": texts, "single": ids}
    else:
        made = json.loads(answers.read_text()) | {"mixed": ids}
        differ = [index for index in range(len(texts)) if made["single"][index] != made["mixed"][index]]
        kept = sorted({*differ[:15], *range(15)})
        made = {key: [rows[index] for index in kept] for key, rows in made.items()}
        print(name, len(differ), "differ")
    lines = [f'"{key}": {json.dumps(made[key])}' for key in sorted(made)]
    answers.write_text("{\n" + ",\n".join(lines) + "\n}\n")


for name in MODELS:
    main(name)

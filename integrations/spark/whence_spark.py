"""Annotates a column of a Spark DataFrame with Whence: predictions, explanations, causal graphs.

    from whence_spark import annotate
    annotated = annotate(frame, "review", whence="/opt/whence/bin/whence")
    annotated.select("review", "whence.label", "whence.explanations.words").show()

Every Python worker of Spark keeps one Whence process, which loads the model once and is given one partition after the
other. Rows go in and come out in order, and the same row always gives the same answer: a task that Spark runs again
changes nothing.
"""

from __future__ import annotations

import atexit
import json
import os
import queue
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow
from pyspark import TaskContext
from pyspark.sql import DataFrame
from pyspark.sql.types import (
    ArrayType,
    CharType,
    DataType,
    DoubleType,
    IntegerType,
    IntegralType,
    LongType,
    NullType,
    StringType,
    StructField,
    StructType,
    VarcharType,
)

__all__ = ["annotate", "schema", "WhenceError"]

TASKS = ("sentiment", "recommendation")
FIELDS = ("prediction", "explanation", "graphs")

# Rows on their way through one process: enough to keep its cores busy, few enough that memory stays small.
ROWS_IN_HAND = 512

# Rows whose answers are handed to Spark together: with graphs an answer has some 100 KB, and a batch of Spark's 10,000 rows.
ROWS_IN_BATCH = 256


class WhenceError(RuntimeError):
    """Whence ended, or said something that is not an annotation."""


def _struct(**fields: Any) -> StructType:
    return StructType([StructField(name, kind) for name, kind in fields.items()])


_EDGE = _struct(
    a=IntegerType(), b=IntegerType(), mark_at_a=StringType(), mark_at_b=StringType(), p_value=DoubleType()
)
_GRAPH = _struct(
    head=StringType(),
    target=IntegerType(),
    status=StringType(),
    nodes=ArrayType(StringType()),
    edges=ArrayType(_EDGE),
)
_ERROR = _struct(kind=StringType(), reason=StringType())
_SET = {
    "size": IntegerType(),
    "distance": IntegerType(),
    "heads": ArrayType(StringType()),
}
_ITEM = _struct(item=StringType(), title=StringType(), score=DoubleType())


def schema(task: str = "sentiment", fields: str = "explanation") -> StructType:
    """The type of the column that ``annotate`` adds."""
    if task == "sentiment":
        answer = {
            "label": StringType(),
            "probability": DoubleType(),
            "probabilities": ArrayType(DoubleType()),
            "unseen_from": LongType(),
        }
        found = _struct(words=ArrayType(StringType()), **_SET, label=StringType(), probability=DoubleType())
    else:
        answer = {
            "item": StringType(),
            "title": StringType(),
            "score": DoubleType(),
            "top": ArrayType(_ITEM),
            "unseen_count": LongType(),
        }
        found = _struct(
            items=ArrayType(StringType()),
            titles=ArrayType(StringType()),
            **_SET,
            item=StringType(),
            title=StringType(),
            rank_before=IntegerType(),
        )
    if fields != "prediction":
        answer |= {"explanations": ArrayType(found), "search": StringType()}
    if fields == "graphs":
        answer |= {"graphs": ArrayType(_GRAPH)}
    return _struct(**answer, error=_ERROR)


def annotate(
    frame: DataFrame,
    column: str,
    *,
    task: str = "sentiment",
    fields: str = "explanation",
    output: str = "whence",
    whence: str = "whence",
    model: str | None = None,
    options: Sequence[str] = (),
) -> DataFrame:
    """Adds a column with what Whence says about each row.

    Args:
        frame: any DataFrame.
        column: the column to annotate: strings for ``sentiment``; for ``recommendation`` arrays of item ids, or
            strings as ``whence annotate recommendation`` reads them.
        task: ``sentiment`` or ``recommendation``.
        fields: ``prediction``, ``explanation`` or ``graphs``, as ``--fields`` of the command.
        output: the name of the new column, of the type ``schema(task, fields)``.
        whence: the program, at the same place on every executor.
        model: the model's folder, at the same place on every executor; the default model if left out.
        options: further options of ``whence annotate``, such as ``("--max-set-size", "2")``.

    Rows that cannot be annotated have an ``error`` and no answer. The order and the partitions of the frame stay.
    """
    if task not in TASKS:
        raise ValueError(f"task: {task!r} is none of {', '.join(TASKS)}")
    if fields not in FIELDS:
        raise ValueError(f"fields: {fields!r} is none of {', '.join(FIELDS)}")
    if column not in frame.columns:
        raise ValueError(f"there is no column {column!r}; there are: {', '.join(frame.columns)}")
    _check_type(column, frame.schema[column].dataType, task)
    if output in frame.columns:
        raise ValueError(f"there is a column {output!r} already; choose another name with output=")
    # Executors import this module by its name, so that what it keeps outlives a task.
    frame.sparkSession.sparkContext.addPyFile(os.path.abspath(__file__))
    name = "text" if task == "sentiment" else "history"
    command = [
        whence, "annotate", task, "--input", "-", "--input-format", "jsonl", f"--{name}-field", name,
        "--output", "-", "--fields", fields, "--quiet", *options,
    ]  # fmt: skip
    if model is not None:
        command += ["--model", model]
    kind = schema(task, fields)
    read = _sentiment if task == "sentiment" else _recommendation

    def partition(batches: Iterator[pyarrow.RecordBatch]) -> Iterator[pyarrow.RecordBatch]:
        for batch in batches:
            asked = [json.dumps({name: value}) for value in batch.column(column).to_pylist()]
            answers = (read(record, fields) for record in _process(command).ask(asked))
            yield from _with_answers(batch, answers, output, _arrow(kind))

    return frame.mapInArrow(partition, StructType([*frame.schema.fields, StructField(output, kind)]))


_TEXT = (StringType, VarcharType, CharType, NullType)


def _check_type(column: str, kind: DataType, task: str) -> None:
    """Refuses a column that the task cannot be asked about, before a job is run for it."""
    fits = isinstance(kind, _TEXT)
    wanted = "string"
    if task == "recommendation":
        wanted = "string, or an array of strings, whole numbers or structs with item or title"
        if isinstance(kind, ArrayType):
            element = kind.elementType
            fits = isinstance(element, (*_TEXT, IntegralType)) or (
                isinstance(element, StructType) and bool({"item", "title"} & set(element.names))
            )
    if not fits:
        raise ValueError(
            f"the column {column!r} is {kind.simpleString()}, and {task} reads {wanted}; cast it first, as with "
            f"frame.withColumn({column!r}, frame[{column!r}].cast('string'))"
        )


def _arrow(kind: StructType) -> pyarrow.DataType:
    from pyspark.sql.pandas.types import to_arrow_type

    return to_arrow_type(kind)


# What follows runs on the executors.


def _with_answers(
    batch: pyarrow.RecordBatch, answers: Iterator[dict[str, Any]], output: str, kind: pyarrow.DataType
) -> Iterator[pyarrow.RecordBatch]:
    """A batch with one more column, in parts, so that few answers are held at a time."""
    for start in range(0, batch.num_rows, ROWS_IN_BATCH):
        part = pyarrow.array(list(islice(answers, ROWS_IN_BATCH)), type=kind)
        columns = batch.slice(start, ROWS_IN_BATCH).columns
        yield pyarrow.RecordBatch.from_arrays([*columns, part], [*batch.schema.names, output])


_processes: dict[tuple[str, ...], _Process] = {}


def _process(command: list[str]) -> _Process:
    """The process of this worker for a command line; a dead one is replaced."""
    context = TaskContext.get()
    if context is not None and "--threads" not in command:
        command = [*command, "--threads", str(context.cpus())]
    key = tuple(command)
    process = _processes.get(key)
    if process is None or not process.is_alive:
        process = _processes[key] = _Process(command)
    return process


class _Process:
    """A running ``whence annotate``, asked through its standard input and answering on its standard output."""

    def __init__(self, command: list[str]):
        self._errors = tempfile.TemporaryFile()
        try:
            self._child = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors
            )
        except OSError as error:
            raise WhenceError(f"{command[0]}: cannot be started on this executor: {error.strerror}") from error
        self._answers: queue.Queue[bytes | None] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        atexit.register(self.close)

    @property
    def is_alive(self) -> bool:
        return self._child.poll() is None

    def ask(self, rows: list[str]) -> Iterator[dict[str, Any]]:
        """The records of some rows, in their order."""
        sent = answered = 0
        try:
            while answered < len(rows):
                while sent < len(rows) and sent - answered < ROWS_IN_HAND:
                    self._child.stdin.write(rows[sent].encode() + b"\n")
                    sent += 1
                self._child.stdin.flush()
                line = self._answers.get()
                if line is None:
                    raise self._failure()
                answered += 1
                yield json.loads(line)
        except (BrokenPipeError, ValueError) as error:
            raise self._failure() from error
        finally:
            # Answers to rows of a task that was given up must not be taken for those of the next.
            if answered < len(rows):
                self.close()

    def close(self) -> None:
        atexit.unregister(self.close)
        if self.is_alive:
            self._child.kill()
        self._child.wait()

    def _listen(self) -> None:
        for line in self._child.stdout:
            self._answers.put(line)
        self._answers.put(None)

    def _failure(self) -> WhenceError:
        self.close()
        self._errors.seek(0)
        said = self._errors.read().decode(errors="replace").strip()
        return WhenceError(f"whence ended with status {self._child.returncode}: {said[-2000:]}")


def _sentiment(record: dict[str, Any], fields: str) -> dict[str, Any]:
    if "error" in record:
        return {"error": record["error"]}
    words = {word["index"]: word["text"] for word in record["input"].get("words", [])}
    prediction = record["prediction"]
    answer = {
        "label": prediction["label"],
        "probability": prediction["probability"],
        "probabilities": prediction["probabilities"],
        "unseen_from": record["input"].get("unseenFrom"),
    }
    if fields != "prediction":
        answer["search"] = record["status"]["search"]
        answer["explanations"] = [
            _found(found)
            | {
                "words": [words[index] for index in found["words"]],
                "label": found["outcome"]["label"],
                "probability": found["outcome"]["probability"],
            }
            for found in record["explanations"]
        ]
    if fields == "graphs":
        answer["graphs"] = [_graph(graph) for graph in record["graphs"]]
    return answer


def _recommendation(record: dict[str, Any], fields: str) -> dict[str, Any]:
    if "error" in record:
        return {"error": record["error"]}
    history = record["input"]["history"]
    prediction = record["prediction"]
    answer = {
        "item": prediction["item"],
        "title": prediction["title"],
        "score": prediction["score"],
        "top": [{key: item[key] for key in ("item", "title", "score")} for item in prediction["top"]],
        "unseen_count": record["input"].get("firstSeen"),
    }
    if fields != "prediction":
        answer["search"] = record["status"]["search"]
        answer["explanations"] = [
            _found(found)
            | {
                "items": [history[index]["item"] for index in found["items"]],
                "titles": [history[index]["title"] for index in found["items"]],
                "item": found["replacement"]["item"],
                "title": found["replacement"]["title"],
                "rank_before": found["replacement"]["rankBefore"],
            }
            for found in record["explanations"]
        ]
    if fields == "graphs":
        answer["graphs"] = [_graph(graph) for graph in record["graphs"]]
    return answer


def _found(found: dict[str, Any]) -> dict[str, Any]:
    return {
        "size": found["size"],
        "distance": found["distance"],
        "heads": [str(head) for head in found["heads"]],
    }


def _graph(graph: dict[str, Any]) -> dict[str, Any]:
    status = graph["status"] if graph.get("r") is None else f"{graph['status']} {graph['r']}"
    return {
        "head": str(graph["head"]),
        "target": graph["target"],
        "status": status,
        "nodes": [node["label"] for node in graph["nodes"]],
        "edges": [
            {
                "a": edge["a"],
                "b": edge["b"],
                "mark_at_a": edge["markAtA"],
                "mark_at_b": edge["markAtB"],
                "p_value": edge["pValue"],
            }
            for edge in graph["edges"]
        ],
    }

"""Runs annotate on a cluster of two workers, and holds what comes out against whence annotate on this machine.

    python test_whence_spark.py WHENCE_PROGRAM
"""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import pyarrow
import pyspark
from pyspark.sql import Row, SparkSession

from whence_spark import ROWS_IN_BATCH, _with_answers, annotate, schema

HERE = Path(__file__).resolve().parent
WHENCE = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "whence"

TEXTS = [
    "A sometimes tedious film, but a charming and often affecting journey.",
    "The acting is wooden and the plot goes nowhere.",
    "",
    None,
    'He said "no",\nand left: a dull, dull evening.',
    "Wonderful \N{WHITE SMILING FACE} and never dull.",
    "An unremarkable story told remarkably well.",
    "It is bad. It is very bad. It is not even so bad that it would be good.",
]
HISTORIES = [["50", "181", "172"], ["1", "95", "71", "588"], [], ["no such film"], ["127", "187", "98", "100"]]

# A Whence that notes each of its starts.
COUNTED = """#!/bin/sh
echo start >> "{starts}"
exec "{whence}" "$@"
"""


class SparkTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        os.environ["PYSPARK_PYTHON"] = sys.executable
        cls.folder = tempfile.TemporaryDirectory()
        cls.spark = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.ui.enabled", "false")
            .config("spark.executorEnv.PYTHONPATH", str(HERE))
            .config("spark.sql.warehouse.dir", cls.folder.name + "/warehouse")
            .config("spark.local.dir", cls.folder.name)
            .getOrCreate()
        )
        cls.spark.sparkContext.setLogLevel("ERROR")
        cls.starts = Path(cls.folder.name, "starts")
        cls.program = Path(cls.folder.name, "whence-counted")
        cls.program.write_text(COUNTED.format(starts=cls.starts, whence=WHENCE))
        cls.program.chmod(0o755)

    @classmethod
    def tearDownClass(cls):
        cls.spark.stop()
        cls.folder.cleanup()

    def single_machine(self, task, rows, *options):
        """What the command says about the same rows, run once on this machine."""
        run = subprocess.run(
            [WHENCE, "annotate", task, "--input", "-", "--input-format", "jsonl", "--output", "-", "--quiet", *options],
            input="".join(json.dumps(row) + "\n" for row in rows).encode(),
            capture_output=True,
        )
        self.assertIn(run.returncode, (0, 1), run.stderr.decode())
        return [json.loads(line) for line in run.stdout.splitlines()]

    def test_partitions_give_what_one_run_gives(self):
        texts = TEXTS * 5
        rows = [Row(id=number, review=text) for number, text in enumerate(texts)]
        frame = self.spark.createDataFrame(rows, "id int, review string").repartition(7)
        annotated = annotate(
            frame, "review", fields="graphs", whence=str(self.program), options=("--max-set-size", "2")
        )
        self.assertEqual(annotated.schema["whence"].dataType, schema("sentiment", "graphs"))
        found = {row.id: row for row in annotated.collect()}
        self.assertEqual(sorted(found), list(range(len(texts))))
        single = self.single_machine(
            "sentiment", [{"text": text} for text in texts], "--max-set-size", "2"
        )
        for number, record in enumerate(single):
            answer = found[number].whence
            self.assertEqual(found[number].review, texts[number])
            if "error" in record:
                self.assertIsNone(answer.label)
                self.assertEqual(answer.error.kind, record["error"]["kind"])
                continue
            self.assertIsNone(answer.error)
            self.assertEqual(answer.label, record["prediction"]["label"])
            self.assertEqual(answer.probability, record["prediction"]["probability"])
            words = {word["index"]: word["text"] for word in record["input"]["words"]}
            self.assertEqual(
                [explanation.words for explanation in answer.explanations],
                [[words[index] for index in found["words"]] for found in record["explanations"]],
            )
            self.assertEqual(
                [[(edge.a, edge.mark_at_a, edge.mark_at_b, edge.b) for edge in graph.edges] for graph in answer.graphs],
                [
                    [(edge["a"], edge["markAtA"], edge["markAtB"], edge["b"]) for edge in graph["edges"]]
                    for graph in record["graphs"]
                ],
            )
        # Seven partitions, two workers: the model was loaded once on each.
        self.assertLessEqual(len(self.starts.read_text().splitlines()), 2)

    def test_parquet_in_and_out(self):
        folder = self.folder.name
        frame = self.spark.createDataFrame([(text,) for text in TEXTS], "review string")
        frame.write.parquet(folder + "/reviews.parquet")
        read = self.spark.read.parquet(folder + "/reviews.parquet")
        annotate(read, "review", whence=WHENCE).write.parquet(folder + "/annotated.parquet")
        back = self.spark.read.parquet(folder + "/annotated.parquet")
        self.assertEqual(back.count(), len(TEXTS))
        self.assertEqual(back.where("whence.error is not null").count(), 2)
        self.assertGreater(back.selectExpr("explode(whence.explanations)").count(), 0)

    def test_recommendations(self):
        frame = self.spark.createDataFrame([(history,) for history in HISTORIES], "seen array<string>")
        answers = [row.whence for row in annotate(frame, "seen", task="recommendation", whence=WHENCE).collect()]
        single = self.single_machine("recommendation", [{"history": history} for history in HISTORIES])
        for answer, record in zip(answers, single, strict=True):
            if "error" in record:
                self.assertEqual(answer.error.kind, record["error"]["kind"])
                continue
            self.assertEqual(answer.title, record["prediction"]["title"])
            self.assertEqual(
                [found.title for found in answer.explanations],
                [found["replacement"]["title"] for found in record["explanations"]],
            )

    def test_a_killed_process_costs_one_task(self):
        killing = Path(self.folder.name, "whence-killed-once")
        mark = Path(self.folder.name, "killed")
        # The first process dies amid its work; Spark runs the task again.
        killing.write_text(
            f'#!/bin/sh\nif mkdir "{mark}" 2>/dev/null; then head -c 40 >/dev/null; kill -9 $$; fi\nexec "{WHENCE}" "$@"\n'
        )
        killing.chmod(0o755)
        frame = self.spark.createDataFrame([(text,) for text in TEXTS], "review string").repartition(3)
        labels = {
            row.review: row.whence.label
            for row in annotate(frame, "review", fields="prediction", whence=str(killing)).collect()
        }
        self.assertTrue(mark.exists())
        single = self.single_machine("sentiment", [{"text": text} for text in TEXTS], "--fields", "prediction")
        for text, record in zip(TEXTS, single, strict=True):
            self.assertEqual(labels[text], record.get("prediction", {}).get("label"))

    def test_a_large_batch_is_handed_over_in_parts(self):
        count = 2 * ROWS_IN_BATCH + 1
        texts = [TEXTS[number % len(TEXTS)] for number in range(count)]
        made = 0

        def answers():
            nonlocal made
            for number in range(count):
                made += 1
                yield {"label": str(number)}

        batch = pyarrow.RecordBatch.from_pydict({"id": list(range(count))})
        parts = _with_answers(batch, answers(), "whence", pyarrow.struct({"label": pyarrow.string()}))
        first = next(parts)
        self.assertEqual((first.num_rows, made), (ROWS_IN_BATCH, ROWS_IN_BATCH))
        rest = list(parts)
        self.assertEqual([part.num_rows for part in rest], [ROWS_IN_BATCH, 1])
        for row in [row for part in [first, *rest] for row in part.to_pylist()]:
            self.assertEqual(row["whence"]["label"], str(row["id"]))

        # One partition, so that Spark gives all rows in one batch.
        frame = self.spark.createDataFrame(list(enumerate(texts)), "id int, review string").coalesce(1)
        annotated = annotate(frame, "review", fields="prediction", whence=WHENCE)
        labels = {row.id: row.whence.label for row in annotated.collect()}
        single = self.single_machine("sentiment", [{"text": text} for text in TEXTS], "--fields", "prediction")
        expected = [record.get("prediction", {}).get("label") for record in single]
        self.assertEqual(
            [labels[number] for number in range(count)], [expected[number % len(TEXTS)] for number in range(count)]
        )

    def test_columns_of_other_types_are_refused_before_the_job(self):
        frame = self.spark.sql(
            "select binary('x') as bytes, current_date() as day, 1.5BD as price, 7 as number, array(1.5D) as rates, "
            "array('a') as words, array(1L) as ids, array(named_struct('item', 'a')) as items, "
            "cast(null as string) as nothing"
        )
        for column, kind in [
            ("bytes", "binary"), ("day", "date"), ("price", r"decimal\(2,1\)"), ("number", "int"), ("words", "array"),
        ]:  # fmt: skip
            with self.assertRaisesRegex(ValueError, f"the column '{column}' is {kind}.*, and sentiment reads string; cast"):
                annotate(frame, column)
        for column in ("bytes", "day", "price", "number", "rates"):
            with self.assertRaisesRegex(ValueError, f"the column '{column}' is .*array of strings, whole numbers"):
                annotate(frame, column, task="recommendation")
        for column in ("words", "ids", "items", "nothing"):
            annotate(frame, column, task="recommendation")

    def test_bad_settings_are_refused_before_the_job(self):
        frame = self.spark.createDataFrame([("x",)], "review string")
        with self.assertRaisesRegex(ValueError, "there is no column 'text'; there are: review"):
            annotate(frame, "text")
        with self.assertRaisesRegex(ValueError, "task"):
            annotate(frame, "review", task="summary")
        with self.assertRaisesRegex(ValueError, "already"):
            annotate(frame, "review", output="review")


if __name__ == "__main__":
    unittest.main()

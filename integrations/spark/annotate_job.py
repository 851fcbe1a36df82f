"""A Spark job that annotates one column of a data set with Whence.

    spark-submit --conf spark.executor.cores=8 --conf spark.task.cpus=8 --py-files whence_spark.py \\
        annotate_job.py --input reviews.parquet --column review --output annotated.parquet \\
        --whence /opt/whence/bin/whence

Reads and writes Parquet, JSON, ORC, CSV, or a table of the catalogue, by --format and --output-format.
"""

import argparse

from pyspark.sql import SparkSession

from whence_spark import FIELDS, TASKS, annotate

TABLE = "table"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True, help="path, or name of a table")
    parser.add_argument("--output", required=True, help="path, or name of a table")
    parser.add_argument("--format", default="parquet", help="parquet, json, orc, csv or table (default: parquet)")
    parser.add_argument("--output-format", help="likewise (default: that of the input)")
    parser.add_argument("--column", required=True, help="the column to annotate")
    parser.add_argument("--task", choices=TASKS, default="sentiment")
    parser.add_argument("--fields", choices=FIELDS, default="explanation")
    parser.add_argument("--whence", default="whence", help="the program on the executors")
    parser.add_argument("--model", help="the model's folder on the executors")
    parser.add_argument("--mode", default="errorifexists", help="errorifexists, overwrite, append or ignore")
    parser.add_argument("options", nargs="*", help="after --: further options of whence annotate")
    arguments = parser.parse_args()

    spark = SparkSession.builder.appName("whence").getOrCreate()
    if arguments.format == TABLE:
        frame = spark.table(arguments.input)
    else:
        reader = spark.read.format(arguments.format)
        if arguments.format == "csv":
            reader = reader.options(header=True, multiLine=True, escape='"')
        frame = reader.load(arguments.input)
    annotated = annotate(
        frame,
        arguments.column,
        task=arguments.task,
        fields=arguments.fields,
        whence=arguments.whence,
        model=arguments.model,
        options=arguments.options,
    )
    output_format = arguments.output_format or arguments.format
    writer = annotated.write.mode(arguments.mode)
    if output_format == TABLE:
        writer.saveAsTable(arguments.output)
    else:
        writer.format(output_format).save(arguments.output)
    spark.stop()


if __name__ == "__main__":
    main()

"""Spark: the same function over the same record batches, on as many machines as there are.

    from jobclass.corpus.spark import label_frame
    labelled = label_frame(spark.read.parquet("s3a://bucket/ads/"))

Each Python process of an executor loads the model once; rows keep their order within a partition.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import PurePosixPath
from shutil import which
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .bulk import Wishes, label_batch, output_schema
from .engine.batches import SIZE
from .engine.local import Summary
from .engine.order import PACKAGED, labeller_of
from .readers.columns import recognise
from .readers.extras import needed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from ..classifier.house import House

LOCAL = "local[*]"
"""The master if none is named: all cores of this machine."""

FORMATS = {".parquet": "parquet", ".jsonl": "json"}
"""What Spark reads and writes in parallel, by ending, and Spark's name for it."""

SHOWN = 3


def label_frame(
    frame: DataFrame,
    chosen: Mapping[str, str] | None = None,
    wishes: Wishes | None = None,
    model: Path | None = None,
    house: House = PACKAGED,
) -> DataFrame:
    """The verdicts on the ads of a data frame; computed when the result is used.

    Args:
        frame: one ad a row.
        chosen: column by field (`text`, `title`, `id` …), where its name is not recognised.
        wishes: what the user wants of the output.
        model: a model folder that all executors can read; the packaged model if left out.
        house: what a house adds to the rule set.

    Returns:
        A frame with the columns of `bulk.output_schema`.

    Raises:
        InputError: no column holds the text, or none names the rows.
    """
    types = needed("pyspark.sql.pandas.types", "spark", "Spark")
    names, wishes = frame.columns, wishes or Wishes()
    columns = recognise(names, chosen or {}, "Spark")
    if not columns.id:
        raise InputError("E155", columns=", ".join(names))
    schema = output_schema(types.to_arrow_schema(frame.schema, timezone="UTC"), columns, wishes)

    def labelled(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            own = batch.rename_columns(names)
            for start in range(0, own.num_rows, SIZE):
                yield label_batch(own.slice(start, SIZE), labeller_of(model, house), columns, wishes)

    plain = frame.toDF(*(f"c{number}" for number in range(len(names))))  # a dot in a name means a field to Spark
    return plain.mapInArrow(labelled, types.from_arrow_schema(schema))


def label_files(  # noqa: PLR0913 -- what, where to, where, and how
    paths: Sequence[str],
    output: str,
    *,
    master: str,
    chosen: Mapping[str, str],
    wishes: Wishes,
    model: Path | None = None,
    house: House = PACKAGED,
) -> Summary:
    """Labels files into a folder of files, as Spark writes them.

    Args:
        paths: Parquet or JSON Lines, files or folders, wherever Spark can reach them.
        output: the folder to write; its ending names the format, and it must not exist.
        master: address of the cluster.
        chosen: column by field, where the user said so.
        wishes: what the user wants of the output.
        model: a model folder that all executors can read; the packaged model if left out.
        house: what a house adds to the rule set.

    Raises:
        InputError: Spark cannot read, write or run; the error says why.
    """
    form = one_format([*paths, output])
    with session(master) as spark:
        frame = spark.read.format(form).load(list(paths))
        label_frame(frame, chosen, wishes, model, house).write.format(form).save(output)
        return _summary(spark.read.format(form).load(output))


def one_format(paths: Sequence[str]) -> str:
    """The format that all paths have by their endings.

    Raises:
        InputError: they have none or several.
    """
    found = {FORMATS.get(PurePosixPath(path).suffix.lower()) for path in paths}
    form = found.pop()
    if found or form is None:
        raise InputError("E156", paths=", ".join(paths))
    return form


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A Spark session that ends with the block; errors of Spark become errors of ours."""
    sql = needed("pyspark.sql", "spark", "--engine spark")
    needed("pandas", "spark", "--engine spark")
    if not (os.environ.get("JAVA_HOME") or which("java")):
        raise InputError("E157")
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        spark = sql.SparkSession.builder.appName("jobclass").master(master).getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        with _stopped(spark):
            yield spark
    except (PySparkException, Py4JError) as error:
        raise InputError("E158", master=master, problem=_first_line(error)) from error


@contextmanager
def _stopped(spark: Any) -> Iterator[None]:  # noqa: ANN401 -- Spark's types need Spark
    try:
        yield
    finally:
        spark.stop()


def _first_line(error: Exception) -> str:
    return next((line for line in str(error).splitlines() if line.strip()), repr(error))


def _summary(labelled: DataFrame) -> Summary:
    """What became of the ads, read from the output: a column alone costs little."""
    wrong = labelled.where("error is not null")
    first = tuple(str(row.id) for row in wrong.select("id").limit(SHOWN).collect())
    return Summary(labelled.count(), wrong.count(), first)

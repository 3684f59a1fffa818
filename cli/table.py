"""`jobclass label` where a table is to be written: progress, summary, and what is said when it is interrupted."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer

from ..errors import InputError
from .options import FAILED, report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager

    from ..classifier.house import House
    from ..corpus.bulk import Wishes
    from ..corpus.engine.local import Summary
    from ..corpus.engine.order import Order

MEMORY_POOL = ("ARROW_DEFAULT_MEMORY_POOL", "system")
"""Where Arrow's memory comes from, unless the user says: the system takes back 50 MB that Arrow's own pool keeps."""

TABLES = ("parquet", "csv")
"""Formats that are always tables."""

LOCAL, SPARK = ENGINES = ("local", "spark")
"""Where tables are labelled."""

ROWS = ".jsonl"
"""Ending of a file that holds a table's rows if the input is a table, and verdicts otherwise."""


def is_wanted(output_format: str, output: Path | None, paths: Sequence[str]) -> bool:
    """Whether the output is a table: by the format, or by the ending of the file and the inputs."""
    if output_format or output is None:
        return output_format in TABLES
    from ..corpus.readers.paths import is_table

    ending = output.suffix.lower()
    return ending.removeprefix(".") in TABLES or (ending == ROWS and all(map(is_table, paths)))


def label_to_table(order: Order, output: Path, form: str, *, jobs: int, resume: bool) -> None:
    """Labels into a file, with progress on a terminal, and tells how many ads got no verdict."""
    from ..corpus.engine.local import label_tables, parts_folder

    try:
        with _progress(order.rows) as advance:
            summary = label_tables(order, output, form, jobs=jobs, resume=resume, advance=advance)
    except KeyboardInterrupt:
        raise InputError("E151", folder=parts_folder(output)) from None
    _tell(summary, output)


def _tell(summary: Summary, output: Path | str) -> None:
    """A line, if some ads got no verdict: how many, which first, and where the reasons stand; another for ids."""
    if summary.errors:
        first = ", ".join(summary.first)
        report(InputError("E152", path=output, errors=summary.errors, rows=summary.rows, first=first))
    if summary.repeated:
        report(InputError("E159", path=output, repeated=summary.repeated, first=summary.first_repeated))


def label_to_terminal(order: Order, *, jobs: int) -> None:
    """Labels into a table of CSV on standard output."""
    with TemporaryDirectory() as folder:
        output = Path(folder) / "labelled.csv"
        label_to_table(order, output, "csv", jobs=jobs, resume=False)
        with output.open("rb") as file:
            copyfileobj(file, sys.stdout.buffer)


def label_on_cluster(  # noqa: PLR0913 -- what, where to, where, and how
    paths: Sequence[str],
    output: str,
    columns: Mapping[str, str],
    wishes: Wishes,
    model: Path | None,
    house: House,
    master: str,
) -> None:
    """Labels on Spark, into a folder of files."""
    from ..corpus.spark import LOCAL, label_files

    summary = label_files(
        paths, output, master=master or LOCAL, chosen=columns, wishes=wishes, model=model, house=house
    )
    _tell(summary, output)


def command(  # noqa: PLR0913 -- one argument for each option
    paths: Sequence[str],
    columns: Mapping[str, str],
    *,
    output_format: str,
    output: str,
    title: str,
    model: Path | None,
    house: House,
    lang: str,
    jobs: int,
    resume: bool,
    with_text: bool,
    engine: str,
    master: str,
) -> None:
    """Labels what the paths name into one table."""
    if not output and (output_format != "csv" or resume or engine != LOCAL):
        raise InputError("E154", option="--resume" if resume else f"--format {output_format}")
    from joblib import cpu_count

    from ..corpus.bulk import Wishes
    from ..corpus.engine.inputs import prepare
    from ..corpus.engine.order import Order

    wishes = Wishes(title, lang, with_text)
    if engine == SPARK:
        label_on_cluster(paths, output, columns, wishes, model, house, master)
        return
    os.environ.setdefault(*MEMORY_POOL)  # read when Arrow is loaded, here and in every process
    inputs, refused = prepare(paths, columns, Path(output) if output else None)
    for error in refused:
        report(error)
    jobs = jobs or cpu_count()
    order = Order(inputs, wishes, model, house)
    if output:
        form = output_format or Path(output).suffix.lower().removeprefix(".")
        label_to_table(order, Path(output), form, jobs=jobs, resume=resume)
    else:
        label_to_terminal(order, jobs=jobs)
    if refused or any(item.unread for item in inputs):
        raise typer.Exit(FAILED)


def _progress(total: int | None) -> AbstractContextManager[Callable[[int], object]]:
    """A bar if standard error is a terminal, else nothing."""
    if not sys.stderr.isatty():
        return nullcontext(lambda rows: rows)
    from .progress import bar

    return bar(total)

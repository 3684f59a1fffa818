"""`jobclass label`: ads in, verdicts out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from . import table
from .columns import DateColumn, EmployerColumn, IdColumn, PlaceColumn, TextColumn, TitleColumn, chosen
from .configuration import load_configuration
from .options import (
    FAILED,
    ConfigurationFile,
    Language,
    ModelFolder,
    checked_language,
    files_of,
    form_of,
    labeller_for,
    one_of,
    report,
)
from .table import ENGINES, LOCAL, SPARK, TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..classifier.labeller import Labeller
    from .results import Result

RENDERERS = {"text": "text", "json": "json", "jsonl": "jsonl", "html": "html", "sarif": "sarif", "github": "github"}
"""Format and the module of `render/` that writes it; loaded when it is needed."""

FORMATS = (*RENDERERS, *TABLES)

ENDINGS = {f".{form}": form for form in ("json", "jsonl", "html", "sarif", *TABLES)} | {".txt": "text"}
"""The format that the ending of an output file asks for."""


def command(  # noqa: PLR0913 -- one argument for each option
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH…", help="Files, tables, folders or patterns; - is standard input."),
    ],
    output_format: Annotated[
        str,
        typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form of the output; else by the ending of -o."),
    ] = "",
    title: Annotated[str, typer.Option(help="The title, if it does not stand in the text.")] = "",
    output_name: Annotated[str, typer.Option("--output", "-o", metavar="PATH", help="Write to this file.")] = "",
    model: ModelFolder = None,
    config: ConfigurationFile = None,
    lang: Language = None,
    *,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=0, help="Tables: processes; 0 is one a core.")] = 0,
    resume: Annotated[bool, typer.Option("--resume", help="Tables: go on with an interrupted run.")] = False,
    with_text: Annotated[bool, typer.Option("--with-text", help="Add the text that offsets count in.")] = False,
    engine: Annotated[
        str, typer.Option(metavar="|".join(ENGINES), help="Tables: the processes of this machine, or a cluster.")
    ] = LOCAL,
    master: Annotated[str, typer.Option(help="Spark: address of the cluster, such as spark://host:7077.")] = "",
    text_column: TextColumn = "",
    title_column: TitleColumn = "",
    id_column: IdColumn = "",
    date_column: DateColumn = "",
    employer_column: EmployerColumn = "",
    place_column: PlaceColumn = "",
) -> None:
    """Labels ads and prints the verdicts in the order of the input; a bad input does not stop the others."""
    output = Path(output_name) if output_name else None
    if output_format:
        one_of("--format", output_format, FORMATS)
    one_of("--engine", engine, ENGINES)
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    from .output import ensure_apart, opened
    from .results import Refused

    columns = chosen(
        text=text_column,
        title=title_column,
        id=id_column,
        date=date_column,
        employer=employer_column,
        place=place_column,
    )
    if engine != SPARK:
        ensure_apart([output], [*paths, *configuration.files, *files_of(model)])
    if engine == SPARK or table.is_wanted(output_format, output, paths):
        table.command(
            paths,
            columns,
            output_format=output_format,
            output=output_name,
            title=title,
            model=model,
            house=configuration.house,
            lang=language,
            jobs=jobs,
            resume=resume,
            with_text=with_text,
            engine=engine,
            master=master,
        )
        return
    if resume:
        raise InputError("E154", option="--resume")
    form = output_format or form_of(output, ENDINGS, "text")
    labeller = labeller_for(configuration, model)
    refused: list[Refused] = []

    def watched() -> Iterator[Result]:
        for result in results(paths, title, labeller, columns, with_text=with_text, output=output):
            if isinstance(result, Refused):
                refused.append(result)
                report(result.error)
            yield result

    with opened(output) as file:
        import_module(f".render.{RENDERERS[form]}", __package__).write(watched(), file, labeller.profile, language)
    if refused:
        raise typer.Exit(FAILED)


def results(  # noqa: PLR0913 -- one argument for each thing the reading rests on
    paths: list[str],
    title: str,
    labeller: Labeller,
    columns: Mapping[str, str] | None = None,
    *,
    with_text: bool = False,
    output: Path | None = None,
) -> Iterator[Result]:
    """Labels each input, one by one.

    Args:
        paths: files, folders or `-`, as the user gave them.
        title: the title of the ads, if given.
        labeller: does the work.
        columns: for tables, the column by field, where the user said so.
        with_text: hand the text of each ad on to the renderer.
        output: the file that results go to, which is passed over in a folder.
    """
    from ..corpus.readers.paths import read
    from .results import labelled

    for path in paths:
        for document in read(path, title, columns, output):
            yield labelled(document, labeller, with_text=with_text)

"""`jobclass measure`: role confusion over a labelled corpus."""

from __future__ import annotations

from hashlib import file_digest
from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .columns import DateColumn  # noqa: TC001 -- typer reads the annotations
from .configuration import load_configuration
from .options import ConfigurationFile, Language, checked_language, files_of, labeller_for, names_in, one_of

if TYPE_CHECKING:
    from ..classifier.labeller import Labeller
    from ..corpus.study.coded import CodedAd
    from .render.measurement import Shown

FORMATS = ("text", "json", "csv")
ENDINGS = {".html": "html", ".json": "json", ".csv": "csv", ".parquet": "parquet"}
DUPLICATES = ("near", "exact", "keep")


def command(  # noqa: PLR0913 -- one argument for each option
    table: Annotated[Path, typer.Argument(metavar="LABELLED", help="A labelled table, in any format `label` reads.")],
    gold: Annotated[
        list[Path] | None, typer.Option(help="Hand-coded ads (gold), to correct by; several times for several files.")
    ] = None,
    by: Annotated[
        str,
        typer.Option(help="Columns of the table for groups, with commas, such as year,source; title: what it names."),
    ] = "",
    duplicates: Annotated[
        str, typer.Option(metavar="|".join(DUPLICATES), help="Which copies are dropped; keep drops none.")
    ] = "near",
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form on the terminal.")
    ] = "text",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write to .html (with tables beside it), .json, .csv or .parquet."),
    ] = None,
    model: Annotated[Path | None, typer.Option(help="The model folder the table was labelled with.")] = None,
    date_column: DateColumn = "",
    seed: Annotated[int, typer.Option(min=0, help="Of all draws; the same seed gives the same bytes.")] = 0,
    draws: Annotated[int, typer.Option(min=100, max=100_000, help="For the intervals of adjusted shares.")] = 1000,
    *,
    uncorrected: Annotated[
        bool, typer.Option("--uncorrected", help="Measure without gold: shares of labels, errors and all.")
    ] = False,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Answers the questions of the field over a corpus: raw, adjusted for error, and prediction-powered."""
    one_of("--duplicates", duplicates, DUPLICATES)
    one_of("--format", output_format, FORMATS)
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    if output is not None and output.suffix.lower() not in ENDINGS:
        raise InputError("E515", path=output, endings=", ".join(ENDINGS))
    from .output import ensure_apart

    ensure_apart(_files(output), [table, *(gold or []), *configuration.files, *files_of(model)])
    if not gold and not uncorrected:
        raise InputError("E516")
    if output is not None and output.suffix.lower() == ".html":
        from .render.plots import require

        require()
    labeller = labeller_for(configuration, model)
    shown = _shown(table, date_column, gold or [], names_in(by), duplicates, labeller, seed, draws)
    from .render import measurement

    if output is None:
        rendered = {"text": measurement.as_text, "json": measurement.as_json, "csv": measurement.as_csv}[output_format]
        typer.echo(rendered(shown, language), nl=False)
    else:
        _write(shown, output, language)


def _shown(  # noqa: PLR0913 -- what the command was given
    table: Path, date: str, gold: list[Path], by: list[str], duplicates: str, labeller: Labeller, seed: int, draws: int
) -> Shown:
    from ..corpus.measure import measure
    from ..corpus.study.labelled import dated, ensure_column, rows
    from .render.measurement import Shown
    from .render.names import short_names

    if date:
        ensure_column(table, date)
    coded, refused = _coded(gold, labeller, table) if gold else ([], 0)
    result = measure(
        lambda: dated(rows(table), date) if date else rows(table),
        labeller.profile.codes,
        coded,
        by=by,
        mode=duplicates,
        seed=seed,
        draws=draws,
        gold_refused=refused,
    )
    names = short_names([table, *gold])
    return Shown(result, draws, {names[path]: _digest(path) for path in [table, *gold]})


def _coded(gold: list[Path], labeller: Labeller, table: Path) -> tuple[list[CodedAd], int]:
    from ..corpus.gold import read_gold_files
    from ..corpus.study.coded import check_tool, coded_ads
    from ..corpus.study.labelled import rows, tool_of, was_refused

    first = next((row for row in rows(table) if not was_refused(row)), None)
    if first is None:
        raise InputError("E514")
    check_tool(tool_of(first), labeller)
    return coded_ads(read_gold_files(gold), labeller)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(output: Path | None) -> list[Path]:
    """The files that are written for an output: beside a page the tables and the citation."""
    if output is None:
        return []
    beside = (".csv", ".parquet", ".cff") if output.suffix.lower() == ".html" else ()
    return [output, *map(output.with_suffix, beside)]


def _write(shown: Shown, output: Path, lang: str) -> None:
    """Writes the result; beside a page the tables and the citation."""
    from ..atomic import write
    from .render import measurement
    from .render.report import as_page, citation

    kind = ENDINGS[output.suffix.lower()]
    if kind == "json":
        write(output, measurement.as_json(shown, lang).encode())
        return
    if kind == "html":
        write(output, as_page(shown, lang).encode())
        write(output.with_suffix(".cff"), citation(shown).encode())
    if kind in ("html", "csv"):
        write(output.with_suffix(".csv"), measurement.as_csv(shown, lang).encode())
    if kind in ("html", "parquet"):
        write(output.with_suffix(".parquet"), measurement.as_parquet(shown))

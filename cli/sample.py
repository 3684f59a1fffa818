"""`jobclass sample`: which ads to code by hand."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import Annotated

import typer

from ..errors import InputError
from ..messages import phrase
from .columns import DateColumn  # noqa: TC001 -- typer reads the annotations
from .options import Language, checked_language, form_of, names_in, one_of

ENDINGS = {".jsonl": "jsonl", ".ndjson": "jsonl"}
METHODS = ("random", "stratified", "uncertain")
ALLOCATIONS = ("equal", "proportional")


def command(  # noqa: PLR0913 -- one argument for each option
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="Ads: any table that `label` reads.")],
    count: Annotated[int, typer.Option("-n", "--count", min=1, help="How many ads.")] = 200,
    method: Annotated[str, typer.Option(metavar="|".join(METHODS), help="How to draw.")] = "random",
    by: Annotated[str, typer.Option(help="Columns of the strata, with commas; by default title: what it names.")] = "",
    allocation: Annotated[
        str, typer.Option(metavar="|".join(ALLOCATIONS), help="Sizes of the strata in the sample.")
    ] = "equal",
    date_column: DateColumn = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file (JSON Lines).")] = None,
    seed: Annotated[int, typer.Option(min=0, help="The same seed draws the same ads.")] = 0,
    lang: Language = None,
) -> None:
    """Draws ads and writes their rows with `inclusion`, the probability of being drawn, so that estimates can weigh."""
    one_of("--method", method, METHODS)
    one_of("--allocation", allocation, ALLOCATIONS)
    if by and method != "stratified":
        raise InputError("E531", option="--by", needed="--method stratified")
    form_of(output, ENDINGS, "jsonl")
    language = checked_language(lang)
    from ..corpus.sample import draw, frame, inclusion_of
    from ..corpus.study.labelled import dated, ensure_column, rows
    from .output import ensure_apart, opened

    ensure_apart([output], [table])
    if date_column:
        ensure_column(table, date_column)
    read = rows(table, lenient=True)
    try:
        found = frame(dated(read, date_column) if date_column else read, method, names_in(by) or ["title"])
    except InputError as error:
        raise error.at(str(table)) from None
    drawn = {item.row: item for item in draw(found, count, method, allocation, seed)}
    with opened(output) as file:
        for number, row in enumerate(rows(table, lenient=True)):
            if number in drawn:
                item = drawn[number]
                values = {"inclusion": item.inclusion * inclusion_of(row), "stratum": item.stratum}
                file.write(json.dumps(row | values, ensure_ascii=False, default=str) + "\n")
    typer.echo(
        phrase("sample", "said", language, drawn=len(drawn), ads=len(found.numbers), method=method, seed=seed), err=True
    )

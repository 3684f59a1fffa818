"""`jobclass convert`: hand-coded ads from one annotation format to another."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Language, checked_language, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = ("gold", "prodigy", "label-studio", "doccano", "docbin")


def command(  # noqa: PLR0913 -- one argument for each option
    ads: Annotated[Path, typer.Argument(metavar="ADS", help="A file of hand-coded ads.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Write to this file.")],
    source: Annotated[str, typer.Option("--from", metavar="|".join(FORMATS), help="Format of the file.")] = "gold",
    target: Annotated[str, typer.Option("--to", metavar="|".join(FORMATS), help="Format to write.")] = "gold",
    interface: Annotated[
        Path | None, typer.Option(help="Also write the labelling interface (XML) for Label Studio to this file.")
    ] = None,
    lang: Language = None,
) -> None:
    """Converts hand-coded ads; what the format cannot carry is said on standard error."""
    one_of("--from", source, FORMATS)
    one_of("--to", target, FORMATS)
    language = checked_language(lang)
    from ..corpus.formats import dumps, read
    from .output import ensure_apart, written

    ensure_apart([output], [ads])
    ensure_apart([interface], [ads])
    data, lost = dumps(read(ads, source), target)
    written(output, data)
    typer.echo(_said(lost, language), err=True)
    if interface:
        from ..classifier.profile import load_profile
        from ..corpus.formats.label_studio import interface as labelling_interface

        written(interface, labelling_interface(load_profile().codes).encode())


def _said(lost: Mapping[str, int], language: str) -> str:
    from ..messages import phrase

    if not lost:
        return phrase("dropped", "nothing", language)
    parts = ", ".join(f"{phrase('dropped', part, language)}: {count}" for part, count in sorted(lost.items()))
    return phrase("dropped", "said", language, parts=parts)

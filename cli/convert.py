"""`jobclass convert`: hand-coded ads from one annotation format to another."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from .options import Language, checked_language, one_of

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS = ("gold", "prodigy", "label-studio", "doccano", "docbin")
SOURCES = (*FORMATS, "ads")


def command(  # noqa: PLR0913 -- one argument for each option
    ads: Annotated[Path, typer.Argument(metavar="ADS", help="A file of hand-coded ads, or a table of uncoded ones.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Write to this file.")],
    source: Annotated[
        str, typer.Option("--from", metavar="|".join(SOURCES), help="Format of the file; ads: uncoded, any table.")
    ] = "gold",
    target: Annotated[str, typer.Option("--to", metavar="|".join(FORMATS), help="Format to write.")] = "gold",
    interface: Annotated[
        Path | None, typer.Option(help="Also write the labelling interface (XML) for Label Studio to this file.")
    ] = None,
    coder: Annotated[str, typer.Option(help="Label Studio: whose annotations to read, if several people coded.")] = "",
    lang: Language = None,
) -> None:
    """Converts hand-coded ads, or brings uncoded ones into a tool; what is lost is said on standard error."""
    one_of("--from", source, SOURCES)
    one_of("--to", target, FORMATS[1:] if source == SOURCES[-1] else FORMATS)
    language = checked_language(lang)
    from ..atomic import write
    from ..corpus.formats import dumps, dumps_annotated, read, uncoded
    from .output import ensure_apart

    ensure_apart([output, interface], [ads])
    if source == SOURCES[-1]:
        data, lost = dumps_annotated(uncoded.read(ads), target)
    else:
        data, lost = dumps(read(ads, source, coder), target)
    write(output, data)
    typer.echo(_said(lost, language), err=True)
    if interface:
        from ..classifier.profile import load_profile
        from ..corpus.formats.label_studio import interface as labelling_interface

        write(interface, labelling_interface(load_profile().codes).encode())


def _said(lost: Mapping[str, int], language: str) -> str:
    from ..messages import phrase

    if not lost:
        return phrase("dropped", "nothing", language)
    parts = ", ".join(f"{phrase('dropped', part, language)}: {count}" for part, count in sorted(lost.items()))
    return phrase("dropped", "said", language, parts=parts)

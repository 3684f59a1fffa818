"""`jobclass agree`: how far coders agree."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..messages import phrase
from .options import Language, checked_language, one_of
from .render.numbers import number, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..corpus.coders import Agreement

FORMATS = ("text", "json")


def command(  # noqa: PLR0913 -- one argument for each option
    codings: Annotated[list[Path], typer.Argument(metavar="A B…", help="The same ads, a file of gold for each coder.")],
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form of the output.")
    ] = "text",
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Resamples for the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Of the resamples.")] = 0,
    *,
    quotes: Annotated[bool, typer.Option("--quotes", help="List where the coders differ.")] = False,
    lang: Language = None,
) -> None:
    """Krippendorff's alpha, Cohen's kappa and agreement on borders, with 95 % intervals resampled by ad."""
    one_of("--format", output_format, FORMATS)
    language = checked_language(lang)
    from ..classifier.profile import load_profile
    from ..corpus.coders import agreements, common_ads, disagreements, untitled
    from ..corpus.gold import read_gold

    if len(codings) == 1:
        raise InputError("E502", count=1)
    ads = common_ads([list(read_gold(path)) for path in codings])
    if not ads:
        raise InputError("E503", paths=", ".join(map(str, codings)))
    found = agreements(ads, load_profile(), draws, seed)
    differing = disagreements(ads) if quotes else {}
    typer.echo((as_json if output_format == "json" else as_text)(found, differing, len(ads), untitled(ads), language))


def as_text(
    found: Sequence[Agreement],
    differing: Mapping[str, Sequence[tuple[str, tuple[object, ...]]]],
    ads: int,
    untitled: int,
    lang: str,
) -> str:
    """Agreement as a table; parts with few units are marked."""
    rows = [phrase("agree", "head", lang, ads=ads)]
    rows += [phrase("agree", "untitled", lang, ads=ads, count=untitled)] if untitled else []
    rows.append("")
    names = [phrase("agree", name, lang) for name in ("part", "units", "cases")]
    rows.append(f"{names[0]:<24}{names[1]:>10}{names[2]:>8}  {'':<8}{'α':>7}{'':18}{'κ':>7}")
    rows += [_row(item, lang) for item in found]
    for part, places in differing.items():
        rows += ["", f"{part} ({len(places)})"]
        rows += [f"  {identity}: {' | '.join(str(value or '–') for value in values)}" for identity, values in places]
    return "\n".join(rows)


def _row(item: Agreement, lang: str) -> str:
    value = item.agreement
    few = f"  {phrase('agree', 'few', lang)}" if item.few else ""
    span = f"[{number(value.low)}, {number(value.high)}]"
    return (
        f"{item.part:<24}{item.units:>10}{item.cases:>8}  {item.measure:<8}{number(value.value):>7} {span:<17}"
        f"{number(item.kappa):>7}{few}".rstrip()
    )


def as_json(
    found: Sequence[Agreement],
    differing: Mapping[str, Sequence[tuple[str, tuple[object, ...]]]],
    ads: int,
    untitled: int,
    lang: str,  # noqa: ARG001 -- keys are the same in both languages
) -> str:
    """Agreement as one JSON object; what cannot be measured is null."""
    values = {
        "schema": "jobclass/agreement/1",
        "ads": ads,
        "untitled": untitled,
        "parts": [asdict(item) | {"few": item.few} for item in found],
    }
    if differing:
        values["disagreements"] = {
            part: [{"id": identity, "values": list(places)} for identity, places in rows]
            for part, rows in differing.items()
        }
    return json.dumps(plain(values), ensure_ascii=False, indent=2)

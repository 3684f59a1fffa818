"""`jobclass evaluate`: how good the verdicts are on hand-coded ads."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .options import Language, checked_language, one_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..corpus.evaluate import Figure

FORMATS = ("text", "json")


def command(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD…", help="Gold files (JSON Lines, docs/codebook.md 13).")],
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form of the output.")
    ] = "text",
    model: Annotated[Path | None, typer.Option(help="A model folder instead of the packaged one.")] = None,
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Resamples for the intervals.")] = 1000,
    lang: Language = None,
) -> None:
    """Compares verdicts with gold: every figure with a 95 % interval, resampled by ad."""
    one_of("--format", output_format, FORMATS)
    checked_language(lang)
    from ..classifier.labeller import Labeller
    from ..corpus.evaluate import compare, figures
    from ..corpus.gold import read_gold
    from ..models.store import load_model

    labeller = Labeller(model=load_model(model) if model else None)
    comparisons = compare((ad for path in gold for ad in read_gold(path)), labeller)
    if not comparisons:
        raise InputError("E113", path=", ".join(map(str, gold)))
    found = figures(comparisons, draws)
    typer.echo(as_json(found, len(comparisons)) if output_format == "json" else as_text(found, len(comparisons)))


def as_text(found: Sequence[Figure], ads: int) -> str:
    """The figures as a table."""
    rows = [f"{figure.name:<24}{figure.value:6.3f}  [{figure.low:.3f}, {figure.high:.3f}]" for figure in found]
    return "\n".join([f"{'ads':<24}{ads:6}", *rows])


def as_json(found: Sequence[Figure], ads: int) -> str:
    """The figures as one JSON object."""
    values = {f.name: {"value": round(f.value, 4), "low": round(f.low, 4), "high": round(f.high, 4)} for f in found}
    return json.dumps({"schema": "jobclass/evaluation/1", "ads": ads, "figures": values}, indent=2)

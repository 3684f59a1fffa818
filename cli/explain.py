"""`jobclass explain`: what a code means, where it comes from, an example, what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from .options import Language, checked_language
from .render.explanation import explain


def command(
    code: Annotated[str, typer.Argument(metavar="CODE", help="An area, flag, note, role, zone, grade or error.")],
    lang: Language = None,
) -> None:
    """Explains a code."""
    typer.echo(explain(code, checked_language(lang)))

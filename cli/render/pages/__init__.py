"""Pages that stand alone: one HTML file, no script, nothing fetched, ready to print.

All extend `base.html`, and each includes its style sheet there.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ....classifier.words import in_one_row
from ....messages import entries, phrase, term, text
from ..numbers import number, percent, span

if TYPE_CHECKING:
    from jinja2 import Template


def page(name: str, language: str) -> Template:
    """The template of a page, with the words it says; everything put in is escaped, save the plots.

    Args:
        name: of the template, without ending.
        language: `de` or `en`.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__name__, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": number,
        "percent": percent,
        "span": span,
        "in_one_row": in_one_row,
        "visible": _visible,
        "unbroken": _unbroken,
    }

    def say(group: str, word: str, **details: object) -> str:
        return phrase(group, word, language, **details)

    environment.globals |= {
        "language": language,
        "say": say,
        "term": partial(term, language=language),
        "word": partial(text, entries("page")["words"], language=language),
    }
    return environment.get_template(f"{name}.html")


def _unbroken(value: str) -> str:
    """Figures that stay together with their sign at the end of a row."""
    return value.replace(" %", "\u00a0%")


def _visible(value: str) -> str:
    """A text of the ad without control characters that a page cannot hold."""
    return "".join(char if char.isprintable() or char in "\n\t\u00ad" else " " for char in value.replace("\r\n", "\n"))

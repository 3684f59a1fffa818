"""Pages that stand alone: one HTML file, no script, nothing fetched, ready to print.

All extend `base.html`, and each includes its style sheet there. The parts of `findings.html` (`legend`, `overview`,
`ad`) are parts of the local web page, too.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from ....classifier.words import in_one_row
from ....messages import entries, phrase, term, text
from ..numbers import number, percent, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment, Template


def page(name: str, language: str) -> Template:
    """The template of a page that stands alone; everything put in is escaped, save the plots.

    Args:
        name: of the template, without ending.
        language: `de` or `en`.
    """
    return environment(language).get_template(f"{name}.html")


def environment(language: str, folders: Sequence[str] = ()) -> Environment:
    """The templates, with the words and forms they use; everything put in is escaped, and a gap is an error.

    Args:
        language: `de` or `en`.
        folders: of further templates, as a package and a folder joined by a colon.
    """
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    more = [PackageLoader(*folder.split(":")) for folder in folders]
    found = Environment(
        loader=ChoiceLoader([PackageLoader(__name__, "."), *more]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "number": number,
        "percent": percent,
        "span": span,
        "in_one_row": in_one_row,
        "visible": _visible,
        "unbroken": _unbroken,
    }

    def say(group: str, word: str, **details: object) -> str:
        return phrase(group, word, language, **details)

    found.globals |= {
        "language": language,
        "say": say,
        "term": partial(term, language=language),
        "word": partial(text, entries("page")["words"], language=language),
        "explained": None,  # where a code is explained: nowhere, in a page that stands alone
    }
    return found


def _unbroken(value: str) -> str:
    """Figures that stay together with their sign at the end of a row."""
    return value.replace(" %", "\u00a0%")


def _visible(value: str) -> str:
    """A text of the ad without control characters that a page cannot hold."""
    return "".join(char if char.isprintable() or char in "\n\t\u00ad" else " " for char in value.replace("\r\n", "\n"))

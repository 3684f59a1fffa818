"""Pages that stand alone: one HTML file, no script, nothing fetched, ready to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ....messages import phrase
from ..numbers import number, percent, span

if TYPE_CHECKING:
    from collections.abc import Mapping


def page(name: str, language: str, values: Mapping[str, object]) -> str:
    """A page from its template; everything put in is escaped, save the plots.

    Args:
        name: of the template, without ending.
        language: `de` or `en`.
        values: what the template shows.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__name__, "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "percent": percent, "span": span}

    def say(group: str, word: str, **details: object) -> str:
        return phrase(group, word, language, **details)

    environment.globals |= {"say": say, "language": language}
    return environment.get_template(f"{name}.html").render(values) + "\n"

"""The frame of all pages: the words they use, their templates, and the explanation of a code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..cli.render.pages import environment
from ..messages import LANGUAGES, entries, text

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = f"{__package__}:templates"
WORDS = "web"
"""The words that all pages share."""


class Frame:
    """Makes pages.

    Args:
        words: a table of `messages/page.toml`; its words go before those that all pages share.
    """

    def __init__(self, words: str = WORDS) -> None:
        self._words = entries("page")[WORDS] | entries("page")[words]
        self._templates = {language: self._environment(language) for language in LANGUAGES}

    def word(self, name: str, language: str, **values: object) -> str:
        """A word of the pages, with its placeholders filled if there are any."""
        return text(self._words, name, language, values or None)

    def page(self, name: str, language: str, **values: object) -> str:
        """A page.

        Args:
            name: of its template, without ending.
            language: `de` or `en`.
            **values: what it shows.
        """
        return self._templates[language].get_template(f"{name}.html").render(values)

    def explanation(self, explained: str, language: str) -> str:
        """The explanation of a code.

        Args:
            explained: as `jobclass explain` prints it.
            language: `de` or `en`.
        """
        head, *lines = explained.splitlines()
        return self.page("explanation", language, head=head, lines=lines)

    def _environment(self, language: str) -> Environment:
        templates = environment(language, [TEMPLATES])
        templates.globals |= {
            "said": partial(self.word, language=language),
            "explained": lambda code: f"/explain/{quote(code)}?lang={language}",
            "other": next(other for other in LANGUAGES if other != language),
        }
        return templates

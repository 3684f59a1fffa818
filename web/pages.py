"""The pages: the form with what was found, and the explanation of a code."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..cli.render.html import shown
from ..cli.render.pages import environment
from ..cli.results import Labelled
from ..corpus.readers.formats import ENDINGS, LARGEST
from ..messages import LANGUAGES, entries, error_text, text
from .desk import INTENTIONS, LONGEST_TITLE, NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

    from ..classifier.profile import Profile
    from ..cli.results import Result
    from ..errors import JobclassError
    from .desk import Asked

TEMPLATES = f"{__package__}:templates"


class Pages:
    """Makes the pages.

    Args:
        profile: of the labeller.
    """

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._templates = {language: _templates(language) for language in LANGUAGES}

    def word(self, name: str, language: str) -> str:
        """A word of the page."""
        return text(entries("page")["web"], name, language)

    def start(
        self,
        language: str,
        asked: Asked = NOTHING,
        results: Sequence[Result] = (),
        error: JobclassError | None = None,
    ) -> str:
        """The form, and what was found.

        Args:
            language: `de` or `en`.
            asked: what was sent, to be shown again in the form.
            results: what it came to.
            error: why it came to nothing.
        """
        values = {
            "title": asked.title,
            "intended": asked.intended,
            "intentions": INTENTIONS,
            "text": _text_of(asked, results),
            "from_file": asked.is_file,
            "checked": asked.to_check,
            "problem": error_text(error.code, error.details, language) if error else "",
            "code": error.code if error else "",
            "endings": ",".join(sorted(ENDINGS - {".zip"})),
            "largest": LARGEST,
            "longest_title": LONGEST_TITLE,
        }
        return (
            self._templates[language]
            .get_template("start.html")
            .render(shown(results, self._profile, language) | values)
        )

    def explanation(self, explained: str, language: str) -> str:
        """The explanation of a code.

        Args:
            explained: as `jobclass explain` prints it.
            language: `de` or `en`.
        """
        head, *lines = explained.splitlines()
        return self._templates[language].get_template("explanation.html").render(head=head, lines=lines)


def _templates(language: str) -> Environment:
    templates = environment(language, [TEMPLATES])
    templates.globals |= {
        "said": partial(text, entries("page")["web"], language=language),
        "explained": lambda code: f"/explain/{quote(code)}?lang={language}",
        "other": next(other for other in LANGUAGES if other != language),
    }
    return templates


def _text_of(asked: Asked, results: Sequence[Result]) -> str:
    """The text to go on with: what was typed, or what was read from a file."""
    read = [result.verdict.text for result in results if isinstance(result, Labelled)]
    return asked.text or (read[0] if len(read) == 1 else "")

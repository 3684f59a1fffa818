"""The page of `jobclass serve`: the form with what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cli.render.html import shown
from ..cli.results import Labelled
from ..corpus.readers.formats import ENDINGS, LARGEST
from ..messages import error_text
from .desk import INTENTIONS, LONGEST_TITLE, NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..classifier.profile import Profile
    from ..cli.results import Result
    from ..errors import JobclassError
    from .desk import Asked
    from .frame import Frame


class Pages:
    """Makes the page.

    Args:
        profile: of the labeller.
        frame: of all pages.
    """

    def __init__(self, profile: Profile, frame: Frame) -> None:
        self._profile = profile
        self._frame = frame

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
        return self._frame.page("start", language, **(shown(results, self._profile, language) | values))


def _text_of(asked: Asked, results: Sequence[Result]) -> str:
    """The text to go on with: what was typed, or what was read from a file."""
    read = [result.verdict.text for result in results if isinstance(result, Labelled)]
    return asked.text or (read[0] if len(read) == 1 else "")

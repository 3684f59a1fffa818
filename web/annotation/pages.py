"""The page of a coder: an ad with its lines, its coding, and what is wrong with it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...messages import error_text
from .choices import choices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...classifier.profile import Profile
    from ...corpus.coding.sheet import Sheet
    from ...corpus.gold import Problem
    from ...errors import JobclassError
    from ..frame import Frame
    from .desk import Place

SCRIPT = (
    *("as_above", "mark", "mark_selection", "edit", "remove", "find_code", "explain", "no_code", "no_area"),
    *("no_platform", "governs", "grade", "platform", "done", "duties_count", "draft", "discard", "masked"),
    *("line", "zone", "areas_left"),
)
"""Words that the script needs."""


class CodingPages:
    """Makes the page.

    Args:
        frame: of all pages.
        profile: the rule set.
        size: how many ads there are.
    """

    def __init__(self, frame: Frame, profile: Profile, size: int) -> None:
        self._frame = frame
        self._profile = profile
        self._size = size

    def ad(  # noqa: PLR0913 -- one for each thing the page can show
        self,
        place: Place,
        language: str,
        *,
        saved: Place | None = None,
        sent: Mapping[str, object] | None = None,
        problems: Sequence[Problem] = (),
        error: JobclassError | None = None,
    ) -> str:
        """An ad to be coded.

        Args:
            place: the ad, and what the gold file holds of it.
            language: `de` or `en`.
            saved: the ad that was saved just now.
            sent: what was sent and not saved, to go on with.
            problems: why it was not saved: what is wrong with the coding.
            error: why it was not saved, if that was the reason.
        """
        is_newer = error is not None and error.code == "E613"
        listed = choices(self._profile, language)
        data = {
            **_sheet(place.sheet),
            # Only who was told of a newer coding may write over it.
            "version": sent.get("version") if sent and not is_newer else place.version,
            "coding": sent or place.values,
            "sent": sent is not None,
            "saved": saved.sheet.key if saved else "",
            "problems": [self._problem(problem, language) for problem in problems],
            "choices": listed,
            "words": {name: self._frame.word(name, language) for name in SCRIPT},
            "language": language,
        }
        return self._frame.page(
            "coding",
            language,
            place=place,
            size=self._size,
            data=json.dumps(data),
            choices=listed,
            saved=saved.number if saved else 0,
            is_wrong=bool(problems),
            problem=error_text(error.code, error.details, language) if error else "",
            code=error.code if error else "",
        )

    def refused(self, error: JobclassError, language: str) -> str:
        """A page that says why there is nothing to see."""
        problem = error_text(error.code, error.details, language)
        return self._frame.page("refused", language, problem=problem, code=error.code)

    def _problem(self, problem: Problem, language: str) -> dict[str, str]:
        """A problem, told by the name of its field: `zone` of `lines[3].zone`."""
        name = f"wrong_{problem.field.rpartition('.')[2]}"
        return {"field": problem.field, "message": self._frame.word(name, language, value=problem.value or "–")}


def _sheet(sheet: Sheet) -> dict[str, object]:
    """An ad for the script; offsets count code points."""
    lines = [
        {"start": line.start, "end": line.end, "from": line.text_start, "to": line.text_start + len(line.text)}
        | {"kind": line.kind, "depth": line.depth}
        for line in sheet.lines
    ]
    return {
        "key": sheet.key,
        "text": sheet.ad.text,
        "title": sheet.title,
        "lines": lines,
        "masks": [list(mask) for mask in sheet.masks],
    }

"""The sheet of an ad: the lines that get zones, and where the title stands, which coders see last (codebook 1)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ...classifier.lines import read_lines
from ...classifier.title import LONGEST_WORDS, find_title, places_of

if TYPE_CHECKING:
    from ...classifier.ad import Line, Zone
    from ...classifier.breaks import Breaks
    from ...classifier.headings import Headings
    from ..formats.spans import Annotated

_UNREAD: Zone = "other"
_ENDS = frozenset(".!?…:")


@dataclass(frozen=True, slots=True)
class Sheet:
    """An ad as a coder gets it.

    Attributes:
        ad: the ad, without any judgement.
        lines: what gets a zone each.
        title: as given, or the early line of the text that looks like one.
        masks: where the title stands in the text, as offsets.
    """

    ad: Annotated
    lines: tuple[Line, ...]
    title: str
    masks: tuple[tuple[int, int], ...]

    @property
    def key(self) -> str:
        """Tells this sheet from all others, also from one of another text under the same id."""
        return sha256(f"{self.ad.id}\0{self.ad.text}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sheet_of(ad: Annotated, headings: Headings, breaks: Breaks | None = None) -> Sheet:
    """The sheet of an ad; where the tool cuts lines is all that it says.

    Args:
        ad: the ad.
        headings: the known headings, to find those that are glued to other text.
        breaks: finds lost line breaks.
    """
    lines = read_lines(ad.text, headings, breaks)
    title = ad.title or _early_title(lines)
    return Sheet(ad, lines, title, tuple(places_of(ad.text, title)))


def _early_title(lines: tuple[Line, ...]) -> str:
    """The early line that looks like a title; a sentence that names the post is none, since coders have to read it."""
    found = find_title(lines, [_UNREAD] * len(lines))
    return found if len(found.split()) <= LONGEST_WORDS and found[-1:] not in _ENDS else ""

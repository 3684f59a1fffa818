"""Findings: the flags of a verdict with their place in the ad and a fingerprint that survives a new layout."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from ...classifier.words import bag

if TYPE_CHECKING:
    from ...classifier.ad import Flag, Verdict
    from .silencer import Silencer

AT_TITLE = frozenset({"F1", "F5", "F9", "H1", "R1"})
"""Flags that speak of the title; the others point to the first duty they rest on."""

_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an ad: offsets in code points from 0, lines and columns from 1, the end exclusive."""

    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A flag at its place.

    Attributes:
        flag: what was found.
        place: the first duty it rests on, or the title.
        fingerprint: the same as long as flag, severity and the words it rests on are the same.
        silencer: what keeps it from counting, if anything does.
    """

    flag: Flag
    place: Place
    fingerprint: str
    silencer: Silencer | None = None

    def meant_by(self, silencer: Silencer) -> bool:
        """Whether a silencer that concerns the ad means this finding."""
        return self.flag.code == silencer.code and silencer.fingerprint in ("", self.fingerprint)


class Rows:
    """The rows of a text, to tell line and column of an offset.

    Args:
        text: the text of an ad.
    """

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]

    def place(self, start: int, end: int) -> Place:
        """The place of a stretch."""
        return Place(start, end, *self._at(start), *self._at(end))

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def findings_of(verdict: Verdict) -> tuple[Finding, ...]:
    """The findings of a verdict, in the order of its flags; none is silenced yet."""
    rows = Rows(verdict.text)
    return tuple(
        Finding(flag, rows.place(*_stretch(flag, verdict)), fingerprint_of(flag, verdict)) for flag in verdict.flags
    )


def fingerprint_of(flag: Flag, verdict: Verdict) -> str:
    """What marks a finding: its flag, its severity, and the words of title and duties it rests on.

    Layout, punctuation and upper case do not matter, so that an ad may be set anew; new words or a higher severity
    make a new finding.
    """
    words = [" ".join(bag(verdict.duties[number].text)) for number in flag.duties]
    told = "\n".join([flag.code, str(flag.severity), " ".join(bag(verdict.title.text)), *words])
    return sha256(told.encode()).hexdigest()[:16]


def _stretch(flag: Flag, verdict: Verdict) -> tuple[int, int]:
    """Where a flag points to: the title, or the first duty it rests on."""
    if flag.duties and flag.code not in AT_TITLE:
        first = verdict.duties[min(flag.duties)]
        return first.start, first.end
    start = verdict.text.find(verdict.title.text) if verdict.title.text else -1
    if start >= 0:
        return start, start + len(verdict.title.text)
    titled = next((line for line in verdict.lines if line.zone == "title"), None)
    return (titled.start, titled.end) if titled else (0, 0)

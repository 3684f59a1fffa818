"""Breaks: where an export that lost its line breaks runs rows together.

Line breaks and full stops get lost together ("… des Wettbewerbs Anfertigung von Analysen Ihr Profil Studium der …").
A small linear model looks at every blank before a capital or a figure and tells whether a row began there; it has
learned that from our own ads, run together.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..models.features import Example
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..models.linear import LinearModel
    from .headings import Headings

BREAK = "break"
"""The model's only label."""

SURE = 0.5
"""Probability from which a row begins."""

LONGEST_HEADING = 5
"""Words of a heading that is looked for before and behind a blank."""

_TOKEN = re.compile(r"\S+")
_OPENS = re.compile(r"[\"„“»(]*[^\W_a-zäöüß]")
_HOLDS = ".!?,:;-–/&("
"""Behind these a row goes on, or other rules have cut it."""


class Breaks:
    """Finds lost line breaks.

    Args:
        headings: known headings are good places for a break.
        model: scores the blanks.
    """

    def __init__(self, headings: Headings, model: LinearModel) -> None:
        self._headings, self._model = headings, model

    def find(self, text: str, start: int, end: int) -> set[int]:
        """Offsets at which a row begins inside a stretch of text; a row of one word must be a heading."""
        tokens = list(_TOKEN.finditer(text, start, end))
        words = [token.group() for token in tokens]
        found = gaps(words)
        if not found:
            return set()
        sure = self._model.calibrated(self._model.score_all(examples(words, found, self._headings)))[:, 0]
        breaks, last = set(), 0
        for gap in (gap for gap, probability in zip(found, sure, strict=True) if probability >= SURE):
            if gap - last > 1 or _is_heading(words[last:gap], self._headings):
                breaks.add(tokens[gap].start())
                last = gap
        return breaks

    def is_between(self, above: str, below: str) -> bool:
        """Whether a row ends between two stretches of text that may belong together."""
        before, behind = above.split()[-LONGEST_HEADING:], below.split()[: 2 * LONGEST_HEADING]
        gap = len(before)
        if gap not in gaps([*before, *behind]):
            return False
        (seen,) = examples([*before, *behind], [gap], self._headings)
        return bool(self._model.calibrated(self._model.score_all([seen]))[0, 0] >= SURE)


def gaps(words: Sequence[str]) -> list[int]:
    """Numbers of the words before which a row may begin."""
    return [
        number
        for number, (before, word) in enumerate(pairwise(words), 1)
        if _OPENS.match(word) and before[-1] not in _HOLDS
    ]


def examples(words: Sequence[str], found: Sequence[int], headings: Headings) -> list[Example]:
    """What the model sees of gaps: three words behind each, two before it, their endings, and headings at it.

    Args:
        words: those of the stretch, as they are written.
        found: numbers of the words behind the gaps.
        headings: the lexicon of headings.
    """
    opening = [headings.may_begin_with(bag(word)) for word in words]
    padded = ["", "", *words, "", ""]
    return [
        Example((), [(*_word_signals(padded[gap : gap + 5]), *_heading_signals(words, gap, opening, headings))])
        for gap in found
    ]


def _word_signals(near: Sequence[str]) -> Iterator[str]:
    """What the two words before a gap and the three behind it tell."""
    shapes = [_shape(word) for word in near]
    earlier, before, behind, second, third = (word.strip('"„“»«().,:;!?*').casefold() for word in near)
    yield f"shapes {' '.join(shapes)}"
    yield f"before {before}"
    for length in range(1, 5):
        yield f"before -{before[-length:]} {shapes[1]}"
    yield f"earlier {earlier}"
    yield f"earlier -{earlier[-2:]} {shapes[0]}"
    yield f"both {earlier} {before}"
    yield f"behind {behind}"
    for length in range(2, 7):
        yield f"behind -{behind[-length:]}"
    yield f"behind {behind[:5]}-"
    yield f"second {second}"
    yield f"second -{second[-2:]} {shapes[3]}"
    yield f"third {third}"
    yield f"pair {behind} {second}"
    yield f"pair -{behind[-3:]} {second}"
    yield f"across -{before[-2:]} {shapes[1]} -{behind[-3:]}"
    yield f"across -{before[-3:]} {behind}"
    yield f"closed {near[1][-1:] == ')'}"


def _heading_signals(words: Sequence[str], gap: int, opening: Sequence[bool], headings: Headings) -> Iterator[str]:
    """Whether a heading stands behind or before a gap; `opening` tells which words may begin one."""
    for length in range(1, LONGEST_HEADING + 1):
        if opening[gap] and _is_heading(words[gap : gap + length], headings):
            follows = _shape(words[gap + length]) if gap + length < len(words) else "end"
            yield f"heading of {min(length, 3)} behind"
            yield f"heading of {min(length, 3)} behind, then {follows}"
        if gap >= length and opening[gap - length] and _is_heading(words[gap - length : gap], headings):
            yield f"heading of {min(length, 3)} before"


def _is_heading(words: Sequence[str], headings: Headings) -> bool:
    return len(headings.zones_of(" ".join(words))) == 1


def _shape(word: str) -> str:
    """How a word is written: in capitals, with a capital, with a figure, otherwise."""
    if len(word) > 1 and word.isupper():
        return "CAPITALS"
    return "Capital" if word[:1].isupper() else "figure" if word[:1].isdigit() else "small"

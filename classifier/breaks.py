"""Breaks: where an export that lost its line breaks runs rows together, and where a wrapped row goes on.

Line breaks and full stops get lost together ("… des Wettbewerbs Anfertigung von Analysen Ihr Profil Studium der …").
A small linear model looks at every blank before a capital or a figure and tells whether a row began there; it has
learned that from our own ads, run together. Of a line break it tells whether it is more than a blank.
"""

from __future__ import annotations

import re
from itertools import compress, pairwise
from typing import TYPE_CHECKING

from ..models.features import Example
from .memory import Memory
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..models.linear import LinearModel
    from .headings import Headings

BREAK = "break"
"""The model's only label."""

SURE = 0.5
"""Probability from which a row begins."""

AT_ONCE = 1000
"""Gaps scored together."""

LONGEST_HEADING = 5
"""Words of a heading that is looked for before and behind a blank."""

_TOKEN = re.compile(r"\S+")
_OPENS = re.compile(r"[\"„“»]*[^\W_a-zäöüß]")
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
        breaks, last = set(), 0
        for gap in self._sure(words, gaps(words), SURE):
            if gap - last > 1 or _is_heading(words[last:gap], self._headings):
                breaks.add(tokens[gap].start())
                last = gap
        return breaks

    def is_between(self, above: str, below: str, sure: float = SURE) -> bool:
        """Whether a row ends between two stretches of text.

        Args:
            above: the row that may end.
            below: the text from the next row on.
            sure: probability from which it does.
        """
        before, behind = above.split()[-LONGEST_HEADING:], below.split()[: LONGEST_HEADING + 1]
        words, gap = [*before, *behind], len(before)
        return gap in gaps(words) and any(self._sure(words, [gap], sure))

    def _sure(self, words: Sequence[str], found: Sequence[int], sure: float) -> Iterator[int]:
        """Those of the gaps behind which a row begins; scored some at a time, since an example takes much room."""
        for begin in range(0, len(found), AT_ONCE):
            some = found[begin : begin + AT_ONCE]
            scores = self._model.score_all(examples(words, some, self._headings))
            yield from compress(some, self._model.calibrated(scores)[:, 0] >= sure)


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
    return [Example((), [(*_word_signals(words, gap), *_heading_signals(words, gap, headings))]) for gap in found]


def _word_signals(words: Sequence[str], gap: int) -> Iterator[str]:
    """What the two words before a gap and the three behind it tell."""
    near = [words[number] if 0 <= number < len(words) else "" for number in range(gap - 2, gap + 3)]
    shapes = [_shape(word) for word in near]
    earlier, before, behind, second, third = (word.strip('"„“»«().,:;!?*').casefold() for word in near)
    yield f"shapes {' '.join(shapes)}"
    yield f"before {before}"
    for length in range(1, 7):
        yield f"before -{before[-length:]} {shapes[1]}"
    yield f"earlier {earlier}"
    for length in range(2, 5):
        yield f"earlier -{earlier[-length:]} {shapes[0]}"
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


def _heading_signals(words: Sequence[str], gap: int, headings: Headings) -> Iterator[str]:
    """Whether a heading stands behind or before a gap."""
    for length in range(1, LONGEST_HEADING + 1):
        if _is_heading(words[gap : gap + length], headings):
            follows = _shape(words[gap + length]) if gap + length < len(words) else "end"
            yield f"heading of {min(length, 3)} behind"
            yield f"heading of {min(length, 3)} behind, then {follows}"
        if gap >= length and _is_heading(words[gap - length : gap], headings):
            yield f"heading of {min(length, 3)} before"


def _is_heading(words: Sequence[str], headings: Headings) -> bool:
    return headings.may_begin_with(_folded[words[0]]) and len(headings.zones_of(" ".join(words))) == 1


_folded = Memory(lambda word: tuple(bag(word)))


def _shape(word: str) -> str:
    """How a word is written: in capitals, with a capital, with a figure, otherwise."""
    if len(word) > 1 and word.isupper():
        return "CAPITALS"
    return "Capital" if word[:1].isupper() else "figure" if word[:1].isdigit() else "small"

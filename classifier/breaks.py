"""Breaks: where an export that lost its line breaks runs rows together.

Line breaks and full stops get lost together ("… des Wettbewerbs Anfertigung von Analysen Ihr Profil Studium der …").
A small linear model looks at every blank before a capital or a figure and tells whether a row began there; it has
learned that from our own ads, run together.
"""

from __future__ import annotations

import re
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
        found = list(gaps(tokens))
        if not found:
            return set()
        seen = [example(tokens, gap, self._headings) for gap in found]
        sure = self._model.calibrated(self._model.score_all(seen))[:, 0]
        breaks, last = set(), 0
        for gap in (gap for gap, probability in zip(found, sure, strict=True) if probability >= SURE):
            if gap - last > 1 or _is_heading(tokens[last:gap], self._headings):
                breaks.add(tokens[gap].start())
                last = gap
        return breaks


def gaps(tokens: Sequence[re.Match[str]]) -> Iterator[int]:
    """Numbers of the tokens before which a row may begin."""
    for number in range(1, len(tokens)):
        if _OPENS.match(tokens[number].group()) and tokens[number - 1].group()[-1] not in _HOLDS:
            yield number


def example(tokens: Sequence[re.Match[str]], gap: int, headings: Headings) -> Example:
    """What the model sees of a gap: three words behind it, two before it, their endings, and headings at it.

    Args:
        tokens: those of the stretch.
        gap: number of the token behind the gap.
        headings: the lexicon of headings.
    """
    near = [tokens[n].group() if 0 <= n < len(tokens) else "" for n in range(gap - 2, gap + 3)]
    shapes = [_shape(word) for word in near]
    earlier, before, behind, second, third = (word.strip('"„“»«().,:;!?*').casefold() for word in near)
    signals = [
        f"shapes {' '.join(shapes)}",
        f"before {before}",
        f"before -{before[-3:]} {shapes[1]}",
        f"earlier {earlier}",
        f"earlier -{earlier[-2:]} {shapes[0]}",
        f"both {earlier} {before}",
        f"behind {behind}",
        f"behind -{behind[-3:]}",
        f"behind -{behind[-4:]}",
        f"behind {behind[:5]}-",
        f"second {second}",
        f"second -{second[-2:]} {shapes[3]}",
        f"third {third}",
        f"pair {behind} {second}",
        f"pair -{behind[-3:]} {second}",
        f"across -{before[-2:]} {shapes[1]} -{behind[-3:]}",
        f"across -{before[-3:]} {behind}",
        f"closed {near[1][-1:] == ')'}",
        *_heading_signals(tokens, gap, headings),
    ]
    return Example((), [tuple(signals)])


def _heading_signals(tokens: Sequence[re.Match[str]], gap: int, headings: Headings) -> Iterator[str]:
    begins = {n: headings.may_begin_with(bag(tokens[n].group())) for n in range(max(0, gap - LONGEST_HEADING), gap + 1)}
    for length in range(1, LONGEST_HEADING + 1):
        if begins[gap] and _is_heading(tokens[gap : gap + length], headings):
            follows = _shape(tokens[gap + length].group()) if gap + length < len(tokens) else "end"
            yield f"heading of {min(length, 3)} behind"
            yield f"heading of {min(length, 3)} behind, then {follows}"
        if gap >= length and begins[gap - length] and _is_heading(tokens[gap - length : gap], headings):
            yield f"heading of {min(length, 3)} before"


def _is_heading(tokens: Sequence[re.Match[str]], headings: Headings) -> bool:
    return len(headings.zones_of(" ".join(token.group() for token in tokens))) == 1


def _shape(word: str) -> str:
    """How a word is written: in capitals, with a capital, with a figure, otherwise."""
    if len(word) > 1 and word.isupper():
        return "CAPITALS"
    return "Capital" if word[:1].isupper() else "figure" if word[:1].isdigit() else "small"

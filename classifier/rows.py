"""Rows of a text: those that were wrapped at a fixed width are joined again, before they are cut into lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from .breaks import SURE
from .marks import BLANK, BULLET, DEEPEST, TAB_STOPS, opens, trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .breaks import Breaks
    from .headings import Headings

    Row = tuple[int, int]
    """Where a row begins and ends."""

NARROWEST, WIDEST = 40, 130
"""Widths at which texts are wrapped by hand or by mail programs."""

EARLY = 0.15
"""Probability from which another row begins behind one that had room left: it ended there on purpose."""

_ROW = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
# A row that ends with one of these words, or inside a bracket, goes on in the next one. A particle may also end the
# verb of its row: "Zusammenarbeit mit", but "Du baust Kontakte auf".
_HANGING = re.compile(
    r"""und|oder|sowie|bzw\.|von|vom|für|der|die|das|den|dem|des|eine[rnms]?|in|im|zur|zum|beim|am|als|wie|über|unter
    |(?:unser|[dD]ein|[iI]hr)e[rnms]?|(?P<particle>an|auf|aus|bei|durch|ein|mit|nach|vor|zu)""",
    re.VERBOSE,
)
_VERB = re.compile(r"(?:bist|[a-zäöüß]{3,}st)\b")
"""Behind a particle this begins a row of a list: "pflegst Beziehungen"."""

_ENDED = re.compile(r"[.!?:;]$(?<!\b[a-zäöü]\.[a-zäöüA-ZÄÖÜ]\.)")
"""What ends a row, full or not; "z.B." does not."""

_BEGINS = re.compile(r"[\"„“»(]*\w|[/&] ")
"""What a row that goes on may begin with; anything else is a mark."""


def unwrapped(text: str, headings: Headings, breaks: Breaks | None) -> Iterator[Row]:
    """The rows of a text, in order, without the empty ones.

    A row goes on in the next one if the next row's first word would not have fitted behind it. Where every row of a
    block is full, any row goes on; in a mixed block those whose next row begins in lower case, or with words that
    begin no row as the model of lost line breaks sees them, or stand below the words of an item. A row that cannot end
    as it does goes on, too. Nothing goes on in a mark.

    Args:
        text: the text of an ad.
        headings: the known headings.
        breaks: tells whether a row begins where the layout leaves it open; left out, it does.
    """
    layout = _Layout(text, headings, breaks)
    for block in _blocks(text):
        begin = block[0][0]
        for (_, end), (start, _), goes_on in zip(block, block[1:], layout.goes_on(block), strict=False):
            if not goes_on:
                yield begin, end
                begin = start
        yield begin, block[-1][1]


def _blocks(text: str) -> Iterator[list[Row]]:
    """Runs of rows without an empty row between them."""
    block: list[Row] = []
    last = 0
    for row in _ROW.finditer(text):
        is_empty = not row.group().strip(BLANK)
        if block and (is_empty or len(text[last : row.start()].replace("\r\n", "\n")) > 1):
            yield block
            block = []
        if not is_empty:
            block.append(row.span())
        last = row.end()
    if block:
        yield block


@dataclass(frozen=True, slots=True)
class _Layout:
    """A text and what tells where its rows end."""

    text: str
    headings: Headings
    breaks: Breaks | None

    def goes_on(self, block: list[Row]) -> Iterator[bool]:
        """For each row of a block but the last whether it goes on in the next one."""
        lengths = sorted(end - start for start, end in block)
        width = lengths[(len(lengths) - 1) * 19 // 20]  # an address of the web may be longer than the rows are wide
        pairs = list(pairwise(block))
        full = [self._is_full(above, below, width) for above, below in pairs]
        all_full = all(full) and len(full) > 1
        inside = DEEPEST
        for (above, below), is_full in zip(pairs, full, strict=True):
            if opens(self.text, *above):
                inside = self._column_of_words(above)
            if opens(self.text, *below) or not _BEGINS.match(self._words(below)):
                yield False
            elif is_full and (all_full or self._column(below) >= inside):
                yield True
            else:
                yield self._reads_on(above, below, is_full=is_full)

    def _column(self, row: Row) -> int:
        """How far to the right a row begins."""
        blanks = self.text[row[0] : min(row[0] + DEEPEST, trim(self.text, *row)[0])]
        return len(blanks.expandtabs(TAB_STOPS))

    def _column_of_words(self, row: Row) -> int:
        """How far to the right the words of an item begin, behind its mark."""
        start = trim(self.text, *row)[0]
        mark = BULLET.match(self.text, start, min(row[1], start + DEEPEST))
        return self._column(row) + mark.end() - start if mark else DEEPEST

    def _is_full(self, above: Row, below: Row, width: int) -> bool:
        """Whether the first word of a row would not have fitted behind the row above."""
        if not NARROWEST <= width <= WIDEST or _ENDED.search(self._words(above)):
            return False
        first = self._words(below).split(maxsplit=1)[0]
        return above[1] - above[0] + 1 + len(first) > width and not opens(self.text, *below)

    def _reads_on(self, above: Row, below: Row, *, is_full: bool) -> bool:
        """Whether a row cannot end as it does, or its words and those of the next one belong together."""
        tail = self.text[max(above[0], above[1] - WIDEST) : above[1]].rstrip(BLANK)
        hanging = _HANGING.fullmatch(tail.split()[-1])
        if tail.rfind("(") > tail.rfind(")") or (hanging and not hanging["particle"]):
            return True
        if hanging and not is_full and _VERB.match(self._words(below)):
            return False
        return (is_full or hanging is not None) and not self._begins_row(above, below, SURE if is_full else EARLY)

    def _begins_row(self, above: Row, below: Row, sure: float) -> bool:
        """Whether the words of a row read as the beginning of one, not as what follows."""
        words = self._words(below)
        if words[0].islower():
            return False
        if self.breaks is None or (" " in words and self.headings.zones_of(words)):
            return True
        start = trim(self.text, *below)[0]
        return self.breaks.is_between(self.text[slice(*above)], self.text[start : start + WIDEST], sure)

    def _words(self, row: Row) -> str:
        return self.text[slice(*trim(self.text, *row))]

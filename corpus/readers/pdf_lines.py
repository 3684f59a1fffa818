"""Glyphs on a page into lines, in reading order: one column after the other.

A PDF knows places only. Lines are told by breaks and wide gaps, columns by a gutter that several lines share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAP = 2.5
"""In font sizes: wider blanks part columns; a bullet stands nearer to its item."""

FEWEST_COLUMN_LINES = 3
"""Lines side by side; fewer are a table or an address."""

BULLET = re.compile(r"([•●○◦▪▫■□◼◾▶►▸▹‣⁃∙·✓✔✅☑➤➜➔→⇒✦★❖♦◆◇➢➣❯›\ue000-\uf8ff]\s*|[-–—*o»>](?:\s+|$))")
"""A bullet at the beginning of a line, or alone; letters and dashes need a blank behind them."""

Edge = Literal["", "top", "bottom"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Points."""
        return self.top - self.bottom

    def joined(self, other: Box) -> Box:
        """The rectangle around both."""
        return Box(
            min(self.left, other.left),
            min(self.bottom, other.bottom),
            max(self.right, other.right),
            max(self.top, other.top),
        )


@dataclass(frozen=True, slots=True)
class Glyph:
    """A visible character; `after` is what the file has before it: nothing, a blank, or a line break.

    Font facts stand at the first glyph of a word; inside it `is_bold` is None.
    """

    char: str
    box: Box
    size: float
    after: str = ""
    is_symbol: bool = False
    is_bold: bool | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its height in points, its glyphs in the order of the file, and drawn marks that may be bullets."""

    height: float
    glyphs: Sequence[Glyph]
    drawn: Sequence[Box] = ()


@dataclass(slots=True)
class Line:
    """A line of one column."""

    text: str
    box: Box
    size: float
    is_bold: bool
    is_item: bool = False
    edge: Edge = ""


def lines_of(page: Page) -> Iterator[Line]:
    """The lines of a page, what is left of a gutter before what is right of it."""
    return _in_columns(_rows(_lines(page.glyphs)))


def _lines(glyphs: Iterable[Glyph]) -> Iterator[Line]:
    """Cuts the glyphs at line breaks and wide gaps."""
    line: Line | None = None
    for glyph in glyphs:
        if line is None or _begins_line(glyph, line):
            if line is not None:
                yield line
            line = Line("•" if glyph.is_symbol else glyph.char, glyph.box, glyph.size, bool(glyph.is_bold))
            continue
        if glyph.is_bold is False:
            line.is_bold = False
        line.text += (" " if glyph.after or glyph.box.left - line.box.right > line.size / 3 else "") + glyph.char
        line.box = line.box.joined(glyph.box)
        line.size = max(line.size, glyph.size)
    if line is not None:
        yield line


def _begins_line(glyph: Glyph, line: Line) -> bool:
    size = max(glyph.size, 1.0)
    moved = abs(glyph.box.bottom - line.box.bottom) > size * 0.7
    return glyph.after == "\n" or moved or not -size < glyph.box.left - line.box.right < GAP * size


def _rows(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines side by side, from left to right; a bullet is joined with its item."""
    rows: list[list[Line]] = []
    for line in lines:
        last = rows[-1][-1] if rows else None
        if last is None or abs(last.box.bottom - line.box.bottom) > line.size / 2 or line.box.left < last.box.right:
            rows.append([line])
        elif BULLET.fullmatch(last.text):
            rows[-1][-1] = Line(f"{last.text} {line.text}", last.box.joined(line.box), line.size, line.is_bold)
        else:
            rows[-1].append(line)
    return rows


def _in_columns(rows: Sequence[list[Line]]) -> Iterator[Line]:
    """The lines in reading order: where a gutter runs down the rows, what is left of it comes first."""
    begin = 0
    while begin < len(rows):
        end, gutter = _gutter(rows, begin)
        found = [line for row in rows[begin:end] for line in row]
        sides = [[line for line in found if (line.box.right <= gutter) is is_left] for is_left in (True, False)]
        split = sum(len(row) > 1 for row in rows[begin:end])
        # A column of labels beside the text has fewer lines than the text; each label stays before what it labels.
        is_pair = split >= FEWEST_COLUMN_LINES and 2 * split >= end - begin
        yield from [*sides[0], *sides[1]] if is_pair else found
        begin = end


def _gutter(rows: Sequence[list[Line]], begin: int) -> tuple[int, float]:
    """Where the rows end that a gutter runs through, and a place in it."""
    if len(rows[begin]) == 1:
        return begin + 1, 0.0
    low, high = rows[begin][0].box.right, rows[begin][1].box.left
    end = begin + 1
    while end < len(rows):
        lefts = [line for line in rows[end] if line.box.left < low]
        rights = [line for line in rows[end] if line.box.left >= low]
        next_low = max([low, *(line.box.right for line in lefts)])
        next_high = min([high, *(line.box.left for line in rights)])
        if next_high - next_low < rows[end][0].size / 2:
            break
        low, high, end = next_low, next_high, end + 1
    return end, (low + high) / 2

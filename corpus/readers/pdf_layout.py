"""Glyphs on pages into light Markdown: lines, columns, paragraphs, headings, items.

A PDF knows places only. Lines are told by breaks and wide gaps; columns by a gutter that several lines share; a
paragraph goes on in the next line if the line was full; a heading is larger than most text, or bold and short.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAP = 2.5
"""In font sizes: wider blanks part columns; a bullet stands nearer to its item."""

FEWEST_COLUMN_LINES = 3
"""Lines side by side; fewer are a table or an address."""

LEADING = 1.9
"""In font sizes, from one line of a paragraph to the next at most."""

LARGER = 1.12
"""Times the usual font size, from which a line is a heading."""

LONGEST_HEADING = 100

LONG_LINE = 70
"""Characters; so long a line is prose, and goes on even before a capital."""

EDGE = 0.1
"""Part of the height of a page at its top and bottom in which running heads and foots stand."""

_BULLET = re.compile(r"([•●○◦▪▫■□◼◾▶►▸▹‣⁃∙·✓✔✅☑➤➜➔→⇒✦★❖♦◆◇➢➣❯›\ue000-\uf8ff]\s*|[-–—*o»>](?:\s+|$))")
_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)]\s")
_DIGITS = re.compile(r"\d+")

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


def text_of_pages(pages: Iterable[Page]) -> str:
    """The text of a document as light Markdown, a blank row between paragraphs."""
    of_pages = [[_marked(line, page) for line in _in_columns(_rows(_lines(page.glyphs)))] for page in pages]
    lines = list(_without_running(of_pages))
    usual = _usual_size(lines)
    return "\n\n".join(_as_row(paragraph, usual) for paragraph in _paragraphs(lines))


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
        elif _BULLET.fullmatch(last.text):
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


def _marked(line: Line, page: Page) -> Line:
    """The line with what its place on the page and a bullet before it tell."""
    if line.box.bottom > page.height * (1 - EDGE):
        line.edge = "top"
    elif line.box.top < page.height * EDGE:
        line.edge = "bottom"
    if bullet := _BULLET.match(line.text):
        line.text, line.is_item = line.text[bullet.end() :], True
    elif _NUMBER.match(line.text) or any(_is_bullet_of(box, line) for box in page.drawn):
        line.is_item = True
    return line


def _is_bullet_of(box: Box, line: Line) -> bool:
    inside = line.box.bottom <= box.bottom and box.top <= line.box.top
    return inside and 0 < line.box.left - box.right < GAP * line.size


def _without_running(of_pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines without running heads and feet: what stands at the edge of several pages, numbers aside."""
    counts = Counter(shape for lines in of_pages for shape in {_shape(line) for line in lines if line.edge})
    for number, lines in enumerate(of_pages):
        for line in lines:
            is_first_head = number == 0 and line.edge == "top"
            if line.text and (not line.edge or counts[_shape(line)] == 1 or is_first_head):
                yield line


def _shape(line: Line) -> str:
    return _DIGITS.sub("0", line.text)


def _usual_size(lines: Iterable[Line]) -> float:
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _paragraphs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that are one paragraph, heading or item."""
    for block in _blocks(lines):
        margin = max(line.box.right for line in block)
        full = [_is_full(above, below, margin) for above, below in pairwise(block)]
        paragraph = [block[0]]
        for is_full, below in zip(full, block[1:], strict=True):
            if not (is_full and _may_go_on(paragraph, below, prose=sum(full) > 1)):
                yield paragraph
                paragraph = []
            paragraph.append(below)
        yield paragraph


def _may_go_on(paragraph: Sequence[Line], below: Line, *, prose: bool) -> bool:
    likely = prose or paragraph[0].is_item or len(paragraph[-1].text) >= LONG_LINE
    return not below.is_item and (likely or below.text[0].islower())


def _blocks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines that follow each other closely and look alike."""
    block: list[Line] = []
    for line in lines:
        if block and not _is_near(block[-1], line):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_near(above: Line, below: Line) -> bool:
    step = above.box.bottom - below.box.bottom
    alike = abs(above.size - below.size) < 1 and above.is_bold == below.is_bold
    overlap = min(above.box.right, below.box.right) - max(above.box.left, below.box.left)
    return alike and 0 < step < LEADING * above.size and overlap > 0


def _is_full(above: Line, below: Line, margin: float) -> bool:
    """Whether the first word below would not have fitted in the line above."""
    first = len(below.text.split(maxsplit=1)[0])
    word = below.box.width * (first + 1) / max(len(below.text), 1)
    return above.box.right + word > margin


def _as_row(paragraph: Sequence[Line], usual: float) -> str:
    text = _joined(line.text for line in paragraph)
    first = paragraph[0]
    if first.is_item:
        return text if _NUMBER.match(text) else f"- {text}"
    if len(text) <= LONGEST_HEADING and first.size > LARGER * usual:
        return f"## {text}"
    if len(text) <= LONGEST_HEADING and first.is_bold:
        return f"**{text}**"
    return text


def _joined(texts: Iterable[str]) -> str:
    """Lines of a paragraph as one; a word that was parted at the end of a line is whole again."""
    joined = ""
    for text in texts:
        parted = len(joined) > 1 and joined[-1] == "-" and joined[-2].isalpha()
        if parted and text[0].islower() and not text.startswith(("und ", "oder ", "bzw")):
            joined = joined[:-1] + text
        else:
            joined += text if not joined or (parted and text[0].isalnum() and not text[0].islower()) else f" {text}"
    return joined

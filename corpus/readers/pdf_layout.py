"""Lines of a PDF into light Markdown: paragraphs, headings, items.

A paragraph goes on in the next line if the line was full; a heading is larger than most text, or bold and short; items
have a bullet, written or drawn. What stands at the edge of several pages is no part of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from .pdf_lines import BULLET, GAP, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .pdf_lines import Box, Line, Page

LEADING = 1.9
"""In font sizes, from one line of a paragraph to the next at most."""

LARGER = 1.12
"""Times the usual font size, from which a line is a heading."""

LONGEST_HEADING = 100

LONG_LINE = 70
"""Characters; so long a line is prose, and goes on even before a capital."""

EDGE = 0.1
"""Part of the height of a page at its top and bottom in which running heads and foots stand."""

_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-h])[.)]\s")
_DIGITS = re.compile(r"\d+")


def text_of_pages(pages: Iterable[Page]) -> str:
    """The text of a document as light Markdown, a blank row between paragraphs."""
    of_pages = [[_marked(line, page) for line in lines_of(page)] for page in pages]
    lines = list(_without_running(of_pages))
    usual = _usual_size(lines)
    return "\n\n".join(_as_row(paragraph, usual) for paragraph in _paragraphs(lines))


def _marked(line: Line, page: Page) -> Line:
    """The line with what its place on the page and a bullet before it tell."""
    if line.box.bottom > page.height * (1 - EDGE):
        line.edge = "top"
    elif line.box.top < page.height * EDGE:
        line.edge = "bottom"
    if bullet := BULLET.match(line.text):
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

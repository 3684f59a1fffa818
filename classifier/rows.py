"""Rows of a text: those that were wrapped at a fixed width are joined again, before they are cut into lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .abbreviations import ends_sentence
from .breaks import SURE
from .marks import BULLET, DEEPEST, TAB_STOPS, opens, trim
from .pronouns import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .breaks import Breaks
    from .headings import Headings

NARROWEST, WIDEST = 40, 130
"""Widths at which texts are wrapped by hand or by mail programs."""

FEWEST_FULL = 3
"""Rows of a block that must all be full before that alone tells that they were wrapped."""

EARLY = 0.15
"""Probability from which another row begins behind one that had room left: it ended there on purpose."""

# A mail that was answered or forwarded: rows on end that begin with ">", empty ones or items among them; without these,
# ">" may as well be the mark of a list.
_BEGIN = r"(?:^|(?<=\r))"
_QUOTED = re.compile(rf"(?:{_BEGIN}[ \t]*>[^\r\n]*(?:\r\n?|\n|\Z)){{3,}}", re.MULTILINE)
_QUOTES_LAYOUT = re.compile(rf"{_BEGIN}[ \t]*(?:>[ \t]*)++(?:\r|$|[-*•#])", re.MULTILINE)
_QUOTE = re.compile(rf"{_BEGIN}[ \t]*(?:>[ \t]?)++", re.MULTILINE)

_LINE_END = re.compile(r"(?<!\r)\r++\n")
_ROW = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x85]+")
# A row that ends with one of these words, or inside a bracket, goes on in the next one. A particle may also end the
# verb of its row: "Zusammenarbeit mit", but "Du baust Kontakte auf".
_HANGING = re.compile(
    r"""und|oder|sowie|bzw\.|von|vom|für|der|die|das|den|dem|des|eine[rnms]?|in|im|zur|zum|beim|am|als|wie|über|unter
    |(?:unser|[dD]ein|[iI]hr)e[rnms]?|(?P<particle>an|auf|aus|bei|durch|ein|mit|nach|vor|zu)""",
    re.VERBOSE,
)
_SPLIT = re.compile(r"[a-zäöüß]-$")
"""The end of a row inside a word ("Agen-", "turen") or a compound ("Social-Media-", "Strategie")."""

_END = re.compile(r"[.!?:;…][\"“”»)]*$")
_BEGINS = re.compile(r"[\"„“»‚(§€@]*\s?\w|\+\d|[/&] ")
"""What a row that goes on may begin with; anything else is a mark."""


class _Row(NamedTuple):
    """A row: where it begins and ends, what it says from where on, and whether that begins with a mark."""

    begin: int
    end: int
    words: str
    start: int
    is_marked: bool

    @property
    def length(self) -> int:
        """Columns up to the last character that shows."""
        return self.start + len(self.words) - self.begin


def unwrapped(text: str, headings: Headings, breaks: Breaks | None) -> Iterator[tuple[int, int]]:
    """The rows of a text, in order, without the empty ones.

    A row goes on in the next one if the next row's first word would not have fitted behind it. Where every row of a
    block is full, any row goes on; in a mixed block those whose next row begins in lower case, or with words that
    begin no row as the model of lost line breaks sees them, or stand below the words of an item. A row that cannot end
    as it does goes on, too. Nothing goes on in a mark or a known heading.

    Args:
        text: the text of an ad.
        headings: the known headings.
        breaks: tells whether a row begins where the layout leaves it open; left out, it does.

    Yields:
        Where a row begins and ends; a joined row holds the ends of the rows it was.
    """
    layout = _Layout(text, headings, breaks)
    for block in _blocks(text):
        begin = block[0].begin
        for above, below, goes_on in zip(block, block[1:], layout.goes_on(block), strict=False):
            if not goes_on:
                yield begin, above.end
                begin = below.begin
        yield begin, block[-1].end


def _blocks(text: str) -> Iterator[list[_Row]]:
    """Runs of rows without an empty row between them."""
    block: list[_Row] = []
    last = 0
    quotes = _quotes(text)
    for row in _ROW.finditer(text):
        begin = quotes.get(row.start(), row.start())
        start, stop = trim(text, begin, row.end())
        is_empty = start == stop
        if block and (is_empty or len(_LINE_END.sub("\n", text[last : row.start()])) > 1):
            yield block
            block = []
        if not is_empty:
            block.append(_Row(begin, row.end(), text[start:stop], start, opens(text, start, stop)))
        last = row.end()
    if block:
        yield block


def _quotes(text: str) -> dict[int, int]:
    """Where the rows of a quoted mail begin, and where the marks of the quotation end there."""
    if ">" not in text:
        return {}
    return {
        quote.start(): quote.end()
        for quoted in _QUOTED.finditer(text)
        if _QUOTES_LAYOUT.search(quoted.group())
        for quote in _QUOTE.finditer(text, *quoted.span())
    }


@dataclass(frozen=True, slots=True)
class _Layout:
    """A text and what tells where its rows end."""

    text: str
    headings: Headings
    breaks: Breaks | None

    def goes_on(self, block: list[_Row]) -> Iterator[bool]:
        """For each row of a block but the last whether it goes on in the next one."""
        # A single word, as an address of the web, may be longer than the rows are wide.
        width = max((row.length for row in block if " " in row.words), default=0)
        pairs = list(pairwise(block))
        full = [_is_full(above, below, width) for above, below in pairs]
        all_full = all(full) and len(full) >= FEWEST_FULL
        inside = DEEPEST
        for (above, below), is_full in zip(pairs, full, strict=True):
            if above.is_marked:
                inside = self._column_of_words(above)
            if below.is_marked or not _BEGINS.match(below.words):
                yield False
            elif is_full and (all_full or self._column(below) >= inside):
                yield not self._is_heading(below)
            else:
                yield self._reads_on(above, below, is_full=is_full) and not self._is_heading(below)

    def _column(self, row: _Row) -> int:
        """How far to the right a row begins."""
        blanks = self.text[row.begin : min(row.begin + DEEPEST, row.start)]
        return len(blanks.expandtabs(TAB_STOPS))

    def _column_of_words(self, row: _Row) -> int:
        """How far to the right the words of an item begin, behind its mark."""
        mark = BULLET.match(self.text, row.start, min(row.end, row.start + DEEPEST))
        return self._column(row) + mark.end() - row.start if mark else DEEPEST

    def _is_heading(self, row: _Row) -> bool:
        """Whether a row is a known heading of several words; one word may as well end what is above it."""
        return " " in row.words and bool(self.headings.zones_of(row.words))

    def _reads_on(self, above: _Row, below: _Row, *, is_full: bool) -> bool:
        """Whether a row cannot end as it does, or its words and those of the next one belong together."""
        before, behind = above.words[-WIDEST:], below.words[:WIDEST]
        hanging = _HANGING.fullmatch(before.split()[-1])
        if _SPLIT.search(before) or _in_bracket(before, behind) or (hanging and not hanging["particle"]):
            return True
        if hanging and _are_listed(above.words, behind, is_full=is_full):
            return False
        return (is_full or hanging is not None) and not self._begins_row(above, below, SURE if is_full else EARLY)

    def _begins_row(self, above: _Row, below: _Row, sure: float) -> bool:
        """Whether the words of a row read as the beginning of one, not as what follows."""
        if below.words[0].islower():
            return False
        if self.breaks is None:
            return True
        return self.breaks.is_between(above.words, self.text[below.start : below.start + WIDEST], sure)


def _is_full(above: _Row, below: _Row, width: int) -> bool:
    """Whether the first word of a row would not have fitted behind the row above."""
    if not NARROWEST <= width <= WIDEST or below.is_marked or _has_ended(above.words[-WIDEST:]):
        return False
    return above.length + 1 + len(below.words.split(maxsplit=1)[0]) > width


def _has_ended(words: str) -> bool:
    """Whether a row ends with a sentence or a label, full or not; "z. B." ends neither."""
    return bool(_END.search(words)) and ends_sentence(words)


def _in_bracket(before: str, behind: str) -> bool:
    """Whether a bracket that is open at the end of a row is closed in the next one."""
    closing, opening = behind.find(")"), behind.find("(")
    return before.rfind("(") > before.rfind(")") and closing >= 0 and not 0 <= opening < closing


def _are_listed(above: str, below: str, *, is_full: bool) -> bool:
    """Whether two rows begin alike: "Sie bauen", "Sie planen"; where room was left, also "baust", "pflegst"."""
    first, second = (row.split(maxsplit=1)[0] for row in (above, below))
    if first.casefold() in SUBJECTS:
        return first == second
    return not is_full and first.islower() and second.islower() and first[-2:] == second[-2:]

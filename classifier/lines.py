"""Text into lines: rows of the layout, cut into sentences, with what their marks and look tell.

Nothing is rewritten: a line is two offsets into the ad. Marks at its edges (bullets, `##`, `**`, stray tags) are
stepped over, so that `Line.text` holds words only. Lists that lost their line breaks (` - a - b`) and headings glued
to the text behind them are cut apart again.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .abbreviations import ends_sentence
from .ad import Line
from .marks import BLANK, BULLET, DEEPEST, HASHES, TAB_STOPS, TAG, trim
from .memory import remembered
from .rows import unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .ad import Kind
    from .breaks import Breaks
    from .headings import Headings

LONGEST_HEADING = 70
"""Characters; a longer row is no heading, however it looks."""

RUN_ON = 300
"""Characters without a full stop; hardly any sentence of an ad is as long, so line breaks were lost."""

LONGEST_ITEM = 600
"""Characters of an item of a list; a longer one is an ad that kept its first mark."""

SEEN_BEFORE, SEEN_BEHIND = 12, 40
"""Characters around a full stop that tell whether a sentence ends there."""

_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}|\\(?=[*_#-])")
_EDGE = BLANK + "*_\\|"
# " - A - B", " • a • b": a row in which one mark returns between blanks is a list that lost its line breaks. Prose is
# full of dashes: they are marks only before a capital, and only if there are several.
_FLAT = re.compile(rf"[•●▪■·✓✔►➤–*-](?<=[{BLANK}].)(?:(?<![–*-])|(?=[{BLANK}]+[^\W\d_a-zäöüß]))")
_FEWEST_FLAT = {"-": 3, "*": 3}
_FEWEST_FLAT_BEHIND_DASH = 2
# A sentence ends before a blank and a capital, or where the blank is lost ("… abEs …" is not cut, "… ab.Es …" is).
_STOP = re.compile(
    rf"""[.!?…](?:
      ["“”»)*_]{{0,3}}[{BLANK}]+(?=["„“»(*_]{{0,3}}[A-ZÄÖÜ0-9\U0001f300-\U0001faff])
    | (?<=[a-zäöüß]{{3}}[.!?])(?=[A-ZÄÖÜ][a-zäöüß]+[{BLANK}])
    )""",
    re.VERBOSE,
)
_LOST_STOP = re.compile(
    rf"[DSWIU](?<=[a-zäöüß]{{4}}.)(?:(?<=D)u|(?<=S)ie|(?<=W)ir|(?<=I)hr|(?<=D)eine?|(?<=I)hre|(?<=U)nsere?)[{BLANK}]+[a-zäöü]"
)


class _Part(NamedTuple):
    """A line with offsets into its row."""

    start: int
    end: int
    text: str
    text_start: int
    kind: Kind
    depth: int
    opens: bool


def read_lines(text: str, headings: Headings, breaks: Breaks | None = None) -> tuple[Line, ...]:
    """Cuts a text into lines.

    Args:
        text: the text of an ad, as it is.
        headings: the known headings, to find those that are glued to other text.
        breaks: finds the rows in stretches that lost their line breaks; left out, such stretches stay whole.

    Returns:
        The lines in order, without the empty ones; no two overlap.
    """
    lines: list[Line] = []
    for start, end in unwrapped(text, headings, breaks):
        lines += [
            Line(start + begin, start + stop, words, start + place, kind, depth, opens)
            for begin, stop, words, place, kind, depth, opens in _parts_of_row(text[start:end], headings, breaks)
        ]
    return tuple(_with_headings_by_look(lines))


@remembered
def _parts_of_row(row: str, headings: Headings, breaks: Breaks | None) -> tuple[_Part, ...]:
    """The lines of a row, as if the text began with it."""
    return tuple(
        part
        for start, end in _pieces(row, 0, len(row), headings, breaks)
        for part in _parts_of_piece(row, start, end, headings)
    )


def _pieces(text: str, start: int, end: int, headings: Headings, breaks: Breaks | None) -> Iterator[tuple[int, int]]:
    """A row, cut before the marks of a flattened list, around the headings glued into it, and at lost line breaks."""
    cuts = set(headings.glued(text, start, end))
    if cuts:
        first = next((place for place in range(start, end) if text[place].isalnum()), end)
        cuts = {cut for cut in cuts if cut > first}
    cuts |= _flat_marks(text, start, end)
    if breaks:
        for first, last in _stretches(text, start, end):
            cuts |= breaks.find(text, first, last)
    begin = start
    for cut in sorted(cuts - {start}):
        yield begin, cut
        begin = cut
    yield begin, end


def _flat_marks(text: str, start: int, end: int) -> set[int]:
    found: dict[str, list[int]] = {}
    for mark in _FLAT.finditer(text, start, end):
        found.setdefault(mark.group(), []).append(mark.start())
    if not found:
        return set()
    first = text[trim(text, start, end)[0] : end][:1]
    marks = max(found, key=lambda mark: len(found[mark]))
    if marks == "–" and first != marks:
        return set()
    fewest = _FEWEST_FLAT.get(marks, 2)
    if first == marks:
        fewest = _FEWEST_FLAT_BEHIND_DASH if marks in "-–*" else 1
    enough = len(found[marks]) >= fewest
    return set(found[marks]) if enough else set()


def _parts_of_piece(text: str, start: int, end: int, headings: Headings) -> Iterator[_Part]:
    start, end = trim(text, start, end)
    if start == end:
        return
    inner, kind, depth = _step_over_marks(text, start, end)
    text_start, text_end = trim(text, inner, end, _EDGE)
    while tag := _closing_tag(text, text_start, text_end):
        text_start, text_end = trim(text, text_start, tag, _EDGE)
    if text_start >= text_end:
        return
    if kind == "text" and _is_heading(text, inner, text_start, text_end, end, headings):
        kind = "heading"
    begin = start
    for number, (first, last) in enumerate(_sentences(text, text_start, text_end, kind)):
        stop = end if last == text_end else last
        sentence = trim(text, first, last, _EDGE)
        if sentence[0] < sentence[1]:
            yield _Part(begin, stop, text[slice(*sentence)], sentence[0], kind, depth, number == 0)
        begin = last


def _step_over_marks(text: str, start: int, end: int) -> tuple[int, Kind, int]:
    """Behind the marks that open a row: where its words begin, what the marks say, and how deep it lies."""
    kind: Kind = "text"
    indent = text[max(0, start - DEEPEST) : start].rpartition("\n")[2]
    depth = len(indent.expandtabs(TAB_STOPS)) // 2 if indent.isspace() else 0
    while start < end:
        if tag := TAG.match(text, start, end):
            name = tag.group(1).lower()
            kind = "heading" if re.fullmatch(r"h[1-6]", name) else "item" if name == "li" else kind
            start = tag.end()
        elif hashes := HASHES.match(text, start, end):
            kind, depth, start = "heading", len(hashes.group(1)) - 1, hashes.end()
        elif kind != "heading" and (bullet := BULLET.match(text, start, end)):
            kind, start = "item", bullet.end()
        elif text[start] in _EDGE and not text.startswith("**", start):
            start += 1
        else:
            break
    return start, kind, min(depth, 9)


def _closing_tag(text: str, start: int, end: int) -> int | None:
    """Where a tag that ends the stretch begins, if one does."""
    if end > start and text[end - 1] == ">" and (opening := text.rfind("<", start, end)) >= 0:
        return opening if TAG.fullmatch(text, opening, end) else None
    return None


def _is_heading(text: str, inner: int, start: int, end: int, row_end: int, headings: Headings) -> bool:  # noqa: PLR0913 -- six offsets describe one row
    words = text[start:end]
    if len(words) > LONGEST_HEADING or not any(map(str.isalpha, words)):
        return False
    bold = text.startswith("**", inner) and text[inner:row_end].rstrip(BLANK + ":").endswith("**") and "**" not in words
    capitals = words.isupper() and len(words) > len("AB CD")
    return bold or capitals or words.endswith(":") or bool(headings.zones_of(words))


def _with_headings_by_look(lines: list[Line]) -> Iterator[Line]:
    """A short row without a full stop right above a list is its heading."""
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        if (
            line.kind == "text"
            and line.opens
            and below is not None
            and below.opens
            and below.kind == "item"
            and len(line.text) <= LONGEST_HEADING
            and line.text[-1] not in ".,;!"
        ):
            yield Line(line.start, line.end, line.text, line.text_start, "heading", line.depth)
        else:
            yield line


def _sentences(text: str, start: int, end: int, kind: Kind) -> Iterator[tuple[int, int]]:
    if kind == "heading":
        yield start, end
        return
    begin = start
    words_end = next((place for place in range(end, start, -1) if text[place - 1].isalnum()), start)
    for stop, behind in _stops(text, start, words_end):
        before = text[max(begin, stop - SEEN_BEFORE) : stop].rstrip('"“”»)*_')
        if stop > begin and ends_sentence(before, text[behind : behind + SEEN_BEHIND]):
            yield begin, stop
            begin = behind
    yield begin, end


def _stops(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a sentence may end, and where the next one begins then."""
    stops = [(stop.start() + 1, stop.end()) for stop in _STOP.finditer(text, start, end)]
    lost = [(stop.start(), stop.start()) for stop in _LOST_STOP.finditer(text, start, end)]
    return sorted(stops + lost)


def _stretches(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a row that lost its line breaks, in which some stretch is too long for a sentence."""
    is_item = BULLET.match(text, trim(text, start, end)[0], end)
    if end - start < (LONGEST_ITEM if is_item else RUN_ON):
        return []
    sentences = list(_sentences(text, start, end, "text"))
    return sentences if any(last - first >= RUN_ON for first, last in sentences) else []

"""One ad in several layouts, as job boards mangle it: without marks, without headings, with other headings, run on.

The words stay the same, so the coding stays right; only what the layout tells a reader changes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ...classifier.headings import Headings
    from ..gold import GoldAd, GoldLine

_MARKS = re.compile(
    r"^\s*(?:#{1,6}\s*|(?:[-*+–—•·▪●○✓✔►➤»>→]|\d{1,2}[.)]|[\U0001f300-\U0001faff\u2600-\u27bf]\ufe0f?)\s+)+"
)
_BOLD = re.compile(r"\*\*|__")
_YOU = re.compile(r"\b(?:du|dich|dir|dein(?:e[nmrs]?)?)\b")
PLAIN_EVERY = 3
"""Every third ad is also seen without bullets and other marks."""

BARE_EVERY = 4
"""Every fourth ad is also seen without its headings."""

RUN_ON_EVERY = 3
"""Every third ad is also seen as one paragraph."""

STOPS_LOST = 0.8
"""Share of the full stops at the ends of lines that such a paragraph has lost."""


@dataclass(frozen=True, slots=True)
class Layout:
    """An ad in one layout: its text, its lines as they read there, and how much it counts in training."""

    text: str
    lines: tuple[GoldLine, ...]
    weight: float


def layouts(ad: GoldAd, headings: Headings) -> Iterator[Layout]:
    """The text of an ad in several layouts; the same ad gives the same layouts.

    Args:
        ad: an ad whose lines are those of its text.
        headings: the lexicon other headings are taken from.
    """
    random = Random(crc32(ad.id.encode()))  # noqa: S311 -- variety, no secret
    plain = [replace(line, text=unmarked(line.text)) for line in ad.lines]
    yield Layout(ad.text, ad.lines, 1.0)
    number = crc32(ad.id.encode())
    renamed = [_renamed(line, bare.text, headings, random) for line, bare in zip(ad.lines, plain, strict=True)]
    yield _rows(renamed, 1.0)
    if number % PLAIN_EVERY == 0:
        yield _rows(plain, 1.0)
    if number % BARE_EVERY == 0:
        yield _rows([line for line in ad.lines if not _is_heading(line, headings)], 1.0)
    if number % RUN_ON_EVERY == 0:
        yield Layout(" ".join(run_on(ad)), tuple(plain), 0.5)


def run_on(ad: GoldAd) -> list[str]:
    """The rows of an ad without marks and most full stops; joined by blanks they are what some exports leave of an ad.

    Every second ad writes "Du" with a capital, as many do, so that a capital alone begins no row.
    """
    random = Random(crc32(ad.id.encode()))  # noqa: S311 -- variety, no secret
    capital = random.random() < 1 / 2
    rows = []
    for line in ad.lines:
        row = unmarked(line.text)
        if capital:
            row = _YOU.sub(lambda you: you.group().capitalize(), row)
        rows.append(row.rstrip(".:") if random.random() < STOPS_LOST else row)
    return [row for row in rows if row]


def _rows(lines: Sequence[GoldLine], weight: float) -> Layout:
    return Layout("\n".join(line.text for line in lines), tuple(lines), weight)


def _is_heading(line: GoldLine, headings: Headings) -> bool:
    return line.text.lstrip().startswith("#") or bool(headings.zones_of(unmarked(line.text)))


def unmarked(text: str) -> str:
    """A row without its marks: bullets, hashes, bold."""
    return _BOLD.sub("", _MARKS.sub("", text)).strip()


def _renamed(line: GoldLine, text: str, headings: Headings, random: Random) -> GoldLine:
    """The line, or another heading of the same zone in its place."""
    others = headings.of_zone(line.zone)
    if line.zone not in headings.zones_of(text)[:1] or not others:
        return line
    other = random.choice(others)
    form = random.choice(("## {}", "**{}**", "{}:", "{}", "# {}"))
    return replace(line, text=form.format(other[:1].upper() + other[1:]))

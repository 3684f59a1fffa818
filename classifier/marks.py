"""Marks of the layout: blanks, bullets, hashes and tags, and what looks like one: dates."""

from __future__ import annotations

import re

BLANK = "".join(
    (" \t\x1c\x1d\x1e\x1f\u00a0\u00ad\u1680", *map(chr, range(0x2000, 0x200C)), "\u202f\u205f\u2060\u3000\ufeff")
)
"""Characters that show nothing, but end no row: all that Python takes for white space, and what takes no room."""

DEEPEST = 100
"""Blanks before a row that are looked at."""

TAB_STOPS = 4
"""Columns between two stops of a tab."""

_MONTH = (
    "Jan(?:uar)?|Feb(?:ruar)?|März|Apr(?:il)?|Mai|Juni?|Juli?|Aug(?:ust)?|Sept?(?:ember)?|Okt(?:ober)?|Nov(?:ember)?"
    "|Dez(?:ember)?"
)
# Bullets of real ads: ASCII marks need a blank behind them (else a hyphen would end a compound), the others do not.
BULLET = re.compile(
    rf"""(?:
      [-*+–—_o>»~][{BLANK}]+(?:[>»][{BLANK}]*)?
    | [•●○◦▪▫■□◼◾▶►▸▹‣⁃∙·✓✔✅☑➤➜➔→⇒✦✶★☆❖♦◆◇➢➣❯›\uf0b7\uf0a7\uf0d8\uf076][\ufe0f]?[{BLANK}]*
    | [\U0001f300-\U0001faff\u2600-\u27bf][\ufe0f\u200d\U0001f3fb-\U0001f3ff\u2640\u2642]*[{BLANK}]+
    | \(?\d{{1,2}}[.)][{BLANK}]+(?=[^\W\d_])(?!(?:{_MONTH})\b)
    | \(?[a-h]\)[{BLANK}]+
    )""",
    re.VERBOSE,
)
HASHES = re.compile(rf"(\#{{1,6}})[{BLANK}]*")
TAG = re.compile(r"</?(\w{1,10})(?:\s[^<>]{0,300})?/?>")


def trim(text: str, start: int, end: int, marks: str = BLANK) -> tuple[int, int]:
    """A stretch without some characters at its edges."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end


def opens(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins with a mark: a bullet, a heading, a tag, bold."""
    start = trim(text, start, end)[0]
    return any(mark.match(text, start, end) for mark in (BULLET, HASHES, TAG)) or text.startswith("**", start)

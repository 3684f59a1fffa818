"""An annotated ad with character spans: what every annotation tool works on, and the way to gold and back."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from ..gold import OPTIONAL, GoldAd, GoldDuty, GoldLine, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...classifier.ad import Grade, Platform, Role, Zone


@dataclass(frozen=True, slots=True)
class ZoneSpan:
    """A line and its zone."""

    start: int
    end: int
    zone: str


@dataclass(frozen=True, slots=True)
class DutySpan:
    """A duty and its codes, the governing one first."""

    start: int
    end: int
    areas: tuple[str, ...]
    grade: str = "A"
    platform: str = ""


@dataclass(frozen=True, slots=True)
class Annotated:
    """An ad with its annotation; offsets count code points of `text`.

    Attributes:
        role: the judged role; empty as long as nobody has coded the ad.
        extra: further fields of the gold, kept as they are where a format can.
        left_out: fields of a title that nobody coded.
    """

    text: str
    zones: tuple[ZoneSpan, ...] = ()
    duties: tuple[DutySpan, ...] = ()
    role: str = "none"
    id: str = ""
    title: str = ""
    format: str = "text"
    roles_involved: tuple[str, ...] = ()
    title_roles: tuple[str, ...] = ()
    level: str = ""
    source: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()


LISTS = ("roles_involved", "title_roles")
FIELDS = ("id", "title", "format", "level", "source", *LISTS)
"""What describes the whole ad, besides its role."""

CODED = ("level", *LISTS)
"""What of it coders decide; it is left out of ads that nobody has coded."""


def described(ad: Annotated) -> dict[str, object]:
    """The fields of a whole ad as plain values; `extra` only if there is any."""
    names = [name for name in FIELDS if name not in ad.left_out and (ad.role or name not in CODED)]
    values = {name: list(value) if isinstance(value := getattr(ad, name), tuple) else value for name in names}
    return values | ({"extra": dict(ad.extra)} if ad.extra else {})


def described_from(values: Mapping[str, object]) -> dict[str, object]:
    """The fields of a whole ad from plain values, for `Annotated(**…)`; what is missing is left out."""
    found: dict[str, object] = {name: values[name] for name in FIELDS if name in values}
    found["left_out"] = tuple(name for name in OPTIONAL if name not in found)
    for name in LISTS:
        if name in found:
            found[name] = tuple(map(str, cast("list[object]", found[name])))
    if isinstance(values.get("extra"), dict):
        found["extra"] = values["extra"]
    return found


def annotated(ad: GoldAd) -> tuple[Annotated, Counter[str]]:
    """A gold ad with spans in its text, and what could not be placed.

    The text of a page is the rendered one, as a labeller reads it; its mark-up is dropped.
    """
    text, lost = text_of(ad), Counter[str]()
    zones = []
    for (start, end), line in zip(places(text, [line.text for line in ad.lines]), ad.lines, strict=True):
        if end > start:
            zones.append(ZoneSpan(start, end, line.zone))
        lost["lines_not_in_text"] += end <= start
    duties = []
    for (start, end), duty in zip(places(text, [duty.text for duty in ad.duties]), ad.duties, strict=True):
        if end > start:
            duties.append(DutySpan(start, end, duty.areas, duty.grade, duty.platform))
        lost["duties_not_in_text"] += end <= start
    lost["html"] += ad.format == "html"
    item = Annotated(
        text,
        tuple(zones),
        tuple(duties),
        ad.role,
        ad.id,
        ad.title,
        "markdown" if ad.format == "html" else ad.format,
        ad.roles_involved,
        ad.title_roles,
        ad.level,
        ad.source,
        ad.extra,
        ad.left_out,
    )
    return item, +lost


def as_gold(ad: Annotated) -> GoldAd:
    """The gold ad behind spans: lines and duties as the text between their offsets."""
    return GoldAd(
        id=ad.id,
        title=ad.title,
        format=ad.format,
        text=ad.text,
        lines=tuple(
            GoldLine(ad.text[span.start : span.end], cast("Zone", span.zone))
            for span in sorted(ad.zones, key=lambda span: span.start)
        ),
        duties=tuple(
            GoldDuty(
                ad.text[span.start : span.end], span.areas, cast("Grade", span.grade), cast("Platform", span.platform)
            )
            for span in sorted(ad.duties, key=lambda span: span.start)
        ),
        role=cast("Role", ad.role),
        roles_involved=ad.roles_involved,
        title_roles=ad.title_roles,
        level=ad.level,
        source=ad.source,
        extra=ad.extra,
        left_out=ad.left_out,
    )


NEVER = r"(?!)"
"""A pattern that matches nothing."""


def places(text: str, quotes: Iterable[str]) -> list[tuple[int, int]]:
    """Where quotes stand in a text: each behind the one before if it can.

    White space of any kind counts as equal; if that does not help, marks between words (bold, bullets) do not count.

    Returns:
        For each quote its offsets; `(0, 0)` if it does not stand there.
    """
    found, position = [], 0
    for quote in quotes:
        start, end = _place(text, quote, position)
        found.append((start, end))
        position = max(position, end)
    return found


def _place(text: str, quote: str, position: int) -> tuple[int, int]:
    for begin in (position, 0):
        if quote and (start := text.find(quote, begin)) >= 0:
            return start, start + len(quote)
    by_space = re.compile(r"\s+".join(map(re.escape, quote.split())) or NEVER)
    by_word = re.compile(r"\W+".join(re.findall(r"\w+", quote)) or NEVER)
    for pattern in (by_space, by_word):
        if match := pattern.search(text, position) or pattern.search(text):
            return match.span()
    return 0, 0

"""What a coder says of an ad: from gold, to gold, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ...classifier.ad import PLATFORMS, family_of
from ...classifier.profile import MOST_AREAS
from ..formats.spans import DutySpan, ZoneSpan, as_gold, places
from ..gold import GOLD_ROLES, OPTIONAL, Problem, aligned_zones, problems_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ...classifier.ad import Line
    from ..gold import GoldAd, GoldLine
    from .sheet import Sheet

FEWEST_ROLES = 2
"""Roles that a mixed ad involves at least."""

FEWEST_DUTIES = 3
"""Duties of an ad that has a role; one with fewer is not codable (codebook 2)."""

CODER, REMARK = "coder", "remark"
"""Further fields of gold (codebook 13)."""


@dataclass(frozen=True, slots=True)
class Coding:
    """The coding of an ad, finished or not.

    Attributes:
        zones: of each line its zone; empty for that of the line above.
        duties: with offsets into the text of the ad.
        role: the judged role; empty as long as there is none.
        title_roles: None as long as nobody coded the title; the same holds for `level`.
        remark: one sentence of the coder, if need be.
    """

    zones: tuple[str, ...]
    duties: tuple[DutySpan, ...] = ()
    role: str = ""
    roles_involved: tuple[str, ...] = ()
    title_roles: tuple[str, ...] | None = None
    level: str | None = None
    remark: str = ""


def carried(zones: Sequence[str]) -> list[str]:
    """The zone of every line, where an empty one is that of the line above.

    >>> carried(["title", "", "duties", ""])
    ['title', 'title', 'duties', 'duties']
    """
    result: list[str] = []
    for zone in zones:
        result.append(zone or (result[-1] if result else ""))
    return result


def begun(zones: Sequence[str]) -> list[str]:
    """The zones where they begin, and nothing for the lines below: what `carried` undoes."""
    return ["" if number and zone == zones[number - 1] else zone for number, zone in enumerate(zones)]


def span_of(line: Line, text: str) -> tuple[int, int]:
    """Where a line stands, without the blank that parts a sentence from the one before it."""
    words = text[line.start : line.end]
    return line.end - len(words.lstrip()), line.start + len(words.rstrip())


def gold_of(sheet: Sheet, coding: Coding, before: GoldAd | None = None, coder: str = "") -> GoldAd:
    """The gold ad behind a coding; it need not be right yet.

    Args:
        sheet: the ad.
        coding: of all its lines.
        before: the gold ad that it takes the place of; fields that nobody codes here are kept.
        coder: who coded; kept as it was if left out.
    """
    item = replace(
        sheet.ad,
        zones=tuple(
            ZoneSpan(*span_of(line, sheet.ad.text), zone)
            for line, zone in zip(sheet.lines, carried(coding.zones), strict=True)
        ),
        duties=coding.duties,
        role=coding.role,
        roles_involved=coding.roles_involved,
        title_roles=coding.title_roles or (),
        level=coding.level or "",
        extra=_extra(sheet, coding, before.extra if before else {}, coder),
        left_out=tuple(name for name in OPTIONAL if getattr(coding, name) is None),
    )
    return as_gold(item)


def _extra(sheet: Sheet, coding: Coding, kept: Mapping[str, object], coder: str) -> dict[str, object]:
    """The further fields: those of the ad as it was drawn win over those that were kept."""
    own = {CODER: coder or kept.get(CODER), REMARK: coding.remark}
    foreign = {name: value for name, value in kept.items() if name not in own}
    return foreign | dict(sheet.ad.extra) | {name: value for name, value in own.items() if value}


def coding_of(sheet: Sheet, gold: GoldAd) -> tuple[Coding, tuple[str, ...]]:
    """The coding behind a gold ad, and the duties whose words do not stand in the text."""
    zones = _zones_of(sheet.ad.text, sheet.lines, gold.lines)
    found, lost = _duties_of(sheet, gold, zones)
    remark = gold.extra.get(REMARK) if gold.extra.get(REMARK) != sheet.ad.extra.get(REMARK) else None
    coding = Coding(
        tuple(begun(zones)),
        found,
        gold.role,
        gold.roles_involved,
        None if "title_roles" in gold.left_out else gold.title_roles,
        None if "level" in gold.left_out else gold.level,
        remark if isinstance(remark, str) else "",
    )
    return coding, lost


def _zones_of(text: str, lines: Sequence[Line], gold: Sequence[GoldLine]) -> list[str]:
    """The zone of each line: as it was coded, or by its words where the text was cut otherwise."""
    texts = [text[slice(*span_of(line, text))] for line in lines]
    if texts == [line.text for line in gold]:
        return [line.zone for line in gold]
    return carried([zone or "" for zone in aligned_zones(gold, texts)])


def _duties_of(sheet: Sheet, gold: GoldAd, zones: Sequence[str]) -> tuple[tuple[DutySpan, ...], tuple[str, ...]]:
    """The duties where they stand: gold has their words alone, which may stand in the ad more than once."""
    text = sheet.ad.text
    listed = next((line.start for line, zone in zip(sheet.lines, zones, strict=True) if zone == "duties"), 0)
    found, lost, position = [], [], 0
    for duty in gold.duties:
        begins = (max(position, listed), position, 0)
        start = next((place for begin in begins if (place := text.find(duty.text, begin)) >= 0), -1)
        end = start + len(duty.text)
        if start < 0:
            start, end = places(text, [duty.text])[0]
        if start == end:
            lost.append(duty.text)
            continue
        position = end
        found.append(DutySpan(start, end, duty.areas, duty.grade, duty.platform))
    return tuple(sorted(found, key=lambda span: span.start)), tuple(lost)


def problems(sheet: Sheet, coding: Coding, codes: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a coding: what gold may not be, and what the codebook does not allow.

    Args:
        sheet: the ad.
        coding: of all its lines.
        codes: the area codes of the rule set.
    """
    gold = gold_of(sheet, coding)
    yield from problems_of(gold, codes)
    for number, duty in enumerate(gold.duties, 1):
        if len(duty.areas) > MOST_AREAS:
            yield Problem(f"duties[{number}].areas", list(duty.areas), (f"<= {MOST_AREAS}",))
        is_of_community = any(family_of(code) == "CM" for code in duty.areas)
        if duty.platform in PLATFORMS and is_of_community != bool(duty.platform):
            yield Problem(f"duties[{number}].platform", duty.platform, PLATFORMS if is_of_community else ("",))
    if gold.role in GOLD_ROLES and (gold.role == "notcodable") != (len(gold.duties) < FEWEST_DUTIES):
        yield Problem("role", gold.role, ("notcodable",))
    if gold.role == "mixed" and len(set(gold.roles_involved)) < FEWEST_ROLES:
        yield Problem("roles_involved", list(gold.roles_involved), (f">= {FEWEST_ROLES}",))

"""The gold format: hand-coded ads as JSON Lines, one ad a line, and how gold is laid against a verdict.

Lines and duties are given as text, so gold does not depend on how a reader lays a page out. They are aligned by their
words: a duty matches a found one if the F1 of their words is 0.8 or more.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeVar, cast

from ..classifier.ad import GRADES, PLATFORMS, ZONES
from ..classifier.words import bag
from ..errors import InputError
from .readers.html import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..classifier.ad import Grade, Platform, Role, Zone

T = TypeVar("T")

MATCH = 0.8
"""Word F1 from which a gold duty and a found one count as the same."""

FORMATS = ("text", "markdown", "html")
GOLD_ROLES = ("CM", "SMM", "OM", "mixed", "none", "notcodable")


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A line as the coder saw it, with its zone."""

    text: str
    zone: Zone


@dataclass(frozen=True, slots=True)
class GoldDuty:
    """A coded duty: its words, its areas (the governing one first), grade and platform."""

    text: str
    areas: tuple[str, ...]
    grade: Grade = "A"
    platform: Platform = ""


@dataclass(frozen=True, slots=True)
class GoldAd:
    """A hand-coded ad.

    Attributes:
        format: text, markdown or html.
        role: the judged role.
        extra: fields beyond the format, kept as they are.
    """

    id: str
    title: str
    format: str
    text: str
    lines: tuple[GoldLine, ...]
    duties: tuple[GoldDuty, ...]
    role: Role
    roles_involved: tuple[str, ...] = ()
    title_roles: tuple[str, ...] = ()
    level: str = ""
    source: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


def read_gold(path: Path) -> Iterator[GoldAd]:
    """Reads a gold file, ad by ad.

    Raises:
        InputError: the file cannot be read, or a line is no gold ad; the error names the line and the field.
    """
    try:
        with path.open(encoding="utf-8") as file:
            for number, row in enumerate(file, 1):
                if row.strip():
                    yield _gold_ad(row, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("E101", path=path, problem=error) from error


def _gold_ad(row: str, where: str) -> GoldAd:
    try:
        values = json.loads(row)
        known = {name: values.pop(name) for name in ("id", "title", "text", "role")}
        ad = GoldAd(
            **known,
            format=values.pop("format", "text"),
            lines=tuple(GoldLine(line["text"], line["zone"]) for line in values.pop("lines")),
            duties=tuple(_gold_duty(duty) for duty in values.pop("duties")),
            roles_involved=tuple(values.pop("roles_involved", ())),
            title_roles=tuple(values.pop("title_roles", ())),
            level=values.pop("level", ""),
            source=values.pop("source", ""),
            extra=values,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("E110", where=where, problem=repr(error)) from error
    for problem in problems_of(ad):
        raise InputError("E110", where=where, problem=problem)
    return ad


def _gold_duty(duty: dict[str, object]) -> GoldDuty:
    return GoldDuty(
        text=str(duty["text"]),
        areas=tuple(cast("list[str]", duty["areas"])),
        grade=cast("Grade", duty.get("grade") or "A"),
        platform=cast("Platform", duty.get("platform") or ""),
    )


def problems_of(ad: GoldAd) -> Iterator[str]:
    """What is wrong with a gold ad: values outside the codebook's lists."""
    if ad.role not in GOLD_ROLES:
        yield f"role {ad.role!r} is not one of {', '.join(GOLD_ROLES)}"
    if ad.format not in FORMATS:
        yield f"format {ad.format!r} is not one of {', '.join(FORMATS)}"
    for line in ad.lines:
        if line.zone not in ZONES:
            yield f"zone {line.zone!r} is not one of {', '.join(ZONES)}"
    for duty in ad.duties:
        if not duty.areas:
            yield f"the duty {duty.text[:40]!r} has no area"
        if duty.grade not in GRADES or duty.platform not in PLATFORMS:
            yield f"grade {duty.grade!r} or platform {duty.platform!r} is unknown"


def text_of(ad: GoldAd) -> str:
    """The text a labeller gets to read: rendered for HTML, as it is otherwise."""
    return render(ad.text) if ad.format == "html" else ad.text


def gold_row(ad: GoldAd) -> str:
    """A gold ad as one line of JSON."""
    values = asdict(ad)
    values |= values.pop("extra")
    return json.dumps(values, ensure_ascii=False)


def aligned_zones(gold: Sequence[GoldLine], texts: Sequence[str]) -> list[Zone | None]:
    """For each text (a line as found) the zone most of its words have in gold; None where nothing matches."""
    words, zones = _stream([line.text for line in gold], [line.zone for line in gold])
    found, owners = _stream(texts, range(len(texts)))
    votes: list[Counter[Zone]] = [Counter() for _ in texts]
    for left, right, size in _common_runs(words, found):
        for step in range(size):
            votes[owners[right + step]][zones[left + step]] += 1
    return [vote.most_common(1)[0][0] if vote else None for vote in votes]


def _common_runs(left: list[str], right: list[str]) -> list[tuple[int, int, int]]:
    """Runs of words that two streams share: where each begins, and its length."""
    if left == right:  # the usual case, and much faster
        return [(0, 0, len(left))]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks()]


def _stream(texts: Iterable[str], owners: Iterable[T]) -> tuple[list[str], list[T]]:
    words: list[str] = []
    of_word: list[T] = []
    for text, owner in zip(texts, owners, strict=True):
        found = bag(text)
        words += found
        of_word += [owner] * len(found)
    return words, of_word


def word_f1(left: str, right: str) -> float:
    """F1 of the words of two texts, as multisets; 0 to 1."""
    return bag_f1(Counter(bag(left)), Counter(bag(right)))


def bag_f1(left: Counter[str], right: Counter[str]) -> float:
    """F1 of two multisets of words; 0 to 1."""
    common = (left & right).total()
    return 2 * common / (left.total() + right.total()) if common else 0.0


def matched_duties(gold: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of a gold duty and a found one that match, each used once, the best pairs first.

    Args:
        gold: the texts of the gold duties.
        found: the texts of the found duties.
    """
    left, right = [Counter(bag(text)) for text in gold], [Counter(bag(text)) for text in found]
    scored = [(bag_f1(a, b), -i, -j) for i, a in enumerate(left) for j, b in enumerate(right)]
    pairs, used_left, used_right = [], set(), set()
    for score, i, j in sorted(scored, reverse=True):
        if score >= MATCH and -i not in used_left and -j not in used_right:
            used_left.add(-i)
            used_right.add(-j)
            pairs.append((-i, -j))
    return sorted(pairs)

"""The gold format: hand-coded ads as JSON Lines, one ad a line, and how gold is laid against a verdict.

Lines and duties are given as text, so gold does not depend on how a reader lays a page out. They are aligned by their
words: a duty matches a found one if the F1 of their words is 0.8 or more.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, fields, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, TypeVar, cast

from ..classifier.ad import GRADES, PLATFORMS, ROLES, ZONES, family_of
from ..classifier.profile import load_profile
from ..classifier.title import load_title_rules, read_title
from ..classifier.words import bag
from ..errors import InputError
from ..messages.nearest import hint
from .json_lines import lines, parsed
from .readers.html import render

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ..classifier.ad import Grade, Platform, Role, Zone
    from ..classifier.title import TitleRules

T = TypeVar("T")

MATCH = 0.8
"""Word F1 from which a gold duty and a found one count as the same."""

FORMATS = ("text", "markdown", "html")
LONGEST_SHOWN = 60
"""Characters of a wrong value that its error shows."""

OPTIONAL = ("title_roles", "level")
"""What the title says; it is read as the tool reads titles where coders left it out."""

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
        left_out: those of `OPTIONAL` that nobody coded; that is not the same as a title without a role or a level.
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
    left_out: tuple[str, ...] = ()


def read_gold(path: Path, codes: Collection[str] | None = None) -> Iterator[GoldAd]:
    """Reads a gold file, ad by ad.

    Args:
        path: the file.
        codes: the area codes that duties may have; those of the packaged rule set if left out.

    Raises:
        InputError: the file cannot be read, a line is no gold ad (the error names the line, the ad and the field), or
            an id stands there twice.
    """
    yield from read_gold_files([path], codes)


def read_gold_files(paths: Iterable[Path], codes: Collection[str] | None = None) -> Iterator[GoldAd]:
    """Reads gold that stands in several files, each ad in one of them.

    Args:
        paths: the files.
        codes: as for `read_gold`.

    Raises:
        InputError: as of `read_gold`; an id may stand in one file only.
    """
    known: dict[str, str] = {}
    for path in paths:
        for where, row in lines(path, "utf-8-sig"):
            if not row.strip():
                continue
            ad = checked(_gold_ad(row, where), where, codes)
            if ad.id in known:
                raise InputError("E526", where=where, id=ad.id, first=known[ad.id])
            known[ad.id] = where
            yield ad


def _gold_ad(row: str, where: str) -> GoldAd:
    values = parsed(row, where)
    if _is_uncoded(values):
        raise InputError("E536", where=where, id=values.get("id", ""))
    record = _Record(values, where, values.get("id", ""))
    return GoldAd(
        id=record.text("id"),
        title=record.text("title"),
        format=record.text("format", "text"),
        text=record.text("text"),
        lines=tuple(GoldLine(line.text("text"), cast("Zone", line.text("zone"))) for line in record.records("lines")),
        duties=tuple(map(_gold_duty, record.records("duties"))),
        role=cast("Role", record.text("role")),
        roles_involved=record.texts("roles_involved", ()),
        title_roles=record.texts("title_roles", ()),
        level=record.text("level", ""),
        source=record.text("source", ""),
        extra={name: value for name, value in values.items() if name not in _FIELDS},
        left_out=tuple(name for name in OPTIONAL if values.get(name) is None),
    )


def _is_uncoded(values: Mapping[str, object]) -> bool:
    """Whether a record is an ad as it was drawn, or as it was labelled, in place of one that was coded."""
    return "tool" in values or ("text" in values and not values.keys() & {"lines", "duties", "role"})


def _gold_duty(duty: _Record) -> GoldDuty:
    return GoldDuty(
        text=duty.text("text"),
        areas=duty.texts("areas"),
        grade=cast("Grade", duty.text("grade", "") or "A"),
        platform=cast("Platform", duty.text("platform", "")),
    )


_FIELDS = frozenset(f.name for f in fields(GoldAd)) - {"extra", "left_out"}


@dataclass(frozen=True, slots=True)
class _Record:
    """The fields of an ad, or of one of its lines or duties, and what an error says of their place.

    A field that may be left out may as well be null.
    """

    values: Mapping[str, object]
    where: str
    id: object
    prefix: str = ""

    def text(self, name: str, default: str | None = None) -> str:
        """A field that holds text."""
        value = self._value(name, default)
        if not isinstance(value, str):
            raise self._wrong(name, value, '"…"')
        return value

    def texts(self, name: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A field that holds a list of texts."""
        value = self._value(name, default)
        if not isinstance(value, (list, tuple)) or not all(isinstance(item, str) for item in value):
            raise self._wrong(name, value, '["…"]')
        return tuple(value)

    def records(self, name: str) -> Iterator[_Record]:
        """A field that holds a list of objects with fields of their own, counted from 1."""
        value = self._value(name, None)
        if not isinstance(value, list):
            raise self._wrong(name, value, "[{…}]")
        for number, item in enumerate(value, 1):
            part = f"{name}[{number}]"
            if not isinstance(item, dict):
                raise self._wrong(part, item, "{…}")
            yield _Record(item, self.where, self.id, f"{part}.")

    def _value(self, name: str, default: object) -> object:
        value = self.values.get(name)
        if value is not None:
            return value
        if default is None:
            raise InputError("E509", where=self.where, id=self.id, field=self.prefix + name)
        return default

    def _wrong(self, name: str, value: object, expected: str) -> InputError:
        return Problem(self.prefix + name, value, (expected,)).at(self.where, self.id)


@dataclass(frozen=True, slots=True)
class Problem:
    """A value that a field cannot have, and those it can."""

    field: str
    value: object
    allowed: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.field}: {self.value!r} is not one of {', '.join(self.allowed)}"

    def at(self, where: str, identity: object) -> InputError:
        """The error that tells of it."""
        said = json.dumps(self.value, ensure_ascii=False, default=str)
        near = hint(str(self.value), self.allowed)
        allowed = ", ".join(name or '""' for name in self.allowed)
        return InputError(
            "E508", where=where, id=identity, field=self.field, value=said[:LONGEST_SHOWN], allowed=allowed, hint=near
        )


def checked(ad: GoldAd, where: str, codes: Collection[str] | None = None) -> GoldAd:
    """The ad, if every value is in the codebook's lists.

    Args:
        ad: what was read.
        where: its place, as the error names it.
        codes: the area codes that duties may have; those of the packaged rule set if left out.

    Raises:
        InputError: a value is not.
    """
    for problem in problems_of(ad, load_profile().codes if codes is None else codes):
        raise problem.at(where, ad.id)
    return ad


def problems_of(ad: GoldAd, codes: Collection[str]) -> Iterator[Problem]:
    """What is wrong with a gold ad: values outside the codebook's lists."""
    yield from _outside("role", [ad.role], GOLD_ROLES)
    yield from _outside("format", [ad.format], FORMATS)
    yield from _outside("roles_involved", ad.roles_involved, ROLES)
    yield from _outside("title_roles", ad.title_roles, ROLES)
    yield from _outside("level", [ad.level], ("", *load_title_rules().levels))
    for number, line in enumerate(ad.lines, 1):
        yield from _outside(f"lines[{number}].zone", [line.zone], ZONES)
    for number, duty in enumerate(ad.duties, 1):
        if not duty.areas:
            yield Problem(f"duties[{number}].areas", [], ('["…"]',))
        for code in duty.areas:
            if code not in codes:
                yield Problem(f"duties[{number}].areas", code, _of_family(code, codes))
        yield from _outside(f"duties[{number}].grade", [duty.grade], GRADES)
        yield from _outside(f"duties[{number}].platform", [duty.platform], PLATFORMS)


def _outside(name: str, values: Iterable[str], allowed: Sequence[str]) -> Iterator[Problem]:
    return (Problem(name, value, tuple(allowed)) for value in values if value not in allowed)


def _of_family(code: str, codes: Collection[str]) -> tuple[str, ...]:
    """The codes of the same family; all of them, where there is no such family."""
    return tuple(known for known in codes if family_of(known) == family_of(code)) or tuple(codes)


def text_of(ad: GoldAd) -> str:
    """The text a labeller gets to read: rendered for HTML, as it is otherwise."""
    return render(ad.text) if ad.format == "html" else ad.text


def gold_row(ad: GoldAd) -> str:
    """A gold ad as one line of JSON."""
    values = asdict(ad)
    for name in (*ad.left_out, "left_out"):
        del values[name]
    values |= values.pop("extra")
    return json.dumps(values, ensure_ascii=False)


def completed(ad: GoldAd, titles: TitleRules) -> GoldAd:
    """The ad with what its title says, read as the tool reads titles, where nobody coded it.

    Args:
        ad: as coded.
        titles: the rules titles are read by.
    """
    if not ad.left_out:
        return ad
    title = ad.title or next((line.text for line in ad.lines if line.zone == "title"), "")
    found = read_title(title, titles)
    return replace(
        ad,
        title_roles=found.roles if "title_roles" in ad.left_out else ad.title_roles,
        level=found.level if "level" in ad.left_out else ad.level,
    )


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

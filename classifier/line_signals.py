"""What the zone model sees of a line: its own words and look, its neighbours, and the headings around it.

A heading the lexicon knows says more than the lines below it; one it does not know may open a new section or only
label a part of the old one, so lines below it are told apart from lines right under a known heading. How zones follow
each other is not said here: the chain over the whole ad knows that.

Signals come in groups that depend on a few facts; a group is made once for the same facts and remembered.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from ..models.features import Example
from .memory import remembered
from .pronouns import WE, YOU
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..models.features import Group
    from .ad import Kind, Line, Zone
    from .headings import Headings

STEPS = ("heading", "item", "row", "sentence")
"""How a line follows the one before: as a heading, an item, a new row of text, or a further sentence of a row."""

SHORT = 6
"""A row of fewer words may be a heading even if it does not look like one."""

LONGEST_LABEL = 40
"""Characters before a colon that may label a fact, as in "Arbeitsort: Kiel"."""

GROUPS_KNOWN = 1 << 14
"""Groups of signals remembered."""

_LONGEST_BAG = 60
_LENGTHS = (3, 6, 10, 16, 25, 40)
_HEADING_WORDS = 8
_LANDMARKS = ("duties", "profile", "offer", "apply")
"""Zones whose known headings tell how far an ad has come."""

# "Sie" at the beginning of a sentence may be a team or a task; inside one it addresses the reader.
_FORMAL_YOU = re.compile(r"[SI](?<=\w[^\w.!?].)(?:(?<=S)ie|(?<=I)(?:hnen|hre?[nrm]?))\b")
_GENDER_MARK = re.compile(
    r"[(*:_/I](?:(?<=\()(?:[mwfdxia]|div|gn|all)\b[^)]{0,14}\)"
    r"|(?:(?<=[a-zäöü][*:_])in(?:nen)?|(?<=[a-zäöü]/)-?in|(?<=[a-zäöü]I)n(?:nen)?)\b)"
)
_FIGURE = re.compile(r"\d")
_FACTS_WITH_FIGURES = {
    "hours": re.compile(r"\d\s?(?:h\b|std|stunden|wochenstunden|%)", re.IGNORECASE),
    "postal code": re.compile(r"\b\d{4,5} [A-ZÄÖÜ]"),
    "phone": re.compile(r"(?:\+\d\d|\b0\d{2,})[\d /()-]{5,}"),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "digits": _FIGURE,
}
_HOUSE_NUMBER = re.compile(r"[eEgGzZ.] \d")
_STREET = re.compile(r"(?:straße|strasse|str\.|platz|weg|allee|gasse) \d", re.IGNORECASE)
_MAIL = re.compile(r"\S@\S")
_WEB = re.compile(r"https?:|www\.|\.(?:de|com|at|ch|org)\b")
_MONEY = re.compile(r"€|\beuro?\b|\bCHF\b", re.IGNORECASE)
_QUESTION = re.compile(r"\?$")


def step_of(line: Line) -> int:
    """The index into `STEPS` of how a line follows the one before."""
    return _step(line.kind, line.opens)


def _step(kind: Kind, opens: bool) -> int:  # noqa: FBT001 -- facts of a line
    if kind == "heading":
        return 0
    if not opens:
        return 3
    return 1 if kind == "item" else 2


def examples(lines: Sequence[Line], headings: Headings) -> list[Example]:
    """What the model sees of each line, in the order of the lines."""
    seen = [_alone(line.text, line.kind, line.opens, headings) for line in lines]
    last = len(lines) - 1
    result = []
    for number, (line, own, around) in enumerate(zip(lines, seen, _around(lines, seen), strict=True)):
        above = seen[number - 1] if number else _NOTHING
        below = seen[number + 1] if number < last else _NOTHING
        groups = [
            own.signals,
            above.to_next,
            below.to_last,
            _position_signals(line.kind, 10 * number // len(lines), number == 0, number == last),
            _voice_signals(own.voice, line.kind, around.section.place),
            _voices_signals(above.voice, own.voice, below.voice, line.opens),
            *around.groups(line),
        ]
        result.append(Example(own.words, groups))
    return result


def lone_example(text: str, kind: str, headings: Headings) -> Example:
    """What the model sees of a line of which nothing around it is known."""
    words = tuple(bag(text)[:_LONGEST_BAG])
    return Example(words, [(f"kind {kind}", *_heading_signals(headings.zones_of(text)))])


@dataclass(frozen=True, slots=True)
class _Alone:
    """What is seen in a line by itself.

    Attributes:
        announced: the zones it may announce as a heading.
        voice: whom it speaks of; `no` where there is no line.
        signals: what it says of itself; `to_next` and `to_last`: of its neighbour below and of that above;
            `to_section`: of the lines below, if it is a heading.
    """

    words: tuple[str, ...] = ()
    announced: tuple[Zone, ...] = ()
    voice: str = "no"
    signals: Group = ()
    to_next: Group = ()
    to_last: Group = ()
    to_section: Group = ()


_NOTHING = _Alone()


@remembered
def _alone(text: str, kind: Kind, opens: bool, headings: Headings) -> _Alone:  # noqa: FBT001 -- facts of a line
    words = tuple(bag(text)[:_LONGEST_BAG])
    announced = headings.zones_of(text) if kind == "heading" or len(words) < SHORT else ()
    return _Alone(
        words,
        announced,
        _voice(text, words),
        (
            *_look_signals(text, kind, opens, words),
            *_fact_signals(text, kind, words, headings),
            *_heading_signals(announced),
        ),
        (f"before {kind}", *(f"before {word}" for word in words[:4])),
        (f"behind {kind}", *(f"behind {word}" for word in words[:4])),
        tuple(f"heading {word}" for word in words[:_HEADING_WORDS]) if kind == "heading" else (),
    )


def _heading_signals(announced: tuple[Zone, ...]) -> Iterator[str]:
    yield from (f"may announce {zone}" for zone in announced)
    yield from (f"announces {zone}" for zone in announced[:1])


@dataclass(frozen=True, slots=True)
class _Section:
    """What the headings above a line say.

    Attributes:
        zone: what the last known heading announces; `perhaps`: all it may announce; `depth`: its depth.
        passed: what known headings have announced so far.
        heading: what the words of the last heading of any kind say.
        place: the section in a few words: `itself` under a known heading, or how an unknown one stands to the last
            known: `deeper`, `same` or `higher`.
    """

    zone: str = "none"
    perhaps: tuple[Zone, ...] = ()
    depth: int = -1
    passed: frozenset[str] = frozenset()
    heading: Group = ()
    place: str = "nowhere"

    def below(self, line: Line, own: _Alone) -> _Section:
        """The section that a heading opens."""
        if not own.announced:
            place = f"past {self.zone} {self.relation(line)}" if own.words else "nowhere"
            return replace(self, perhaps=(), heading=own.to_section, place=place)
        zone = own.announced[0]
        passed = self.passed | {zone}
        return _Section(zone, own.announced, line.depth, passed, own.to_section, f"under {zone}")

    def relation(self, line: Line) -> str:
        """How deep a heading stands, seen from the last known one."""
        return "same" if line.depth == self.depth else "deeper" if line.depth > self.depth else "higher"


@dataclass(frozen=True, slots=True)
class _Around:
    """The headings around a line.

    Attributes:
        section: those above; `since`: lines since the last one.
        coming: what known headings below will announce.
        ahead: what the next known heading below announces: what stands before "Aufgaben" is seldom a duty.
    """

    section: _Section
    since: int
    coming: frozenset[str]
    ahead: str

    def groups(self, line: Line) -> tuple[Group, ...]:
        """What a line learns from the headings around it."""
        section = self.section
        landmarks = _landmark_signals(section.zone, self.ahead, section.passed, self.coming)
        if line.kind == "heading":
            return landmarks, (f"inside {section.zone} {section.relation(line)}",)
        return landmarks, _section_signals(section.place, min(self.since, 12) // 3, section.perhaps), section.heading


@lru_cache(GROUPS_KNOWN)
def _landmark_signals(zone: str, ahead: str, passed: frozenset[str], coming: frozenset[str]) -> Group:
    landmarks = [
        signal
        for zone in _LANDMARKS
        for signal in (f"passed {zone} {zone in passed}", f"coming {zone} {zone in coming}")
    ]
    return (f"ahead {ahead}", f"between {zone} {ahead}", *landmarks)


@lru_cache(GROUPS_KNOWN)
def _section_signals(place: str, since: int, perhaps: tuple[Zone, ...]) -> Group:
    return (place, f"since {since}", *(f"perhaps under {zone}" for zone in perhaps))


def _around(lines: Sequence[Line], seen: Sequence[_Alone]) -> Iterator[_Around]:
    """The headings around each line, in order."""
    below: list[tuple[frozenset[str], str]] = []
    coming, ahead = frozenset[str](), "none"
    for own in reversed(seen):
        below.append((coming, ahead))
        if own.announced:
            coming, ahead = coming | {own.announced[0]}, own.announced[0]
    section, since = _Section(), 0
    for line, own in zip(lines, seen, strict=True):
        yield _Around(section, since, *below.pop())
        since += 1
        if line.kind == "heading":
            section, since = section.below(line, own), 0


@lru_cache(GROUPS_KNOWN)
def _position_signals(kind: Kind, tenth: int, first: bool, last: bool) -> Group:  # noqa: FBT001 -- facts of a line
    return (f"at {tenth}", f"kind {kind} at {tenth // 3}", *["first"] * first, *["last"] * last)


def _look_signals(text: str, kind: Kind, opens: bool, words: Sequence[str]) -> Iterator[str]:  # noqa: FBT001 -- facts of a line
    yield f"kind {kind}"
    yield f"kind {kind} length {bisect_left(_LENGTHS, len(words))}"
    yield f"step {_step(kind, opens)}"
    yield f"ends {text[-1] if not text[-1].isalnum() else 'word'}"
    if words:
        yield f"begins {words[0]}"
        yield f"begins {' '.join(words[:2])}"
        yield f"tail {words[-1]}"


def _fact_signals(text: str, kind: Kind, words: Sequence[str], headings: Headings) -> Iterator[str]:
    """Numbers, addresses, labels and marks that few zones hold."""
    yield from (f"holds {name}" for name in _facts(text))
    if _GENDER_MARK.search(text):
        yield "gender mark"
        yield f"gender mark {kind} {words[0] if words else ''}"
    label, colon, rest = text.partition(":")
    if colon and rest.strip() and len(label) < LONGEST_LABEL:
        yield from (f"labelled {zone}" for zone in headings.zones_of(label)[:1])


def _facts(text: str) -> Iterator[str]:
    """What a line holds; most lines hold none of it, which a sign that every such fact has tells at once."""
    if _FIGURE.search(text):
        yield from (name for name, pattern in _FACTS_WITH_FIGURES.items() if pattern.search(text))
        if _HOUSE_NUMBER.search(text) and _STREET.search(text):
            yield "street"
    if "@" in text and _MAIL.search(text):
        yield "mail"
    if _WEB.search(text):
        yield "web"
    lowered = text.lower()
    if ("€" in text or "eur" in lowered or "chf" in lowered) and _MONEY.search(text):
        yield "money"
    if "?" in text and _QUESTION.search(text):
        yield "question"
    if "%" in text:
        yield "percent"


def _voice(text: str, words: Sequence[str]) -> str:
    """Whom a line speaks of: the reader, the employer, both or neither."""
    you = not YOU.isdisjoint(words) or bool(_FORMAL_YOU.search(text))
    we = not WE.isdisjoint(words)
    return "both" if you and we else "you" if you else "we" if we else "neither"


@lru_cache(GROUPS_KNOWN)
def _voice_signals(voice: str, kind: Kind, place: str) -> Group:
    return (f"voice {voice}", f"voice {voice} {kind}", f"voice {voice} {place}")


@lru_cache(GROUPS_KNOWN)
def _voices_signals(above: str, voice: str, below: str, opens: bool) -> Group:  # noqa: FBT001 -- a fact of a line
    return (f"voice before {above} {voice} {opens}", f"voice behind {below}")

"""What the zone model sees of a line: its own words and look, its neighbours, and the headings around it.

A heading the lexicon knows says more than the lines below it; one it does not know may open a new section or only
label a part of the old one, so lines below it are told apart from lines right under a known heading. How zones follow
each other is not said here: the chain over the whole ad knows that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..models.features import Example
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .ad import Line, Zone
    from .headings import Headings

STEPS = ("heading", "item", "row", "sentence")
"""How a line follows the one before: as a heading, an item, a new row of text, or a further sentence of a row."""

SHORT = 6
"""A row of fewer words may be a heading even if it does not look like one."""

LONGEST_LABEL = 40
"""Characters before a colon that may label a fact, as in "Arbeitsort: Kiel"."""

_LONGEST_BAG = 60
_LENGTHS = (3, 6, 10, 16, 25, 40)
_HEADING_WORDS = 8
_LANDMARKS = ("duties", "profile", "offer", "apply")
"""Zones whose known headings tell how far an ad has come."""

_YOU = frozenset({"du", "dich", "dir", "dein", "deine", "deinen", "deiner", "deinem", "deines", "euch", "eure", "ihr"})
_WE = frozenset({"wir", "uns", "unser", "unsere", "unserem", "unseren", "unserer", "unseres"})
# "Sie" at the beginning of a sentence may be a team or a task; inside one it addresses the reader.
_FORMAL_YOU = re.compile(r"(?<=\w[^\w.!?])(?:Sie|Ihnen|Ihre?[nrm]?)\b")
_GENDER_MARK = re.compile(r"\((?:[mwfdxia]|div|gn|all)\b[^)]{0,14}\)|[a-zäöü](?:[*:_]in(?:nen)?|/-?in|In(?:nen)?)\b")
_FACTS = {
    "hours": re.compile(r"\d\s?(?:h\b|std|stunden|wochenstunden|%)", re.IGNORECASE),
    "postal code": re.compile(r"\b\d{4,5} [A-ZÄÖÜ]"),
    "street": re.compile(r"(?:straße|strasse|str\.|platz|weg|allee|gasse) \d", re.IGNORECASE),
    "phone": re.compile(r"(?:\+\d\d|\b0\d{2,})[\d /()-]{5,}"),
    "mail": re.compile(r"\S@\S"),
    "web": re.compile(r"https?:|www\.|\.(?:de|com|at|ch|org)\b"),
    "year": re.compile(r"\b(?:19|20)\d\d\b"),
    "money": re.compile(r"€|\beuro?\b|\bCHF\b", re.IGNORECASE),
    "question": re.compile(r"\?$"),
    "percent": re.compile("%"),
    "digits": re.compile(r"\d"),
}


def step_of(line: Line) -> int:
    """The index into `STEPS` of how a line follows the one before."""
    if line.kind == "heading":
        return 0
    if not line.opens:
        return 3
    return 1 if line.kind == "item" else 2


def examples(lines: Sequence[Line], headings: Headings) -> list[Example]:
    """What the model sees of each line, in the order of the lines."""
    bags = [bag(line.text)[:_LONGEST_BAG] for line in lines]
    announced = [_announced(line, words, headings) for line, words in zip(lines, bags, strict=True)]
    voices = [_voice(line, words) for line, words in zip(lines, bags, strict=True)]
    around = list(_around(lines, bags, announced))
    return [
        Example(
            bags[number],
            [
                *_own_signals(lines, bags[number], number),
                *_fact_signals(lines[number], bags[number], headings),
                *_neighbour_signals(lines, bags, number),
                *(f"may announce {zone}" for zone in announced[number]),
                *(f"announces {zone}" for zone in announced[number][:1]),
                *around[number].signals(lines[number]),
                *_voice_signals(lines, voices, number, around[number].place()),
            ],
        )
        for number in range(len(lines))
    ]


def lone_example(text: str, kind: str, headings: Headings) -> Example:
    """What the model sees of a line of which nothing around it is known."""
    announced = headings.zones_of(text)
    signals = [
        f"kind {kind}",
        *(f"may announce {zone}" for zone in announced),
        *(f"announces {zone}" for zone in announced[:1]),
    ]
    return Example(bag(text)[:_LONGEST_BAG], signals)


def _announced(line: Line, words: list[str], headings: Headings) -> tuple[Zone, ...]:
    return headings.zones_of(line.text) if line.kind == "heading" or len(words) < SHORT else ()


@dataclass(frozen=True, slots=True)
class _Around:
    """The headings around a line.

    Attributes:
        zone: what the last known heading above announces; `perhaps`: all it may announce; `depth`: its depth.
        relation: how the last heading stands to that one: `itself`, or an unknown one `deeper`, `same` or `higher`.
        nearest: the first words of the last heading of any kind.
        since: lines since then.
        passed: what known headings above have announced; `coming`: what those below will.
        ahead: what the next known heading below announces: what stands before "Aufgaben" is seldom a duty.
    """

    zone: str = "none"
    perhaps: tuple[str, ...] = ()
    depth: int = -1
    relation: str = "itself"
    nearest: tuple[str, ...] = ()
    since: int = 0
    passed: frozenset[str] = frozenset()
    coming: frozenset[str] = frozenset()
    ahead: str = "none"

    def below(self, line: Line, words: list[str], announced: tuple[Zone, ...]) -> _Around:
        """Behind a line: in a new section if it is a heading."""
        if line.kind != "heading":
            return replace(self, since=self.since + 1)
        nearest = tuple(words[:_HEADING_WORDS])
        if announced:
            passed = self.passed | {announced[0]}
            return _Around(announced[0], announced, line.depth, "itself", nearest, 0, passed)
        return replace(self, relation=self._relation(line), nearest=nearest, since=0)

    def _relation(self, line: Line) -> str:
        return "same" if line.depth == self.depth else "deeper" if line.depth > self.depth else "higher"

    def place(self) -> str:
        """The section a line stands in, in a few words."""
        if not self.nearest:
            return "nowhere"
        return f"under {self.zone}" if self.relation == "itself" else f"past {self.zone} {self.relation}"

    def signals(self, line: Line) -> Iterator[str]:
        """What a line learns from the headings around it."""
        yield f"ahead {self.ahead}"
        yield f"between {self.zone} {self.ahead}"
        for zone in _LANDMARKS:
            yield f"passed {zone} {zone in self.passed}"
            yield f"coming {zone} {zone in self.coming}"
        if line.kind == "heading":
            yield f"inside {self.zone} {self._relation(line)}"
            return
        yield self.place()
        yield f"since {min(self.since, 12) // 3}"
        yield from (f"heading {word}" for word in self.nearest)
        if self.relation == "itself":
            yield from (f"perhaps under {zone}" for zone in self.perhaps)


def _around(lines: Sequence[Line], bags: list[list[str]], announced: Sequence[tuple[Zone, ...]]) -> Iterator[_Around]:
    """The headings around each line, in order."""
    below: list[tuple[frozenset[str], str]] = []
    coming, ahead = frozenset[str](), "none"
    for zones in reversed(announced):
        below.append((coming, ahead))
        if zones:
            coming, ahead = coming | {zones[0]}, zones[0]
    state = _Around()
    for line, words, zones in zip(lines, bags, announced, strict=True):
        coming, ahead = below.pop()
        yield replace(state, coming=coming, ahead=ahead)
        state = state.below(line, words, zones)


def _own_signals(lines: Sequence[Line], words: list[str], number: int) -> Iterator[str]:
    line, tenth = lines[number], 10 * number // len(lines)
    yield f"kind {line.kind}"
    yield f"kind {line.kind} length {sum(len(words) > bound for bound in _LENGTHS)}"
    yield f"step {step_of(line)}"
    yield f"at {tenth}"
    yield f"kind {line.kind} at {tenth // 3}"
    yield f"ends {line.text[-1] if not line.text[-1].isalnum() else 'word'}"
    if words:
        yield f"begins {words[0]}"
        yield f"begins {' '.join(words[:2])}"
        yield f"tail {words[-1]}"
    if number == 0:
        yield "first"
    if number == len(lines) - 1:
        yield "last"


def _fact_signals(line: Line, words: list[str], headings: Headings) -> Iterator[str]:
    """Numbers, addresses, labels and marks that few zones hold."""
    yield from (f"holds {name}" for name, pattern in _FACTS.items() if pattern.search(line.text))
    if _GENDER_MARK.search(line.text):
        yield "gender mark"
        yield f"gender mark {line.kind} {words[0] if words else ''}"
    label, colon, rest = line.text.partition(":")
    if colon and rest.strip() and len(label) < LONGEST_LABEL:
        yield from (f"labelled {zone}" for zone in headings.zones_of(label)[:1])


def _neighbour_signals(lines: Sequence[Line], bags: list[list[str]], number: int) -> Iterator[str]:
    for name, other in (("before", number - 1), ("behind", number + 1)):
        if 0 <= other < len(lines):
            yield f"{name} {lines[other].kind}"
            yield from (f"{name} {word}" for word in bags[other][:4])


def _voice(line: Line, words: list[str]) -> str:
    """Whom a line speaks of: the reader, the employer, both or neither."""
    you = not _YOU.isdisjoint(words) or bool(_FORMAL_YOU.search(line.text))
    we = not _WE.isdisjoint(words)
    return "both" if you and we else "you" if you else "we" if we else "neither"


def _voice_signals(lines: Sequence[Line], voices: list[str], number: int, place: str) -> Iterator[str]:
    voice, line = voices[number], lines[number]
    yield f"voice {voice}"
    yield f"voice {voice} {line.kind}"
    yield f"voice {voice} {place}"
    yield f"voice before {voices[number - 1] if number else 'no'} {voice} {line.opens}"
    yield f"voice behind {voices[number + 1] if number + 1 < len(lines) else 'no'}"

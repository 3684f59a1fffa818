"""Zones: what each line of an ad speaks of, by a linear model over lines, decoded over the whole ad.

A line's own words, its kind and place, its neighbours and above all the heading it stands under give a score for
each zone; how zones follow each other decides the rest (Viterbi).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ..models.features import Example
from .ad import ZONES
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..models.linear import LinearModel
    from .ad import Line, Zone
    from .headings import Headings

STEPS = ("heading", "item", "row", "sentence")
"""How a line follows the one before: as a heading, an item, a new row of text, or a further sentence of a row."""

SHORT = 6
"""A row of fewer words may be a heading even if it does not look like one."""

_LONGEST_BAG = 60
_LENGTHS = (3, 6, 10, 16, 25, 40)
_ADDRESS = frozenset({"du", "dich", "dir", "dein", "deine", "deinen", "deiner", "sie", "ihr", "ihre", "ihnen", "ihren"})
_WE = frozenset({"wir", "uns", "unser", "unsere", "unserem", "unseren", "unserer"})


@dataclass(frozen=True)
class ZoneModel:
    """Scores of lines and of steps between them.

    Attributes:
        lines: scores a line for each zone.
        steps: log probability of each zone after each zone, shape (steps, zones, zones), by kind of step.
        first: log probability of the first line's zone, shape (zones,).
    """

    lines: LinearModel
    steps: NDArray[np.float32]
    first: NDArray[np.float32]


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
    found = []
    above = _Above()
    announcements = [_announced(line, words, headings) for line, words in zip(lines, bags, strict=True)]
    ahead = _ahead(announcements)
    for number, (line, announced) in enumerate(zip(lines, announcements, strict=True)):
        signals = _own_signals(line, bags[number], number, len(lines))
        signals += _neighbour_signals(lines, bags, number)
        signals += [f"ahead {ahead[number]}", f"between {above.zone} {ahead[number]}"]
        if announced:
            signals += [f"announces {announced[0]}", *(f"may announce {zone}" for zone in announced)]
        if line.kind == "heading":
            signals += ["heading itself", f"inside {above.zone}"]
            above = above.entered(bags[number], announced)
        else:
            above = replace(above, since=above.since + 1)
            signals += above.signals()
        found.append(Example(bags[number], signals))
    return found


def _announced(line: Line, words: list[str], headings: Headings) -> tuple[Zone, ...]:
    return headings.zones_of(line.text) if line.kind == "heading" or len(words) < SHORT else ()


def _ahead(announcements: Sequence[tuple[Zone, ...]]) -> list[str]:
    """For each line the zone that the next known heading announces: what stands before "Aufgaben" is seldom a duty."""
    result, coming = [], "none"
    for announced in reversed(announcements):
        result.append(coming)
        coming = announced[0] if announced else coming
    return result[::-1]


@dataclass(frozen=True, slots=True)
class _Above:
    """The headings a line stands under: the last one that announces a zone, and the last one of any kind."""

    zone: str = "none"
    perhaps: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    since: int = 0

    def entered(self, words: list[str], announced: tuple[Zone, ...]) -> _Above:
        """Below a further heading; an unknown one leaves the announced zone as it is."""
        if announced:
            return _Above(announced[0], announced, tuple(words[:8]), tuple(words[:8]))
        return replace(self, nearest=tuple(words[:8]), since=0)

    def signals(self) -> list[str]:
        """What a line learns from the headings above it."""
        found = [f"under {self.zone}", *(f"perhaps under {zone}" for zone in self.perhaps)]
        found += [f"heading {word}" for word in self.nearest]
        found += [f"since {min(self.since, 12) // 3}", f"under {self.zone} {self.nearest == self.words}"]
        return found


def _own_signals(line: Line, words: list[str], number: int, total: int) -> list[str]:
    length = sum(len(words) > bound for bound in _LENGTHS)
    tenth = 10 * number // total
    signals = [
        f"kind {line.kind}",
        f"kind {line.kind} length {length}",
        f"step {step_of(line)}",
        f"at {tenth}",
        f"kind {line.kind} at {tenth // 3}",
        f"ends {line.text[-1] if not line.text[-1].isalnum() else 'word'}",
    ]
    if words:
        signals += [f"begins {words[0]}", f"begins {' '.join(words[:2])}", f"tail {words[-1]}"]
        signals += ["address"] * (not _ADDRESS.isdisjoint(words)) + ["we"] * (not _WE.isdisjoint(words))
    if number == 0:
        signals.append("first")
    if number == total - 1:
        signals.append("last")
    signals += [f"holds {mark}" for mark in "@€%" if mark in line.text]
    if any(map(str.isdigit, line.text)):
        signals.append("holds digits")
    return signals


def _neighbour_signals(lines: Sequence[Line], bags: list[list[str]], number: int) -> list[str]:
    signals = []
    for name, other in (("before", number - 1), ("behind", number + 1)):
        if 0 <= other < len(lines):
            signals.append(f"{name} {lines[other].kind}")
            signals += [f"{name} {word}" for word in bags[other][:4]]
    return signals


def assign(lines: Sequence[Line], headings: Headings, model: ZoneModel) -> tuple[tuple[Zone, ...], NDArray[np.float32]]:
    """The zone of every line.

    Args:
        lines: the lines of one ad, in order.
        headings: the lexicon of headings.
        model: the trained scores.

    Returns:
        The zones that together are likeliest, and for each line the probability of each zone on its own,
        shape (lines, zones) in the order of `ZONES`.
    """
    if not lines:
        return (), np.zeros((0, len(ZONES)), dtype=np.float32)
    probabilities = model.lines.calibrated(np.stack([model.lines.scores(e) for e in examples(lines, headings)]))
    path = decode(np.log(probabilities + 1e-9), [step_of(line) for line in lines], model)
    return tuple(ZONES[index] for index in path), probabilities


def decode(scores: NDArray[np.float32], steps: Sequence[int], model: ZoneModel) -> list[int]:
    """The likeliest sequence of zones (Viterbi), as indices into `ZONES`.

    Args:
        scores: log probabilities, shape (lines, zones).
        steps: how each line follows the one before, as indices into `STEPS`.
        model: holds the log probabilities of the steps.
    """
    best = model.first + scores[0]
    origins = []
    for number in range(1, len(scores)):
        through = best[:, None] + model.steps[steps[number]]
        origin = through.argmax(axis=0)
        origins.append(origin)
        best = through[origin, np.arange(len(ZONES))] + scores[number]
    path = [int(best.argmax())]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    return path[::-1]

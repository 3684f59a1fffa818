"""A house's own words and choices, layered over the packaged rule set; everything they decide is marked `house`."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

HOUSE = "house"
"""The basis of what a house decided: neither BVCM's nor ours."""

NEUTRAL = "SH.neutral"
"""What a neutral area counts as: shared, and leaning to no role."""


@dataclass(frozen=True, slots=True)
class House:
    """What an employer adds to the rule set or chooses differently.

    Attributes:
        cues: for an area code, words and phrases that mean this area, in the notation of `profile/concepts/README.md`.
        headings: for a zone, further headings that announce it.
        titles: for a job title of the house, the roles it stands for.
        severities: for a flag, the severity it always has; None turns it off.
        thresholds: by group (`role`, `flags`, `decision`) the numbers that differ.
        neutral: areas that count for no role.
    """

    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    severities: Mapping[str, int | None] = field(default_factory=dict)
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    neutral: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """The same for the same choices, so that a process may remember the labeller of a house."""
        return hash(self.mark)

    @property
    def mark(self) -> str:
        """What the version of the rule set carries: nothing, or `+house.` and a digest of all choices."""
        choices = [_chosen(self.cues), _chosen(self.headings), sorted(self.titles.items())]
        numbers = sorted((group, sorted(values.items())) for group, values in self.thresholds.items() if values)
        told = [*choices, sorted(self.severities.items()), numbers, sorted(self.neutral)]
        return f"+{HOUSE}.{sha256(repr(told).encode()).hexdigest()[:8]}" if any(told) else ""


def _chosen(lists: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    """The lists with something in them, in order."""
    return sorted((name, texts) for name, texts in lists.items() if texts)

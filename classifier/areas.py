"""Areas: what each duty of an ad is about, by the rules and by the trained model together.

The rules give evidence with words and authority; the model weighs that evidence with the words of the duty and with
the family that rules the rest of the ad, since a general duty often means what the ad speaks of (codebook C7). Both
opinions are kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from ..models.features import Example
from .ad import FAMILIES, PLATFORMS, Area, Duty, Evidence, family_of
from .house import HOUSE
from .rules import ROLE_FAMILIES
from .words import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..models.linear import LinearModel
    from .ad import Grade, Line, Platform, Span
    from .concepts import Occurrence
    from .headings import Headings
    from .profile import Profile
    from .rules import Hit
    from .words import Word

MOST_CODES = 3

MOST_LABEL_WORDS = 6
"""Words of a sub-heading that are looked at."""

REST_STEPS = 4
"""Steps in which the share of a family in the rest of the ad is told."""

MOST_WORDS_OF_EVIDENCE = 3
"""How many words of the model's decision are shown, when no rule gives evidence for it."""

_MARKS = ("grade:", "platform:")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is seen in a duty before anything is decided.

    Attributes:
        words: its words.
        occurrences: the concepts and marks in them.
        hits: the rules that fire.
        responsible: whether a word of responsibility stands beside a strategy, plan, budget, team … (codebook C16).
    """

    words: tuple[Word, ...]
    occurrences: tuple[Occurrence, ...]
    hits: tuple[Hit, ...]
    responsible: bool

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts of the duty, without the marks of grade and platform."""
        return frozenset(o.concept for o in self.occurrences if not o.concept.startswith(_MARKS))

    @property
    def marks(self) -> frozenset[str]:
        """The marks of grade and platform."""
        return frozenset(o.concept for o in self.occurrences if o.concept.startswith(_MARKS))


def read(text: str, span: Span, profile: Profile) -> Reading:
    """Looks a duty up in the rule set."""
    found = words(text[span.start : span.end], span.start)
    occurrences = profile.lexicon.find([word.text for word in found])
    ideas = [occurrence for occurrence in occurrences if not occurrence.concept.startswith(_MARKS)]
    names = {occurrence.concept for occurrence in occurrences}
    responsible = "grade:V" in names and not profile.strong.isdisjoint(names)
    return Reading(found, occurrences, profile.rules.hits(found, ideas), responsible)


def examples(readings: Sequence[Reading], headings: Sequence[str]) -> list[Example]:
    """What the model sees of each duty: its words, its rule evidence, and the rest of the ad.

    Args:
        readings: the duties of one ad, in order.
        headings: for each duty the heading or bold label right above it, or an empty string.
    """
    families = [{family_of(hit.code) for hit in reading.hits} for reading in readings]
    spoken = Counter(family for found in families for family in found)
    result = []
    for reading, own, heading in zip(readings, families, headings, strict=True):
        signals = _own_signals(reading, own) + _context_signals(reading, own, spoken, len(readings) - 1)
        signals += [f"label {word}" for word in heading.casefold().split()[:MOST_LABEL_WORDS]]
        result.append(Example([word.text for word in reading.words], signals))
    return result


def _own_signals(reading: Reading, own: set[str]) -> list[str]:
    """What the rule set says of the duty by itself."""
    signals = [f"concept {concept}" for concept in sorted(reading.concepts)]
    signals += [f"code {hit.code}" for hit in reading.hits]
    signals += [f"family {family}" for family in sorted(own)]
    signals += [f"rule {hit.rule}" for hit in reading.hits]
    signals += [f"governs {reading.hits[0].code}"] if reading.hits else ["no rule"]
    signals += sorted(reading.marks)
    return signals + ["grade:V of something large"] * reading.responsible


def _context_signals(reading: Reading, own: set[str], spoken: Counter[str], others: int) -> list[str]:
    """How much each family is spoken of in the other duties, and which one rules there."""
    if not others:
        return ["ruled by none", *(f"{hit.code} ruled by none" for hit in reading.hits)]
    rest = {family: spoken[family] - (family in own) for family in FAMILIES}
    ruling = max(FAMILIES, key=lambda family: (rest[family] * (family != "SH"), family))
    signals = [f"rest {family} {round(REST_STEPS * rest[family] / others)}" for family in FAMILIES]
    return [*signals, f"ruled by {ruling}", *(f"{hit.code} ruled by {ruling}" for hit in reading.hits)]


def label_above(lines: Sequence[Line], number: int, headings: Headings) -> str:
    """The sub-heading a duty stands under: the nearest heading above it that announces no zone (codebook C1).

    Args:
        lines: the lines of the ad.
        number: the duty's line.
        headings: the headings that announce zones; they say nothing about a duty.
    """
    for line in reversed(lines[:number]):
        if line.kind == "heading":
            return "" if headings.zones_of(line.text) else line.text
    return ""


def chosen_codes(probabilities: NDArray[np.float32], labels: Sequence[str], second: float) -> tuple[str, ...]:
    """The codes of a duty: the likeliest, and up to two more that are likely enough.

    Args:
        probabilities: of each code, shape (labels,).
        labels: the codes.
        second: probability a further code needs.
    """
    order = np.argsort(-probabilities, kind="stable")[:MOST_CODES]
    chosen = [labels[n] for rank, n in enumerate(order) if rank == 0 or probabilities[n] >= second]
    shared = [code for code in chosen if family_of(code) == "SH"]
    beside_role = any(family_of(code) in ROLE_FAMILIES for code in chosen)
    return tuple(code for code in chosen if not (beside_role and code in shared[1:]))


def decide(  # noqa: PLR0913 -- one argument for each thing a duty is decided on
    text: str,
    spans: Sequence[Span],
    headings: Sequence[str],
    profile: Profile,
    model: LinearModel,
    grades: LinearModel,
) -> tuple[Duty, ...]:
    """The duties of an ad with areas, grade, platform and evidence.

    Args:
        text: the ad.
        spans: its duties.
        headings: for each duty the heading right above it, or an empty string.
        profile: the rule set.
        model: scores the area codes.
        grades: scores the grades V, A and U.
    """
    readings = [read(text, span, profile) for span in spans]
    seen = examples(readings, headings)
    second = profile.thresholds["decision"]["second_area"]
    duties = []
    for span, reading, probabilities, graded in zip(
        spans, readings, model.calibrated(model.score_all(seen)), grades.score_all(seen), strict=True
    ):
        areas = _areas(reading, probabilities, model.labels, profile, second)
        of_community = any(family_of(area.code) == "CM" for area in areas)
        duties.append(
            Duty(
                start=span.start,
                end=span.end,
                text=text[span.start : span.end],
                areas=areas,
                grade=cast("Grade", grades.labels[int(graded.argmax())]),
                platform=_platform(reading) if of_community else "",
                evidence=_evidence(reading, areas, model),
            )
        )
    return tuple(duties)


def _areas(
    reading: Reading, probabilities: NDArray[np.float32], labels: tuple[str, ...], profile: Profile, second: float
) -> tuple[Area, ...]:
    by_rules = {hit.code: hit.basis for hit in reading.hits}
    chosen = chosen_codes(probabilities, labels, second)
    own = tuple(hit.code for hit in reading.hits if hit.basis == HOUSE)
    if own:  # a house's own words govern; beside them stays what is likely enough by itself
        chosen = tuple(code for code in chosen if code not in own and probabilities[labels.index(code)] >= second)
    return tuple(
        Area(
            code=code,
            probability=float(probabilities[labels.index(code)]),
            basis=by_rules.get(code, profile.areas[code].basis),
            by="rules" if code in own else "both" if code in by_rules else "model",
        )
        for code in (*own, *chosen)[:MOST_CODES]
    )


def _platform(reading: Reading) -> Platform:
    """Where the community meets: the one place the words name, else unknown.

    One digital word is enough against a place outside (codebook 6: offline only if no digital place is named).
    """
    named = {mark.removeprefix("platform:") for mark in reading.marks if mark.startswith("platform:")}
    if len(named) > 1:
        named.discard("offline")
    return cast("Platform", named.pop()) if len(named) == 1 and named <= set(PLATFORMS) else "unklar"


def _evidence(reading: Reading, areas: tuple[Area, ...], model: LinearModel) -> tuple[Evidence, ...]:
    """The words of every rule that fired, and the model's words where no rule speaks for a chosen code.

    A rule stays in the evidence where the model decided otherwise: both opinions are kept.
    """
    found = [Evidence(start, end, hit.rule) for hit in reading.hits for start, end in hit.spans]
    for area in areas:
        if area.by == "model":
            shares = model.word_shares([word.text for word in reading.words], area.code)
            best = sorted(range(len(shares)), key=lambda n: -shares[n])[:MOST_WORDS_OF_EVIDENCE]
            found += [
                Evidence(reading.words[n].start, reading.words[n].end, "model") for n in sorted(best) if shares[n] > 0
            ]
    return tuple(sorted(set(found), key=lambda e: (e.start, e.end, e.rule)))

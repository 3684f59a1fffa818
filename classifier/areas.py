"""Areas: what each duty of an ad is about, by the rules and by the trained model together.

The rules give evidence with words and authority; the model weighs that evidence with the words of the duty and with
what the rest of the ad speaks of, since a general duty often means just that (codebook C7 to C9). Both opinions are
kept.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

import numpy as np

from ..models.features import Example
from .ad import FAMILIES, PLATFORMS, Area, Duty, Evidence, family_of
from .house import HOUSE
from .memory import remembered
from .rules import ROLE_FAMILIES
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ..models.features import Group
    from ..models.linear import LinearModel
    from .ad import Grade, Line, Platform, Span
    from .headings import Headings
    from .profile import Profile
    from .rules import Hit

MOST_CODES = 3

MOST_LABEL_WORDS = 6
"""Words of a sub-heading that are looked at."""

REST_STEPS = 4
"""Steps in which the share of a family or an area in the rest of the ad is told."""

CONTEXTS_KNOWN = 1 << 12
"""States of the rest of an ad that are remembered."""

MOST_WORDS_OF_EVIDENCE = 3
"""How many words of the model's decision are shown, when no rule gives evidence for it."""

_MARKS = ("grade:", "platform:")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is seen in a duty by itself, before anything is decided. Offsets count from the beginning of the duty.

    Attributes:
        words: its folded words.
        places: where each begins and ends.
        marks: the marks of grade and platform in them.
        hits: the rules that fire.
        codes: the areas that these speak for, the first of them first.
        families: the families that these speak for.
        social: whether it names social media (codebook C9).
        signals: all this, as the model sees it.
    """

    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    marks: frozenset[str]
    hits: tuple[Hit, ...]
    codes: tuple[str, ...]
    families: frozenset[str]
    social: bool
    signals: Group


@remembered
def read(text: str, profile: Profile) -> Reading:
    """Looks a duty up in the rule set."""
    found = words(text)
    folded = tuple(word.text for word in found)
    places = tuple((word.start, word.end) for word in found)
    occurrences = profile.lexicon.find(folded)
    ideas = [occurrence for occurrence in occurrences if not occurrence.concept.startswith(_MARKS)]
    concepts = frozenset(occurrence.concept for occurrence in ideas)
    marks = frozenset(occurrence.concept for occurrence in occurrences) - concepts
    hits = profile.rules.hits(places, ideas)
    # Responsibility for a strategy, plan, budget, team … weighs more than for a single text (codebook C16).
    large = "grade:V" in marks and not profile.strong.isdisjoint(concepts)
    families = frozenset(family_of(hit.code) for hit in hits)
    signals = (*_own_signals(concepts, marks, hits, families), *["grade:V of something large"] * large)
    codes = tuple(dict.fromkeys(hit.code for hit in hits))
    return Reading(folded, places, marks, hits, codes, families, bool(profile.social.find(folded)), signals)


def _own_signals(
    concepts: frozenset[str], marks: frozenset[str], hits: Sequence[Hit], families: frozenset[str]
) -> Iterator[str]:
    yield from (f"concept {concept}" for concept in sorted(concepts))
    yield from (f"code {hit.code}" for hit in hits)
    yield from (f"family {family}" for family in sorted(families))
    yield from (f"rule {hit.rule}" for hit in hits)
    yield f"governs {hits[0].code}" if hits else "no rule"
    yield from sorted(marks)


def examples(readings: Sequence[Reading], headings: Sequence[str]) -> list[Example]:
    """What the model sees of each duty: its words, its rule evidence, and the rest of the ad.

    Args:
        readings: the duties of one ad, in order.
        headings: for each duty the heading or bold label right above it, or an empty string.
    """
    spoken = Counter(family for reading in readings for family in reading.families)
    named = Counter(code for reading in readings for code in reading.codes)
    social = f"social {any(reading.social for reading in readings)}"
    others = len(readings) - 1
    result = []
    for reading, heading in zip(readings, headings, strict=True):
        rest = tuple(spoken[family] - (family in reading.families) for family in FAMILIES)
        context, ruling = _context_signals(rest, others)
        label = tuple(f"label {word}" for word in heading.casefold().split()[:MOST_LABEL_WORDS])
        near = (f"{code} {state}" for code in reading.codes for state in (ruling, social))
        single = [(signal,) for signal in (social, *near, *_around(reading, named, others))]
        result.append(Example(reading.words, (reading.signals, context, label, *single)))
    return result


def _around(reading: Reading, named: Counter[str], others: int) -> Iterator[str]:
    """The share of the other duties that each area is named in, if it is a good share."""
    for code, times in named.items():
        if others and (share := round(REST_STEPS * (times - (code in reading.codes)) / others)):
            yield f"rest {code} {share}"


@lru_cache(CONTEXTS_KNOWN)
def _context_signals(rest: tuple[int, ...], others: int) -> tuple[Group, str]:
    """How much each family is spoken of in the other duties, and which one rules there."""
    spoken = dict(zip(FAMILIES, rest, strict=True))
    ruling = max(FAMILIES, key=lambda family: (spoken[family] * (family != "SH"), family)) if others else "none"
    steps = [f"rest {family} {round(REST_STEPS * spoken[family] / others)}" for family in FAMILIES if others]
    return (*steps, f"ruled by {ruling}"), f"ruled by {ruling}"


def labels_above(lines: Sequence[Line], headings: Headings) -> list[str]:
    """For each line the sub-heading it stands under: the nearest heading above, if it announces no zone (codebook C1).

    Args:
        lines: the lines of the ad.
        headings: the headings that announce zones; they say nothing about a duty.
    """
    label, labels = "", []
    for line in lines:
        labels.append(label)
        if line.kind == "heading":
            label = "" if headings.zones_of(line.text) else line.text
    return labels


def chosen_codes(probabilities: NDArray[np.float32], labels: Sequence[str], second: float) -> tuple[str, ...]:
    """The codes of a duty: the likeliest, and up to two more that are likely enough.

    Args:
        probabilities: of each code, shape (labels,).
        labels: the codes.
        second: probability a further code needs.
    """
    first, *others = np.argsort(-probabilities, kind="stable")[:MOST_CODES].tolist()
    chosen = [labels[first], *(labels[n] for n in others if probabilities[n] >= second)]
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
    quotes = [text[span.start : span.end] for span in spans]
    readings = [read(quote, profile) for quote in quotes]
    seen = examples(readings, headings)
    second = profile.thresholds["decision"]["second_area"]
    duties = []
    graded = grades.score_all(seen).argmax(axis=1).tolist()
    scored = model.calibrated(model.score_all(seen))
    for span, quote, reading, probabilities, grade in zip(spans, quotes, readings, scored, graded, strict=True):
        areas = _areas(reading, probabilities, model.labels, profile, second)
        of_community = any(family_of(area.code) == "CM" for area in areas)
        duties.append(
            Duty(
                start=span.start,
                end=span.end,
                text=quote,
                areas=areas,
                grade=cast("Grade", grades.labels[grade]),
                platform=_platform(reading) if of_community else "",
                evidence=_evidence(reading, span.start, areas, model),
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


def _evidence(reading: Reading, offset: int, areas: tuple[Area, ...], model: LinearModel) -> tuple[Evidence, ...]:
    """The words of every rule that fired, and the model's words where no rule speaks for a chosen code.

    A rule stays in the evidence where the model decided otherwise: both opinions are kept.
    """
    found = {(start, end, hit.rule) for hit in reading.hits for start, end in hit.spans}
    for area in areas:
        if area.by == "model":
            shares = model.word_shares(reading.words, area.code)
            best = sorted(range(len(shares)), key=lambda n: -shares[n])[:MOST_WORDS_OF_EVIDENCE]
            found |= {(*reading.places[n], "model") for n in best if shares[n] > 0}
    return tuple(Evidence(offset + start, offset + end, rule) for start, end, rule in sorted(found))

"""Checks a training corpus: codes and fields, doubles, counts, and sentences that stand in real ads.

Real ads are there to measure, not to learn from: no run of seven words may be shared with them.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from ..classifier.ad import GRADES, PLATFORMS, ZONES, family_of
from ..classifier.words import bag
from .gold import problems_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from .gold import GoldAd, GoldDuty
    from .training import TrainingCorpus

LONGEST_SHARED = 7
"""Words in a row that may not be shared with a real ad."""

MOST_AREAS = 3


def problems(corpus: TrainingCorpus, codes: Collection[str], real: Iterable[GoldAd] = ()) -> Iterator[str]:
    """Everything that is wrong with a corpus, one line each.

    Args:
        corpus: the material.
        codes: the area codes of the profile.
        real: real ads whose wording must not be in it.
    """
    yield from _wrong_values(corpus, codes)
    yield from _doubles(corpus)
    yield from _shared(corpus, real)


def _wrong_values(corpus: TrainingCorpus, codes: Collection[str]) -> Iterator[str]:
    for written in corpus.duties:
        yield from _wrong_duty(written.duty, codes)
    for ad in corpus.ads:
        for duty in ad.duties:
            yield from _wrong_duty(duty, codes)
            if duty.text not in ad.text:
                yield f"{ad.id}: the duty {duty.text[:50]!r} does not stand in the text"
        yield from (f"{ad.id}: {problem}" for problem in problems_of(ad, codes))
        if (ad.role == "notcodable") != (len(ad.duties) < 3):  # noqa: PLR2004 -- codebook 2
            yield f"{ad.id}: role {ad.role} with {len(ad.duties)} duties"
        if (ad.role == "mixed") != (len(ad.roles_involved) > 1):
            yield f"{ad.id}: role {ad.role} involves {', '.join(ad.roles_involved) or 'no role'}"
    for single in corpus.lines:
        if single.line.zone not in ZONES or single.kind not in ("heading", "item", "text"):
            yield f"zone {single.line.zone!r} or kind {single.kind!r} of {single.line.text[:50]!r}"


def _wrong_duty(duty: GoldDuty, codes: Collection[str]) -> Iterator[str]:
    unknown = [code for code in duty.areas if code not in codes]
    if unknown or not 1 <= len(duty.areas) <= MOST_AREAS or len(set(duty.areas)) < len(duty.areas):
        yield f"codes {duty.areas} of {duty.text[:50]!r}"
    if duty.grade not in GRADES or duty.platform not in PLATFORMS:
        yield f"grade {duty.grade!r} or platform {duty.platform!r} of {duty.text[:50]!r}"
    if any(family_of(code) == "CM" for code in duty.areas) != bool(duty.platform):
        yield f"platform {duty.platform!r} beside {duty.areas} of {duty.text[:50]!r}"


def _doubles(corpus: TrainingCorpus) -> Iterator[str]:
    duties = Counter(tuple(bag(written.duty.text)) for written in corpus.duties)
    lines = Counter((written.line.zone, *bag(written.line.text)) for written in corpus.lines)
    ads = Counter(ad.id for ad in corpus.ads)
    for found in (duties, lines):
        yield from (f"twice: {' '.join(words)[:80]}" for words, count in found.items() if count > 1)
    yield from (f"two ads are called {name}" for name, count in ads.items() if count > 1)


def _shared(corpus: TrainingCorpus, real: Iterable[GoldAd]) -> Iterator[str]:
    runs = {run for ad in real for run in _runs(ad.text)}
    for text in (*texts(corpus), *(ad.title for ad in corpus.ads)):
        found = next((run for run in _runs(text) if run in runs), None)
        if found:
            yield f"shared with a real ad: {' '.join(found)}"


def texts(corpus: TrainingCorpus) -> Iterator[str]:
    """Every text of a corpus: single duties, single lines, the lines of the ads."""
    yield from (written.duty.text for written in corpus.duties)
    yield from (written.line.text for written in corpus.lines)
    yield from (line.text for ad in corpus.ads for line in ad.lines)


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = bag(text)
    return zip(*(islice(found, start, None) for start in range(LONGEST_SHARED)), strict=False)


def counts(corpus: TrainingCorpus) -> dict[str, Counter[str]]:
    """How much there is: duties by code (governing), lines by zone, ads by role, everything by hand."""
    every = [written.duty for written in corpus.duties] + [duty for ad in corpus.ads for duty in ad.duties]
    return {
        "codes": Counter(code for duty in every for code in duty.areas),
        "grades": Counter(duty.grade for duty in every),
        "zones": Counter(
            [written.line.zone for written in corpus.lines] + [line.zone for ad in corpus.ads for line in ad.lines]
        ),
        "roles": Counter(ad.role for ad in corpus.ads),
        "title roles": Counter(" ".join(ad.title_roles) or "none" for ad in corpus.ads),
        "voices": Counter(str(ad.extra.get("voice", "")) or "unknown" for ad in corpus.ads),
    }

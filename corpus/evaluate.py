"""Compares verdicts with gold: zones by line, duties by word overlap, areas of matched duties, role and confusion.

Every figure comes with a 95 % interval, resampled by ad: the lines and duties of one ad are not independent.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from ..classifier.ad import FAMILIES, Ad, CodedDuty, Title, family_of
from ..classifier.flags import facts_of, find, severity_of
from ..classifier.role import by_rule, involved_in
from ..classifier.title import load_title_rules
from ..errors import InputError
from ..models.calibrate import calibration_error_by_chance, expected_calibration_error
from .gold import GoldLine, aligned_zones, completed, matched_duties, text_of
from .resampling import DRAWS, SEED, intervals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from ..classifier.ad import Flag, Verdict, ZonedLine
    from ..classifier.labeller import Labeller
    from ..classifier.profile import Profile
    from .gold import GoldAd
    from .resampling import Interval

ROLE_LABELS = ("CM", "SMM", "OM", "mixed", "none")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One ad against its gold.

    Attributes:
        zones: pairs of gold and found zone, one for each gold line.
        gold_duties: how many duties gold has; `found_duties` how many were found.
        codes: pairs of gold and found area codes, one for each matched duty.
        grades: pairs of gold and found grade, one for each matched duty.
        roles: gold and found role.
        rule_role: the role by the arithmetic.
        confidence: probability of the found role.
        confusion: gold and found confusion.
        title_roles: gold and found roles of the title; `title_coded` says whether somebody coded them.
        sure: probability of the governing area of each matched duty.
        matched: the words of each matched duty, as gold has them.
        missed: duties of gold that were not found.
        invented: found duties that gold does not have.
        fields: what else gold says of the ad (format, source, level and further fields), to break figures down by.
    """

    id: str
    zones: tuple[tuple[str, str], ...]
    gold_duties: int
    found_duties: int
    codes: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    grades: tuple[tuple[str, str], ...]
    roles: tuple[str, str]
    rule_role: str
    confidence: float
    confusion: tuple[bool, bool]
    title_roles: tuple[frozenset[str], frozenset[str]]
    sure: tuple[float, ...] = ()
    matched: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    title_coded: bool = True


def compare(gold: Iterable[GoldAd], labeller: Labeller) -> list[Comparison]:
    """Labels each gold ad and lays the verdict beside the coding.

    An ad the labeller refuses counts as not codable, with no zone right and no duty found. What gold leaves out about a
    title is read by the labeller's own rules.
    """
    return [compare_one(completed(ad, labeller.titles), _verdict(ad, labeller), labeller.profile) for ad in gold]


def _verdict(ad: GoldAd, labeller: Labeller) -> Verdict | None:
    try:
        return labeller.label(Ad(text_of(ad), ad.title, ad.id))
    except InputError:
        return None


def compare_one(ad: GoldAd, verdict: Verdict | None, profile: Profile) -> Comparison:
    """One verdict against its gold; None is a refused ad."""
    lines = verdict.lines if verdict else ()
    duties = verdict.duties if verdict else ()
    pairs = matched_duties([duty.text for duty in ad.duties], [duty.text for duty in duties])
    return Comparison(
        id=ad.id,
        zones=_zone_pairs(ad, lines),
        gold_duties=len(ad.duties),
        found_duties=len(duties),
        codes=tuple((ad.duties[i].areas, duties[j].codes) for i, j in pairs),
        grades=tuple((ad.duties[i].grade, duties[j].grade) for i, j in pairs),
        roles=(ad.role, verdict.role if verdict else "notcodable"),
        rule_role=verdict.rule_role if verdict else "notcodable",
        confidence=verdict.probabilities.get(verdict.role, 1.0) if verdict else 1.0,
        confusion=(
            gold_severity(ad, profile) >= profile.thresholds["flags"]["confusion"],
            bool(verdict and verdict.confusion),
        ),
        title_roles=(frozenset(ad.title_roles), frozenset(verdict.title.roles if verdict else ())),
        sure=tuple(duties[j].areas[0].probability for _, j in pairs),
        matched=tuple(ad.duties[i].text for i, _ in pairs),
        missed=_others([duty.text for duty in ad.duties], [i for i, _ in pairs]),
        invented=_others([duty.text for duty in duties], [j for _, j in pairs]),
        fields={"format": ad.format, "source": ad.source, "level": ad.level or "none"}
        | {name: str(value) for name, value in ad.extra.items() if isinstance(value, (str, int, float))},
        title_coded="title_roles" not in ad.left_out,
    )


def _others(texts: Sequence[str], used: Iterable[int]) -> tuple[str, ...]:
    """The texts whose number is not used."""
    taken = set(used)
    return tuple(text for number, text in enumerate(texts) if number not in taken)


def _zone_pairs(ad: GoldAd, found: Sequence[ZonedLine]) -> tuple[tuple[str, str], ...]:
    """Gold and found zone of each gold line; lines without a letter or digit say nothing and are left out."""
    zones = aligned_zones([GoldLine(line.text, line.zone) for line in found], [line.text for line in ad.lines])
    return tuple(
        (line.zone, zone or "missing")
        for line, zone in zip(ad.lines, zones, strict=True)
        if any(map(str.isalnum, line.text))
    )


def gold_severity(ad: GoldAd, profile: Profile) -> int:
    """The severity of an ad by its coded duties and its judged role (codebook 9)."""
    return severity_of(gold_flags(ad, profile))


def gold_flags(ad: GoldAd, profile: Profile) -> tuple[Flag, ...]:
    """The flags of an ad by its coded duties and its judged role (codebook 9), under the choices of a house.

    Roles involved that nobody coded follow from the arithmetic, as they do for verdicts.
    """
    duties = [CodedDuty(profile.counted(duty.areas), duty.grade, duty.platform, duty.text) for duty in ad.duties]
    ruled = by_rule(duties, profile)
    involved = ad.roles_involved or involved_in(ad.role, ruled.shares, profile.thresholds["role"]["involved_share"])
    judged = replace(ruled, role=ad.role, involved=involved)
    title = Title(ad.title, ad.title_roles, ad.level)
    return find(facts_of(duties, judged, title, [line.text for line in ad.lines], profile, load_title_rules()))


def figures(comparisons: Sequence[Comparison], draws: int = DRAWS, seed: int = SEED) -> dict[str, Interval]:
    """All figures over a set of ads by their names, with 95 % intervals from resampling the ads.

    Args:
        comparisons: one for each ad.
        draws: how many resamples.
        seed: of the resamples.
    """
    return intervals(comparisons, MEASURES, draws, seed)


def accuracy(pairs: Iterable[tuple[object, object]]) -> float:
    """The share of equal pairs; not a number for none."""
    found = [left == right for left, right in pairs]
    return sum(found) / len(found) if found else float("nan")


def macro_f1(pairs: Iterable[tuple[str, str]], labels: Iterable[str]) -> float:
    """The mean F1 over those labels that gold has."""
    pairs = list(pairs)
    gold, found = Counter(left for left, _ in pairs), Counter(right for _, right in pairs)
    right = Counter(left for left, other in pairs if left == other)
    scores = [2 * right[label] / (gold[label] + found[label]) for label in labels if gold[label]]
    return sum(scores) / len(scores) if scores else float("nan")


def _f1(right: int, gold: int, found: int) -> float:
    return 2 * right / (gold + found) if gold + found else float("nan")


def _families(comparisons: Sequence[Comparison]) -> list[tuple[str, str]]:
    return [(family_of(gold[0]), family_of(found[0])) for c in comparisons for gold, found in c.codes]


def _micro(comparisons: Sequence[Comparison]) -> float:
    pairs = [(set(gold), set(found)) for c in comparisons for gold, found in c.codes]
    return _f1(sum(len(g & f) for g, f in pairs), sum(len(g) for g, _ in pairs), sum(len(f) for _, f in pairs))


def _confusion_f1(comparisons: Sequence[Comparison]) -> float:
    both = sum(c.confusion == (True, True) for c in comparisons)
    return _f1(both, sum(c.confusion[0] for c in comparisons), sum(c.confusion[1] for c in comparisons))


def _calibration(comparisons: Sequence[Comparison]) -> float:
    confidence, right = _forecasts(comparisons)
    return expected_calibration_error(confidence, right)


def _calibration_by_chance(comparisons: Sequence[Comparison]) -> float:
    confidence, _ = _forecasts(comparisons)
    return calibration_error_by_chance(confidence)


def _forecasts(comparisons: Sequence[Comparison]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """How sure the role was said to be and whether it was right, for each ad that was judged."""
    judged = [c for c in comparisons if c.roles[1] != "notcodable"]
    return np.array([c.confidence for c in judged]), np.array([c.roles[0] == c.roles[1] for c in judged], dtype=bool)


def _matched(comparisons: Sequence[Comparison]) -> int:
    return sum(len(c.codes) for c in comparisons)


MEASURES: Mapping[str, Callable[[Sequence[Comparison]], float]] = {
    "zone accuracy": lambda cs: accuracy(pair for c in cs for pair in c.zones),
    "duties precision": lambda cs: _matched(cs) / max(1, sum(c.found_duties for c in cs)),
    "duties recall": lambda cs: _matched(cs) / max(1, sum(c.gold_duties for c in cs)),
    "duties F1": lambda cs: _f1(_matched(cs), sum(c.gold_duties for c in cs), sum(c.found_duties for c in cs)),
    "family accuracy": lambda cs: accuracy(_families(cs)),
    "family macro-F1": lambda cs: macro_f1(_families(cs), FAMILIES),
    "first area accuracy": lambda cs: accuracy((gold[0], found[0]) for c in cs for gold, found in c.codes),
    "areas micro-F1": _micro,
    "grade accuracy": lambda cs: accuracy(pair for c in cs for pair in c.grades),
    "title accuracy": lambda cs: accuracy(c.title_roles for c in cs if c.title_coded),
    "role accuracy": lambda cs: accuracy(c.roles for c in cs),
    "role macro-F1": lambda cs: macro_f1([c.roles for c in cs], (*ROLE_LABELS, "notcodable")),
    "rule role accuracy": lambda cs: accuracy((c.roles[0], c.rule_role) for c in cs),
    "role calibration error": _calibration,
    "calibration error by chance": _calibration_by_chance,
    "confusion F1": _confusion_f1,
}

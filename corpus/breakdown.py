"""What lies behind the figures of an evaluation: each class, what is taken for what, how sure, by source and style."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ..classifier.ad import FAMILIES, GRADES, ZONES, family_of
from .evaluate import MEASURES, ROLE_LABELS, figures
from .resampling import DRAWS, SEED, Interval, between, interval, intervals, weights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from .evaluate import Comparison

    Pairs = Sequence[tuple[str, str]]

FEWEST_ADS = 5
"""Groups with fewer ads are joined as `…`."""

JOINED = "…"
BINS = 8
ERRORS = (0.02, 0.05, 0.10)
"""Errors for which the coverage is told."""

KEY_MEASURES = ("zone accuracy", "duties F1", "family accuracy", "areas micro-F1", "role accuracy", "confusion F1")


@dataclass(frozen=True, slots=True)
class ClassScore:
    """How well one class is found; the precision of a class that was never found is not a number.

    Attributes:
        gold: how often gold has it; `found` how often it was found.
    """

    label: str
    gold: int
    found: int
    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True, slots=True)
class Bin:
    """A bin of the reliability curve: stated confidence against the share that was right, resampled by ad."""

    units: int
    confidence: float
    right: Interval


@dataclass(frozen=True, slots=True)
class Abstention:
    """What is left when the least sure are left to people.

    Attributes:
        coverage: shares of units that are kept, the surest first.
        error: share of wrong ones among them.
        at: for each stated error the largest coverage that keeps it, with its interval.
    """

    coverage: tuple[float, ...]
    error: tuple[float, ...]
    at: Mapping[float, Interval]


@dataclass(frozen=True, slots=True)
class Group:
    """The key figures of the ads with one value of a field."""

    field: str
    value: str
    ads: int
    figures: Mapping[str, Interval]


PARTS: Mapping[str, tuple[tuple[str, ...], Callable[[Comparison], Pairs]]] = {
    "zone": ((*ZONES, "missing"), lambda c: c.zones),
    "family": (FAMILIES, lambda c: [(family_of(gold[0]), family_of(found[0])) for gold, found in c.codes]),
    "grade": (GRADES, lambda c: c.grades),
    "role": ((*ROLE_LABELS, "notcodable"), lambda c: [c.roles]),
    "rule role": ((*ROLE_LABELS, "notcodable"), lambda c: [(c.roles[0], c.rule_role)]),
    "confusion": (("yes", "no"), lambda c: [("yes" if c.confusion[0] else "no", "yes" if c.confusion[1] else "no")]),
}
"""Parts of a verdict with one label for each unit: the labels, and the pairs of gold and found."""


def confusion_matrix(comparisons: Sequence[Comparison], part: str) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """How often gold's label (rows) was found as which label (columns); labels nobody used are left out."""
    labels, pairs_of = PARTS[part]
    counts = Counter(pair for c in comparisons for pair in pairs_of(c))
    used = tuple(label for label in labels if any(label in pair for pair in counts))
    return used, np.array([[counts[gold, found] for found in used] for gold in used], dtype=np.int64)


def class_scores(
    comparisons: Sequence[Comparison], part: str, draws: int = DRAWS, seed: int = SEED
) -> list[ClassScore]:
    """Precision, recall and F1 of every class of a part, each with its interval.

    Args:
        comparisons: one for each ad.
        part: one of `PARTS`, or `area` (several codes for a duty, of matched duties).
        draws: resamples for the intervals.
        seed: of the resamples.
    """
    sets = [_label_sets(c, part) for c in comparisons]
    labels = PARTS[part][0] if part in PARTS else sorted({x for pairs in sets for g, f in pairs for x in g | f})
    scores = []
    for label in labels:
        sums = np.array(
            [[sum(label in g and label in f for g, f in pairs), sum(label in g for g, _ in pairs),
              sum(label in f for _, f in pairs)] for pairs in sets], dtype=float,
        )  # fmt: skip
        _, gold, found = sums.sum(axis=0)
        if label != "missing" and (gold or found):
            scores.append(_score(label, sums, int(gold), int(found), draws, seed))
    return scores


def _label_sets(comparison: Comparison, part: str) -> list[tuple[frozenset[str], frozenset[str]]]:
    if part == "area":
        return [(frozenset(gold), frozenset(found)) for gold, found in comparison.codes]
    return [(frozenset({gold}), frozenset({found})) for gold, found in PARTS[part][1](comparison)]


def _score(label: str, sums: Any, gold: int, found: int, draws: int, seed: int) -> ClassScore:  # noqa: ANN401, PLR0913 -- an array; counts, draws and seed belong to the row
    return ClassScore(
        label,
        gold,
        found,
        precision=interval(sums, lambda s: _ratio(s[0], s[2]), draws, seed),
        recall=interval(sums, lambda s: _ratio(s[0], s[1]), draws, seed),
        f1=interval(sums, lambda s: _ratio(2 * s[0], s[1] + s[2]), draws, seed),
    )


def _ratio(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


Sure = tuple["NDArray[np.float64]", "NDArray[np.bool_]", "NDArray[np.int64]"]
"""Of each unit: stated confidence, whether it was right, and the number of its ad."""


def sure_roles(comparisons: Sequence[Comparison]) -> Sure:
    """The roles that were judged, with their confidence."""
    judged = [(n, c) for n, c in enumerate(comparisons) if c.roles[1] != "notcodable"]
    return (
        np.array([c.confidence for _, c in judged]),
        np.array([c.roles[0] == c.roles[1] for _, c in judged], dtype=bool),
        np.array([n for n, _ in judged], dtype=np.int64),
    )


def sure_areas(comparisons: Sequence[Comparison]) -> Sure:
    """The governing areas of matched duties, with their confidence; right if gold gives the duty that area."""
    units = [
        (sure, found[0] in gold, n)
        for n, c in enumerate(comparisons)
        for sure, (gold, found) in zip(c.sure, c.codes, strict=True)
    ]
    confidence, right, ads = zip(*units, strict=True) if units else ((), (), ())
    return np.array(confidence, dtype=float), np.array(right, dtype=bool), np.array(ads, dtype=np.int64)


def reliability(sure: Sure, ads: int, bins: int = BINS, draws: int = DRAWS, seed: int = SEED) -> list[Bin]:
    """The reliability curve: bins of equally many units, from unsure to sure.

    Args:
        sure: confidence, right or not, and ad of each unit.
        ads: how many ads there are.
        bins: how many bins at most.
        draws: resamples for the intervals.
        seed: of the resamples.
    """
    confidence, right, of_ad = sure
    order = np.argsort(confidence, kind="stable")
    found = []
    for part in np.array_split(order, min(bins, len(order)) or 1):
        if part.size:
            sums = np.zeros((ads, 2))
            np.add.at(sums, of_ad[part], np.column_stack([right[part], np.ones(part.size)]))
            of_bin = interval(sums, lambda s: _ratio(s[0], s[1]), draws, seed)
            found.append(Bin(int(part.size), float(confidence[part].mean()), of_bin))
    return found


def abstention(sure: Sure, ads: int, draws: int = DRAWS, seed: int = SEED) -> Abstention:
    """Error against coverage when only the surest units are kept (the risk-coverage curve of El-Yaniv & Wiener, 2010).

    Args:
        sure: confidence, right or not, and ad of each unit.
        ads: how many ads there are.
        draws: resamples for the intervals.
        seed: of the resamples.
    """
    confidence, right, of_ad = sure
    order = np.argsort(-confidence, kind="stable")
    wrong, of_ad = ~right[order], of_ad[order]
    whole = np.ones(len(order))
    coverage, error = _risk(wrong, whole)
    drawn: dict[float, list[float]] = {bound: [] for bound in ERRORS}
    for rows in weights(ads, draws, seed):
        for row in rows:
            curve = _risk(wrong, row[of_ad])
            for bound, values in drawn.items():
                values.append(_coverage_at(bound, *curve))
    at = {bound: between(_coverage_at(bound, coverage, error), values) for bound, values in drawn.items()}
    return Abstention(tuple(coverage.tolist()), tuple(error.tolist()), at)


def _risk(wrong: Any, weight: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:  # noqa: ANN401 -- arrays
    kept = np.cumsum(weight)
    total = kept[-1] if kept.size else 0.0
    error = np.divide(np.cumsum(wrong * weight), kept, out=np.zeros_like(kept), where=kept > 0)
    return kept / total if total else kept, error


def _coverage_at(bound: float, coverage: Any, error: Any) -> float:  # noqa: ANN401 -- arrays
    fits = coverage[(error <= bound) & (coverage > 0)]
    return float(fits.max()) if fits.size else 0.0


def groups(comparisons: Sequence[Comparison], field: str, draws: int = DRAWS, seed: int = SEED) -> list[Group]:
    """The key figures by the values of a field of gold, such as format or source; small groups are joined."""
    members: dict[str, list[Comparison]] = {}
    sizes = Counter(c.fields.get(field, JOINED) for c in comparisons)
    for c in comparisons:
        value = c.fields.get(field, JOINED)
        members.setdefault(value if sizes[value] >= FEWEST_ADS else JOINED, []).append(c)
    return [
        Group(field, value or JOINED, len(found), key_figures(found, draws, seed))
        for value, found in sorted(members.items(), key=lambda item: (item[0] == JOINED, item[0]))
    ]


def key_figures(comparisons: Sequence[Comparison], draws: int = DRAWS, seed: int = SEED) -> dict[str, Interval]:
    """The figures people look at first, with intervals."""
    return intervals(comparisons, {name: MEASURES[name] for name in KEY_MEASURES}, draws, seed)


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong about the verdict on one ad, with the words, for reading.

    Attributes:
        role: gold and found role.
        areas: gold codes, found codes and words of each matched duty whose governing area gold does not have.
        missed: duties that were not found; `invented` those that gold does not have.
    """

    id: str
    role: tuple[str, str]
    areas: tuple[tuple[str, str, str], ...]
    missed: tuple[str, ...]
    invented: tuple[str, ...]


def errors(comparisons: Sequence[Comparison]) -> list[Wrong]:
    """The ads with something wrong about role, areas or duties, in their order."""
    found = []
    for c in comparisons:
        areas = tuple(
            (" ".join(gold), " ".join(codes), text)
            for text, (gold, codes) in zip(c.matched, c.codes, strict=True)
            if codes[0] not in gold
        )
        if areas or c.missed or c.invented or c.roles[0] != c.roles[1]:
            found.append(Wrong(c.id, c.roles, areas, c.missed, c.invented))
    return found


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that an evaluation says of one model.

    Attributes:
        classes: the scores of every class, by part.
        matrices: labels and counts (gold in rows), by part.
        bins: the reliability curve of roles and areas; `abstained` the error against coverage.
        groups: key figures by field of gold.
        unequal: whether the ads were drawn with different probabilities; all the same each counts once.
        titles_read: ads whose title nobody coded; it was read by the rules of the tool, and is not counted as right.
    """

    ads: int
    figures: Mapping[str, Interval]
    classes: Mapping[str, list[ClassScore]]
    matrices: Mapping[str, tuple[tuple[str, ...], NDArray[np.int64]]]
    bins: Mapping[str, list[Bin]]
    abstained: Mapping[str, Abstention]
    groups: Mapping[str, list[Group]]
    errors: list[Wrong]
    titles_read: int = 0
    unequal: bool = False


def evaluation(
    comparisons: Sequence[Comparison], fields: Sequence[str] = (), draws: int = DRAWS, seed: int = SEED
) -> Evaluation:
    """All figures over a set of ads.

    Args:
        comparisons: one for each ad.
        fields: of gold, to break the key figures down by.
        draws: resamples for the intervals.
        seed: of the resamples.
    """
    ads = len(comparisons)
    sure = {"role": sure_roles(comparisons), "area": sure_areas(comparisons)}
    return Evaluation(
        ads=ads,
        figures=figures(comparisons, draws, seed),
        classes={part: class_scores(comparisons, part, draws, seed) for part in (*PARTS, "area")},
        matrices={part: confusion_matrix(comparisons, part) for part in ("zone", "family", "role")},
        bins={name: reliability(units, ads, draws=draws, seed=seed) for name, units in sure.items()},
        abstained={name: abstention(units, ads, draws, seed) for name, units in sure.items()},
        groups={field: groups(comparisons, field, draws, seed) for field in fields},
        errors=errors(comparisons),
        titles_read=sum(not c.title_coded for c in comparisons),
        unequal=len({c.fields.get("inclusion", "") for c in comparisons}) > 1,
    )

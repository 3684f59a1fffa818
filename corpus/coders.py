"""Several codings of the same ads, laid side by side: units that coders share, and how far they agree on each part.

Lines and duties are matched as gold is matched with a verdict (by their words); codes are compared on agreed units only
(codebook 12). What a coder left out about a title is no judgement: it is compared with nothing, and flags rest on the
title as the rules read it. Every figure has a 95 % interval, resampled by ad.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from operator import eq
from typing import TYPE_CHECKING, Any

import numpy as np

from ..classifier.ad import ZONES, family_of
from ..classifier.flags import severity_of
from ..classifier.title import load_title_rules
from .agreement import DISTANCES, alpha_of, coincidences, kappa_of, pair_table, values_in
from .evaluate import gold_flags
from .formats.spans import annotated
from .gold import aligned_zones, completed, matched_duties
from .resampling import DRAWS, SEED, Interval, interval

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ..classifier.ad import Flag
    from ..classifier.profile import Profile
    from .gold import GoldAd, GoldDuty

YES, NO = "yes", "no"
FLAGS = tuple(f"F{number}" for number in range(1, 11))
FEWEST = 20
"""Cases below this number: reported, not interpreted (codebook 12)."""

Unit = tuple[Any, ...]
"""What each coder gave for one thing; None for a coder who gave nothing."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far coders agree on one part.

    Attributes:
        part: what was coded, such as `role`, `area SH.content` or `borders, exact`.
        measure: `nominal`, `ordinal` or `masi` alpha, or `F1`.
        units: how many units at least two coders gave a value for.
        cases: of a single category, how many of them some coder put there; else all.
        agreement: alpha (or F1) with its interval.
        kappa: Cohen's kappa for two coders; not a number for more, or where kappa has no meaning.
    """

    part: str
    measure: str
    units: int
    cases: int
    agreement: Interval
    kappa: float

    @property
    def few(self) -> bool:
        """Whether there are too few cases to interpret the figure."""
        return self.cases < FEWEST


@dataclass(frozen=True, slots=True)
class _Part:
    """Something coded: its distance, and the values of a unit."""

    distance: str
    units: list[list[Unit]]
    """One list for each ad."""


def common_ads(codings: Sequence[Iterable[GoldAd]]) -> list[tuple[GoldAd | None, ...]]:
    """The ads that at least two coders coded, by id; None for a coder who did not."""
    by_id: dict[str, list[GoldAd | None]] = {}
    for coder, ads in enumerate(codings):
        for ad in ads:
            by_id.setdefault(ad.id, [None] * len(codings))[coder] = ad
    return [tuple(found) for found in by_id.values() if sum(ad is not None for ad in found) > 1]


def untitled(ads: Sequence[tuple[GoldAd | None, ...]]) -> int:
    """How many ads are left out of the agreement on titles, since fewer than two coders coded what the title names."""
    return sum(sum(_titled(ad) is not None for ad in codings if ad) < 2 for codings in ads)  # noqa: PLR2004 -- as said


def agreements(
    ads: Sequence[tuple[GoldAd | None, ...]], profile: Profile, draws: int = DRAWS, seed: int = SEED
) -> list[Agreement]:
    """How far coders agree, part by part.

    Args:
        ads: each ad as each coder coded it, from `common_ads`.
        profile: the rule set that flags are computed with.
        draws: resamples for the intervals.
        seed: of the resamples.
    """
    found = [_borders(name, ads, count, draws, seed) for name, count in BORDERS.items()]
    parts = _parts(ads, profile)
    found += [_agreement(name, part, draws, seed) for name, part in parts.items()]
    return [item for item in found if item.units]


def _agreement(name: str, part: _Part, draws: int, seed: int) -> Agreement:
    from scipy.sparse import csr_matrix, vstack

    paired = [[unit for unit in of_ad if sum(value is not None for value in unit) > 1] for of_ad in part.units]
    units = [unit for of_ad in paired for unit in of_ad]
    values = values_in(units)
    if not units:
        return Agreement(name, part.distance, 0, 0, Interval(np.nan, np.nan, np.nan), float("nan"))
    size = (len(values), len(values))
    sums = vstack([csr_matrix(coincidences(of_ad, values).reshape(1, -1)) for of_ad in paired])
    distance = DISTANCES[part.distance]
    fixed = None if part.distance == "ordinal" else distance(values, np.empty(0))

    def figure(row: Any) -> float:  # noqa: ANN401 -- a numpy array
        matrix = row.reshape(size)
        return alpha_of(matrix, distance(values, matrix.sum(axis=0)) if fixed is None else fixed)

    kappa = float("nan")
    if part.distance != "masi" and all(len(unit) == len(units[0]) == 2 for unit in units):  # noqa: PLR2004 -- kappa is for two coders
        kappa = kappa_of(pair_table(units, values))
    cases = sum(any(value not in (None, NO) for value in unit) for unit in units)
    return Agreement(name, part.distance, len(units), cases, interval(sums, figure, draws, seed), kappa)


def _parts(ads: Sequence[tuple[GoldAd | None, ...]], profile: Profile) -> dict[str, _Part]:
    """All parts with their units, in the order of the codebook: zones, duties, role, title, confusion."""
    zones = [_zone_units(codings) for codings in ads]
    duties = [_duty_units(codings) for codings in ads]
    parts = {"zone": _Part("nominal", zones)}
    parts |= {f"zone {zone}": _membership(zones, partial(eq, zone)) for zone in ZONES}
    for name, (distance, of_duty) in _OF_DUTY.items():
        parts[name] = _Part(distance, _mapped(duties, of_duty))
    codes = sorted({code for of_ad in duties for unit in of_ad for duty in unit if duty for code in duty.areas})
    parts |= {f"area {code}": _membership(duties, partial(_has_area, code)) for code in codes}
    for name, (distance, of_ad_value) in _of_ad(profile).items():
        parts[name] = _Part(distance, [[tuple(ad and of_ad_value(ad) for ad in codings)] for codings in ads])
    return parts


def _has_area(code: str, duty: GoldDuty) -> bool:
    return code in duty.areas


_OF_DUTY: Mapping[str, tuple[str, Callable[[GoldDuty], object]]] = {
    "areas": ("masi", lambda duty: frozenset(duty.areas)),
    "first area": ("nominal", lambda duty: duty.areas[0]),
    "families": ("masi", lambda duty: frozenset(map(family_of, duty.areas))),
    "first family": ("nominal", lambda duty: family_of(duty.areas[0])),
    "grade": ("nominal", lambda duty: duty.grade),
    "platform": ("nominal", lambda duty: duty.platform or "none"),
}


def _of_ad(profile: Profile) -> dict[str, tuple[str, Callable[[GoldAd], object]]]:
    """What is coded once for an ad; flags and severity follow from the coded duties (codebook 9)."""
    bound, titles = profile.thresholds["flags"]["confusion"], load_title_rules()

    def flags(ad: GoldAd) -> tuple[Flag, ...]:
        return gold_flags(completed(ad, titles), profile)

    def severity(ad: GoldAd) -> int:
        return severity_of(flags(ad))

    def flag(code: str) -> tuple[str, Callable[[GoldAd], object]]:
        return "nominal", lambda ad: YES if any(f.code == code for f in flags(ad)) else NO

    return {
        "role": ("nominal", lambda ad: ad.role),
        "title roles": ("masi", _titled),
        "level": ("nominal", lambda ad: None if "level" in ad.left_out else ad.level or "none"),
        "severity": ("ordinal", lambda ad: f"{severity(ad)}"),
        "confusion": ("nominal", lambda ad: YES if severity(ad) >= bound else NO),
        **{f"flag {code}": flag(code) for code in FLAGS},
    }


def _titled(ad: GoldAd) -> frozenset[str] | None:
    """What a coder says that the title names; None if nothing is said."""
    return None if "title_roles" in ad.left_out else frozenset(ad.title_roles) or frozenset({"none"})


def _mapped(units: Sequence[list[Unit]], of_value: Callable[[Any], object]) -> list[list[Unit]]:
    return [[tuple(None if v is None else of_value(v) for v in unit) for unit in of_ad] for of_ad in units]


def _membership(units: Sequence[list[Unit]], belongs: Callable[[Any], bool]) -> _Part:
    """A category against all others (Krippendorff: the reliability of single values)."""
    return _Part("nominal", _mapped(units, lambda value: YES if belongs(value) else NO))


def _zone_units(codings: Sequence[GoldAd | None]) -> list[Unit]:
    """The lines of the first coder with the zone of each coder."""
    first = next(ad for ad in codings if ad is not None)
    texts = [line.text for line in first.lines]
    columns = [aligned_zones(ad.lines, texts) if ad else [None] * len(texts) for ad in codings]
    return list(zip(*columns, strict=True))


def _duty_units(codings: Sequence[GoldAd | None]) -> list[Unit]:
    """The duties, each as every coder coded it; a duty new to the coders before is a unit of its own."""
    units: list[list[GoldDuty | None]] = []
    texts: list[str] = []
    for coder, ad in enumerate(codings):
        duties = ad.duties if ad else ()
        matched = {theirs: unit for unit, theirs in matched_duties(texts, [duty.text for duty in duties])}
        for number, duty in enumerate(duties):
            if number not in matched:
                units.append([None] * len(codings))
                texts.append(duty.text)
            units[matched.get(number, len(units) - 1)][coder] = duty
    return list(map(tuple, units))


def _exact(left: GoldAd, right: GoldAd) -> int:
    """Duties of two coders with the same borders."""
    spans = [{(duty.start, duty.end) for duty in annotated(ad)[0].duties} for ad in (left, right)]
    return len(spans[0] & spans[1])


def _by_words(left: GoldAd, right: GoldAd) -> int:
    """Duties of two coders that match by their words."""
    return len(matched_duties([duty.text for duty in left.duties], [duty.text for duty in right.duties]))


BORDERS: Mapping[str, Callable[[GoldAd, GoldAd], int]] = {"borders, exact": _exact, "borders, by words": _by_words}


def _borders(
    name: str,
    ads: Sequence[tuple[GoldAd | None, ...]],
    count: Callable[[GoldAd, GoldAd], int],
    draws: int,
    seed: int,
) -> Agreement:
    rows = np.zeros((len(ads), 2))
    for number, codings in enumerate(ads):
        for left, right in combinations([ad for ad in codings if ad], 2):
            rows[number] += (2 * count(left, right), len(left.duties) + len(right.duties))
    f1 = interval(rows, lambda row: float(row[0] / row[1]) if row[1] else float("nan"), draws, seed)
    units = int(rows[:, 1].sum() / 2)
    return Agreement(name, "F1", units, units, f1, float("nan"))


def disagreements(ads: Sequence[tuple[GoldAd | None, ...]]) -> dict[str, list[tuple[str, Unit]]]:
    """Where coders differ, for the meeting that resolves it: role, borders and areas, each with the ad's id."""
    found: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
    for codings in ads:
        identity = next(ad.id for ad in codings if ad)
        roles = tuple(ad and ad.role for ad in codings)
        if len({role for role in roles if role}) > 1:
            found["role"].append((identity, roles))
        present = [n for n, ad in enumerate(codings) if ad]
        for unit in _duty_units(codings):
            duty = next(duty for duty in unit if duty)
            areas = tuple(" ".join(duty.areas) if duty else None for duty in unit)
            if any(unit[n] is None for n in present):
                found["borders"].append((identity, (duty.text, *areas)))
            elif len({frozenset(duty.areas) for duty in unit if duty}) > 1:
                found["areas"].append((identity, (duty.text, *areas)))
    return dict(found)

"""The role of an ad: by the codebook's arithmetic over its duties, and as a trained coder would judge it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from ..models.features import Example
from . import areas
from .ad import FAMILIES, JUDGED_ROLES, ROLES, Shares, family_of
from .title import masked
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ..models.features import Group
    from ..models.linear import LinearModel
    from .ad import CodedDuty, Role
    from .profile import Profile

_SHARE_STEPS = 8
_MOST_WORDS, _MOST_INTRO = 400, 60


@dataclass(frozen=True, slots=True)
class RuleRole:
    """What the arithmetic says of an ad: the sums over its duties, the role, and the roles involved in it."""

    shares: Shares
    role: Role
    involved: tuple[str, ...]


def weights_of(codes: Sequence[str]) -> dict[str, float]:
    """The weight of one duty by family (codebook 5).

    A duty weighs 1, split evenly over its families; `SH` is dropped as soon as a role family is there.

    >>> weights_of(["CM.dialog", "OM.paidsocial"])
    {'CM': 0.5, 'OM': 0.5}
    >>> weights_of(["SMM.koordination", "SH.content"])
    {'SMM': 1.0}
    """
    named = set(map(family_of, codes))
    families = [family for family in FAMILIES if family in named]
    if any(family in ROLES for family in families) and "SH" in families:
        families.remove("SH")
    return {family: 1 / len(families) for family in families}


def shares_of(
    duties: Sequence[Sequence[str]], leans: Mapping[str, str], *, social: bool, lean_weight: float = 0.5
) -> Shares:
    """Weights, shares and label scores of an ad (codebook 7.2).

    Args:
        duties: the codes of each duty.
        leans: the role that a shared code leans to.
        social: whether any duty names social media; only then shared duties lean (C9).
        lean_weight: what a leaning shared duty counts for its role.
    """
    weights = dict.fromkeys(FAMILIES, 0.0)
    scores = dict.fromkeys(ROLES, 0.0)
    for codes in duties:
        of_duty = weights_of(codes)
        for family, weight in of_duty.items():
            weights[family] += weight
        leaning = {leans[code] for code in codes if leans.get(code)} if "SH" in of_duty and social else ()
        for role in leaning:
            scores[role] += lean_weight * of_duty["SH"]
    for role in ROLES:
        scores[role] += weights[role]
    hard = sum(weights[role] for role in ROLES)
    shares = {role: weights[role] / hard if hard else 0.0 for role in ROLES}
    return Shares(weights, shares, scores, len(duties))


def all_offline(codes: Sequence[Sequence[str]], platforms: Sequence[str]) -> bool:
    """Whether an ad has community duties and all of them are offline (codebook 7.2).

    Args:
        codes: the codes of each duty.
        platforms: the platform of each duty.
    """
    community = {
        platform
        for of_duty, platform in zip(codes, platforms, strict=True)
        if any(family_of(code) == "CM" for code in of_duty)
    }
    return community == {"offline"}


def rule_role(shares: Shares, thresholds: Mapping[str, float], *, offline: bool) -> tuple[Role, tuple[str, ...]]:
    """The role by the arithmetic of codebook 7.2 (with C20), and the roles involved.

    Args:
        shares: the sums over the duties.
        thresholds: the table `role` of the profile.
        offline: whether there are CM duties and all of them are offline.
    """
    if shares.n < thresholds["fewest_duties"]:
        return "notcodable", ()
    if offline and shares.weights["SMM"] + shares.weights["OM"] < thresholds["offline_other"]:
        return "none", ()
    total = sum(shares.label_scores.values())
    part = total / shares.n
    foreign = shares.weights["N"] / shares.n
    if part <= thresholds["none_label"]:
        return "none", ()
    if foreign >= thresholds["none_foreign"] and part < thresholds["none_foreign_label"]:
        return "none", ()
    best, second = sorted(ROLES, key=lambda role: -shares.label_scores[role])[:2]
    lead = (shares.label_scores[best] - shares.label_scores[second]) / total
    if shares.label_scores[best] / total >= thresholds["best_share"] and _at_least(lead, thresholds["best_lead"]):
        return cast("Role", best), (best,)
    involved = tuple(
        role for role in ROLES if _at_least(shares.label_scores[role] / total, thresholds["involved_share"])
    )
    return "mixed", involved


def _at_least(value: float, bound: float) -> bool:
    """`>=` for shares that are sums of halves and thirds."""
    return value >= bound - 1e-9


def example(duties: Sequence[CodedDuty], ruled: RuleRole, *, intro: str, title: str) -> Example:
    """What the role model sees of an ad.

    Args:
        duties: its duties.
        ruled: what the arithmetic says of them.
        intro: the words of the introduction, where emphasis stands.
        title: the title, which is masked wherever it recurs.
    """
    shares, codes = ruled.shares, [duty.codes for duty in duties]
    total = sum(shares.label_scores.values()) or 1.0
    count = max(1, shares.n)
    groups: list[Group] = []
    for role in ROLES:
        groups.append(_thermometer(f"label {role}", shares.label_scores[role] / total))
        groups.append(_thermometer(f"score {role}", shares.label_scores[role] / count))
    groups += [_thermometer(f"part {family}", shares.weights[family] / count) for family in FAMILIES]
    groups.append(_thermometer("evidence", sum(shares.label_scores.values()) / count))
    every = [code for of_duty in codes for code in of_duty]
    signals = [f"rule role {ruled.role}", *(f"code {code}" for code in dict.fromkeys(every))]
    signals += [f"twice {code}" for code, number in Counter(every).items() if number > 1]
    graded = [(duty.codes, duty.grade) for duty in duties]
    governing = [f"graded {grade} {family_of(own[0])}" for own, grade in graded if own]
    signals += dict.fromkeys(governing)
    if codes and codes[0]:
        signals.append(f"first {family_of(codes[0][0])}")
    words = [word for duty in duties for word in bag(masked(duty.text, title))]
    words += bag(masked(intro, title))[:_MOST_INTRO]
    return Example(tuple(words[:_MOST_WORDS]), [*groups, *((signal,) for signal in signals)])


def _thermometer(name: str, value: float) -> Group:
    """A number as signals a linear model can bend: one for each step it reaches."""
    return _steps_reached(name, min(int(_SHARE_STEPS * (value + 1e-9)), _SHARE_STEPS))


@cache
def _steps_reached(name: str, steps: int) -> Group:
    return tuple(f"{name} {step}" for step in range(1, steps + 1))


def by_rule(duties: Sequence[CodedDuty], profile: Profile) -> RuleRole:
    """The whole arithmetic over the duties of an ad."""
    codes = [duty.codes for duty in duties]
    shares = shares_of_duties([duty.text for duty in duties], codes, profile)
    offline = all_offline(codes, [duty.platform for duty in duties])
    return RuleRole(shares, *rule_role(shares, profile.thresholds["role"], offline=offline))


def shares_of_duties(texts: Sequence[str], codes: Sequence[tuple[str, ...]], profile: Profile) -> Shares:
    """The sums over the duties; shared ones lean only if some duty names social media (C9)."""
    social = any(areas.read(text, profile).social for text in texts)
    leans = {code: area.lean for code, area in profile.areas.items() if area.lean}
    return shares_of(codes, leans, social=social, lean_weight=profile.thresholds["role"]["lean_weight"])


def judge(item: Example, model: LinearModel, caution: float) -> dict[str, float]:
    """The probability of each role as a trained coder would judge it, in the order CM, SMM, OM, mixed, none.

    Args:
        item: the ad as `example` shows it.
        model: scores the roles; its temperature was fitted on ads of the training corpus.
        caution: scores are divided by it once more, since real ads are harder than those.
    """
    probabilities = model.calibrated(model.scores(item) / caution)
    found = dict(zip(model.labels, map(float, probabilities), strict=True))
    return {role: found.get(role, 0.0) for role in JUDGED_ROLES}


def involved_in(role: Role, shares: Shares, involved_share: float) -> tuple[str, ...]:
    """The roles involved in the decided role: itself, or those with a good share of a mixture (at least two)."""
    if role in ROLES:
        return (role,)
    if role != "mixed":
        return ()
    total = sum(shares.label_scores.values()) or 1.0
    ranked = sorted(ROLES, key=lambda name: -shares.label_scores[name])
    found: Collection[str] = [name for name in ranked if _at_least(shares.label_scores[name] / total, involved_share)]
    return tuple(name for name in ROLES if name in (found if len(found) > 1 else ranked[:2]))

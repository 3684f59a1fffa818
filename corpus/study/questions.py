"""The questions a corpus is asked: the ten figures of the field, and role confusion, as divisions into categories.

A question names its domain (which ads), its unit (ads or duties) and where a unit belongs; shares follow by counting.
The same question is put to labelled and to hand-coded ads, which is what corrections need.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from ...classifier.ad import FAMILIES, ROLES
from .labelled import TITLE_GROUPS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .labelled import LabelledAd, LabelledDuty

Unit = Literal["ads", "duties", "mean"]

ALL = "all"
YES = ("yes", "no")
AD_ROLES = (*ROLES, "mixed", "none", "notcodable")
SEVERITIES = ("0", "1", "2", "3")
PLATFORMS = ("extern", "eigen", "intern", "offline")
FLAGS = tuple(f"F{number}" for number in range(1, 11))
STRATEGY = 2
"""Severity of F4 from which a community post owns the social media strategy."""


def everything(ad: LabelledAd) -> bool:  # noqa: ARG001 -- a domain is called with an ad
    """The domain of all ads."""
    return True


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        key: its stable name, `topic/domain`.
        unit: ads, duties, or mean (a number for each ad).
        categories: where units belong; a mean has the one category `mean`.
        place: of an ad: its category, as a number; of a duty (`unit` duties): the same or None for outside; of a mean:
            the number itself.
        domain: which ads are asked.
        shown: categories that are reported; all if left out.
        each: categories are corrected one against all others, not together (too many for one matrix).
        headline: asked of every group of `--by`, too.
    """

    key: str
    unit: Unit
    categories: tuple[str, ...]
    place: Callable[..., float | None]
    domain: Callable[[LabelledAd], bool] = everything
    shown: tuple[str, ...] = ()
    each: bool = False
    headline: bool = False

    @property
    def reported(self) -> tuple[str, ...]:
        """The categories that are reported."""
        return self.shown or self.categories

    @property
    def topic(self) -> str:
        """What is asked."""
        return self.key.partition("/")[0]

    @property
    def of(self) -> str:
        """Which ads are asked, by name."""
        return self.key.partition("/")[2]


def counts(question: Question, ad: LabelledAd) -> list[float] | None:
    """How many units of an ad belong to each category, and behind them how many in all; None outside the domain."""
    if not question.domain(ad):
        return None
    found = [0.0] * (len(question.categories) + 1)
    if question.unit == "duties":
        for duty in ad.duties:
            place = question.place(ad, duty)
            if place is not None:
                found[int(place)] += 1
                found[-1] += 1
        return found
    place = question.place(ad)
    if place is None:
        return None
    if question.unit == "mean":
        return [place, 1.0]
    found[int(place)] = found[-1] = 1.0
    return found


def _titled(group: str, ad: LabelledAd) -> bool:
    return ad.title_group == group


def _codable_titled(group: str, ad: LabelledAd) -> bool:
    return ad.title_group == group and ad.role != "notcodable"


def _with_role(role: str, ad: LabelledAd) -> bool:
    return ad.role == role


def _codable(ad: LabelledAd) -> bool:
    return ad.role != "notcodable"


def _index(categories: Sequence[str], value: str) -> int | None:
    return categories.index(value) if value in categories else None


def _of_ad(categories: Sequence[str], value: Callable[[LabelledAd], object], ad: LabelledAd) -> int | None:
    return _index(categories, str(value(ad)))


def _yes(holds: Callable[[LabelledAd], bool], ad: LabelledAd) -> int:
    return 0 if holds(ad) else 1


def _family(ad: LabelledAd, duty: LabelledDuty) -> int:  # noqa: ARG001 -- a place is called with ad and duty
    return FAMILIES.index(duty.family)


def _area(codes: Sequence[str], ad: LabelledAd, duty: LabelledDuty) -> int | None:  # noqa: ARG001 -- as above
    return _index(codes, duty.codes[0])


def _platform(ad: LabelledAd, duty: LabelledDuty) -> int | None:  # noqa: ARG001 -- as above
    return _index(PLATFORMS, duty.platform)


def _duty_yes(holds: Callable[[LabelledDuty], bool], ad: LabelledAd, duty: LabelledDuty) -> int:  # noqa: ARG001 -- as above
    return 0 if holds(duty) else 1


def _is_om(duty: LabelledDuty) -> bool:
    return duty.family == "OM"


def _is_om_without_paid_social(duty: LabelledDuty) -> bool:
    return duty.family == "OM" and duty.codes[0] != "OM.paidsocial"


def _is_content(duty: LabelledDuty) -> bool:
    return "SH.content" in duty.codes


def _mainly_community(ad: LabelledAd) -> bool:
    return ad.shares["CM"] > 0.5  # noqa: PLR2004 -- the larger half


def _owns_strategy(ad: LabelledAd) -> bool:
    return ad.flags.get("F4", 0) >= STRATEGY


def _all_three(ad: LabelledAd) -> bool:
    families = {code.partition(".")[0] for duty in ad.duties for code in duty.codes}
    return families.issuperset(ROLES)


def _flag(code: str, ad: LabelledAd) -> bool:
    return code in ad.flags


def _duties(ad: LabelledAd) -> float:
    return float(len(ad.duties))


def _areas(ad: LabelledAd) -> float:
    return float(len({code for duty in ad.duties for code in duty.codes}))


def _ads_where(
    key: str,
    holds: Callable[[LabelledAd], bool],
    domain: Callable[[LabelledAd], bool] = everything,
    *,
    headline: bool = False,
) -> Question:
    """The share of ads for which something holds."""
    return Question(key, "ads", YES, partial(_yes, holds), domain, YES[:1], headline=headline)


def _duties_where(
    key: str, holds: Callable[[LabelledDuty], bool], domain: Callable[[LabelledAd], bool], *, headline: bool = False
) -> Question:
    """The share of duties for which something holds."""
    return Question(key, "duties", YES, partial(_duty_yes, holds), domain, YES[:1], headline=headline)


def _ads_by(
    topic: str, categories: tuple[str, ...], attribute: str, name: str, domain: Callable[[LabelledAd], bool]
) -> Question:
    """The shares of ads by a value they have."""
    place = partial(_of_ad, categories, attrgetter(attribute))
    return Question(f"{topic}/{name}", "ads", categories, place, domain, headline=name == ALL)


def questions(codes: Sequence[str]) -> list[Question]:
    """All questions, in the order of the report.

    Args:
        codes: the area codes of the rule set.
    """
    found = [
        _ads_by("titles", TITLE_GROUPS, "title_group", ALL, everything),
        Question("duties per ad", "mean", ("mean",), _duties, headline=True),
        Question("areas per ad", "mean", ("mean",), _areas),
        _ads_where("all three", _all_three, _codable, headline=True),
        _ads_where("mainly CM/SMM", _mainly_community, partial(_codable_titled, "SMM"), headline=True),
        _ads_where("strategy/CM", _owns_strategy, partial(_codable_titled, "CM"), headline=True),
        _duties_where("OM duties/SMM", _is_om, partial(_titled, "SMM"), headline=True),
        _duties_where("OM duties without paid social/SMM", _is_om_without_paid_social, partial(_titled, "SMM")),
    ]
    domains: dict[str, Callable[[LabelledAd], bool]] = {ALL: everything}
    domains |= {group: partial(_titled, group) for group in TITLE_GROUPS}
    for name, domain in domains.items():
        every = name == ALL
        found += [
            _ads_where(f"confusion/{name}", attrgetter("confusion"), domain, headline=every),
            _ads_by("severity", SEVERITIES, "severity", name, domain),
            _ads_by("roles", AD_ROLES, "role", name, domain),
            Question(f"families/{name}", "duties", FAMILIES, _family, domain, headline=every),
            _duties_where(f"content/{name}", _is_content, domain, headline=every),
        ]
        if name in (ALL, *ROLES):
            place = partial(_area, codes)
            found.append(Question(f"areas/{name}", "duties", tuple(codes), place, domain, each=True))
    found += [_ads_where(f"flag {code}", partial(_flag, code)) for code in FLAGS]
    found += [Question(f"platform/{role}", "duties", PLATFORMS, _platform, partial(_with_role, role)) for role in ROLES]
    return found

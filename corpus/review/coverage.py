"""An ad held against the profile of a role: which of its areas the duties cover, which are missing, what is others'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...classifier.ad import FAMILIES, family_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...classifier.ad import Verdict
    from ...classifier.profile import Profile

Duties = tuple[int, ...]
"""Duties of the verdict, by index."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an ad says about a role.

    Attributes:
        role: the role it was held against.
        covered: areas of the role's profile with the duties that belong to them.
        lacking: areas of the profile that no duty belongs to.
        elsewhere: areas of other families with their duties, by family.
    """

    role: str
    covered: Mapping[str, Duties]
    lacking: tuple[str, ...]
    elsewhere: Mapping[str, Mapping[str, Duties]]


def coverage(verdict: Verdict, role: str, profile: Profile) -> Coverage:
    """Holds an ad against the profile of a role.

    Args:
        verdict: the ad with its duties.
        role: CM, SMM or OM.
        profile: the rule set; its order is kept.
    """
    found: dict[str, Duties] = {
        code: tuple(number for number, duty in enumerate(verdict.duties) if code in duty.codes)
        for code in profile.codes
    }
    others = {
        family: {code: duties for code, duties in found.items() if family_of(code) == family and duties}
        for family in FAMILIES
        if family != role
    }
    return Coverage(
        role=role,
        covered={code: duties for code, duties in found.items() if family_of(code) == role and duties},
        lacking=tuple(code for code, duties in found.items() if family_of(code) == role and not duties),
        elsewhere={family: areas for family, areas in others.items() if areas},
    )

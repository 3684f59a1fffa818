"""The title that fits the duties of an ad: the first of those they ask for that brings no firm finding of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from .ad import ROLES, family_of
from .flags import STEERING, under_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .ad import Flag, Verdict

FIRM = 2
"""Severity from which a finding is worded as one; below it is a hint."""


@dataclass(frozen=True, slots=True)
class Fitting:
    """A title that fits.

    Attributes:
        roles: those it stands for; empty for another profession.
        names: what it is called: roles, `content` for content work that steers nothing, `service` or `none` of them.
    """

    roles: tuple[str, ...]
    names: tuple[str, ...]


def fitting(verdict: Verdict) -> Fitting | None:
    """The title that fits an ad: that of the roles it is meant for, else what its duties ask for.

    A title may bring findings of its own: a dialogue post that advertises is Online Marketing under a foreign title. So
    the flags are looked at again under each title; one that brings a firm finding, or does not end the finding that
    title and duties disagree, is no way out.

    Returns:
        None if no title fits all duties: the ad has to be split.
    """
    if verdict.intended:
        return Fitting(verdict.intended, verdict.intended)
    titles = (_titled(roles, verdict) for roles in _candidates(verdict))
    return next((title for title in titles if _is_way_out(title, verdict)), None)


def _candidates(verdict: Verdict) -> Iterator[tuple[str, ...]]:
    """What the duties ask for, then more of the roles that are there, as few as possible and the heaviest first."""
    asked, weights = set(_asked(verdict)), verdict.shares.weights
    others = [role for role in ROLES if role not in asked and (weights[role] > 0 or role in verdict.title.roles)]
    others.sort(key=lambda role: -weights[role])
    for count in range(len(others) + 1):
        for more in combinations(others, count):
            yield tuple(role for role in ROLES if role in asked.union(more))


def _asked(verdict: Verdict) -> tuple[str, ...]:
    """The roles that the duties ask for; none if they are another profession.

    A firm mixture needs all its roles in the title, online marketing and dialogue that are more than a side duty belong
    there, too, and whoever keeps the strategy is a Social Media Manager.
    """
    title, codes = verdict.title.roles, {flag.code for flag in verdict.flags}
    if verdict.rule_role == "none" and "H1" not in codes:
        return ()
    firm = {flag.code: _asked_for(flag, verdict) for flag in verdict.flags if flag.severity >= FIRM}
    found = set().union(*firm.values())
    if not ("F2" in firm and verdict.rule_role == "mixed"):
        found.update(verdict.rule_involved)
    if found & set(title) or "H1" in codes:
        found.update(role for role in title if verdict.shares.weights[role] > 0)
    return tuple(role for role in ROLES if role in found)


def _asked_for(flag: Flag, verdict: Verdict) -> set[str]:
    """The roles that a title needs to end a finding."""
    if flag.code == "F2":
        return set(roles_of(flag, verdict))
    if flag.code == "F7":
        families = {family_of(code) for number in flag.duties for code in verdict.duties[number].codes}
        return families & {"CM", "SMM"}
    return {"F4": {"SMM"}, "F6": {"OM"}}.get(flag.code, set())


def roles_of(flag: Flag, verdict: Verdict) -> tuple[str, ...]:
    """The roles that a finding is about."""
    return tuple(flag.values["roles"].split()) if "roles" in flag.values else verdict.rule_involved


def _titled(roles: tuple[str, ...], verdict: Verdict) -> Fitting:
    """The title of some roles; content work that steers nothing is no management, and a service desk no community."""
    if _is_service(roles, verdict):
        return Fitting(roles, ("service",))
    steered = any(code in STEERING for duty in verdict.duties for code in duty.codes)
    content = not steered and (roles == ("SMM",) or verdict.shares.weights["SMM"] == 0)
    return Fitting(roles, tuple("content" if content and role == "SMM" else role for role in roles) or ("none",))


def _is_service(roles: tuple[str, ...], verdict: Verdict) -> bool:
    """Whether the title of a community manager, or the one it has, would be that of a service desk (F9)."""
    if roles not in ((), ("CM",)):
        return False
    flags = under_title(verdict.facts, roles) if roles else verdict.flags
    return any(flag.code == "F9" for flag in flags)


def _is_way_out(title: Fitting, verdict: Verdict) -> bool:
    named = tuple(role for role in title.names if role in ROLES)
    return _firm(under_title(verdict.facts, named)) <= _firm(verdict.flags) - {"F1"}


def _firm(flags: Iterable[Flag]) -> set[str]:
    return {flag.code for flag in flags if flag.severity >= FIRM}

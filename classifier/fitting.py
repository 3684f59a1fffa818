"""The title that fits the duties of an ad: the first of those they ask for that brings no firm finding of its own."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from .ad import ROLES, Fitting, family_of
from .flags import FIRM, STEERING, roles_of, under_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .ad import Flag
    from .flags import Facts


def fitting(facts: Facts, flags: Sequence[Flag]) -> Fitting | None:
    """The title that fits an ad: that of the roles it is meant for, else what its duties ask for.

    A title may bring findings of its own: a dialogue post that advertises is Online Marketing under a foreign title. So
    the flags are looked at again under each title; one that brings a firm finding, or does not end the finding that
    title and duties disagree, is no way out. Another profession is none of the roles, so it need not name a mixture.

    Args:
        facts: of the ad as it is.
        flags: found in them.

    Returns:
        None if no title fits all duties.
    """
    if facts.named is not None:
        return Fitting(facts.title, facts.title)
    titles = (_titled(roles, facts, flags) for roles in _candidates(facts, flags))
    return next((title for title in titles if _is_way_out(title, facts, flags)), None)


def _candidates(facts: Facts, flags: Sequence[Flag]) -> Iterator[tuple[str, ...]]:
    """What the duties ask for, then more of the roles that are there, as few as possible and the heaviest first."""
    asked, weights = set(_asked(facts, flags)), facts.shares.weights
    others = [role for role in ROLES if role not in asked and (weights[role] > 0 or role in facts.title)]
    others.sort(key=lambda role: -weights[role])
    for count in range(len(others) + 1):
        for more in combinations(others, count):
            yield tuple(role for role in ROLES if role in asked.union(more))


def _asked(facts: Facts, flags: Sequence[Flag]) -> tuple[str, ...]:
    """The roles that the duties ask for; none if they are another profession.

    A firm mixture needs all its roles in the title, online marketing and dialogue that are more than a side duty belong
    there, too, and whoever keeps the strategy is a Social Media Manager.
    """
    codes = {flag.code for flag in flags}
    if facts.role == "none" and "H1" not in codes:
        return ()
    firm = {flag.code: _asked_for(flag, facts) for flag in flags if flag.severity >= FIRM}
    found = set().union(*firm.values())
    if not ("F2" in firm and facts.role == "mixed"):
        found.update(facts.involved)
    if found & set(facts.title) or "H1" in codes:
        found.update(role for role in facts.title if facts.shares.weights[role] > 0)
    return tuple(role for role in ROLES if role in found)


def _asked_for(flag: Flag, facts: Facts) -> set[str]:
    """The roles that a title needs to end a finding."""
    if flag.code == "F2":
        return set(roles_of(flag, facts.involved))
    if flag.code == "F7":
        families = {family_of(code) for number in flag.duties for code in facts.duties[number].codes}
        return families & {"CM", "SMM"}
    return {"F4": {"SMM"}, "F6": {"OM"}}.get(flag.code, set())


def _titled(roles: tuple[str, ...], facts: Facts, flags: Sequence[Flag]) -> Fitting:
    """The title of some roles; content work that steers nothing is no management, and a service desk no community."""
    if _is_service(roles, facts, flags):
        return Fitting(roles, ("service",))
    content = not facts.with_code(*STEERING) and (roles == ("SMM",) or facts.shares.weights["SMM"] == 0)
    return Fitting(roles, tuple("content" if content and role == "SMM" else role for role in roles) or ("none",))


def _is_service(roles: tuple[str, ...], facts: Facts, flags: Sequence[Flag]) -> bool:
    """Whether the title of a community manager, or the one it has, would be that of a service desk (F9)."""
    if roles not in ((), ("CM",)):
        return False
    return any(flag.code == "F9" for flag in (under_title(facts, roles) if roles else flags))


def _is_way_out(title: Fitting, facts: Facts, flags: Sequence[Flag]) -> bool:
    named = tuple(role for role in title.names if role in ROLES)
    accepted = _firm(flags) - {"F1"}
    if facts.role == "none" and not title.roles:
        accepted |= {"F2"}
    return _firm(under_title(facts, named)) <= accepted


def _firm(flags: Iterable[Flag]) -> set[str]:
    return {flag.code for flag in flags if flag.severity >= FIRM}

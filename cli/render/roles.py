"""The roles of an ad in words: the one judged on the whole and the one counted by the rules, named as such."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...classifier.ad import ROLES
from ...messages import entries, in_percent, term, text

if TYPE_CHECKING:
    from ...classifier.ad import Verdict
    from ...classifier.profile import Profile


def roles_of(verdict: Verdict, language: str) -> list[tuple[str, str]]:
    """Each role of an ad behind its name; an ad that was not judged has but one."""
    if verdict.role == "notcodable":
        return [(term("words", "role", language), term("roles", verdict.role, language))]
    return [
        (term("words", "role_judged", language), judged(verdict, language)),
        (term("words", "role_by_rules", language), by_rules(verdict, language)),
    ]


def judged(verdict: Verdict, language: str) -> str:
    """The role on the whole, with its probability."""
    said = _named(verdict.role, verdict.roles_involved, language)
    if verdict.role in verdict.probabilities and verdict.role != "notcodable":
        said += f"  {in_percent(verdict.probabilities[verdict.role])}"
    return f"{said}, {term('words', 'unclear', language)}" if verdict.unclear else said


def by_rules(verdict: Verdict, language: str) -> str:
    """The role by the arithmetic over the duties."""
    return _named(verdict.rule_role, verdict.rule_involved, language)


def _named(role: str, involved: tuple[str, ...], language: str) -> str:
    name = term("roles", role, language)
    return f"{name} ({', '.join(involved)})" if role == "mixed" else name


def shares_of(verdict: Verdict, profile: Profile) -> dict[str, str]:
    """The shares of the three roles in per cent; none without enough duties that speak for a role.

    The shares of an ad of another profession would mislead, too.
    """
    if not verdict.rule_involved or verdict.shares.evidence < profile.thresholds["flags"]["evidence"]:
        return {}
    return {role: in_percent(verdict.shares.shares[role]) for role in ROLES}


def leaning(verdict: Verdict, language: str) -> str:
    """Why a role leads though no duty, or no more than for another, speaks for it: shared duties lean to it.

    Empty where the shares explain the role.
    """
    role, weights = verdict.rule_role, verdict.shares.weights
    if role not in ROLES or weights[role] > max(weights[other] for other in ROLES if other != role):
        return ""
    return text(entries("terms")["words"], "leaning", language, {"role": role})

"""What to change: the title that fits, the duties that belong elsewhere, the split into two ads.

Advice names and moves; it never rewrites. Texts come from the messages, so that both languages say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..messages import entries, term, text
from .ad import ROLES, family_of
from .flags import STEERING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .ad import Flag, Verdict

WIDENING = ("F6", "F7")
"""Flags whose way out may be a wider title."""

FIRM = 2
"""Severity from which a finding is worded as one; below it is a hint."""

SEVERITIES = ("severity_0", "severity_1", "severity_2", "severity_3")


@dataclass(frozen=True, slots=True)
class WordedFlag:
    """A flag in words: its name, the finding, why it matters, the way out."""

    flag: Flag
    name: str
    message: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class Part:
    """One ad of a proposed split: the title that fits and the duties that go with it, by index."""

    role: str
    title: str
    duties: tuple[int, ...]


def worded(verdict: Verdict, language: str) -> tuple[WordedFlag, ...]:
    """The flags of a verdict in words.

    Args:
        verdict: with its flags.
        language: `de` or `en`.
    """
    shared = _values(verdict, language)
    result = []
    for flag in verdict.flags:
        entry = entries("flags")[flag.code]
        values = shared | {
            "count": len(flag.duties),
            "roles": _names(_roles_of(flag, verdict), language),
            "fitting": fitting_title(flag, verdict, language),
        }
        light = "_light" if flag.severity < FIRM else ""
        message = "message_intended" if verdict.intended and "message_intended" in entry else f"message{light}"
        texts = (text(entry, key, language, values) for key in ("name", message, "reason", f"advice{light}"))
        result.append(WordedFlag(flag, *texts))
    return tuple(result)


def worded_notes(verdict: Verdict, language: str) -> tuple[str, ...]:
    """The notes of a verdict in words."""
    values = {
        "rule_role": term("roles", verdict.rule_role, language),
        "role": term("roles", verdict.role, language),
        "confidence": f"{max(verdict.probabilities.values()):.0%}",
    }
    return tuple(text(entries("notes")[code], "text", language, values) for code in verdict.notes)


def fitting_title(flag: Flag, verdict: Verdict, language: str) -> str:
    """The title that would end a finding.

    A mixture needs all its roles in the title, and so do foreign duties that shall stay; else the title follows the
    duties. Content work that steers nothing is no management.
    """
    roles: tuple[str, ...] = verdict.rule_involved
    if flag.code == "R1":
        roles = verdict.intended
    elif flag.code == "F2":
        roles = _roles_of(flag, verdict)
    elif flag.code == "F4":  # whoever keeps the strategy is a Social Media Manager, too
        roles = tuple(role for role in ROLES if role in {*roles, "SMM"})
    elif flag.code in WIDENING:
        present = [role for role in ROLES if verdict.shares.weights[role] > 0]
        added = {"OM"} if flag.code == "F6" else {role for role in present if role != "OM"}
        roles = tuple(role for role in ROLES if role in {*(verdict.intended or verdict.title.roles), *added})
    elif roles == ("SMM",) and not any(code in STEERING for duty in verdict.duties for code in duty.codes):
        return term("words", "fitting_content", language)
    return _listed([term("words", f"fitting_{role}", language) for role in roles or ("none",)], language)


def split(verdict: Verdict, language: str) -> tuple[Part, ...]:
    """The ads a mixture could be split into; empty where no medium or heavy F2 asks for it.

    Every duty goes where its governing area belongs; shared and foreign ones stay with the largest part.
    """
    mixture = next((flag for flag in verdict.flags if flag.code == "F2" and flag.severity > 1), None)
    if mixture is None:
        return ()
    roles = _roles_of(mixture, verdict)
    largest = max(roles, key=lambda role: verdict.shares.weights[role])
    owners = [_owner(duty.codes, roles) or largest for duty in verdict.duties]
    return tuple(
        Part(
            role,
            term("words", f"fitting_{role}", language),
            tuple(n for n, owner in enumerate(owners) if owner == role),
        )
        for role in sorted(roles, key=lambda role: -verdict.shares.weights[role])
    )


def _owner(codes: tuple[str, ...], roles: tuple[str, ...]) -> str | None:
    families = [family_of(code) for code in codes]
    if "CM" in families and "CM" not in roles and "SMM" in roles:
        return "SMM"  # by BVCM social media managers often take on community duties
    return next((family for family in families if family in roles), None)


def _roles_of(flag: Flag, verdict: Verdict) -> tuple[str, ...]:
    return tuple(flag.values["roles"].split()) if "roles" in flag.values else verdict.rule_involved


def _names(roles: tuple[str, ...], language: str) -> str:
    return _listed([term("roles", role, language) for role in roles], language)


def _listed(names: Sequence[str], language: str) -> str:
    """Names with commas and an "and" before the last."""
    return f" {term('words', 'and', language)} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _values(verdict: Verdict, language: str) -> dict[str, object]:
    shares = verdict.shares
    present = [role for role in ROLES if shares.shares[role] > 0]
    return {
        "title": _names(verdict.intended or verdict.title.roles, language) or term("words", "other_title", language),
        "named": _names(verdict.title.roles, language) or term("words", "other_title", language),
        "intended": _names(verdict.intended, language),
        "role": _names(verdict.rule_involved, language) or term("roles", verdict.rule_role, language),
        "parts": ", ".join(f"{role} {shares.shares[role]:.0%}" for role in present),
        "part": f"{shares.weights['N'] / max(1, shares.n):.0%}",
        "level": verdict.title.level,
    }

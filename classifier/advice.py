"""What to change: the title that fits, the duties that belong elsewhere, the split into two ads.

Advice names and moves; it never rewrites. An ad gets one way out: every finding speaks of the one title that fits, or
of the split where none does. Texts come from the messages, so that both languages say the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..messages import entries, in_percent, term, text
from .ad import ROLES, family_of
from .flags import FIRM, roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .ad import Fitting, Flag, Verdict

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
    """One ad of a proposed split: the title that fits and the duties that go with it, by index.

    The last part may hold what stays open: its role is empty.
    """

    role: str
    title: str
    duties: tuple[int, ...]


def worded(verdict: Verdict, language: str) -> tuple[WordedFlag, ...]:
    """The flags of a verdict in words.

    Args:
        verdict: with its flags.
        language: `de` or `en`.
    """
    if not verdict.flags:
        return ()
    shared, is_split = _values(verdict, language), bool(_apart(verdict))
    result = []
    for flag in verdict.flags:
        entry = entries("flags")[flag.code]
        values = shared | {"count": len(flag.duties), "roles": _names(roles_of(flag, verdict.rule_involved), language)}
        intended = ["intended"] if verdict.intended else []
        light = ["light"] if flag.severity < FIRM else []
        keys = (
            _variant(entry, "name", intended),
            _variant(entry, "message", intended + light),
            _variant(entry, "reason", intended),
            _variant(entry, "advice", [*_states(flag, entry, verdict, is_split=is_split), *light, *intended]),
        )
        result.append(WordedFlag(flag, *(text(entry, key, language, values) for key in keys)))
    return tuple(result)


def _variant(entry: dict[str, Any], key: str, variants: Iterable[str]) -> str:
    """The key of the first variant that an entry has, else the plain one."""
    return next((f"{key}_{variant}" for variant in variants if f"{key}_{variant}" in entry), key)


def _states(flag: Flag, entry: dict[str, Any], verdict: Verdict, *, is_split: bool) -> Iterator[str]:
    """What is already true of an ad, and makes for another advice; what counts most comes first."""
    title, named = verdict.fitting, _is_named(entry, verdict)
    if flag.severity < FIRM:
        if title is None:
            yield "light_no_title" if is_split else "light_no_split"
        if named:
            yield "fulfilled"
        if verdict.intended:
            yield "light_intended"
        return
    if title is None:
        yield from ["no_title"] if is_split else ["no_split", "no_title"]
    elif _is_replaced(verdict, title):
        yield "settled" if title.roles else "other_profession"
    held = verdict.intended or verdict.title.roles
    if flag.code == "F2" and (
        set(roles_of(flag, verdict.rule_involved)) <= set(held) or title is None or not title.roles
    ):
        yield "declared_named" if named else "declared"
    elif named and not verdict.intended:
        yield "named"


def _is_named(entry: dict[str, Any], verdict: Verdict) -> bool:
    """Whether the title or the text already says what the advice asks for."""
    if "in_title" in entry:
        return re.search(entry["in_title"], verdict.title.text) is not None
    lines = (line.text for line in verdict.lines if line.zone in ("intro", "duties"))
    return "in_text" in entry and any(re.search(entry["in_text"], line) for line in lines)


def _is_replaced(verdict: Verdict, title: Fitting) -> bool:
    """Whether the way out is another title altogether, which ends the findings about the old one, too."""
    misnamed = not verdict.intended and any(flag.code == "F1" for flag in verdict.flags)
    return misnamed and not set(title.roles) & set(verdict.title.roles)


def worded_notes(verdict: Verdict, language: str) -> tuple[str, ...]:
    """The notes of a verdict in words."""
    values = {
        "rule_role": term("roles", verdict.rule_role, language),
        "role": term("roles", verdict.role, language),
        "confidence": in_percent(max(verdict.probabilities.values())),
    }
    return tuple(text(entries("notes")[code], "text", language, values) for code in verdict.notes)


def _title(title: Fitting | None, language: str) -> str:
    return _listed([term("words", f"fitting_{name}", language) for name in title.names], language) if title else ""


def split(verdict: Verdict, language: str) -> tuple[Part, ...]:
    """The ads a mixture could be split into; empty where neither a medium or heavy F2 nor F1 asks for it.

    F1 does where no title fits. A duty goes where its governing area belongs; what speaks for none of the roles stays
    open.
    """
    roles = _apart(verdict)
    if not roles:
        return ()
    owners = [_owner(duty.codes, roles) for duty in verdict.duties]
    ranked = sorted(filter(None, set(owners)), key=lambda role: (-verdict.shares.weights[role], ROLES.index(role)))
    parts = [(role, f"fitting_{role}") for role in ranked] + ([("", "split_open")] if "" in owners else [])
    return tuple(
        Part(role, term("words", name, language), tuple(n for n, owner in enumerate(owners) if owner == role))
        for role, name in parts
    )


def _apart(verdict: Verdict) -> tuple[str, ...]:
    """The roles that get an ad each: those of a mixture, or where no title fits all that are there.

    Empty where fewer than two of them have duties that are theirs in the first place.
    """
    found = {flag.code: flag for flag in verdict.flags}
    if "F2" in found and found["F2"].severity >= FIRM:
        roles = roles_of(found["F2"], verdict.rule_involved)
    elif "F1" in found and verdict.fitting is None:
        roles = tuple(role for role in ROLES if verdict.shares.weights[role] > 0)
    else:
        return ()
    owners = {_owner(duty.codes, roles) for duty in verdict.duties} - {""}
    return roles if len(owners) > 1 else ()


def _owner(codes: tuple[str, ...], roles: tuple[str, ...]) -> str:
    families = [family_of(code) for code in codes]
    if "CM" in families and "CM" not in roles and "SMM" in roles:
        return "SMM"  # by BVCM social media managers often take on community duties
    return next((family for family in families if family in roles), "")


def _names(roles: tuple[str, ...], language: str) -> str:
    return _listed([term("roles", role, language) for role in roles], language)


def _listed(names: Sequence[str], language: str) -> str:
    """Names with commas and an "and" before the last."""
    return f" {term('words', 'and', language)} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _values(verdict: Verdict, language: str) -> dict[str, object]:
    shares = verdict.shares
    present = [role for role in ROLES if shares.shares[role] > 0]
    none = term("roles", "none", language)
    return {
        "title": _names(verdict.intended or verdict.title.roles, language) or none,
        "named": _names(verdict.title.roles, language) or none,
        "intended": _names(verdict.intended, language),
        "role": _names(verdict.rule_involved, language) or term("roles", verdict.rule_role, language),
        "fitting": _title(verdict.fitting, language),
        "parts": ", ".join(f"{role} {in_percent(shares.shares[role])}" for role in present),
        "part": in_percent(shares.weights["N"] / max(1, shares.n)),
        "level": verdict.title.level,
    }

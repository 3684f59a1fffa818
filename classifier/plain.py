"""A verdict as plain values: the one place that names its fields for JSON and tables, in the order of the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .ad import Duty, Verdict

PLACES = 4
"""Digits of probabilities and shares."""


def plain(verdict: Verdict) -> dict[str, Any]:
    """The values of a verdict, without words in any language: flags and notes are their codes.

    Args:
        verdict: of one ad.
    """
    return {
        "source": verdict.source,
        "title": {"text": verdict.title.text, "roles": list(verdict.title.roles), "level": verdict.title.level},
        "role": verdict.role,
        "roles_involved": list(verdict.roles_involved),
        "unclear": verdict.unclear,
        "rule_role": verdict.rule_role,
        "probabilities": _rounded(verdict.probabilities),
        "shares": _rounded(verdict.shares.shares),
        "weights": _rounded(verdict.shares.weights),
        "lines": [
            {"start": line.start, "end": line.end, "zone": line.zone, "text": line.text} for line in verdict.lines
        ],
        "duties": [_duty(duty) for duty in verdict.duties],
        "flags": [
            {"code": flag.code, "severity": flag.severity, "duties": list(flag.duties)} for flag in verdict.flags
        ],
        "severity": verdict.severity,
        "confusion": verdict.confusion,
        "notes": list(verdict.notes),
        "tool": dict(verdict.tool),
    } | ({"intended": list(verdict.intended)} if verdict.intended else {})


def _duty(duty: Duty) -> dict[str, object]:
    return {
        "start": duty.start,
        "end": duty.end,
        "text": duty.text,
        "areas": [
            {"code": area.code, "probability": round(area.probability, PLACES), "basis": area.basis, "by": area.by}
            for area in duty.areas
        ],
        "grade": duty.grade,
        "platform": duty.platform,
        "evidence": [{"start": item.start, "end": item.end, "rule": item.rule} for item in duty.evidence],
    }


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, PLACES) for name, value in values.items()}

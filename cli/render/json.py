"""Verdicts as JSON, by the contract `jobclass/verdict/1` (its JSON Schema ships with the package)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...classifier.advice import worded_notes
from ...messages import error_text
from ..results import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from ...classifier.ad import Duty
    from ...classifier.advice import WordedFlag
    from ...classifier.profile import Profile
    from ...corpus.review.findings import Finding
    from ..results import Labelled, Result

SCHEMA = "jobclass/verdict/1"
PLACES = 4
"""Digits of probabilities and shares."""


def as_values(result: Labelled, language: str) -> dict[str, object]:
    """A verdict as plain values, in the order of the contract.

    Args:
        result: the verdict; if it was checked, each flag tells its place, its fingerprint and what silences it.
        language: of messages and advice; keys and codes are the same in both.
    """
    verdict = result.verdict
    return {
        "schema": SCHEMA,
        "source": verdict.source,
        "title": {"text": verdict.title.text, "roles": list(verdict.title.roles), "level": verdict.title.level},
        "role": verdict.role,
        "roles_involved": list(verdict.roles_involved),
        "unclear": verdict.unclear,
        "rule_role": verdict.rule_role,
        "probabilities": {role: round(value, PLACES) for role, value in verdict.probabilities.items()},
        "shares": {role: round(value, PLACES) for role, value in verdict.shares.shares.items()},
        "weights": {family: round(value, PLACES) for family, value in verdict.shares.weights.items()},
        "lines": [
            {"start": line.start, "end": line.end, "zone": line.zone, "text": line.text} for line in verdict.lines
        ],
        "duties": [_duty(duty) for duty in verdict.duties],
        "flags": [
            _flag(item) | (_finding(found) if result.findings is not None else {})
            for found, item in result.worded_findings(language)
        ],
        "severity": verdict.severity,
        "confusion": verdict.confusion,
        "notes": [
            {"code": code, "message": message}
            for code, message in zip(verdict.notes, worded_notes(verdict, language), strict=True)
        ],
        "tool": dict(verdict.tool),
    } | ({"intended": list(verdict.intended)} if verdict.intended else {})


def _flag(item: WordedFlag) -> dict[str, object]:
    return {
        "code": item.flag.code,
        "severity": item.flag.severity,
        "duties": list(item.flag.duties),
        "message": item.message,
        "advice": item.advice,
    }


def _finding(found: Finding) -> dict[str, object]:
    """What a check adds to a flag."""
    silenced = found.silencer and {"by": found.silencer.kind, "reason": found.silencer.reason}
    place = found.place
    return {
        "line": place.line,
        "column": place.column,
        "start": place.start,
        "end": place.end,
        "fingerprint": found.fingerprint,
        "silenced": silenced,
    }


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


def refused_values(result: Refused, language: str) -> dict[str, object]:
    """A refused input as plain values, in the place of its verdict."""
    message = error_text(result.error.code, result.error.details, language)
    return {"schema": SCHEMA, "source": result.source, "error": {"code": result.error.code, "message": message}}


def values_of(result: Result, language: str) -> dict[str, object]:
    """A result as plain values."""
    if isinstance(result, Refused):
        return refused_values(result, language)
    values = as_values(result, language)
    if result.record:
        values["record"] = dict(result.record)
    if result.with_text:
        values["text"] = result.verdict.text
    return values


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:  # noqa: ARG001 -- every renderer is called alike
    """Writes one object for one input, an array for several."""
    rows = [values_of(result, language) for result in results]
    file.write(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=2) + "\n")

"""Verdicts as JSON, by the contract `jobclass/verdict/1` (its JSON Schema ships with the package)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...classifier.advice import worded_notes
from ...classifier.plain import plain
from ...messages import error_text
from ..results import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from ...classifier.profile import Profile
    from ...corpus.review.findings import Finding
    from ..results import Labelled, Result

SCHEMA = "jobclass/verdict/1"


def as_values(result: Labelled, language: str) -> dict[str, object]:
    """A verdict as plain values, in the order of the contract.

    Args:
        result: the verdict; if it was checked, each flag tells its place, its fingerprint and what silences it.
        language: of messages and advice; keys and codes are the same in both.
    """
    verdict = result.verdict
    values = plain(verdict)
    words = (
        {"message": item.message, "advice": item.advice} | (_finding(found) if result.findings is not None else {})
        for found, item in result.worded_findings(language)
    )
    return {
        "schema": SCHEMA,
        **values,
        "flags": [flag | worded for flag, worded in zip(values["flags"], words, strict=True)],
        "notes": [
            {"code": code, "message": message}
            for code, message in zip(values["notes"], worded_notes(verdict, language), strict=True)
        ],
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

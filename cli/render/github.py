"""Findings as annotations of a GitHub workflow: a summary first, then the gravest, as many as GitHub shows.

Source: GitHub Docs, "Workflow commands for GitHub Actions" (form and escapes) and the limits of the checks of a step:
ten annotations of each kind.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ...classifier.advice import SEVERITIES, worded_notes
from ...messages import entries, error_text, term, text
from ..results import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from ...classifier.profile import Profile
    from ..results import Result

MOST = 10
"""Annotations of a kind that GitHub shows for one step."""

KINDS = ("notice", "notice", "warning", "error")
"""The kind of annotation of each severity."""

_ESCAPES = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_ESCAPES_OF_VALUES = (*_ESCAPES, (":", "%3A"), (",", "%2C"))

Annotation = tuple[int, str, dict[str, object], str]
"""Severity, kind, values, message."""


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:  # noqa: ARG001 -- every renderer is called alike
    """Writes the summary as a notice, then the annotations, the gravest first."""
    found = [annotation for result in results for annotation in _annotations(result, language)]
    found.sort(key=lambda annotation: -annotation[0])
    shown, room = [], Counter({"error": MOST, "warning": MOST, "notice": MOST - 1})  # the summary is a notice
    for annotation in found:
        room[annotation[1]] -= 1
        if room[annotation[1]] >= 0:
            shown.append(annotation)
    values = {"count": len(found), "hidden": len(found) - len(shown)}
    said = text(entries("check")["annotations"], "hidden" if values["hidden"] else "all", language, values)
    head: Annotation = (0, "notice", {"title": "jobclass"}, said)
    for _, kind, details, message in (head, *shown):
        named = ",".join(f"{key}={_escaped(value, _ESCAPES_OF_VALUES)}" for key, value in details.items())
        file.write(f"::{kind} {named}::{_escaped(message, _ESCAPES)}\n")


def _annotations(result: Result, language: str) -> Iterable[Annotation]:
    details: dict[str, object]
    if isinstance(result, Refused):
        message = error_text(result.error.code, result.error.details, language)
        yield len(KINDS), "error", {"file": result.source, "title": result.error.code}, message
        return
    if result.verdict.role == "notcodable":
        details = {"file": result.source, "line": 1, "title": term("words", "not_judged", language)}
        yield 0, "notice", details, worded_notes(result.verdict, language)[0]
    for item, worded in result.worded_findings(language):
        if not item.silencer:
            severity = term("words", SEVERITIES[item.flag.severity], language)
            details = {
                "file": result.source, "line": item.place.line, "endLine": item.place.end_line,
                "col": item.place.column, "title": f"{item.flag.code} {severity}: {worded.name}",
            }  # fmt: skip
            yield item.flag.severity, KINDS[item.flag.severity], details, f"{worded.message}\n{worded.advice}"


def _escaped(value: object, escapes: tuple[tuple[str, str], ...]) -> str:
    written = str(value)
    for char, code in escapes:
        written = written.replace(char, code)
    return written

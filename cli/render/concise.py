"""Findings and notes a line each, `file:line:column: F4 heavy message`, for logs, editors and pipes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...classifier.advice import SEVERITIES, worded_notes
from ...messages import term
from ..results import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from ...classifier.profile import Profile
    from ..results import Result


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:  # noqa: ARG001 -- every renderer is called alike
    """Writes a line for each finding that counts and for each note; inputs that were refused are left out."""
    for result in results:
        if isinstance(result, Refused):
            continue
        for found, item in result.worded_findings(language):
            if not found.silencer:
                severity = term("words", SEVERITIES[found.flag.severity], language)
                where = f"{shown(result.source)}:{found.place.line}:{found.place.column}"
                file.write(f"{where}: {found.flag.code} {severity} {item.message}\n")
        for code, message in zip(result.verdict.notes, worded_notes(result.verdict, language), strict=True):
            note = term("words", SEVERITIES[0], language)
            file.write(f"{shown(result.source)}:1:1: {code} {note} {message}\n")  # a note is about the whole ad
        file.flush()


def shown(source: str) -> str:
    """A path as it may stand in a line: without control characters."""
    return "".join(char if char.isprintable() else "�" for char in source)

"""Findings as CSV, a row each: for a spreadsheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from ...classifier.words import in_one_row
from ...corpus.spreadsheet import guarded
from ..results import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from ...classifier.profile import Profile
    from ..results import Result

COLUMNS = (
    "source", "line", "column", "code", "severity", "name", "message", "reason", "advice", "duties", "silenced",
    "silenced_reason", "fingerprint",
)  # fmt: skip


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:  # noqa: ARG001 -- every renderer is called alike
    """Writes a head and a row for each finding, accepted ones included; refused inputs are left out."""
    rows = csv.writer(file, lineterminator="\n")
    rows.writerow(COLUMNS)
    for result in results:
        if isinstance(result, Refused):
            continue
        for found, item in result.worded_findings(language):
            quotes = " | ".join(in_one_row(result.verdict.duties[number].text) for number in found.flag.duties)
            silencer = found.silencer
            cells = [
                result.source, found.place.line, found.place.column, found.flag.code, found.flag.severity, item.name,
                item.message, item.reason, item.advice, quotes, silencer.kind if silencer else "",
                silencer.reason if silencer else "", found.fingerprint,
            ]  # fmt: skip
            rows.writerow([guarded(cell) for cell in cells])

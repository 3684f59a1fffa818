"""Findings as SARIF 2.1.0, for code scanning and editors: rules with help, fingerprints, accepted ones as suppressed.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from ... import __version__
from ...classifier.advice import SEVERITIES
from ...classifier.words import in_one_row
from ...messages import entries, error_text, term, text
from ..results import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, TextIO

    from ...classifier.advice import WordedFlag
    from ...classifier.profile import Profile
    from ...corpus.review.findings import Finding, Place
    from ..results import Labelled, Result

VERSION = "2.1.0"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "jobclass/v1"
LEVELS = ("note", "note", "warning", "error")
"""The SARIF level of each severity."""

STDIN = "stdin"
"""How standard input is called where a URI is asked for."""


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:
    """Writes one log with one run; inputs that were refused become notifications of the run."""
    rules = list(entries("flags"))
    found: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for result in results:
        if isinstance(result, Refused):
            refused.append(_notification(result, language))
        else:
            found += _results(result, rules, language)
    driver = {
        "name": "jobclass",
        "semanticVersion": __version__,
        "properties": {"profile": profile.version},
        "rules": [_rule(code, language) for code in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not refused, "toolExecutionNotifications": refused}],
        "results": found,
    }
    log = {"$schema": SCHEMA, "version": VERSION, "runs": [run]}
    file.write(json.dumps(log, ensure_ascii=False, indent=2) + "\n")


def _rule(code: str, language: str) -> dict[str, Any]:
    """A flag as a rule: what it is, why, what to do, where it comes from."""
    entry = entries("flags")[code]
    explained = text(entry, "explain", language)
    basis = ", ".join(f"{term('bases', name, language)} [{name}]" for name in entry["basis"])
    named = f"{term('words', 'basis', language)}: {basis}"
    return {
        "id": code,
        "name": code,
        "shortDescription": {"text": text(entry, "name", language)},
        "fullDescription": {"text": explained},
        "help": {"text": f"{explained}\n\n{named}", "markdown": f"{explained}\n\n*{named}*"},
        "properties": {"tags": ["job-ad", "role-confusion"], "basis": entry["basis"]},
    }


def _results(result: Labelled, rules: Sequence[str], language: str) -> Iterator[dict[str, Any]]:
    for found, item in result.worded_findings(language):
        silencer = found.silencer
        yield {
            "ruleId": found.flag.code,
            "ruleIndex": rules.index(found.flag.code),
            "level": LEVELS[found.flag.severity],
            "message": {"text": f"{item.message} {item.reason} {item.advice}"},
            "locations": [_location(result.source, found.place)],
            "relatedLocations": _related(result, found, item),
            "partialFingerprints": {FINGERPRINT: found.fingerprint},
            "properties": {"severity": found.flag.severity, "name": SEVERITIES[found.flag.severity]},
            **({"suppressions": [_suppression(found)]} if silencer else {}),
        }


def _suppression(found: Finding) -> dict[str, Any]:
    """Who accepted a finding: a comment stands in the source, everything else outside of it."""
    silencer = found.silencer
    inside = silencer is not None and silencer.kind == "comment"
    reason = silencer.reason if silencer else ""
    return {"kind": "inSource" if inside else "external"} | ({"justification": reason} if reason else {})


def _related(result: Labelled, found: Finding, item: WordedFlag) -> list[dict[str, Any]]:
    """The duties a finding rests on."""
    from ...corpus.review.findings import Rows  # once for a finding: ads are short

    rows = Rows(result.verdict.text)
    duties = [result.verdict.duties[number] for number in found.flag.duties]
    return [
        _location(result.source, rows.place(duty.start, duty.end))
        | {"id": number, "message": {"text": f"{item.flag.code}: {in_one_row(duty.text)}"}}
        for number, duty in enumerate(duties, 1)
    ]


def _location(source: str, place: Place) -> dict[str, Any]:
    region = {
        "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column,
        "charOffset": place.start, "charLength": place.end - place.start,
    }  # fmt: skip
    return {"physicalLocation": {"artifactLocation": {"uri": uri_of(source)}, "region": region}}


def _notification(result: Refused, language: str) -> dict[str, Any]:
    return {
        "level": "error",
        "message": {"text": error_text(result.error.code, result.error.details, language)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri_of(result.source)}}}],
        "descriptor": {"id": result.error.code},
    }


def uri_of(source: str) -> str:
    """A path as a URI: relative ones stay relative, so that a code scanning service finds the file.

    The number of a row in a table, or the name of a file in an archive, stays its fragment.
    """
    path, part = _path_and_part(source)
    named = Path(path)
    whole = named.as_uri() if named.is_absolute() else _quoted(named.as_posix())
    return (STDIN if path == "-" else whole) + (f"#{_quoted(part)}" if part else "")


def _quoted(text: str) -> str:
    return quote(text, errors="surrogateescape")  # a name of a file may hold bytes that are no text


def _path_and_part(source: str) -> tuple[str, str]:
    """A source in two: `#` parts them before a number or behind the name of a file; else it belongs to the path."""
    from ...corpus.readers.formats import is_read

    for mark in re.finditer("#", source):
        path, part = source[: mark.start()], source[mark.end() :]
        if part.isdecimal() or is_read(path):
            return path, part
    return source, ""

"""Findings as JUnit XML, for build servers: an ad is a test suite, a flag in it a failed test case."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from ...classifier.advice import SEVERITIES
from ...classifier.flags import FIRM
from ...classifier.words import in_one_row
from ...messages import error_text, term
from ..results import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from ...classifier.advice import WordedFlag
    from ...classifier.profile import Profile
    from ...corpus.review.findings import Finding
    from ..results import Labelled, Result

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 cannot hold."""


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:  # noqa: ARG001 -- every renderer is called alike
    """Writes one document; findings below medium pass with their text, accepted ones are skipped."""
    root = Element("testsuites", name="jobclass")
    for result in results:
        suite = SubElement(root, "testsuite", name=_clean(result.source))
        if isinstance(result, Refused):
            case = SubElement(suite, "testcase", classname=_clean(result.source), name=result.error.code)
            message = error_text(result.error.code, result.error.details, language)
            SubElement(case, "error", type=result.error.code, message=_clean(message))
        else:
            _cases(suite, result, language)
        _count(suite)
    _count(root)
    indent(root)
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n")


def _cases(suite: Element, result: Labelled, language: str) -> None:
    """A case for each finding; an ad without one passes as a single case, one that was not judged is skipped."""
    findings = list(result.worded_findings(language))
    for found, item in findings:
        case = SubElement(suite, "testcase", classname=_clean(result.source), name=f"{found.flag.code} {item.name}")
        _outcome(case, found, item, result, language)
    if not findings:
        case = SubElement(suite, "testcase", classname=_clean(result.source), name="jobclass")
        if result.verdict.role == "notcodable":
            SubElement(case, "skipped", message=term("words", "not_judged", language))


def _outcome(case: Element, found: Finding, item: WordedFlag, result: Labelled, language: str) -> None:
    if found.silencer:
        SubElement(case, "skipped", message=_clean(f"{found.silencer.kind} {found.silencer.reason}".strip()))
        return
    quotes = [f"- {in_one_row(result.verdict.duties[number].text)}" for number in found.flag.duties]
    where = f"{result.source}:{found.place.line}:{found.place.column}"
    told = _clean("\n".join([where, item.message, *quotes, item.reason, item.advice]))
    if found.flag.severity < FIRM:
        SubElement(case, "system-out").text = told
        return
    severity = term("words", SEVERITIES[found.flag.severity], language)
    SubElement(case, "failure", type=f"{found.flag.code} {severity}", message=_clean(item.message)).text = told


def _count(element: Element) -> None:
    counts = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}
    for name, tag in counts.items():
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _clean(text: str) -> str:
    return _NO_XML.sub("�", text)

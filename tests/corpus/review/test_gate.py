from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.classifier.ad import Ad
from jobclass.classifier.labeller import Labeller
from jobclass.corpus.readers.document import Comment
from jobclass.corpus.review.gate import Gate
from jobclass.corpus.review.silence import Silence


@pytest.fixture
def gate(labeller: Labeller) -> Gate:
    return Gate(labeller, Silence([]), lambda source: ("SMM",) if source == "smm" else ())


@pytest.fixture(scope="module")
def text(examples: Path) -> str:
    return (examples / "community-manager.txt").read_text()


def test_gate_counts_findings_by_severity(gate: Gate, text: str) -> None:
    gate.check(Ad(text))
    assert (gate.summary.ads, dict(gate.summary.severities)) == (1, {2: 1, 3: 1})
    assert gate.summary.reaches(3)


def test_gate_a_comment_silences_and_leaves_offsets_alone(gate: Gate, text: str) -> None:
    commented = f"<!-- jobclass: ignore F4 -->\n{text}"
    verdict, findings = gate.check(Ad(commented))
    assert [found.flag.code for found in findings if not found.silencer] == ["F1"]
    assert all(commented[duty.start : duty.end] == duty.text for duty in verdict.duties)
    assert not gate.summary.reaches(3)
    assert dict(gate.summary.silenced) == {"comment": 1}


def test_gate_a_comment_of_the_page_silences_too(gate: Gate, text: str) -> None:
    used, wrong = Comment("ad.html:1", "jobclass: ignore F4"), Comment("ad.html:2", "jobclass: ignore F9")
    _, findings = gate.check(Ad(text), [used, wrong])
    assert [found.flag.code for found in findings if not found.silencer] == ["F1"]
    assert [silencer.where for silencer in gate.silence.unused] == ["ad.html:2"]


def test_gate_holds_an_ad_against_what_it_is_meant_to_be(gate: Gate, text: str) -> None:
    verdict, findings = gate.check(Ad(text, source="smm"))
    assert verdict.intended == ("SMM",)
    assert [found.flag.code for found in findings] == ["R1"]

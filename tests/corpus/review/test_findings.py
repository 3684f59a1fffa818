from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.ad import Ad, Verdict
from jobclass.classifier.labeller import Labeller
from jobclass.corpus.review.findings import Finding, Rows, findings_of


@pytest.fixture(scope="module")
def confused(labeller: Labeller, examples: Path) -> Verdict:
    return labeller.label(Ad((examples / "community-manager.txt").read_text(), source="ad.txt"))


def by_code(verdict: Verdict) -> dict[str, Finding]:
    return {found.flag.code: found for found in findings_of(verdict)}


@given(st.text(alphabet="ab \r\n", max_size=60), st.data())
def test_findings_places_are_those_of_an_editor(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    if text[max(0, offset - 1) : offset + 1] == "\r\n":
        return  # nobody points between the two characters of one line break
    place = Rows(text).place(offset, offset)
    before = text[:offset].replace("\r\n", "\n").replace("\r", "\n")
    assert place.line == before.count("\n") + 1
    assert place.column == len(before.rpartition("\n")[2]) + 1


def test_findings_point_to_the_title_or_to_the_first_duty(confused: Verdict) -> None:
    found = by_code(confused)
    assert (found["F1"].place.line, found["F1"].place.column) == (1, 1)
    assert (found["F4"].place.line, found["F4"].place.column) == (8, 3)
    place = found["F4"].place
    assert confused.text[place.start : place.end] == confused.duties[0].text


def test_findings_without_a_title_in_the_text_point_to_the_beginning(labeller: Labeller, examples: Path) -> None:
    text = (examples / "nurse.txt").read_text().partition("\n")[2]
    found = by_code(labeller.label(Ad(text, title="Social Media Manager")))
    assert found["F1"].place.line == 1


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("Deine Aufgaben\n", "Deine Aufgaben\n\n\n", True),
        ("- Du verantwortest", "•  du  verantwortest", True),
        ("Strategie und entwickelst", "Strategie, und entwickelst", True),
        ("Du verantwortest unsere Social-Media-Strategie", "Du steuerst unsere Social-Media-Strategie", False),
        ("Community Manager (m/w/d)", "Community Managerin (m/w/d)", False),
    ],
)
def test_findings_fingerprints_follow_the_words_not_the_layout(
    old: str, new: str, confused: Verdict, labeller: Labeller, *, same: bool
) -> None:
    assert old in confused.text
    changed = by_code(labeller.label(Ad(confused.text.replace(old, new, 1))))
    assert (changed["F4"].fingerprint == by_code(confused)["F4"].fingerprint) == same

"""Breaks: rows found again in stretches that lost their line breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobclass.classifier.breaks import Breaks, gaps
from jobclass.classifier.lines import LONGEST_ITEM, RUN_ON, read_lines

if TYPE_CHECKING:
    from jobclass.classifier.headings import Headings

ROWS = (
    "Ihre Aufgaben",
    "Planung und Durchführung von Messen im Inland sowie Betreuung der Aussteller",
    "Erstellung von Berichten für den Vorstand und die Gremien des Verbandes",
    "Pflege der Adressdaten im System und Versand der Einladungen an alle Mitglieder",
    "Unterstützung der Geschäftsstelle bei der Abrechnung von Veranstaltungen",
    "Ihr Profil",
    "Abgeschlossene kaufmännische Ausbildung oder vergleichbare Qualifikation",
    "Sicherer Umgang mit MS Office",
)


def test_breaks_rows_run_together_are_found_again(breaks: Breaks, headings: Headings) -> None:
    text = " ".join(ROWS)
    assert tuple(line.text for line in read_lines(text, headings, breaks)) == ROWS


def test_breaks_headings_found_again_are_headings(breaks: Breaks, headings: Headings) -> None:
    kinds = {line.text: line.kind for line in read_lines(" ".join(ROWS), headings, breaks)}
    assert kinds["Ihr Profil"] == "heading"


def test_breaks_a_stretch_as_short_as_a_sentence_is_left_alone(breaks: Breaks, headings: Headings) -> None:
    text = " ".join(ROWS[1:3])
    assert len(text) < RUN_ON
    assert len(read_lines(text, headings, breaks)) == 1


def test_breaks_a_long_item_of_a_list_is_left_alone(breaks: Breaks, headings: Headings) -> None:
    text = f"- {' '.join(ROWS[:6])}"
    assert RUN_ON < len(text) < LONGEST_ITEM
    assert len(read_lines(text, headings, breaks)) == 1


@pytest.mark.parametrize("mark", ["🚀 ", "**Wir suchen** Verstärkung. ", "# ", "1. ", "<p>", "- "])
def test_breaks_an_ad_that_kept_its_first_mark_is_looked_at(mark: str, breaks: Breaks, headings: Headings) -> None:
    text = mark + " ".join([*ROWS, *ROWS[1:4]])
    assert len(text) >= LONGEST_ITEM
    assert len(read_lines(text, headings, breaks)) >= len(ROWS)


def test_breaks_a_short_stretch_of_a_row_that_lost_breaks_is_looked_at(breaks: Breaks, headings: Headings) -> None:
    text = f"{' '.join(ROWS)}. {' '.join(ROWS[1:3])}"
    assert [line.text for line in read_lines(text, headings, breaks)][-2:] == [ROWS[1], ROWS[2]]


def test_breaks_a_row_ends_before_one_that_begins_like_a_duty(breaks: Breaks) -> None:
    assert breaks.is_between("Erstellung von Berichten für den Vorstand", "Pflege der Adressdaten im System")


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Versand der Einladungen an alle", "Mitglieder des Verbandes"),
        ("Planung, Steuerung und Kontrolle,", "Auswertung der Zahlen"),
        ("", "Ihr Profil"),
    ],
)
def test_breaks_a_row_goes_on(above: str, below: str, breaks: Breaks) -> None:
    assert not breaks.is_between(above, below)


def test_breaks_du_with_a_capital_begins_no_row(breaks: Breaks) -> None:
    text = "Im Rahmen von Projekten analysierst Du die Anforderungen unserer Partner und übersetzt diese für Dein Team"
    assert not any(text[offset:].startswith(("Du", "Dein")) for offset in breaks.find(text, 0, len(text)))


@pytest.mark.parametrize("text", ["", "Eins", "alles klein geschrieben", "Ende. Anfang"])
def test_breaks_no_gap_no_break(text: str, breaks: Breaks) -> None:
    assert not gaps(text.split())
    assert breaks.find(text, 0, len(text)) == set()


@settings(max_examples=50, deadline=None)
@given(text=st.text(alphabet=st.sampled_from("aB c,.9-(ÄÖ\u00a0"), max_size=120))
def test_breaks_lie_at_the_beginnings_of_words(text: str, breaks: Breaks) -> None:
    begins = {token.start() for token in re.finditer(r"\S+", text)}
    assert breaks.find(text, 0, len(text)) <= begins - {0}

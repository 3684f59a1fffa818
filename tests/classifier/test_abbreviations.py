from __future__ import annotations

import pytest

from jobclass.classifier.abbreviations import ends_sentence


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("wie z. B.", "Instagram"),
        ("Das heißt, d. h.", "Sie planen"),
        ("Ca.", "20 Stunden"),
        ("mit ca.", "20 Stunden"),
        ("Ggf.", "Reisen"),
        ("(inkl.", "Weihnachtsgeld)"),
        ("Kaufmann o. Ä.", "Im Handel"),
        ("an Fr.", "Müller"),
        ("Dr. med.", "Anna Weber"),
        ("am 1.", "Mai"),
        ("2.", "Du planst"),
        ("ab 01.09.", "2021"),
        ("nach Art.", "9 DSGVO"),
        ("Mo.", "9 Uhr"),
        ("Hauptstr.", "12. Du erreichst"),
        ("39 Std.", "Woche"),
        ("Texte usw.", "Urlaub gibt es auch"),
    ],
)
def test_ends_sentence_not_behind_an_abbreviation(before: str, behind: str) -> None:
    assert not ends_sentence(before, behind)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Du hilfst gern.", "Du planst"),
        ("Dein Ansprechpartner ist Max.", "Er freut sich"),
        ("Tom und Max.", "Gemeinsam planen wir"),
        ("Aufgaben aller Art.", "Du hilfst"),
        ("bis 30.09.", "Wir freuen uns"),
        ("am 3.12.", "15 Leute kommen"),
        ("bis zum 15.", "Wir freuen uns"),
        ("39 Std.", "Wir bieten viel"),
        ("im Dez.", "Wir freuen uns"),
        ("Müller & Co.", "Du wirst"),
        ("Kanäle wie X.", "Du planst"),
        ("Instagram u. a.", "Wir geben"),
        ("Storys usw.", "Du moderierst"),
        ("Reels u. v. m.", "Sie steuern"),
        ("Reels u.v.m.", "Außerdem planst du"),
        ("Posts uvm.", "Dein Profil ist"),
        ("Manager (m/w/d).", "Du planst"),
        ("in Köln!", "Wir suchen"),
        ("im Jahr 2021.", "2022 folgt"),
        ("wenn ihr Lust habt.", "Das"),
    ],
)
def test_ends_sentence_behind_a_word(before: str, behind: str) -> None:
    assert ends_sentence(before, behind)


def test_ends_sentence_needs_nothing_behind() -> None:
    assert ends_sentence("Wir freuen uns.")
    assert not ends_sentence("Montag bis ca.")

from __future__ import annotations

import pytest

from jobclass.classifier.abbreviations import ends_sentence


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("z. B.", "Instagram"),
        ("Ca.", "20 Stunden"),
        ("mit ca.", "20 Stunden"),
        ("Ggf.", "Reisen"),
        ("o. Ä.", "Das Team"),
        ("am 1.", "Mai"),
        ("ab 01.09.", "2021"),
        ("nach Art.", "9 DSGVO"),
        ("Mo.", "9 Uhr"),
        ("Texte usw.", "Ihr Team"),
        ("(inkl.", "Weihnachtsgeld)"),
    ],
)
def test_ends_sentence_not_behind_an_abbreviation(before: str, behind: str) -> None:
    assert not ends_sentence(before, behind)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("Du hilfst gern.", "Du planst"),
        ("Aufgaben aller Art.", "Du hilfst"),
        ("bis 30.09.", "Wir freuen uns"),
        ("Storys usw.", "Du moderierst"),
        ("Reels u. v. m.", "Sie steuern"),
        ("Manager (m/w/d).", "Du planst"),
        ("in Köln!", "Wir suchen"),
        ("im Jahr 2021.", "2022 folgt"),
        ("Marketingabt.", "Das"),
    ],
)
def test_ends_sentence_behind_a_word(before: str, behind: str) -> None:
    assert ends_sentence(before, behind)


def test_ends_sentence_needs_nothing_behind() -> None:
    assert ends_sentence("Wir freuen uns.")
    assert not ends_sentence("Montag bis ca.")

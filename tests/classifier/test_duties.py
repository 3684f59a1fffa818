from __future__ import annotations

import pytest

from jobclass import Ad, Labeller


def duties(text: str, labeller: Labeller) -> list[str]:
    return [duty.text for duty in labeller.label(Ad(text)).duties]


AROUND = "Die Muster GmbH ist ein Hersteller von Möbeln.\n\nDeine Aufgaben\n{}\n\nDein Profil\n- Abgeschlossenes Studium\n- Erfahrung im Online-Marketing\n\nWir bieten\n- 30 Tage Urlaub"
ALIKE = (
    "Sie pflegen die Website und planen die Beiträge. Sie betreuen unsere Kanäle auf LinkedIn. Sie erstellen Berichte."
)


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        # U1: a bullet is one unit, however long
        ("- Planung, Erstellung und Veröffentlichung von Beiträgen sowie Moderation der Kommentare", 1),
        # U2: several sentences or semicolon parts are one unit each
        ("- Du planst unsere Themen. Du gibst Texte frei.", 2),
        ("- Pflege der Website; Versand des Newsletters", 2),
        ("Auswertung der Kanäle; Community-Management; SEO; Mitarbeit an der Website", 4),
        # C4: a list that lost its marks
        ("Planung der Beiträge\nPflege der Kanäle\nAuswertung der Kennzahlen", 3),
        ("- Planung der Beiträge - Pflege der Kanäle - Auswertung der Kennzahlen", 3),
        (ALIKE, 3),
    ],
)
def test_duties_units_of_the_codebook(tasks: str, expected: int, labeller: Labeller) -> None:
    assert len(duties(AROUND.format(tasks), labeller)) == expected


def test_duties_prose_is_cut_by_task_clause(labeller: Labeller) -> None:
    text = AROUND.format("Du betreust unsere Foren und steuerst die Google-Ads-Kampagnen.")
    assert duties(text, labeller) == ["Du betreust unsere Foren", "steuerst die Google-Ads-Kampagnen."]


def test_duties_several_verbs_on_one_object_are_one(labeller: Labeller) -> None:
    assert duties(AROUND.format("Du planst, textest und veröffentlichst Beiträge."), labeller) == [
        "Du planst, textest und veröffentlichst Beiträge."
    ]


def test_duties_requirements_and_benefits_are_none(labeller: Labeller) -> None:
    found = duties(AROUND.format("- Pflege der Kanäle"), labeller)
    assert found == ["Pflege der Kanäle"]


def test_duties_a_page_number_is_none(labeller: Labeller) -> None:
    found = duties(
        AROUND.format("- Planung der Beiträge\n- Pflege der Kanäle\n\nSeite 1 von 2\n\n- Auswertung der Zahlen"),
        labeller,
    )
    assert found == ["Planung der Beiträge", "Pflege der Kanäle", "Auswertung der Zahlen"]

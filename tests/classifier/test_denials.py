"""Denials: what an ad says the post does not do is no duty; whatever else stands in the unit keeps it one."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from jobclass import Ad, Labeller
from jobclass.classifier import denials
from jobclass.classifier.words import bag

DENIED = [
    "Die Schaltung von Anzeigen liegt nicht bei dir.",
    "Kundenservice und Versand liegen nicht bei dir, sondern bei unserem Team in Kassel",
    "Moderation, Newsletter und Website liegen nicht bei Ihnen",
    "Pressearbeit gehört nicht zu deinen Aufgaben",
    "Messen und Veranstaltungen gehören nicht zum Aufgabenbereich.",
    "Suchmaschinenwerbung ist nicht Teil der Stelle.",
    "Der Telefondienst ist kein Bestandteil dieser Position",
    "Budgets zu verhandeln, ist nicht Ihre Aufgabe.",
    "Die Personalplanung fällt nicht in deinen Verantwortungsbereich.",
    "Die Technik des Forums gehört nicht dazu: Hierfür ist ein Dienstleister zuständig",
    "Nicht zu deinen Aufgaben gehört die Gestaltung der Plakate",
    "Kein Teil der Rolle ist der Verkauf.",
    "Die Pflege der Web-\nsite gehört  nicht zu\nIhren Aufgaben",
    "Die Hotline fällt nicht in deinen Zuständigkeitsbereich, sondern in den des Kundendienstes",
    "Grafik und Videoschnitt sind nicht deine Aufgaben – dafür haben wir eine Agentur.",
    "Der Versand liegt nicht bei dir, das übernimmt die Poststelle",
    "Nicht dazu gehören Druck, Versand und Einkauf.",
]
NOT_DENIED = [
    # It says more than a denial.
    "Du planst die Beiträge, die Freigabe liegt nicht bei dir",
    "Planung der Beiträge – die Freigabe liegt nicht bei dir",
    "Planung der Beiträge (die Freigabe liegt nicht bei dir)",
    "Planung der Beiträge, die Freigabe liegt nicht bei dir",
    "Beiträge planen: Die Freigabe liegt nicht bei dir",
    "Die Freigabe liegt nicht bei dir, wohl aber die Planung",
    "Die Strategie ist nicht Teil der Stelle, du setzt sie um",
    "Community Management ist nicht Teil der Stelle, Planung und Redaktion der Kanäle hingegen",
    "Reine Verwaltung ist nicht deine Aufgabe, sondern die Gestaltung der Kanäle",
    "Klassische Werbung ist nicht deine Aufgabe: Im Mittelpunkt steht der Aufbau der Community",
    "Routine ist nicht Teil der Stelle – jeden Tag neue Kampagnen planen und umsetzen",
    "Nicht zu deinen Aufgaben gehört die reine Verwaltung, sondern Gestaltung und Planung",
    "Kein Teil der Rolle ist der Verkauf, vielmehr die Beratung der Mitglieder",
    "Der Versand liegt nicht bei dir, das übernimmt die Poststelle, die Redaktion aller Texte erfolgt hier",
    "Grafik ist nicht deine Aufgabe, dafür haben wir dich nicht gesucht",
    "Texte schreiben und Bilder auswählen, Freigabe und Versand liegen nicht bei dir",
    "Gestaltung der Beiträge, die Freigabe und das Budget liegen nicht bei dir",
    # It denies only half.
    "Der Großteil der Moderation liegt nicht bei dir",
    "Die Freigabe liegt nicht bei dir allein",
    "Der Versand gehört nicht zu deinen Aufgaben im ersten Jahr",
    "Die Kampagnen liegen nicht bei der Agentur, sondern bei dir",
    # It denies something else.
    "Texte schreiben, die nicht nach Werbung klingen",
    "Routine gehört nicht zu deinen Stärken",
]


def is_denial(unit: str) -> bool:
    return denials.is_denial(unit, bag(unit))


@pytest.mark.parametrize("unit", DENIED)
def test_denials_clear_ones_are_told(unit: str) -> None:
    assert is_denial(unit)


@pytest.mark.parametrize("unit", NOT_DENIED)
def test_denials_are_not_seen_in_a_unit_that_may_hold_a_duty(unit: str) -> None:
    assert not is_denial(unit)


def test_denials_every_one_listed_holds_a_negation() -> None:
    lists = tomllib.loads(files("jobclass.classifier").joinpath("denials.toml").read_text(encoding="utf-8"))
    for row in (*lists["behind"], *lists["before"]):
        assert any(set(slot.split("|")) & set(lists["negations"]) for slot in row.split()), row


@pytest.mark.parametrize("mark", ["- ", "* ", ""])
def test_denials_among_the_duties_are_none_of_them(mark: str, labeller: Labeller) -> None:
    tasks = [
        "Planung der Beiträge für Instagram",
        "Die Moderation der Kommentare liegt nicht bei dir",
        "Auswertung der Kennzahlen",
        "Der Kundenservice gehört nicht zu deinen Aufgaben",
        "Pflege der Kanäle",
    ]
    listed = "\n".join(f"{mark}{task}" for task in tasks)
    verdict = labeller.label(
        Ad(f"Social Media Manager (m/w/d)\n\nDeine Aufgaben\n{listed}\n\nDein Profil\n- Erfahrung")
    )
    assert [duty.text for duty in verdict.duties] == tasks[::2]

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from jobclass.classifier.ad import Ad, Flag, Verdict
from jobclass.classifier.advice import split, worded
from jobclass.classifier.labeller import Labeller
from jobclass.messages import entries

TEXTS = ("name", "message", "message_light", "reason", "advice", "advice_light", "explain")


@pytest.fixture(scope="module")
def verdict(labeller: Labeller, examples: Path) -> Verdict:
    return labeller.label(Ad((examples / "all-in-one.txt").read_text()))


@pytest.mark.parametrize("code", list(entries("flags")))
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("severity", [0, 1, 2, 3])
@pytest.mark.parametrize("intended", [(), ("SMM",)])
def test_advice_every_flag_is_worded_in_every_severity(
    code: str, language: str, severity: int, intended: tuple[str, ...], verdict: Verdict
) -> None:
    (item,) = worded(replace(verdict, flags=(Flag(code, severity, (0, 1)),), intended=intended), language)
    for said in (item.name, item.message, item.reason, item.advice):
        assert said
        assert "{" not in said
    light, firm = (worded(replace(verdict, flags=(Flag(code, n, (0,)),)), language)[0] for n in (1, 2))
    assert (light.message, light.advice) != (firm.message, firm.advice) or code == "H1"


def test_advice_every_variant_has_both_languages_and_known_placeholders(verdict: Verdict) -> None:
    (item,) = worded(replace(verdict, flags=(Flag("F1", 2, (0,)),)), "de")
    known = {"title", "named", "intended", "role", "roles", "fitting", "parts", "part", "level", "count"}
    assert item.advice
    for entry in entries("flags").values():
        for value in entry.values():
            if isinstance(value, dict):
                assert set(value) == {"de", "en"}
                assert set(re.findall(r"{(\w+)}", value["de"])) <= known


@pytest.mark.parametrize("code", list(entries("flags")))
def test_advice_names_bvcm_only_where_it_is_the_basis(code: str) -> None:
    entry = entries("flags")[code]
    for key in TEXTS:
        for text in entry[key].values():
            claims = re.search(r"\b(?:[Nn]ach|[Bb]y(?: the)?) BVCM|BVCM (?:says|describes|means)", text)
            assert not claims or "B" in entry["basis"], (key, text)


@pytest.mark.parametrize("code", list(entries("flags")))
def test_advice_placeholders_are_the_same_in_both_languages(code: str) -> None:
    for key, value in entries("flags")[code].items():
        if isinstance(value, dict):
            german, english = (set(re.findall(r"{(\w+)}", value[language])) for language in ("de", "en"))
            assert german == english, key


def ad(title: str, *duties: str) -> Ad:
    return Ad("Deine Aufgaben\n" + "".join(f"- {duty}\n" for duty in duties), title)


COMMUNITY = (
    "Du beantwortest Kommentare und Nachrichten unserer Mitglieder",
    "Du moderierst Diskussionen in unserer Community",
    "Du gewinnst neue Mitglieder für unsere Community",
)
SOCIAL = (
    "Du verantwortest unsere Social-Media-Strategie",
    "Du planst den Redaktionsplan für Instagram",
    "Du gibst alle Beiträge unserer Social-Media-Kanäle frei",
)
MARKETING = (
    "Du steuerst unsere Google-Ads-Kampagnen",
    "Du verbesserst das Ranking unserer Website mit SEO",
    "Du versendest den Newsletter an unsere Kunden",
)
FOREIGN = ("Du organisierst Messeauftritte", "Du gestaltest Flyer in InDesign", "Du besetzt die Telefonzentrale")
OFFICE = ("Du schreibst Rechnungen", "Du sortierst die Post", "Du planst Termine der Geschäftsführung", "Kaltakquise")
CONTENT = ("Du drehst Reels für Instagram", "Du textest Posts für unsere Kanäle", "Du postest täglich Storys")


@pytest.mark.parametrize(
    ("title", "duties", "fitting"),
    [
        ("Community Manager", (*COMMUNITY, SOCIAL[0]), "„Community Manager“ und „Social Media Manager“"),
        ("Community Manager", SOCIAL, "„Social Media Manager“"),
        ("Community Manager", (*SOCIAL, *MARKETING), "„Social Media Manager“ und „Online Marketing Manager“"),
        ("Social Media Manager", MARKETING, "„Online Marketing Manager“"),
        ("Social Media Manager", (*SOCIAL, *MARKETING[:2]), "„Social Media Manager“ und „Online Marketing Manager“"),
        ("Social Media Manager", CONTENT, "„Content Creator Social Media“"),
        ("Social Media Manager", FOREIGN, "ein Titel des eigentlichen Berufs"),
        ("Online Marketing Manager", (*COMMUNITY, *SOCIAL), "„Community Manager“ und „Social Media Manager“"),
    ],
)
def test_advice_gives_one_title_that_names_only_roles_with_duties(
    title: str, duties: tuple[str, ...], fitting: str, labeller: Labeller
) -> None:
    verdict = labeller.label(ad(title, *duties))
    assert verdict.confusion
    assert any(fitting in item.advice for item in worded(verdict, "de"))
    titles = ("Community Manager", "Social Media Manager", "Online Marketing Manager")
    for item in worded(verdict, "de"):
        assert not any(f"„{name}“" in item.advice and name not in fitting for name in titles), item.advice


def test_advice_leaves_the_title_of_another_profession(labeller: Labeller) -> None:
    verdict = labeller.label(ad("Bürokraft", *COMMUNITY[:2], *MARKETING[:2], *FOREIGN, *OFFICE))
    (item,) = worded(verdict, "de")
    assert (item.flag.code, verdict.rule_role) == ("F2", "none")
    assert "Titel" not in item.advice


def test_advice_another_title_ends_what_was_said_of_the_old_one(labeller: Labeller) -> None:
    said = {
        item.flag.code: item.advice for item in worded(labeller.label(ad("Social Media Manager", *MARKETING)), "de")
    }
    assert said["F1"].startswith("Den Titel an die Aufgaben anpassen („Online Marketing Manager“)")
    assert said["F5"] == said["F6"] == "Mit dem passenden Titel („Online Marketing Manager“) erledigt sich das."


def test_advice_speaks_of_the_intended_role_where_one_is_given(labeller: Labeller) -> None:
    words = worded(labeller.label(ad("Community Manager", *COMMUNITY), intended=("SMM",)), "de")
    said = {item.flag.code: item for item in words}
    assert said["F1"].name == "Gemeinte Rolle und Aufgaben passen nicht zusammen"
    assert "gemeinte Rolle" in said["F1"].reason
    assert "gemeinte Rolle anpassen (Social Media Manager)" in said["F1"].advice
    assert not any("„Community Manager“" in item.advice for item in words)


def test_advice_a_split_leaves_open_what_speaks_for_none_of_its_roles(labeller: Labeller) -> None:
    verdict = labeller.label(ad("Marketing-Allrounder", *COMMUNITY[:2], *MARKETING[:2], SOCIAL[1], *FOREIGN[:2]))
    parts = {part.role: part.duties for part in split(verdict, "de")}
    assert parts == {"CM": (0, 1), "OM": (2, 3), "": (4, 5, 6)}


@pytest.mark.parametrize(
    ("intro", "fulfilled"),
    [
        ("Du arbeitest zu 60 % für Social Media und zu 40 % für die Community.", True),
        ("Für unser Team suchen wir dich mit Schwerpunkt auf Social Media.", True),
        ("Das sind deine Aufgabenschwerpunkte.", False),
    ],
)
def test_advice_asks_for_no_focus_that_is_named(intro: str, *, fulfilled: bool, labeller: Labeller) -> None:
    duties = "".join(f"- {duty}\n" for duty in (*SOCIAL, *COMMUNITY))
    verdict = labeller.label(Ad(f"Social Media und Community Manager\n\n{intro}\n\nDeine Aufgaben\n{duties}"))
    (item,) = (item for item in worded(verdict, "de") if item.flag.code == "F2")
    assert ("nichts muss geändert werden" in item.advice) is fulfilled


@pytest.mark.parametrize(
    ("title", "fulfilled"), [("Community Manager Coworking Space", True), ("Community Manager", False)]
)
def test_advice_asks_for_no_word_that_the_title_has(title: str, *, fulfilled: bool, verdict: Verdict) -> None:
    placed = replace(verdict, title=replace(verdict.title, text=title), flags=(Flag("H1", 0, (0,)),))
    (item,) = worded(placed, "de")
    assert ("nichts muss geändert werden" in item.advice) is fulfilled

from __future__ import annotations

from importlib.resources import files

import pytest
import tomli

from jobclass.classifier.areas import read
from jobclass.classifier.profile import Profile
from jobclass.classifier.words import bag


def codes(text: str, profile: Profile) -> tuple[str, ...]:
    return tuple(hit.code for hit in read(text, profile).hits)


@pytest.fixture(scope="module")
def concepts() -> frozenset[str]:
    """The names of all concepts of the packaged rule set."""
    folder = files("jobclass.classifier") / "profile" / "concepts"
    fields = (tomli.loads(file.read_text()) for file in folder.iterdir() if file.name.endswith(".toml"))
    return frozenset(name for field in fields for name in field)


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        # codebook 3: naming a discipline counts as doing its core
        ("Community Management", {"CM.dialog"}),
        ("Social Media Management", {"SMM.koordination"}),
        ("Online-Marketing", {"OM.kampagnen"}),
        ("Performance Marketing", {"OM.kampagnen"}),
        # codebook 4 and 10
        ("Du antwortest auf Kommentare und Direktnachrichten unserer Fans", {"CM.dialog"}),
        ("Beantworten und Moderieren von Kommentaren", {"CM.dialog", "CM.engagement"}),
        ("Aufbau und Pflege unserer Online-Community", {"CM.aufbau", "CM.dialog"}),
        ("Entwicklung der Community-Strategie für unsere Nutzerplattform", {"CM.aufbau"}),
        ("Du entwickelst unsere Social-Media-Strategie und schreibst sie fort", {"SMM.strategie"}),
        ("Entwicklung der Content-Strategie für alle Kanäle", {"SH.strategie"}),
        ("Steuerung unserer Social-Media-Agentur", {"SMM.koordination"}),
        ("Schaltung von Anzeigen im Meta-Werbeanzeigenmanager", {"OM.paidsocial"}),
        ("SEO/SEA", {"OM.seo", "OM.sea"}),
        ("Konzeption und Versand unserer Kundennewsletter", {"OM.email"}),
        ("Auswertung des Website-Traffics mit GA4", {"OM.webanalyse"}),
        ("Monitoring und Reporting", {"SH.monitoring"}),
        ("Du textest Posts und drehst Reels", {"SH.content"}),
        ("Pflege unserer Website in TYPO3", {"N.redaktion"}),
        ("Verfassen von Pressemitteilungen", {"N.pr"}),
        ("Telefonische Kundenbetreuung", {"N.service"}),
        ("Umgang mit Hassrede", {"CM.engagement"}),
        ("Krisenkommunikation", {"CM.dialog"}),
    ],
)
def test_rules_decide_the_codebooks_examples(duty: str, expected: set[str], profile: Profile) -> None:
    assert set(codes(duty, profile)) == expected


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Du moderierst Diskussionen in unserer Community", "Moderation von Diskussionen in der Community"),
        ("Erstellung des Redaktionsplans für Social Media", "Redaktionsplanung für Social Media"),
    ],
)
def test_rules_see_through_inflection_and_compounds(left: str, right: str, profile: Profile) -> None:
    assert codes(left, profile) == codes(right, profile) != ()


def test_rules_evidence_quotes_the_words(profile: Profile) -> None:
    text = "Freigabe aller Social-Media-Beiträge vor Veröffentlichung"
    (hit,) = read(text, profile).hits
    assert hit.code == "SMM.qualitaet"
    assert "Freigabe" in {text[start:end] for start, end in hit.spans}


def test_rules_at_most_three_codes(profile: Profile) -> None:
    text = "SEO, Google Ads, Newsletter, Affiliate, Shop, Pressearbeit und Moderation der Community"
    assert len(codes(text, profile)) == 3


@pytest.mark.parametrize("duty", ["Krisenkommunikation mit der Presse", "Gewinnspiele zur Leadgenerierung"])
def test_rules_an_exclusion_brings_the_basis_of_its_own_area(duty: str, profile: Profile) -> None:
    for hit in read(duty, profile).hits:
        if hit.code.startswith(("OM.", "N.", "SH.")):
            assert hit.basis != "B"


@pytest.mark.parametrize(
    ("duty", "concept"),
    [
        ("Verkauf von Headsets", "ads"),
        ("Wartung von Brandmeldeanlagen", "marke"),
        ("Begleitung von Selbsthilfegruppen", "hilfeforum"),
        ("Erneuerung von Heizungen", "trend"),
        ("Betreuung der Kunden in Skandinavien", "tracking"),
        ("Reinigung mit dem Trolley", "netiquette"),
        ("Wärmerückgewinnung in Lüftungsanlagen", "crm_marketing"),
        ("Pflege der Mitarbeiterzeiterfassung", "interne_kommunikation"),
        ("Troubleshooting an Maschinen", "kamera"),
        ("Postsendungen in der Poststelle", "posting"),
        ("Führung eines engagierten Teams", "ehrenamt"),
        ("Gewährleistung eines reibungslosen Ablaufs", "kundenfall"),
        ("Erstellung von Guides", "moderator"),
        ("Anfertigung von Protokollen", "fertigung"),
        ("Umgang mit Beschimpfungen", "gesundheit"),
        ("Auswertung von Echtzeitdaten", "personalarbeit"),
        ("Ausstellung von Urkunden", "kunde"),
        ("Geografische Auswertungen", "gestaltung"),
        ("Einladung des Fachpublikums", "magazin"),
        ("Betreuung der wachsenden Community", "steigern"),
        ("Online-Stellenanzeigen pflegen", "veroeffentlichen"),
        ("Telefonieren mit Interessenten", "systembetrieb"),
        ("Radiologische Aufnahmen", "klassisches_marketing"),
        ("Konzeption von Gewinnspielmechaniken", "kunstfach"),
        ("Sichten von Pressenachrichten", "werkfach"),
        ("Schreiben packender Texte", "lieferwesen"),
        ("Arbeit im Familienunternehmen", "soziales"),
        ("Beratung zu Haushaltswaren", "kassenwesen"),
    ],
)
def test_rules_cues_do_not_hide_in_other_words(
    duty: str, concept: str, profile: Profile, concepts: frozenset[str]
) -> None:
    assert concept in concepts
    assert concept not in {found.concept for found in profile.lexicon.find(bag(duty))}

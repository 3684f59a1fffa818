from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobclass import Ad, Labeller
from jobclass.classifier import memory
from jobclass.classifier.ad import PLATFORMS, ZONES
from jobclass.classifier.title import load_title_rules
from jobclass.corpus.gold import read_gold
from jobclass.errors import InputError, ModelError
from jobclass.models import features, sums

PIECES = st.sampled_from(
    [
        "Deine Aufgaben\n", "- Du planst Posts und Reels für Instagram\n", "* Moderation der Community\n", "• SEO\n", "\r\n", "\u00ad", "Wir bieten: ",
        "Du betreust die Foren, steuerst die Kampagnen und pflegst die Website. ", "; ", "## Profil\n", "**Social Media:** ", "<li>", "\ud800", "\x00", "🚀 ",
        "Community Manager (m/w/d)\n", "a\u0308", " - ", "und ", "Sie beraten Kunden und erstellen Angebote für den Vertrieb.\n",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=25).map("".join)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, title=st.text(max_size=40))
def test_labeller_quotes_are_the_text_whatever_comes(text: str, title: str, labeller: Labeller) -> None:
    try:
        verdict = labeller.label(Ad(text, title))
    except InputError as refused:
        assert refused.code in ("E102", "E104", "E115", "E127")  # noqa: PT017 -- a refusal is one of two good ends
        return
    for part in (*verdict.lines, *verdict.duties):
        assert text[part.start : part.end] == part.text
    for duty in verdict.duties:
        assert 1 <= len(duty.areas) <= 3
        assert duty.platform in PLATFORMS
        assert all(duty.start <= item.start < item.end <= duty.end for item in duty.evidence)
    assert all(line.zone in ZONES for line in verdict.lines)
    assert sum(verdict.probabilities.values()) == pytest.approx(1, abs=1e-4)
    assert (verdict.role == "notcodable") == (len(verdict.duties) < 3)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E102"),
        ("123 456 !!! " * 20, "E102"),
        ("Community Manager", "E127"),
        ("We are looking for a manager and you will work with the team on our products for the market. " * 3, "E104"),
        (
            "Nous cherchons une personne pour la communication avec les clients et pour les projets du groupe. " * 3,
            "E104",
        ),
        ("Aufgaben der Verwaltung und mehr. " * 40_000, "E105"),
        ("Der Mond ist aufgegangen und die Sterne stehen am Himmel. Der Wald ist schwarz und still.", "E115"),
    ],
)
def test_labeller_refuses_what_is_no_german_ad(text: str, code: str, labeller: Labeller) -> None:
    with pytest.raises(InputError) as caught:
        labeller.label(Ad(text, source="x"))
    assert caught.value.code == code


def test_labeller_same_ad_same_verdict(labeller: Labeller, examples: Path) -> None:
    ad = Ad((examples / "all-in-one.txt").read_text())
    assert labeller.label(ad) == Labeller().label(ad)


def test_labeller_asks_its_own_title_rules_who_stands_above_whom(labeller: Labeller) -> None:
    duties = "- Du führst die Social Media Manager\n- Moderation unserer Community\n- Betreuung der Foren"
    ad = Ad(f"Community Manager (m/w/d)\n\nDeine Aufgaben\n{duties}\n\nWir bieten\n- Obst")
    silent = re.compile("(?!)")
    other = Labeller(titles=replace(load_title_rules(), leads=silent, reports=silent))
    assert "F3" in [flag.code for flag in labeller.label(ad).flags]
    assert "F3" not in [flag.code for flag in other.label(ad).flags]


def test_labeller_refuses_a_model_without_a_part(labeller: Labeller) -> None:
    model = labeller.model
    parts = {name: linear for name, linear in model.linear.items() if name != "breaks"}
    with pytest.raises(ModelError, match="breaks") as caught:
        Labeller(model=replace(model, linear=parts))
    assert caught.value.code == "E205"


def test_labeller_refuses_a_model_of_other_areas(labeller: Labeller) -> None:
    areas = labeller.model.linear["areas"]
    other = replace(areas, labels=("CM.none", *areas.labels[1:]))
    with pytest.raises(ModelError, match=r"CM\.none") as caught:
        Labeller(model=replace(labeller.model, linear={**labeller.model.linear, "areas": other}))
    assert caught.value.code == "E206"


def test_labeller_is_shared_by_threads(examples: Path, repository: Path) -> None:
    gold = list(read_gold(repository / "corpus" / "evaluation" / "confusion.jsonl"))
    ads = [Ad(path.read_text(encoding="utf-8")) for path in sorted(examples.glob("*.txt"))]
    ads += [Ad(ad.text, ad.title) for ad in gold[::4]]
    shared, alone = Labeller(), Labeller()
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(shared.label, 3 * ads)) == 3 * [alone.label(ad) for ad in ads]


def test_labeller_fewer_than_three_duties_are_not_codable(labeller: Labeller) -> None:
    verdict = labeller.label(
        Ad("Community Manager (m/w/d)\n\nDeine Aufgaben\n- Moderation unserer Community\n\nWir bieten\n- Obst")
    )
    assert (verdict.role, verdict.flags, verdict.notes) == ("notcodable", (), ("N1",))


def test_labeller_title_does_not_steer_the_role(labeller: Labeller, examples: Path) -> None:
    text = (examples / "nurse.txt").read_text()
    titles = ("Community Manager", "Online Marketing Manager", "")
    assert {labeller.label(Ad(text, title)).role for title in titles} == {"none"}


def test_labeller_evidence_names_rules_and_words(labeller: Labeller, examples: Path) -> None:
    verdict = labeller.label(Ad((examples / "community-manager.txt").read_text()))
    strategy = next(duty for duty in verdict.duties if "SMM.strategie" in duty.codes)
    assert any(item.rule.startswith("SMM.strategie/") for item in strategy.evidence)
    assert strategy.grade == "V"


def test_labeller_memories_change_nothing(
    labeller: Labeller, examples: Path, monkeypatch: pytest.MonkeyPatch, repository: Path
) -> None:
    gold = list(read_gold(repository / "corpus" / "evaluation" / "confusion.jsonl"))
    ads = [Ad(path.read_text(encoding="utf-8")) for path in sorted(examples.glob("*.txt"))]
    ads += [Ad(ad.text, ad.title) for ad in gold[::3]] + [Ad(" ".join(ad.text.split())) for ad in gold[1::6]]
    remembered = [labeller.label(ad) for _ in range(2) for ad in ads]
    monkeypatch.setattr(memory, "LONGEST", -1)
    monkeypatch.setattr(features, "LONGEST", -1)
    for bound in ("WORDS_KNOWN", "PHRASES_KNOWN", "GROUPS_KNOWN"):
        monkeypatch.setattr(sums, bound, 0)
    plain = Labeller()
    assert [plain.label(ad) for _ in range(2) for ad in ads] == remembered

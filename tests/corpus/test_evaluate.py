from __future__ import annotations

import math
from dataclasses import replace

import pytest

from jobclass import Labeller
from jobclass.classifier.house import House
from jobclass.classifier.profile import load_profile, read_profile
from jobclass.corpus.evaluate import Comparison, compare, figures, gold_flags, macro_f1
from jobclass.corpus.gold import GoldAd, GoldDuty
from jobclass.corpus.study.coded import gold_as_labelled

SAME = Comparison(
    "1", (("duties", "duties"), ("offer", "offer")), 2, 2, ((("CM.dialog",), ("CM.dialog",)), (("SH.content",), ("SH.content",))), (("A", "A"),),
    ("CM", "CM"), "CM", 0.9, (True, True), (frozenset({"CM"}), frozenset({"CM"})),
)  # fmt: skip
OTHER = Comparison(
    "2", (("duties", "offer"), ("offer", "offer")), 2, 1, ((("CM.dialog", "CM.aufbau"), ("OM.seo",)),), (("A", "V"),),
    ("SMM", "CM"), "SMM", 0.9, (True, False), (frozenset(), frozenset({"CM"})),
)  # fmt: skip


def value(name: str, *comparisons: Comparison) -> float:
    return figures(comparisons, draws=5)[name].value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("zone accuracy", 3 / 4),
        ("duties precision", 1.0),
        ("duties recall", 3 / 4),
        ("duties F1", 6 / 7),
        ("family accuracy", 2 / 3),
        ("areas micro-F1", 2 * 2 / (4 + 3)),
        ("grade accuracy", 1 / 2),
        ("title accuracy", 1 / 2),
        ("role accuracy", 1 / 2),
        ("rule role accuracy", 1.0),
        ("confusion F1", 2 / 3),
    ],
)
def test_evaluate_figures_by_hand(name: str, expected: float) -> None:
    assert value(name, SAME, OTHER) == pytest.approx(expected)


def test_evaluate_macro_f1_counts_labels_of_gold() -> None:
    assert macro_f1([("a", "a"), ("b", "c")], "abc") == pytest.approx(1 / 2)
    assert math.isnan(macro_f1([], "ab"))


def test_evaluate_intervals_enclose_the_figure_and_repeat() -> None:
    found = figures([SAME, OTHER] * 10, draws=200)
    assert found == figures([SAME, OTHER] * 10, draws=200)
    zone = found["zone accuracy"]
    assert zone.low < zone.value < zone.high


def test_evaluate_gold_is_flagged_under_the_house() -> None:
    duties = [GoldDuty(f"Du buchst Anzeigen auf Kanal {n}", ("OM.paidsocial",)) for n in range(4)]
    ad = GoldAd("1", "Social Media Manager", "text", "", (), tuple(duties), "OM", ("OM",), ("SMM",))
    raised = {flag.code for flag in gold_flags(ad, load_profile())}
    assert "F1" in raised
    off = House(severities={"F1": None})
    assert {flag.code for flag in gold_flags(ad, read_profile(off))} == raised - {"F1"}
    neutral = House(neutral=frozenset({"OM.paidsocial"}))
    assert gold_as_labelled(ad, load_profile()).shares["OM"] == 1
    assert gold_as_labelled(ad, read_profile(neutral)).shares["OM"] == 0


def test_evaluate_titles_that_nobody_coded_are_no_right_titles() -> None:
    assert value("title accuracy", SAME, OTHER, replace(SAME, title_coded=False)) == pytest.approx(1 / 2)
    assert math.isnan(value("title accuracy", replace(SAME, title_coded=False)))


def test_evaluate_roles_involved_follow_from_the_arithmetic(labeller: Labeller) -> None:
    """A mixed ad without a list of its roles is flagged as one with it (F1: no role of the mixture is in the title)."""
    areas = ("SMM.koordination", "SMM.strategie", "OM.sea", "OM.seo", "OM.email", "SMM.qualitaet")
    duties = tuple(GoldDuty(f"Du übernimmst das Thema {n}", (code,)) for n, code in enumerate(areas))
    ad = GoldAd("1", "Community Manager", "text", "", (), duties, "mixed", ("SMM", "OM"), ("CM",))
    flags = gold_flags(ad, labeller.profile)
    assert "F1" in {flag.code for flag in flags}
    assert gold_flags(replace(ad, roles_involved=()), labeller.profile) == flags
    bare = replace(ad, roles_involved=(), title_roles=(), left_out=("title_roles", "level"))
    (compared,) = compare([bare], labeller)
    assert compared.confusion[0]
    assert not compared.title_coded

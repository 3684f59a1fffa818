from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jobclass.corpus.breakdown import (
    abstention,
    class_scores,
    confusion_matrix,
    errors,
    groups,
    key_figures,
    reliability,
    sure_areas,
    sure_roles,
)
from jobclass.corpus.contrast import contrasts
from jobclass.corpus.evaluate import Comparison
from jobclass.errors import InputError

RIGHT = Comparison(
    id="right", zones=(("duties", "duties"), ("offer", "offer")), gold_duties=2, found_duties=2,
    codes=((("CM.dialog",), ("CM.dialog",)), (("SH.content",), ("SH.content", "SMM.koordination"))), grades=(("A", "A"),),
    roles=("CM", "CM"), rule_role="CM", confidence=0.9, confusion=(True, True), title_roles=(frozenset({"CM"}), frozenset({"CM"})),
    sure=(0.9, 0.8), matched=("antworten", "texten"), fields={"source": "board"},
)  # fmt: skip
WRONG = Comparison(
    id="wrong", zones=(("duties", "offer"), ("offer", "offer")), gold_duties=2, found_duties=2,
    codes=((("CM.dialog",), ("OM.seo",)),), grades=(("A", "V"),),
    roles=("SMM", "CM"), rule_role="SMM", confidence=0.4, confusion=(True, False), title_roles=(frozenset(), frozenset({"CM"})),
    sure=(0.3,), matched=("antworten",), missed=("planen",), invented=("Obst",), fields={"source": "page"},
)  # fmt: skip
BOTH = [RIGHT, WRONG]


def test_breakdown_confusion_matrix_has_gold_in_rows() -> None:
    labels, counts = confusion_matrix(BOTH, "zone")
    assert labels == ("duties", "offer")
    assert counts.tolist() == [[1, 1], [0, 2]]


def test_breakdown_class_scores_by_hand() -> None:
    scores = {s.label: s for s in class_scores(BOTH, "role", draws=10)}
    assert (scores["CM"].gold, scores["CM"].found) == (1, 2)
    assert scores["CM"].precision.value == 1 / 2
    assert scores["CM"].recall.value == 1
    assert scores["SMM"].recall.value == 0
    assert np.isnan(scores["SMM"].precision.value)


def test_breakdown_area_scores_count_every_code() -> None:
    scores = {s.label: s for s in class_scores(BOTH, "area", draws=10)}
    assert (scores["SMM.koordination"].gold, scores["SMM.koordination"].found) == (0, 1)
    assert scores["CM.dialog"].recall.value == 1 / 2


def test_breakdown_reliability_bins_are_of_equal_size() -> None:
    many = [replace(RIGHT, confidence=0.5 + n / 100) for n in range(20)] + [
        replace(WRONG, confidence=n / 100) for n in range(20)
    ]
    bins = reliability(sure_roles(many), len(many), bins=4, draws=20)
    assert [item.units for item in bins] == [10, 10, 10, 10]
    assert [item.right.value for item in bins] == [0, 0, 1, 1]
    assert [item.confidence for item in bins] == sorted(item.confidence for item in bins)


def test_breakdown_abstention_keeps_the_surest() -> None:
    curve = abstention(sure_roles(BOTH), 2, draws=50)
    assert curve.coverage == (0.5, 1.0)
    assert curve.error == (0.0, 0.5)
    assert curve.at[0.05].value == 0.5


def test_breakdown_areas_are_right_if_gold_has_them() -> None:
    confidence, right, of_ad = sure_areas(BOTH)
    assert confidence.tolist() == [0.9, 0.8, 0.3]
    assert right.tolist() == [True, True, False]
    assert of_ad.tolist() == [0, 0, 1]


def test_breakdown_small_groups_are_joined() -> None:
    found = groups([RIGHT] * 6 + [WRONG] * 2, "source", draws=10)
    assert [(group.value, group.ads) for group in found] == [("board", 6), ("…", 2)]
    assert found[0].figures["role accuracy"].value == 1


def test_breakdown_errors_quote_the_words() -> None:
    (wrong,) = errors(BOTH)
    assert wrong.role == ("SMM", "CM")
    assert wrong.areas == (("CM.dialog", "OM.seo", "antworten"),)
    assert (wrong.missed, wrong.invented) == (("planen",), ("Obst",))


def test_contrast_of_a_model_with_itself_is_nothing() -> None:
    for item in contrasts(BOTH * 5, BOTH * 5, draws=20):
        assert item.difference.value == 0 or np.isnan(item.difference.value)
        assert item.p == 1 or np.isnan(item.p)


def test_contrast_finds_the_better_model() -> None:
    worse = [WRONG] * 15 + [RIGHT] * 5
    better = [replace(RIGHT, id="wrong")] * 15 + [RIGHT] * 5
    item = next(c for c in contrasts(worse, better, draws=200) if c.name == "role accuracy")
    assert item.difference.value == pytest.approx(0.75)
    assert item.difference.low > 0
    assert item.p < 0.05


def test_contrast_needs_the_same_ads() -> None:
    with pytest.raises(InputError, match="E504"):
        contrasts([RIGHT], [WRONG])


def test_breakdown_key_figures_repeat() -> None:
    assert key_figures(BOTH * 5, draws=20) == key_figures(BOTH * 5, draws=20)

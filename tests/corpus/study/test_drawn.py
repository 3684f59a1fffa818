from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from jobclass.corpus.prevalence import Moments, prediction_powered
from jobclass.corpus.resampling import Interval
from jobclass.corpus.study.coded import CodedAd, gold_of
from jobclass.corpus.study.drawn import Support, support, titles_of
from jobclass.corpus.study.duplicates import Duplicates
from jobclass.corpus.study.labelled import LabelledAd, LabelledDuty
from jobclass.corpus.study.questions import counts, questions
from jobclass.corpus.study.tally import Overview

QUESTION = next(question for question in questions(()) if question.key == "roles/all")
CM = QUESTION.categories.index("CM")


def an_ad(identity: str, role: str, **fields: str) -> LabelledAd:
    duties = (LabelledDuty(f"Du übernimmst alle Aufgaben rund um {identity}", ("CM.dialog",)),)
    return LabelledAd(identity, "Community Manager", "CM", role, duties, {}, {}, 0, confusion=False, fields=fields)


def coded(identity: str, true: str, found: str, inclusion: float | None) -> CodedAd:
    return CodedAd(an_ad(identity, true), an_ad(identity, found), (), inclusion=inclusion)


def overview_of(group: list[int]) -> Overview:
    """A table whose rows have their number as id, and copies as told."""
    same = Duplicates("near", tuple(group), 0, 0, 0, 0)
    return Overview(same, {}, "", len(group), 0, {str(n): n for n in range(len(group))})


SIMULATIONS = 80


def test_drawn_copies_do_not_move_the_estimate() -> None:
    """300 different ads and 200 copies of one that is misjudged; rows are drawn, different ads are measured."""
    corrected, naive, hits, truths = [], [], [], []
    for seed in range(SIMULATIONS):
        generator = np.random.default_rng(seed)
        roles = np.where(generator.random(300) < 0.25, "CM", "SMM")
        labels = np.where(generator.random(300) < 0.9, roles, np.where(roles == "CM", "SMM", "CM"))
        roles[0], labels[0] = "CM", "SMM"
        group = [*range(300), *[0] * 200]
        first = {n: an_ad(str(n), labels[n]) for n in range(300)}
        moments = Moments.empty(len(QUESTION.categories))
        moments.add(np.array([counts(QUESTION, ad) for ad in first.values()]), np.ones(300))
        rows = generator.choice(500, 120, replace=False)
        gold = [coded(str(n), roles[group[n]], labels[group[n]], 120 / 500) for n in rows]
        truths.append((roles == "CM").mean())
        used = support(gold, overview_of(group), first)
        found = powered(moments, list(used.drawn))
        corrected.append(found.value - truths[-1])
        hits.append(found.low <= truths[-1] <= found.high)
        naive.append(powered(moments, gold).value - truths[-1])
    assert np.mean(naive) > 0.25
    assert abs(np.mean(corrected)) < 3 * np.std(corrected) / SIMULATIONS**0.5 < 0.02
    assert np.mean(hits) >= 0.88


def powered(moments: Moments, gold: list[CodedAd]) -> Interval:
    found = prediction_powered(moments, 300, gold_of(QUESTION, gold), CM, binary=True)
    assert found is not None
    return found


def test_drawn_weights_are_those_of_the_ad_that_is_counted() -> None:
    """Row 2 copies row 0; both were drawn, with different probabilities."""
    first = {0: replace(an_ad("0", "CM", year="2020"), weight=3.0), 1: an_ad("1", "SMM", year="2021")}
    gold = [coded("2", "CM", "CM", 0.25), coded("0", "CM", "CM", 0.5), coded("1", "SMM", "SMM", 0.5)]
    used = support(gold, overview_of([0, 1, 0]), first)
    assert {ad.true.id: ad.weight for ad in used.drawn} == {"0": 3 * (1 / 0.25 + 1 / 0.5) / 2, "1": 2}
    assert [ad.true.fields["year"] for ad in used.drawn] == ["2020", "2021"]
    assert (len(used.ads), used.copies, used.foreign, used.unknown, used.weighted) == (2, 1, 0, 0, True)


@pytest.mark.parametrize(("inclusions", "drawn", "unknown"), [((0.5, 0.5), 2, 0), ((0.5, None), 0, 1), ((None, None), 0, 2)])  # fmt: skip
def test_drawn_gold_needs_its_inclusion(inclusions: tuple[float | None, ...], drawn: int, unknown: int) -> None:
    gold = [coded(str(n), "CM", "CM", inclusion) for n, inclusion in enumerate(inclusions)]
    used = support(gold, overview_of([0, 1]), {n: ad.found for n, ad in enumerate(gold)})
    assert (len(used.ads), len(used.drawn), used.unknown, used.weighted) == (2, drawn, unknown, False)
    assert [ad.weight for ad in used.ads] == [1, 1]


def test_drawn_gold_from_elsewhere_corrects_errors_only_and_counts_once() -> None:
    gold = [coded("0", "CM", "CM", 0.1), coded("x", "CM", "CM", None), coded("y", "SMM", "SMM", None)]
    copy = replace(gold[1], true=replace(gold[1].true, id="z"), found=replace(gold[1].found, id="z"))
    used = support([*gold, copy], overview_of([0]), {0: gold[0].found})
    assert [ad.true.id for ad in used.drawn] == ["0"]
    assert [(ad.true.id, ad.weight) for ad in used.ads] == [("0", 1), ("x", 1), ("y", 1)]
    assert (used.foreign, used.copies, used.unknown) == (3, 1, 0)
    assert titles_of(gold)["x"] == ("Community Manager", "Community Manager")


def test_drawn_nothing() -> None:
    assert support([], overview_of([0]), {}) == Support([], [])


def test_drawn_gold_of_a_table_that_is_a_sample_stands_for_the_table() -> None:
    table = {n: replace(an_ad(str(n), "CM"), inclusion=(0.1, 0.5)[n % 2]) for n in range(20)}
    gold = [coded(str(n), "CM", "CM", table[n].inclusion * 0.5) for n in range(20)]
    assert {round(ad.weight, 6) for ad in support(gold, overview_of(list(range(20))), table).drawn} == {2.0}

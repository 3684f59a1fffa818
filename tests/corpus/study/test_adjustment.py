from __future__ import annotations

import tracemalloc
from dataclasses import astuple

import numpy as np
import pytest

from jobclass.corpus.prevalence import Gold, Moments
from jobclass.corpus.study.adjustment import BATCH, Kind, adjusted, tells, told_apart, unmixed


def test_adjustment_rogan_and_gladen_by_hand() -> None:
    rates = np.array([[0.9, 0.1], [0.2, 0.8]])
    assert unmixed(rates, np.array([0.34, 0.66]))[0] == pytest.approx((0.34 + 0.8 - 1) / (0.9 + 0.8 - 1))
    assert unmixed(rates, np.array([0.1, 0.9]))[0] == 0  # fewer labels than errors alone would give


def test_adjustment_unmixing_undoes_mixing() -> None:
    rates = np.array([[0.80, 0.12, 0.08], [0.10, 0.85, 0.05], [0.05, 0.10, 0.85]])
    shares = np.array([0.15, 0.60, 0.25])
    assert unmixed(rates, shares @ rates) == pytest.approx(shares)


def matched(pairs: list[tuple[int, int]], categories: int = 3) -> Gold:
    """Gold ads with one duty each: its true and its found category."""
    tables = np.zeros((len(pairs), categories + 1, categories + 1))
    for number, (true, found) in enumerate(pairs):
        tables[number, true, found] = 1
    rows = np.eye(categories + 1)
    counts = [np.array([rows[pair[side]] for pair in pairs]) for side in (1, 0)]
    for side in counts:
        side[:, -1] = 1
    return Gold(counts[0], counts[1], np.ones(len(pairs)), np.ones(len(pairs), dtype=bool), tables)


def labelled_as(*numbers: int) -> Moments:
    """A corpus of ads with one duty each, so many of each category."""
    moments = Moments.empty(len(numbers))
    rows = np.repeat(np.eye(len(numbers)), numbers, axis=0)
    moments.add(np.column_stack([rows, np.ones(len(rows))]), np.ones(len(rows)))
    return moments


@pytest.mark.parametrize("kind", ["each", "duties"])
def test_adjustment_nothing_is_undone_where_labels_never_find_a_category(kind: Kind) -> None:
    """Six duties of a rare area, all taken for another: the table is singular, and any share would fit as well."""
    gold = matched([(0, 0)] * 40 + [(1, 1)] * 40 + [(2, 1)] * 6)
    found = adjusted(kind, labelled_as(500, 490, 10), gold, np.random.default_rng(0), 200)
    assert found is not None
    assert found[2] is None
    assert found[0] is not None
    assert found[0].low < 0.5 < found[0].high


def test_adjustment_nothing_is_undone_where_labels_are_as_often_wrong_as_right() -> None:
    """What is labelled so as often where it is not: 0.5 % among the labels gave 100 % [100, 100]."""
    gold = matched([(0, 0)] * 40 + [(0, 1)] * 2 + [(1, 0)] * 19 + [(1, 1)] * 1, 2)
    found = adjusted("each", labelled_as(995, 5), gold, np.random.default_rng(0), 200)
    assert found == [None, None]


def test_adjustment_categories_that_are_found_alike_cannot_be_told_apart() -> None:
    point = np.array([[0.9, 0.1, 0.0], [0.0, 0.5, 0.5], [0.0, 0.5, 0.5]])
    coded = np.array([50.0, 20.0, 20.0])
    told = told_apart(point, tells(np.stack([point] * 10), coded), coded)
    assert told.tolist() == [True, False, False]
    none = np.array([[0.5, 0.5], [0.5, 0.5]])
    coded = np.array([10.0, 10.0])
    assert not told_apart(none, tells(np.stack([none] * 10), coded), coded).any()


def test_adjustment_a_mean_needs_something_found() -> None:
    gold = matched([(0, 1)] * 20, 1)
    assert adjusted("mean", labelled_as(30), gold, np.random.default_rng(0), 50) == [None]


def test_adjustment_one_odd_ad_does_not_take_a_large_category_away() -> None:
    """The only ad of a third category is labelled as the first: of the first, much is known all the same."""
    rows = np.column_stack([np.eye(3), np.ones(3)])
    true, found = [0] * 50 + [1] * 49 + [2], [0] * 48 + [1] * 3 + [0] * 2 + [1] * 46 + [0]
    gold = Gold(rows[found], rows[true], np.ones(100), np.ones(100, dtype=bool))
    first, second, third = adjusted("ads", labelled_as(500, 490, 10), gold, np.random.default_rng(0), 500) or []
    assert first is not None
    assert second is not None
    assert first.low < first.value < first.high
    assert first.value + second.value > 0.8
    assert third is None


@pytest.mark.parametrize("kind", ["ads", "duties", "each", "mean"])
def test_adjustment_batches_change_nothing(kind: Kind, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws are made in batches; how large these are must not show."""
    gold = matched([(0, 0)] * 20 + [(0, 1)] * 3 + [(1, 1)] * 15 + [(1, 0)] * 2 + [(2, 2)] * 8, 3)
    moments = labelled_as(300, 200, 90)
    whole = adjusted(kind, moments, gold, np.random.default_rng(4), 250)
    monkeypatch.setattr("jobclass.corpus.study.adjustment.BATCH", 100)
    assert whole
    parts = adjusted(kind, moments, gold, np.random.default_rng(4), 250)
    for one, other in zip(whole, parts or [], strict=True):
        assert one is not None
        assert other is not None
        assert astuple(one) == pytest.approx(astuple(other), abs=1e-12)


def test_adjustment_memory_hardly_grows_with_draws() -> None:
    """100,000 draws of 40 areas held 1.3 GB of tables at once."""
    gold = matched([(area, area) for area in range(40)] * 5, 40)
    moments = labelled_as(*[100] * 40)
    tracemalloc.start()
    adjusted("duties", moments, gold, np.random.default_rng(0), 10 * BATCH)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    table = 41 * 41 * 8
    assert peak < 6 * BATCH * table

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pytest

from jobclass.corpus.prevalence import Gold, Moments, prediction_powered, raw, wilson
from jobclass.corpus.resampling import Interval
from jobclass.corpus.study.adjustment import adjusted

RATES = np.array([[0.80, 0.12, 0.08], [0.10, 0.85, 0.05], [0.05, 0.10, 0.85]])
"""How a poor classifier labels three true categories."""

SHARES = np.array([0.15, 0.60, 0.25])


def one_hot(places: np.ndarray, size: int) -> np.ndarray:
    """Counts of ads that belong to one category each, and behind them the count of all."""
    return np.column_stack([np.eye(size)[places], np.ones(len(places))])


def labelled(true: np.ndarray, rates: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    return np.asarray((generator.random(len(true))[:, None] > rates[true].cumsum(axis=1)).sum(axis=1))


def moments_of(counts: np.ndarray, weights: np.ndarray | None = None) -> Moments:
    moments = Moments.empty(counts.shape[1] - 1)
    moments.add(counts, np.ones(len(counts)) if weights is None else weights)
    return moments


def gold_of_ads(true: np.ndarray, found: np.ndarray, size: int, weights: np.ndarray | None = None) -> Gold:
    rows = one_hot(found, size), one_hot(true, size)
    return Gold(*rows, np.ones(len(true)) if weights is None else weights, np.ones(len(true), dtype=bool))


@dataclass
class Coverage:
    """How often intervals hold the truth, and how wide they are."""

    truth: float
    hits: list[bool] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def add(self, interval: Interval | None) -> None:
        assert interval is not None
        self.hits.append(interval.low <= self.truth <= interval.high)
        self.values.append(interval.value)

    @property
    def share(self) -> float:
        return float(np.mean(self.hits))


SIMULATIONS = 120
ENOUGH = 0.88
"""At a true coverage of 95 % fewer than 88 % of 120 hits have a probability of about 0.1 %."""


@pytest.fixture(scope="module")
def simulated() -> dict[str, list[Coverage]]:
    """Corpora of 1,500 ads with 200 gold ads drawn from the same process, labelled by a poor classifier."""
    found = {name: [Coverage(share) for share in SHARES] for name in ("raw", "adjusted", "ppi")}
    for seed in range(SIMULATIONS):
        generator = np.random.default_rng(seed)
        true = generator.choice(3, 1700, p=SHARES)
        labels = labelled(true, RATES, generator)
        moments = moments_of(one_hot(labels[200:], 3))
        gold = gold_of_ads(true[:200], labels[:200], 3)
        undone = adjusted("ads", moments, gold, generator, draws=200)
        assert undone is not None
        for category in range(3):
            found["raw"][category].add(raw(moments, category))
            found["adjusted"][category].add(undone[category])
            found["ppi"][category].add(prediction_powered(moments, 1500, gold, category, binary=True))
    return found


@pytest.mark.parametrize("name", ["adjusted", "ppi"])
def test_prevalence_corrected_intervals_cover(simulated: dict[str, list[Coverage]], name: str) -> None:
    for category in simulated[name]:
        assert category.share >= ENOUGH
        assert np.mean(category.values) == pytest.approx(category.truth, abs=0.01)


def test_prevalence_raw_intervals_do_not(simulated: dict[str, list[Coverage]]) -> None:
    assert min(category.share for category in simulated["raw"]) < 0.5


def test_prevalence_ppi_covers_with_a_gold_drawn_towards_rare_labels() -> None:
    coverage = Coverage(SHARES[0])
    for seed in range(SIMULATIONS):
        generator = np.random.default_rng(seed)
        true = generator.choice(3, 3000, p=SHARES)
        labels = labelled(true, RATES, generator)
        inclusion = np.where(labels == 0, 0.2, 0.05)
        chosen = generator.random(3000) < inclusion
        gold = gold_of_ads(true[chosen], labels[chosen], 3, 1 / inclusion[chosen])
        coverage.add(prediction_powered(moments_of(one_hot(labels, 3)), 3000, gold, 0, binary=True))
    assert coverage.share >= ENOUGH


def test_prevalence_adjusted_covers_where_gold_has_other_shares() -> None:
    coverage = Coverage(SHARES[0])
    for seed in range(SIMULATIONS):
        generator = np.random.default_rng(seed)
        true = generator.choice(3, 1500, p=SHARES)
        coded = np.repeat([0, 1, 2], 70)
        moments = moments_of(one_hot(labelled(true, RATES, generator), 3))
        gold = gold_of_ads(coded, labelled(coded, RATES, generator), 3)
        undone = adjusted("ads", moments, gold, generator, draws=200)
        assert undone is not None
        coverage.add(undone[0])
    assert coverage.share >= ENOUGH


def test_prevalence_rare_shares_and_a_gold_without_errors() -> None:
    """Three per cent, a good classifier, little gold: no error is seen in it, and still the intervals must hold."""
    good = np.array([[0.9, 0.1], [0.01, 0.99]])
    coverage = {"adjusted": Coverage(0.03), "ppi": Coverage(0.03)}
    for seed in range(SIMULATIONS):
        generator = np.random.default_rng(seed)
        true = (generator.random(1100) > 0.03).astype(int)
        labels = labelled(true, good, generator)
        moments, gold = moments_of(one_hot(labels[100:], 2)), gold_of_ads(true[:100], labels[:100], 2)
        undone = adjusted("ads", moments, gold, generator, draws=200)
        assert undone is not None
        if undone[0] is not None:  # a gold whose few cases were all missed tells nothing
            coverage["adjusted"].add(undone[0])
        coverage["ppi"].add(prediction_powered(moments, 1000, gold, 0, binary=True))
    assert all(item.share >= ENOUGH for item in coverage.values())
    assert len(coverage["adjusted"].hits) >= 0.8 * SIMULATIONS


def duties(generator: np.random.Generator, ads: int) -> np.ndarray:
    """Ads with clustered duties, 12 % missed, some invented: the table of each ad, true in rows, found in columns."""
    sizes = generator.integers(3, 12, ads)
    of_ad = np.repeat(np.arange(ads), sizes)
    mixtures = generator.dirichlet(SHARES * 6, ads).cumsum(axis=1)
    places = (generator.random(len(of_ad))[:, None] > mixtures[of_ad]).sum(axis=1)
    labels = np.where(generator.random(len(of_ad)) < 0.12, 3, labelled(places, RATES, generator))
    tables = np.zeros((ads, 4, 4))
    np.add.at(tables, (of_ad, places, labels), 1)
    tables[np.arange(ads), 3, generator.integers(0, 3, ads)] += generator.random(ads) < 0.4
    return tables


def counts_of(categories: np.ndarray) -> np.ndarray:
    """Counts by category and behind them in all."""
    return np.column_stack([categories, categories.sum(axis=1)])


def test_prevalence_shares_of_duties_cover() -> None:
    together = [Coverage(share) for share in SHARES]
    powered = [Coverage(share) for share in SHARES]
    each, plain = Coverage(SHARES[0]), Coverage(SHARES[0])
    for seed in range(SIMULATIONS):
        generator = np.random.default_rng(seed)
        tables = duties(generator, 620)
        found, true = counts_of(tables[:, :, :3].sum(axis=1)), counts_of(tables[:, :3].sum(axis=2))
        moments = moments_of(found[120:])
        gold = Gold(found[:120], true[:120], np.ones(120), np.ones(120, dtype=bool), tables[:120])
        result = adjusted("duties", moments, gold, generator, draws=200)
        apart = adjusted("each", moments, gold, generator, draws=200)
        assert result is not None
        assert apart is not None
        plain.add(raw(moments, 0))
        each.add(apart[0])
        for category in range(3):
            together[category].add(result[category])
            powered[category].add(prediction_powered(moments, 500, gold, category))
    assert all(item.share >= ENOUGH for item in [*together, *powered, each])
    assert plain.share < 0.5


def test_prevalence_a_mean_covers() -> None:
    moved, powered = Coverage(6.0), Coverage(6.0)
    for seed in range(SIMULATIONS):
        generator = np.random.default_rng(seed)
        true = generator.integers(2, 11, 1150).astype(float)
        found = generator.binomial(true.astype(int), 0.85).astype(float)
        rows = [np.column_stack([values, np.ones(1150)]) for values in (found, true)]
        moments = moments_of(rows[0][150:])
        gold = Gold(rows[0][:150], rows[1][:150], np.ones(150), np.ones(150, dtype=bool))
        result = adjusted("mean", moments, gold, generator, draws=200)
        assert result is not None
        moved.add(result[0])
        powered.add(prediction_powered(moments, 1000, gold, 0, share=False))
    assert min(moved.share, powered.share) >= ENOUGH


def test_prevalence_wilson_published_value() -> None:
    """81 of 263: E. Newcombe, Statistics in Medicine 17 (1998), table I, method 3."""
    found = wilson(81 / 263, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


def test_prevalence_raw_share_of_ads_is_wilson() -> None:
    counts = one_hot(np.repeat([0, 1], [81, 182]), 2)
    found, expected = raw(moments_of(counts), 0), wilson(81 / 263, 263)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=0.0005)
    nothing = raw(moments_of(one_hot(np.ones(50, dtype=int), 2)), 0)
    assert nothing.value == 0
    assert nothing.high > 0.05


def test_prevalence_weights_count() -> None:
    counts = one_hot(np.array([0, 1, 1]), 2)
    assert raw(moments_of(counts, np.array([8.0, 1.0, 1.0])), 0).value == pytest.approx(0.8)


def test_prevalence_batches_add_up() -> None:
    counts = one_hot(np.random.default_rng(0).integers(0, 3, 100), 3)
    whole, parts = moments_of(counts), moments_of(counts[:30])
    parts.add(counts[30:], np.ones(70))
    assert np.allclose(whole.second, parts.second)
    assert whole.ads == parts.ads


def test_prevalence_ppi_of_what_gold_lacks_leaves_room() -> None:
    never = np.ones(60, dtype=int)
    found = prediction_powered(
        moments_of(one_hot(np.ones(5000, dtype=int), 2)), 5000, gold_of_ads(never, never, 2), 0, binary=True
    )
    assert found is not None
    assert found.value == 0
    assert found.high > 0.05  # none of 60: Clopper and Pearson's bound is 0.06


def test_prevalence_too_little_gold_corrects_nothing() -> None:
    moments, gold = moments_of(one_hot(np.zeros(50, dtype=int), 2)), gold_of_ads(np.zeros(9, int), np.zeros(9, int), 2)
    assert adjusted("ads", moments, gold, np.random.default_rng(0)) is None
    assert prediction_powered(moments, 50, gold, 0) is None


@pytest.mark.parametrize("duties", [(1, 3), (1, 5), (3, 10)])
def test_prevalence_one_ad_leaves_much_open(duties: tuple[int, int]) -> None:
    of_category, all_duties = duties
    moments = moments_of(np.array([[float(of_category), float(all_duties)]]))
    interval = raw(moments, 0, share=True)
    assert interval.high - interval.low > 1 / 2


def test_prevalence_prediction_powered_in_a_rare_stratum_is_as_sharp_as_its_gold() -> None:
    generator = np.random.default_rng(3)
    size, gold_ads = 10_000, 133
    places = generator.integers(0, 10, size) == 0
    found = np.where(generator.random(size) < 1 / 30, ~places, places)
    rare = np.arange(size) < size // 50
    rows = np.column_stack([places & rare, rare]).astype(float), np.column_stack([found & rare, rare]).astype(float)
    drawn = np.concatenate([np.flatnonzero(rare)[:gold_ads], np.flatnonzero(~rare)[: 2 * gold_ads]])
    weights = np.where(rare[drawn], rare.sum() / gold_ads, (~rare).sum() / (2 * gold_ads))
    gold = Gold(rows[1][drawn], rows[0][drawn], weights, np.ones(len(drawn), dtype=bool))
    moments = moments_of(rows[1])
    interval = prediction_powered(moments, float(size), gold, 0, binary=True)
    assert interval is not None
    assert interval.high - interval.low < 0.2

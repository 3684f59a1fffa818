from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from jobclass.corpus.resampling import drawn, interval, intervals, resamples

ADS = [0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0, 0.0]


def mean(ads: Sequence[float]) -> float:
    return sum(ads) / len(ads)


def test_resampling_draws_are_those_of_numpy() -> None:
    """Every figure in the documents rests on these draws."""
    generator = np.random.default_rng(3)
    expected = [[ADS[n] for n in generator.integers(0, 10, 10)] for _ in range(4)]
    assert list(resamples(ADS, draws=4, seed=3)) == expected


def test_resampling_measures_see_the_same_resamples() -> None:
    found = drawn(ADS, {"mean": mean, "twice": lambda ads: 2 * mean(ads)}, draws=50)
    assert found["twice"].tolist() == (2 * found["mean"]).tolist()


def test_resampling_leaves_out_draws_that_are_no_number() -> None:
    found = intervals(
        ADS, {"mean": lambda ads: mean(ads) if ads[0] else math.nan, "none": lambda _: math.nan}, draws=50
    )
    assert 0 < found["mean"].low < found["mean"].high
    assert all(map(math.isnan, (found["none"].value, found["none"].low, found["none"].high)))


def test_resampling_sums_and_lists_agree() -> None:
    by_list = intervals(ADS, {"mean": mean}, draws=4000)["mean"]
    by_sums = interval(np.column_stack([ADS, np.ones(10)]), lambda row: float(row[0] / row[1]), draws=4000)
    assert (by_list.value, by_list.low, by_list.high) == pytest.approx(
        (by_sums.value, by_sums.low, by_sums.high), abs=0.02
    )

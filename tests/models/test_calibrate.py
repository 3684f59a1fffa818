from __future__ import annotations

import numpy as np
import pytest

from jobclass.models.calibrate import calibration_error_by_chance, expected_calibration_error, temperature


@pytest.mark.parametrize("exclusive", [True, False])
@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_calibrate_finds_the_temperature_scores_were_multiplied_by(factor: float, exclusive: bool) -> None:  # noqa: FBT001 -- a parameter
    generator = np.random.default_rng(1)
    scores = generator.normal(size=(4000, 3))
    if exclusive:
        shares = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
        truth = shares.cumsum(axis=1) > generator.random((4000, 1))
        truth = np.eye(3, dtype=bool)[truth.argmax(axis=1)]
    else:
        truth = generator.random(scores.shape) < 1 / (1 + np.exp(-scores))
    assert temperature(scores * factor, truth, exclusive=exclusive) == pytest.approx(factor, rel=0.1)


def test_calibration_error_of_perfect_and_overconfident_forecasts() -> None:
    right = np.array([True, False] * 50)
    assert expected_calibration_error(np.full(100, 0.5), right) == pytest.approx(0)
    assert expected_calibration_error(np.full(100, 0.95), right) == pytest.approx(0.45)
    assert expected_calibration_error(np.array([]), np.array([], dtype=bool)) == 0


@pytest.mark.parametrize("count", [120, 2000])
def test_calibration_error_by_chance_is_what_perfect_forecasts_show(count: int) -> None:
    generator = np.random.default_rng(1)
    confidence = generator.uniform(0.3, 1, count)
    drawn = [expected_calibration_error(confidence, generator.random(count) < confidence) for _ in range(500)]
    assert calibration_error_by_chance(confidence) == pytest.approx(np.mean(drawn), rel=0.05)


def test_calibration_error_by_chance_of_certain_forecasts_is_nothing() -> None:
    assert calibration_error_by_chance(np.ones(50)) == 0
    assert calibration_error_by_chance(np.array([])) == 0

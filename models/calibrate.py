"""Calibration: one temperature per model, fitted on scores of examples the model has not seen.

Temperature scaling (Guo et al. 2017, "On Calibration of Modern Neural Networks") keeps the order of the scores and
needs few examples; isotonic calibration is advised against far below 1,000 of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LOWEST, HIGHEST, STEPS = 0.1, 4.0, 79


def temperature(scores: NDArray[np.floating], truth: NDArray[np.bool_], *, exclusive: bool) -> float:
    """The temperature with the least log loss.

    Args:
        scores: raw scores, shape (examples, labels).
        truth: which labels hold, same shape.
        exclusive: whether exactly one label holds (softmax) or each stands for itself (sigmoid).
    """
    grid = np.linspace(LOWEST, HIGHEST, STEPS)
    losses = [log_loss(scores / value, truth, exclusive=exclusive) for value in grid]
    return round(float(grid[int(np.argmin(losses))]), 4)


def log_loss(scores: NDArray[np.floating], truth: NDArray[np.bool_], *, exclusive: bool) -> float:
    """The mean negative log likelihood of scores, in nats per example (or per label if not exclusive)."""
    if exclusive:
        shifted = scores - scores.max(axis=1, keepdims=True)
        return float(-(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))[truth].mean())
    return float(np.logaddexp(0, np.where(truth, -scores, scores)).mean())


def expected_calibration_error(confidence: NDArray[np.floating], right: NDArray[np.bool_], bins: int = 10) -> float:
    """The mean gap between confidence and accuracy over bins of equal width, weighted by their size; 0 is perfect."""
    gaps = _sums_by_bin(confidence - right, confidence, bins)
    return float(np.abs(gaps).sum() / max(1, len(confidence)))


def calibration_error_by_chance(confidence: NDArray[np.floating], bins: int = 10) -> float:
    """The calibration error to expect of a perfectly calibrated model, since so few forecasts scatter.

    In each bin the gap is a sum of independent deviations with the variance of its forecasts, p (1 - p), and the mean
    size of a normal deviation is its standard deviation times the root of 2 / pi. A measured error near this one proves
    nothing.
    """
    variances = _sums_by_bin(confidence * (1 - confidence), confidence, bins)
    return float(np.sqrt(2 / np.pi * variances).sum() / max(1, len(confidence)))


def _sums_by_bin(values: NDArray[np.floating], confidence: NDArray[np.floating], bins: int) -> NDArray[np.float64]:
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    return np.asarray(np.bincount(places, weights=values, minlength=bins), dtype=np.float64)

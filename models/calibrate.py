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
    if not len(confidence):
        return 0.0
    places = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(confidence[places == n].mean() - right[places == n].mean()) * (places == n).mean() for n in set(places)]
    return float(sum(gaps))

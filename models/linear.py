"""Scores examples with a linear model, without scikit-learn.

The score of an example is a sum over its words and signals. `models/sums.py` adds up what recurs only once.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from .sums import Sums

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .features import Example, FeatureSettings

    Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class LinearModel:
    """One score per label: weights times features plus bias, made into a probability by calibration.

    Attributes:
        labels: the labels, in the order of the columns.
        settings: how examples become features.
        weights: array of shape (features, labels).
        bias: array of shape (labels,).
        exclusive: whether exactly one label holds (softmax) or each stands for itself (sigmoid).
        temperature: scores are divided by it before they become probabilities.
    """

    labels: tuple[str, ...]
    settings: FeatureSettings
    weights: Floats
    bias: Floats
    exclusive: bool
    temperature: float = 1.0

    def __reduce__(self) -> tuple[type[LinearModel], tuple[Any, ...]]:
        # What was remembered of words stays behind when a model moves to another process.
        return LinearModel, tuple(getattr(self, field.name) for field in fields(self))

    @cached_property
    def _sums(self) -> Sums:
        return Sums(self.weights, self.settings)

    def scores(self, example: Example) -> Floats:
        """The raw score of each label, shape (labels,)."""
        found: Floats = self.score_all([example])[0]
        return found

    def score_all(self, examples: Sequence[Example]) -> Floats:
        """The raw scores of many examples at once, shape (examples, labels); each as if it were alone."""
        words, sizes, signals = self._sums.of_examples(examples)
        found: Floats = words / np.sqrt(np.maximum(sizes, 1))[:, None] + self.settings.signal * signals + self.bias
        return found

    def probabilities(self, example: Example) -> Floats:
        """The calibrated probability of each label, shape (labels,)."""
        return self.calibrated(self.scores(example))

    def calibrated(self, scores: Floats) -> Floats:
        """Scores of shape (..., labels) as probabilities of the same shape."""
        scaled = scores / np.float32(self.temperature)
        if not self.exclusive:
            alone: Floats = 1 / (1 + np.exp(-scaled))
            return alone
        shifted = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
        together: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
        return together

    def word_shares(self, words: Sequence[str], label: str) -> list[float]:
        """What each word adds to the score of a label (signals left out)."""
        shares, sizes = self._sums.of_words(words)
        length = np.sqrt(max(sizes.sum(), 1))
        return list(map(float, shares[:, self.labels.index(label)] / length))

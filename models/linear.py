"""Scores examples with a linear model, without scikit-learn.

The score of an example is a sum over its words, word pairs and signals, so each word's share is added up once and
remembered; the same shares explain a decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

from .features import CACHE_SIZE, Featuriser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .features import Example, FeatureSettings


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
    weights: NDArray[np.floating]
    bias: NDArray[np.float32]
    exclusive: bool
    temperature: float = 1.0

    @cached_property
    def featuriser(self) -> Featuriser:
        """Numbers features the way this model was trained."""
        return Featuriser(self.settings)

    @cached_property
    def _share_of_word(self):  # noqa: ANN202 -- a cached bound function
        def share(word: str) -> tuple[NDArray[np.float32], int]:
            numbers = self.featuriser.of_word(word)
            return self.weights[list(numbers)].sum(axis=0, dtype=np.float32), len(numbers)

        return lru_cache(CACHE_SIZE)(share)

    def scores(self, example: Example) -> NDArray[np.float32]:
        """The raw score of each label, shape (labels,)."""
        shares = [self._share_of_word(word) for word in example.words]
        count = sum(number for _, number in shares)
        total = np.zeros(len(self.labels), dtype=np.float32)
        for share, _ in shares:
            total += share
        if self.settings.pairs and len(shares) > 1:
            pairs = [self.featuriser.of_pair(left, right) for left, right in pairwise(example.words)]
            total += self.weights[pairs].sum(axis=0, dtype=np.float32)
            count += len(pairs)
        if count:
            total /= np.float32(sqrt(count))
        if example.signals:
            signals = [self.featuriser.of_signal(signal) for signal in example.signals]
            total += np.float32(self.settings.signal) * self.weights[signals].sum(axis=0, dtype=np.float32)
        return total + self.bias

    def probabilities(self, example: Example) -> NDArray[np.float32]:
        """The calibrated probability of each label, shape (labels,)."""
        return self.calibrated(self.scores(example))

    def calibrated(self, scores: NDArray[np.float32]) -> NDArray[np.float32]:
        """Scores of shape (..., labels) as probabilities of the same shape."""
        scaled = scores / np.float32(self.temperature)
        if not self.exclusive:
            return 1 / (1 + np.exp(-scaled))
        shifted = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
        return shifted / shifted.sum(axis=-1, keepdims=True)

    def word_shares(self, words: Sequence[str], label: str) -> list[float]:
        """What each word adds to the score of a label (word pairs and signals left out)."""
        column = self.labels.index(label)
        shares = [self._share_of_word(word) for word in words]
        count = sum(number for _, number in shares) or 1
        return [float(share[column]) / sqrt(count) for share, _ in shares]

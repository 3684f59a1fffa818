"""Scores examples with a linear model, without scikit-learn.

The score of an example is a sum over its words, word pairs and groups of signals. What one of these parts adds depends
on the part alone, so it is added up when it is first met and remembered. Weights are half floats and sums are doubles,
in which every sum of half floats below 2 ** 29 is exact: neither order nor grouping nor memory changes a bit of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from math import sqrt
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from .features import CACHE_SIZE, Featuriser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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

    @cached_property
    def _parts(self) -> _Parts:
        return _Parts(self.weights, Featuriser(self.settings))

    def scores(self, example: Example) -> Floats:
        """The raw score of each label, shape (labels,)."""
        found: Floats = self.score_all([example])[0]
        return found

    def score_all(self, examples: Sequence[Example]) -> Floats:
        """The raw scores of many examples at once, shape (examples, labels); each as if it were alone."""
        sums = self._parts.sums(examples, pairs=self.settings.pairs)
        words, signals = sums[::2], sums[1::2]
        lengths = np.sqrt(np.maximum(words[:, -1:], 1))
        found: Floats = words[:, :-1] / lengths + self.settings.signal * signals[:, :-1] + self.bias
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
        """What each word adds to the score of a label (word pairs and signals left out)."""
        shares = self._parts.of_words(words)
        length = sqrt(shares[:, -1].sum()) or 1.0
        return [float(share) / length for share in shares[:, self.labels.index(label)]]


T = TypeVar("T")


class _Known(dict[T, int]):
    """The row of each part that was met; a new one is given the next row."""

    def __init__(self, new_row: Callable[[Sequence[int]], int], features_of: Callable[[T], Sequence[int]]) -> None:
        super().__init__()
        self._new_row, self._features_of = new_row, features_of

    def __missing__(self, part: T) -> int:
        row = self[part] = self._new_row(self._features_of(part))
        return row


class _Parts:
    """What each word, pair of words, signal and group of signals adds to every label.

    A row of the table is a part: what it adds to each label, and in the last column how many features it has. Row 0 is
    no part, so that every example has one. New parts wait until all of a batch are known, and are added up together.
    """

    def __init__(self, weights: Floats, featuriser: Featuriser) -> None:
        self._weights = weights
        self._table = np.zeros((1024, weights.shape[1] + 1))
        self._used = 1
        self._waiting: list[Sequence[int]] = []
        self._words = _Known(self._new_row, featuriser.of_word)
        self._pairs = _Known(self._new_row, featuriser.of_pair)
        self._signals = _Known(self._new_row, featuriser.of_signal)
        self._groups = _Known(self._new_row, featuriser.of_group)

    def sums(self, examples: Sequence[Example], *, pairs: bool) -> Floats:
        """Two rows of sums for each example, that of its words and that of its signals."""
        self._make_room()
        rows: list[list[int]] = []
        for example in examples:
            words = [0, *map(self._words.__getitem__, example.words)]
            if pairs:
                words += map(self._pairs.__getitem__, pairwise(example.words))
            signals = [0, *map(self._signals.__getitem__, example.signals)]
            signals += map(self._groups.__getitem__, example.groups)
            rows += (words, signals)
        self._add_up_new()
        return _sums(self._table, rows)

    def of_words(self, words: Sequence[str]) -> Floats:
        """The rows of some words."""
        self._make_room()
        numbers = list(map(self._words.__getitem__, words))
        self._add_up_new()
        found: Floats = self._table[numbers]
        return found

    def _make_room(self) -> None:
        """Forgets all parts when there are too many, so that memory does not grow with the corpus."""
        if self._used > CACHE_SIZE:
            self._used = 1
            for known in (self._words, self._pairs, self._signals, self._groups):
                known.clear()

    def _new_row(self, features: Sequence[int]) -> int:
        if not features:
            return 0
        self._waiting.append(features)
        self._used += 1
        return self._used - 1

    def _add_up_new(self) -> None:
        if not self._waiting:
            return
        while self._used > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        rows = slice(self._used - len(self._waiting), self._used)
        self._table[rows, :-1] = _sums(self._weights, self._waiting)
        self._table[rows, -1] = list(map(len, self._waiting))
        self._waiting.clear()


def _sums(table: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The sum of the rows of each group, in doubles; no group may be empty."""
    sizes = np.fromiter(map(len, groups), np.intp, len(groups))
    chosen = np.fromiter(chain.from_iterable(groups), np.intp)
    sums: Floats = np.add.reduceat(table[chosen], np.cumsum(sizes) - sizes, axis=0, dtype=np.float64)
    return sums

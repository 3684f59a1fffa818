"""Scores examples with a linear model, without scikit-learn.

The score of an example is a sum over its words, word pairs and signals. What a word adds depends on the word alone,
so it is added up once and remembered; the same shares explain a decision.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from itertools import chain, pairwise, starmap
from math import sqrt
from typing import TYPE_CHECKING, Any

import numpy as np

from .features import CACHE_SIZE, Featuriser

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
    def featuriser(self) -> Featuriser:
        """Numbers features the way this model was trained."""
        return Featuriser(self.settings)

    @cached_property
    def _rows(self) -> Floats:
        """The weights with a row of zeros behind them: the feature of an example that has none."""
        nothing = np.zeros((1, len(self.labels)), dtype=np.float32)
        return np.concatenate([self.weights.astype(np.float32), nothing])

    @cached_property
    def _words(self) -> _WordShares:
        return _WordShares(self._rows, self.featuriser)

    def scores(self, example: Example) -> Floats:
        """The raw score of each label, shape (labels,)."""
        found: Floats = self.score_all([example])[0]
        return found

    def score_all(self, examples: Sequence[Example]) -> Floats:
        """The raw scores of many examples at once, shape (examples, labels); each as if it were alone."""
        if not examples:
            return np.zeros((0, len(self.labels)), dtype=np.float32)
        shares, nothing = self._words, self.settings.size
        words = shares.numbers([example.words for example in examples])
        sizes = [sum(map(shares.sizes.__getitem__, numbers)) for numbers in words]
        total = _sums(shares.table, words)
        if self.settings.pairs:
            pairs = [list(starmap(self.featuriser.of_pair, pairwise(example.words))) for example in examples]
            total += _sums(self._rows, [found or [nothing] for found in pairs])
            sizes = [size + len(found) for size, found in zip(sizes, pairs, strict=True)]
        total /= np.sqrt(np.maximum(sizes, 1), dtype=np.float32)[:, None]
        signals = [list(map(self.featuriser.of_signal, example.signals)) or [nothing] for example in examples]
        total += np.float32(self.settings.signal) * _sums(self._rows, signals)
        return total + self.bias

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
        column = self.labels.index(label)
        (numbers,) = self._words.numbers([words])
        size = sum(map(self._words.sizes.__getitem__, numbers)) or 1
        return [float(self._words.table[number, column]) / sqrt(size) for number in numbers[1:]]


class _WordShares:
    """What each word adds to every label, added up when the word is first met.

    Row 0 is the share of no word, so that every example has a row.
    """

    def __init__(self, rows: Floats, featuriser: Featuriser) -> None:
        self._rows = rows
        self._featuriser = featuriser
        self._known: dict[str, int] = {}
        self.table = np.zeros((1024, rows.shape[1]), dtype=np.float32)
        self.sizes = [0]

    def numbers(self, groups: Sequence[Sequence[str]]) -> list[list[int]]:
        """The rows of the words of each group, row 0 first."""
        if len(self._known) > CACHE_SIZE:
            self._known.clear()
            del self.sizes[1:]
        return [[0, *map(self._number, words)] for words in groups]

    def _number(self, word: str) -> int:
        number = self._known.get(word)
        if number is None:
            features = self._featuriser.of_word(word)
            number = self._known[word] = len(self.sizes)
            if number == len(self.table):
                self.table = np.concatenate([self.table, np.zeros_like(self.table)])
            self.table[number] = self._rows[list(features)].sum(axis=0)
            self.sizes.append(len(features))
        return number


def _sums(table: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """The sum of the rows of each group; no group may be empty."""
    lengths = np.fromiter(map(len, groups), np.intp, len(groups))
    chosen = np.fromiter(chain.from_iterable(groups), np.intp, int(lengths.sum()))
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    return np.add.reduceat(table[chosen], starts, axis=0)

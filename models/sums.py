"""Adds up what the parts of examples weigh, each part once: rows of a table that are made when first asked for.

There are two layers. A word, a pair of words and a signal is the sum of its features' weights; the words of an example
and a group of its signals is the sum of those. Lines, headings and phrases recur, so most sums are known.

Weights are half floats and sums are doubles, in which every sum of half floats below 2 ** 29 is exact. So neither order
nor grouping nor memory changes a bit of a score.
"""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from .features import Featuriser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from .features import Example, FeatureSettings, Group

    Floats = NDArray[np.floating[Any]]

PARTS_KNOWN, WHOLES_KNOWN = 1 << 16, 1 << 14
"""Rows of the layers: a bound, so that memory does not grow with the corpus."""

T = TypeVar("T")


class Sums:
    """What examples weigh for each label.

    Args:
        weights: array of shape (features, labels), half floats.
        settings: how examples become features.
    """

    def __init__(self, weights: Floats, settings: FeatureSettings) -> None:
        featuriser = Featuriser(settings)
        self._weights = weights
        self._parts = _Layer(self._of_features, weights.shape[1] + 1, PARTS_KNOWN)
        self._word = self._parts.kind(featuriser.of_word)
        self._pair = self._parts.kind(featuriser.of_pair)
        self._signal = self._parts.kind(featuriser.of_signal)
        self._wholes = _Layer(self._parts.rows, weights.shape[1] + 1, WHOLES_KNOWN)
        self._words = self._wholes.kind(self._words_and_pairs if settings.pairs else self._words_alone)
        self._group = self._wholes.kind(self._signals)

    def of_examples(self, examples: Sequence[Example]) -> tuple[Floats, Floats, Floats]:
        """The sums over the words and pairs of each example, how many features these are, and over its signals.

        Returns:
            Arrays of the shapes (examples, labels), (examples,) and (examples, labels), in doubles.
        """
        self._parts.make_room()
        self._wholes.make_room()
        wanted: list[list[int]] = []
        for example in examples:
            wanted += ([self._words[example.words]], [0, *map(self._group.__getitem__, example.groups)])
        self._parts.add_up()
        self._wholes.add_up()
        sums = _sums(self._wholes.rows, wanted)
        return sums[::2, :-1], sums[::2, -1], sums[1::2, :-1]

    @property
    def known(self) -> int:
        """How many sums are remembered."""
        return self._parts.used + self._wholes.used

    def of_words(self, words: Iterable[str]) -> tuple[Floats, Floats]:
        """What each word alone weighs, and how many features it has."""
        self._parts.make_room()
        wanted = np.array([self._word[word] for word in words], np.intp)
        self._parts.add_up()
        rows = self._parts.rows(wanted)
        return rows[:, :-1], rows[:, -1]

    def _of_features(self, features: NDArray[np.intp]) -> Floats:
        """A row for each feature: its weights, and a one that counts it."""
        return np.pad(self._weights[features], ((0, 0), (0, 1)), constant_values=1)

    def _words_alone(self, words: tuple[str, ...]) -> list[int]:
        return list(map(self._word.__getitem__, words))

    def _words_and_pairs(self, words: tuple[str, ...]) -> list[int]:
        return [*self._words_alone(words), *map(self._pair.__getitem__, pairwise(words))]

    def _signals(self, group: Group) -> list[int]:
        return list(map(self._signal.__getitem__, group))


class _Known(dict[T, int]):
    """The row of each sum of one kind; a new one is given the next row."""

    def __init__(self, layer: _Layer, terms_of: Callable[[T], Sequence[int]]) -> None:
        super().__init__()
        self._layer, self._terms_of = layer, terms_of

    def __missing__(self, key: T) -> int:
        row = self[key] = self._layer.new_row(self._terms_of(key))
        return row


class _Layer:
    """A table of sums over rows of the layer below; new sums wait and are added up together. Row 0 is the empty sum.

    Args:
        below: the rows of the layer below with given numbers.
        width: of a row.
        most: rows; when there are more, all are forgotten before the next examples.
    """

    def __init__(self, below: Callable[[NDArray[np.intp]], Floats], width: int, most: int) -> None:
        self._below, self._most = below, most
        self._table = np.zeros((1024, width))
        self.used = 1
        self._kinds: list[_Known[Any]] = []
        self._waiting: list[Sequence[int]] = []

    def kind(self, terms_of: Callable[[T], Sequence[int]]) -> _Known[T]:
        """The sums of one kind, by what tells which rows of the layer below they are made of."""
        known = _Known(self, terms_of)
        self._kinds.append(known)
        return known

    def rows(self, numbers: NDArray[np.intp]) -> Floats:
        """The rows with given numbers."""
        found: Floats = self._table.take(numbers, axis=0)
        return found

    def new_row(self, terms: Sequence[int]) -> int:
        """The number of a row that will be the sum of some rows of the layer below."""
        if not terms:
            return 0
        self._waiting.append(terms)
        self.used += 1
        return self.used - 1

    def add_up(self) -> None:
        """Adds up the sums that wait."""
        if not self._waiting:
            return
        while self.used > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[self.used - len(self._waiting) : self.used] = _sums(self._below, self._waiting)
        self._waiting.clear()

    def make_room(self) -> None:
        """Forgets all sums if there are too many."""
        if self.used > self._most:
            self.used = 1
            for known in self._kinds:
                known.clear()


def _sums(rows: Callable[[NDArray[np.intp]], Floats], groups: Sequence[Sequence[int]]) -> Floats:
    """The sum of the rows of each group, in doubles; no group may be empty."""
    sizes = np.fromiter(map(len, groups), np.intp, len(groups))
    chosen = np.fromiter(chain.from_iterable(groups), np.intp)
    sums: Floats = np.add.reduceat(rows(chosen), np.cumsum(sizes) - sizes, axis=0, dtype=np.float64)
    return sums

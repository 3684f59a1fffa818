"""Adds up what the parts of examples weigh, each part once: rows of tables that are made when first asked for.

The words of an example, the pairs of neighbours among them and a group of its signals are sums of the weights of their
features; a word recurs in other company, so what the words of an example weigh is a sum of sums. Lines, headings and
phrases recur as well, so most sums are known.

Weights are half floats and sums are doubles, in which every sum of half floats below 2 ** 29 is exact. So neither order
nor grouping nor memory changes a bit of a score.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from .features import HASH, Featuriser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .features import Example, FeatureSettings

    Floats = NDArray[np.floating[Any]]

WORDS_KNOWN, WHOLES_KNOWN = 1 << 16, 1 << 14
"""Rows of a table of words and of one of phrases or groups: bounds, so that memory does not grow with the corpus."""

K = TypeVar("K")
T = TypeVar("T", bytes, list[int])


class Sums:
    """What examples weigh for each label.

    Args:
        weights: array of shape (features, labels), half floats.
        settings: how examples become features.
    """

    def __init__(self, weights: Floats, settings: FeatureSettings) -> None:
        featuriser = Featuriser(settings)
        weight = _Weights(weights, featuriser)
        self._words = _Table(featuriser.of_word, weight.sums, weight.width, WORDS_KNOWN)
        self._phrases = _Table(self._words.numbers, self._words.sums, weight.width, WHOLES_KNOWN)
        self._pairs = _Table(featuriser.of_pairs, weight.sums, weight.width, WHOLES_KNOWN)
        self._groups = _Table(featuriser.of_signals, weight.sums, weight.width, WHOLES_KNOWN)
        self._tables = (self._words, self._phrases, self._pairs, self._groups)
        self._with_pairs = settings.pairs

    def of_examples(self, examples: Sequence[Example]) -> tuple[Floats, Floats, Floats]:
        """The sums over the words and pairs of each example, how many features these are, and over its signals.

        Returns:
            Arrays of the shapes (examples, labels), (examples,) and (examples, labels), in doubles.
        """
        phrases = [example.words for example in examples]
        words = self._phrases.of(phrases)
        if self._with_pairs:
            words += self._pairs.of(phrases)
        signals = self._groups.sums([self._groups.numbers([(), *example.groups]) for example in examples])
        self._make_room()
        return words[:, :-1], words[:, -1], signals[:, :-1]

    @property
    def known(self) -> int:
        """How many sums are remembered."""
        return sum(len(table) for table in self._tables)

    def of_words(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """What each word alone weighs, and how many features it has."""
        rows = self._words.of(words)
        self._make_room()
        return rows[:, :-1], rows[:, -1]

    def _make_room(self) -> None:
        for table in self._tables:
            table.make_room()


class _Weights:
    """The weights as rows that can be added up, with a column that counts them."""

    def __init__(self, weights: Floats, featuriser: Featuriser) -> None:
        self._weights, self._featuriser = weights, featuriser
        self.width = weights.shape[1] + 1

    def sums(self, groups: Sequence[bytes]) -> Floats:
        """The sums of the weights of some hashed features each, and of how many they are."""
        chosen = self._weights.take(self._featuriser.numbers(groups), axis=0).astype(np.float64)
        begins, sizes = _laid_end_to_end(groups, HASH)
        sums = np.empty((len(groups), self.width))
        np.add.reduceat(chosen, begins, axis=0, out=sums[:, :-1])
        sums[:, -1] = sizes
        return sums


class _Table(dict[K, int], Generic[K, T]):
    """Sums by what they are of; a new one is given the next row, waits and is added up with others. Row 0 is nothing.

    Args:
        terms_of: what a sum is made of: hashed features, or rows of the table below.
        sums_below: adds these up.
        width: of a row.
        most: sums; when there are more, all are forgotten after the next examples.
    """

    def __init__(
        self,
        terms_of: Callable[[K], T],
        sums_below: Callable[[Sequence[T]], Floats],
        width: int,
        most: int,
    ) -> None:
        super().__init__()
        self._terms_of: Callable[[K], T] = terms_of
        self._sums_below: Callable[[Sequence[T]], Floats] = sums_below
        self._most = most
        self._rows = np.zeros((256, width))
        self._used = 1
        self._waiting: list[T] = []

    def __missing__(self, key: K) -> int:
        terms = self._terms_of(key)
        if terms:
            self._waiting.append(terms)
        number = self[key] = self._used + len(self._waiting) - 1 if terms else 0
        return number

    def numbers(self, keys: Sequence[K]) -> list[int]:
        """The rows of some sums."""
        return list(map(self.__getitem__, keys))

    def of(self, keys: Sequence[K]) -> Floats:
        """Some sums, one a row."""
        numbers = self.numbers(keys)
        self._add_up()
        return self._rows.take(numbers, axis=0)

    def sums(self, groups: Sequence[Sequence[int]]) -> Floats:
        """The sums of some rows each; no group may be empty."""
        self._add_up()
        chosen = self._rows.take(list(chain.from_iterable(groups)), axis=0)
        sums: Floats = np.add.reduceat(chosen, _laid_end_to_end(groups)[0], axis=0)
        return sums

    def make_room(self) -> None:
        """Forgets all sums if there are too many."""
        if len(self) > self._most:
            self.clear()
            self._used = 1

    def _add_up(self) -> None:
        if not self._waiting:
            return
        used = self._used + len(self._waiting)
        while used > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[self._used : used] = self._sums_below(self._waiting)
        self._used = used
        self._waiting.clear()


def _laid_end_to_end(groups: Sequence[Sequence[int]], unit: int = 1) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each group begins if they are laid end to end, and how many members it has, each of so many bytes."""
    sizes = np.array(list(map(len, groups)), np.intp) // unit
    return sizes.cumsum() - sizes, sizes

"""Adds up what the parts of examples weigh, each part once: rows of tables that are made when first asked for.

A word and a group of signals are sums of the weights of their features; a word recurs in other company, so what the
words of an example weigh is a sum of sums. Lines, headings and phrases recur as well, so most sums are known.

Weights are half floats and sums are doubles, in which every sum of half floats below 2 ** 29 is exact. So neither order
nor grouping nor memory changes a bit of a score.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from .features import HASH, Featuriser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

    from .features import Example, FeatureSettings, Group

    Floats = NDArray[np.floating[Any]]

WORDS_KNOWN, PHRASES_KNOWN, GROUPS_KNOWN = 1 << 16, 1 << 15, 1 << 16
"""Rows of a table of words, phrases or groups: bounds, so that memory does not grow with the corpus. A line has several
groups."""

LARGEST = 1 << 20
"""Numbers in a table; where there are many labels, it has fewer rows."""

LONGEST = 50
"""Characters of a word, words of a phrase or signals of a group that is remembered; longer ones hardly ever recur."""

FIRST_ROWS = 256
"""Rows of a table that is empty; it grows by doubling."""

K = TypeVar("K", str, tuple[str, ...])


class Sums:
    """What examples weigh for each label.

    Args:
        weights: array of shape (features, labels), half floats.
        settings: how examples become features.
    """

    def __init__(self, weights: Floats, settings: FeatureSettings) -> None:
        self._weights, self._featuriser = _Weights(weights), Featuriser(settings)
        width = self._weights.width
        self._words = _Table(self._add_words, width, WORDS_KNOWN)
        self._phrases = _Table(self._add_phrases, width, PHRASES_KNOWN)
        self._groups = _Table(self._add_groups, width, GROUPS_KNOWN)
        self._tables = (self._words, self._phrases, self._groups)

    def of_examples(self, examples: Sequence[Example]) -> tuple[Floats, Floats, Floats]:
        """The sums over the words of each example, how many features these are, and over its signals.

        Returns:
            Arrays of the shapes (examples, labels), (examples,) and (examples, labels), in doubles.
        """
        words = self._phrases.of([example.words for example in examples])
        signals = self._groups.sums([((), *example.groups) for example in examples])
        self._make_room()
        return words[:, :-1], words[:, -1], signals[:, :-1]

    @property
    def known(self) -> int:
        """How many sums are remembered."""
        return sum(table.known for table in self._tables)

    def of_words(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """What each word alone weighs, and how many features it has."""
        rows = self._words.of(words)
        self._make_room()
        return rows[:, :-1], rows[:, -1]

    def _add_words(self, words: Sequence[str]) -> Floats:
        hashes = list(map(self._featuriser.of_word, words))
        return self._weights.sums(self._featuriser.numbers(hashes), [len(of_word) // HASH for of_word in hashes])

    def _add_phrases(self, phrases: Sequence[tuple[str, ...]]) -> Floats:
        return self._words.sums(phrases)

    def _add_groups(self, groups: Sequence[Group]) -> Floats:
        hashes = self._featuriser.of_signals(chain.from_iterable(groups))
        return self._weights.sums(self._featuriser.numbers([hashes]), list(map(len, groups)))

    def _make_room(self) -> None:
        for table in self._tables:
            table.make_room()


class _Weights:
    """The weights as rows that can be added up, with a column that counts them."""

    def __init__(self, weights: Floats) -> None:
        self._weights = weights
        self.width = weights.shape[1] + 1

    def sums(self, features: NDArray[np.uintc], sizes: Sequence[int]) -> Floats:
        """The sums of the weights of groups of features that are laid end to end, and of how many they are."""
        chosen = self._weights.take(features, axis=0).astype(np.float64)
        sums = np.empty((len(sizes), self.width))
        np.add.reduceat(chosen, _begins(sizes), axis=0, out=sums[:, :-1])
        sums[:, -1] = sizes
        return sums


class _Table(dict[K, int]):
    """Sums by what they are of; a new one is given the next row, waits and is added up with others. Row 0 is nothing.

    There are two generations: when the younger is full, it becomes the older, and what was not asked for since then is
    forgotten.

    Args:
        add_up: makes the sums of those that wait.
        width: of a row.
        most: sums of both generations, without those of the last examples.
    """

    def __init__(self, add_up: Callable[[Sequence[K]], Floats], width: int, most: int) -> None:
        super().__init__()
        self._add_up: Callable[[Sequence[K]], Floats] = add_up
        self._most = min(most, LARGEST // width)
        self._rows, self._older_rows = np.zeros((FIRST_ROWS, width)), np.zeros((FIRST_ROWS, width))
        self._used = 1
        self._older: dict[K, int] = {}
        self._waiting: dict[int, K] = {}
        self._moving: dict[int, int] = {}

    def __missing__(self, key: K) -> int:
        if key == ():
            return 0
        number = self._used
        self._used += 1
        if key in self._older:
            self._moving[number] = self._older[key]
        else:
            self._waiting[number] = key
        if len(key) <= LONGEST:
            self[key] = number
        return number

    @property
    def known(self) -> int:
        """How many sums are remembered."""
        return len(self) + len(self._older)

    def of(self, keys: Iterable[K]) -> Floats:
        """Some sums, one a row."""
        numbers = list(map(self.__getitem__, keys))
        self._fill_rows()
        return self._rows.take(numbers, axis=0)

    def sums(self, groups: Sequence[Sequence[K]]) -> Floats:
        """The sums of some sums each; no group may be empty."""
        chosen = self.of(chain.from_iterable(groups))
        sums: Floats = np.add.reduceat(chosen, _begins(list(map(len, groups))), axis=0)
        return sums

    def make_room(self) -> None:
        """Forgets the older generation if there are too many sums."""
        if self._used > self._most // 2:
            self._older = dict(self)
            self.clear()
            self._rows, self._older_rows = self._older_rows, self._rows
            self._used = 1

    def _fill_rows(self) -> None:
        while self._used > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        if self._waiting:
            self._rows[list(self._waiting)] = self._add_up(list(self._waiting.values()))
            self._waiting.clear()
        if self._moving:
            self._rows[list(self._moving)] = self._older_rows.take(list(self._moving.values()), axis=0)
            self._moving.clear()


def _begins(sizes: Sequence[int]) -> NDArray[np.intp]:
    """Where each of some groups begins if they are laid end to end."""
    counts = np.array(sizes, np.intp)
    return counts.cumsum() - counts

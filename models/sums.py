"""Adds up what the parts of examples weigh, each part once: rows of tables that are made when first asked for.

A word and a group of signals are sums of the weights of their features; a word recurs in other company, so what the
words of an example weigh is a sum of sums. Lines, headings and phrases recur as well, so most sums are known.

Weights are half floats and sums are doubles, in which every sum of half floats below 2 ** 29 is exact. So neither order
nor grouping nor memory changes a bit of a score.
"""

from __future__ import annotations

from itertools import chain
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from .features import HASH, Featuriser

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    """What examples weigh for each label. Threads may share it: one asks at a time.

    Args:
        weights: array of shape (features, labels), half floats.
        settings: how examples become features.
    """

    def __init__(self, weights: Floats, settings: FeatureSettings) -> None:
        self._weights, self._featuriser = weights, Featuriser(settings)
        width = weights.shape[1] + 1  # the last column counts features
        self._words = _Table(self._weigh_words, width, WORDS_KNOWN)
        self._phrases = _Table(self._weigh_phrases, width, PHRASES_KNOWN)
        self._groups = _Table(self._weigh_groups, width, GROUPS_KNOWN)
        self._lock = Lock()

    def of_examples(self, examples: Sequence[Example]) -> tuple[Floats, Floats, Floats]:
        """The sums over the words of each example, how many features these are, and over its signals.

        Returns:
            Arrays of the shapes (examples, labels), (examples,) and (examples, labels), in doubles.
        """
        with self._lock:
            words = self._phrases.of([example.words for example in examples])
            signals = self._groups.of_each([((), *example.groups) for example in examples])
        return words[:, :-1], words[:, -1], signals[:, :-1]

    def of_words(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """What each word alone weighs, and how many features it has."""
        with self._lock:
            rows = self._words.of(words)
        return rows[:, :-1], rows[:, -1]

    @property
    def known(self) -> int:
        """How many sums are remembered."""
        return self._words.known + self._phrases.known + self._groups.known

    def _weigh_words(self, words: Sequence[str]) -> Floats:
        hashes = list(map(self._featuriser.of_word, words))
        return self._weigh(self._featuriser.numbers(hashes), [len(of_word) // HASH for of_word in hashes])

    def _weigh_phrases(self, phrases: Sequence[tuple[str, ...]]) -> Floats:
        return self._words.of_each(phrases)

    def _weigh_groups(self, groups: Sequence[Group]) -> Floats:
        hashes = self._featuriser.of_signals(chain.from_iterable(groups))
        return self._weigh(self._featuriser.numbers([hashes]), list(map(len, groups)))

    def _weigh(self, features: NDArray[np.uintc], sizes: Sequence[int]) -> Floats:
        """What some features weigh that are laid end to end, so many to a row, and how many they are."""
        weights = self._weights.take(features, axis=0).astype(np.float64)
        return np.column_stack([_added(weights, sizes), sizes])


class _Table(Generic[K]):
    """Rows by what they are of, made when first asked for; row 0 is that of nothing.

    Args:
        make: makes the rows of what is not known.
        width: of a row.
        most: rows that are remembered; all are forgotten when there are more.
    """

    def __init__(self, make: Callable[[Sequence[K]], Floats], width: int, most: int) -> None:
        self._make: Callable[[Sequence[K]], Floats] = make
        self._most = min(most, LARGEST // width)
        self._number_of: dict[K | tuple[()], int] = {(): 0}
        self._rows: Floats = np.zeros((FIRST_ROWS, width))
        self._used = 1

    @property
    def known(self) -> int:
        """How many rows are remembered."""
        return len(self._number_of)

    def of(self, keys: Sequence[K]) -> Floats:
        """The row of each key."""
        try:
            return self._known_rows(keys)
        except KeyError:
            new = [key for key in dict.fromkeys(keys) if key not in self._number_of]
        self._learn(new)
        rows = self._known_rows(keys)
        self._make_room(new)
        return rows

    def of_each(self, groups: Sequence[Sequence[K]]) -> Floats:
        """The sum of the rows of each group of keys; no group may be empty."""
        return _added(self.of(list(chain.from_iterable(groups))), list(map(len, groups)))

    def _known_rows(self, keys: Sequence[K]) -> Floats:
        return self._rows.take(list(map(self._number_of.__getitem__, keys)), axis=0)

    def _learn(self, keys: Sequence[K]) -> None:
        begin, end = self._used, self._used + len(keys)
        while end > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        self._rows[begin:end] = self._make(keys)
        self._used = end  # first, so that an interrupted call leaves no number without its row
        self._number_of.update(zip(keys, range(begin, end), strict=True))

    def _make_room(self, new: Sequence[K]) -> None:
        for key in new:
            if len(key) > LONGEST:
                del self._number_of[key]
        if self._used > self._most:
            self._number_of = {(): 0}
            self._rows = self._rows[:FIRST_ROWS].copy()
            self._used = 1


def _added(rows: Floats, sizes: Sequence[int]) -> Floats:
    """The sums of groups of rows that are laid end to end, so many to a group."""
    counts = np.array(sizes, np.intp)
    added: Floats = np.add.reduceat(rows, counts.cumsum() - counts, axis=0)
    return added

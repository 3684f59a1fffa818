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
    from collections.abc import Callable, Sequence, Sized

    from numpy.typing import NDArray

    from .features import Example, FeatureSettings

    Floats = NDArray[np.floating[Any]]

WORDS_KNOWN, PHRASES_KNOWN, GROUPS_KNOWN = 1 << 16, 1 << 15, 1 << 16
"""Rows of a table of words, phrases or groups: bounds, so that memory does not grow with the corpus. A line has several
groups."""

LARGEST = 1 << 20
"""Numbers in a table; where there are many labels, it has fewer rows."""

LONGEST = 100
"""Characters of a word, words of a phrase or signals of a group that is remembered; longer ones hardly ever recur."""

FIRST_ROWS = 256
"""Rows of a table that is empty; it grows by doubling."""

K = TypeVar("K", bound="Sized")
V = TypeVar("V")
T = TypeVar("T")
_Parts = tuple[list[int], bytes]
"""What a phrase is made of: the rows of its words, and the hashes of its pairs of neighbours."""


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
        self._phrases = _Table(self._parts, self._sums_of_parts, weight.width, PHRASES_KNOWN)
        self._groups = _Table(featuriser.of_signals, weight.sums, weight.width, GROUPS_KNOWN)
        self._tables = (self._words, self._phrases, self._groups)
        self._of_pairs = featuriser.of_pairs if settings.pairs else None
        self._weight = weight

    def of_examples(self, examples: Sequence[Example]) -> tuple[Floats, Floats, Floats]:
        """The sums over the words and pairs of each example, how many features these are, and over its signals.

        Returns:
            Arrays of the shapes (examples, labels), (examples,) and (examples, labels), in doubles.
        """
        words = self._phrases.of([example.words for example in examples])
        signals = self._groups.sums([self._groups.numbers([(), *example.groups]) for example in examples])
        self._make_room()
        return words[:, :-1], words[:, -1], signals[:, :-1]

    def _parts(self, phrase: tuple[str, ...]) -> _Parts | None:
        if not phrase:
            return None
        return self._words.numbers(phrase), self._of_pairs(phrase) if self._of_pairs else b""

    def _sums_of_parts(self, phrases: Sequence[_Parts]) -> Floats:
        sums = self._words.sums([words for words, _ in phrases])
        paired = [number for number, (_, pairs) in enumerate(phrases) if pairs]
        if paired:
            sums[paired] += self._weight.sums([phrases[number][1] for number in paired])
        return sums

    @property
    def known(self) -> int:
        """How many sums are remembered."""
        return sum(table.known for table in self._tables)

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

    There are two generations: when the younger is full, it becomes the older, and what was not asked for since then is
    forgotten.

    Args:
        terms_of: what a sum is made of, such as hashed features; nothing, if it is 0.
        sums_below: adds these up.
        width: of a row.
        most: sums of both generations, without those of the last examples.
    """

    def __init__(
        self,
        terms_of: Callable[[K], T | None],
        sums_below: Callable[[Sequence[T]], Floats],
        width: int,
        most: int,
    ) -> None:
        super().__init__()
        self._terms_of: Callable[[K], T | None] = terms_of
        self._sums_below: Callable[[Sequence[T]], Floats] = sums_below
        self._most = min(most, LARGEST // width)
        self._rows, self._older_rows = np.zeros((FIRST_ROWS, width)), np.zeros((FIRST_ROWS, width))
        self._used = 1
        self._older: dict[K, int] = {}
        self._waiting: dict[int, T] = {}
        self._moving: dict[int, int] = {}

    def __missing__(self, key: K) -> int:
        number = self._older.get(key)
        if number is None:
            number = self._next(self._waiting, self._terms_of(key))
        elif number:
            number = self._next(self._moving, number)
        if len(key) <= LONGEST:
            self[key] = number
        return number

    def _next(self, places: dict[int, V], what: V | None) -> int:
        """The row that something gets; nothing gets row 0."""
        if not what:
            return 0
        number = self._used
        places[number] = what
        self._used += 1
        return number

    @property
    def known(self) -> int:
        """How many sums are remembered."""
        return len(self) + len(self._older)

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
        """Forgets the older generation if there are too many sums."""
        if self._used > self._most // 2:
            self._older = dict(self)
            self.clear()
            self._rows, self._older_rows = self._older_rows, self._rows
            self._used = 1

    def _add_up(self) -> None:
        while self._used > len(self._rows):
            self._rows = np.concatenate([self._rows, np.zeros_like(self._rows)])
        if self._waiting:
            self._rows[list(self._waiting)] = self._sums_below(list(self._waiting.values()))
            self._waiting.clear()
        if self._moving:
            self._rows[list(self._moving)] = self._older_rows.take(list(self._moving.values()), axis=0)
            self._moving.clear()


def _laid_end_to_end(groups: Sequence[Sequence[int]], unit: int = 1) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where each group begins if they are laid end to end, and how many members it has, each of so many bytes."""
    sizes = np.array(list(map(len, groups)), np.intp) // unit
    return sizes.cumsum() - sizes, sizes

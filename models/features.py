"""Strings into numbered features, without a vocabulary: words, their character n-grams, word pairs, signals.

A feature's number is a hash of its text, so a model stores weights only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from math import sqrt
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

CACHE_SIZE = 1 << 16
"""Words, pairs and signals remembered: a bound, so that memory does not grow with the corpus."""

Group = tuple[str, ...]
"""Signals that recur together."""


@dataclass(frozen=True, slots=True)
class Example:
    """What a model sees of one item.

    Attributes:
        words: its folded words in order.
        groups: facts about it as strings, such as `rule CM.dialog/1`; what they mean is the caller's business.
            Those that depend on the same things stand together: no score changes, but a group is remembered as a whole.
    """

    words: tuple[str, ...]
    groups: Sequence[Group] = ()

    @property
    def signals(self) -> list[str]:
        """All signals, without their groups."""
        return list(chain.from_iterable(self.groups))


@dataclass(frozen=True, slots=True)
class FeatureSettings:
    """How examples become features; stored with the model.

    Attributes:
        bits: there are 2 ** bits features.
        shortest, longest: lengths of character n-grams, taken inside a word with its edges marked.
        pairs: whether neighbouring words count as a feature.
        signal: value of a signal; the words of an example together have length 1.
    """

    bits: int = 16
    shortest: int = 3
    longest: int = 5
    pairs: bool = True
    signal: float = 0.3

    @property
    def size(self) -> int:
        """Number of features."""
        return 1 << self.bits


class Featuriser:
    """Numbers the features of words and signals.

    Args:
        settings: how.
    """

    def __init__(self, settings: FeatureSettings) -> None:
        self.settings = settings
        self._mask = settings.size - 1
        remembered = lru_cache(CACHE_SIZE)
        self._known_word, self._known_pair = remembered(self.of_word), remembered(self.of_pair)
        self._known_signal = remembered(self.of_signal)

    def _number(self, text: str) -> int:
        return crc32(text.encode("utf-8", "surrogatepass")) & self._mask

    def of_word(self, word: str) -> list[int]:
        """The features of one word: itself and its character n-grams."""
        marked = f"<{word}>"
        grams = [
            marked[start : start + length]
            for length in range(self.settings.shortest, self.settings.longest + 1)
            for start in range(len(marked) - length + 1)
        ]
        return list(map(self._number, [f"word {word}", *(f"gram {gram}" for gram in grams)]))

    def of_pair(self, pair: tuple[str, str]) -> list[int]:
        """The feature of two neighbouring words."""
        left, right = pair
        return [self._number(f"pair {left} {right}")]

    def of_signal(self, signal: str) -> list[int]:
        """The feature of a signal."""
        return [self._number(f"signal {signal}")]

    def rows(self, example: Example) -> tuple[list[int], list[float]]:
        """The features of an example and their values, for training and as the reference for scoring."""
        numbers = list(chain.from_iterable(map(self._known_word, example.words)))
        if self.settings.pairs:
            numbers += chain.from_iterable(map(self._known_pair, pairwise(example.words)))
        values = [1 / sqrt(len(numbers))] * len(numbers) if numbers else []
        signals = list(chain.from_iterable(map(self._known_signal, example.signals)))
        return numbers + signals, values + [self.settings.signal] * len(signals)

"""Strings into numbered features, without a vocabulary: words, their character n-grams, word pairs, signals.

A feature's number is a hash of its text, so a model stores weights only. Everything about a word depends on the word
alone and is remembered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Sequence

CACHE_SIZE = 1 << 16
"""Words remembered by each featuriser."""


@dataclass(frozen=True, slots=True)
class Example:
    """What a model sees of one item.

    Attributes:
        words: its folded words in order.
        signals: facts about it as strings, such as `rule=CM.dialog`; what they mean is the caller's business.
    """

    words: Sequence[str]
    signals: Sequence[str] = ()


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
        self.of_word = lru_cache(CACHE_SIZE)(self._of_word)
        self.of_pair = lru_cache(CACHE_SIZE)(self._of_pair)
        self.of_signal = lru_cache(CACHE_SIZE)(self._of_signal)

    def _number(self, text: str) -> int:
        return crc32(text.encode("utf-8", "surrogatepass")) & (self.settings.size - 1)

    def _of_word(self, word: str) -> tuple[int, ...]:
        """The features of one word: itself and its character n-grams."""
        marked = f"<{word}>"
        grams = [
            marked[start : start + length]
            for length in range(self.settings.shortest, self.settings.longest + 1)
            for start in range(len(marked) - length + 1)
        ]
        return tuple(map(self._number, [f"word {word}", *(f"gram {gram}" for gram in grams)]))

    def _of_pair(self, left: str, right: str) -> int:
        return self._number(f"pair {left} {right}")

    def _of_signal(self, signal: str) -> int:
        return self._number(f"signal {signal}")

    def rows(self, example: Example) -> tuple[list[int], list[float]]:
        """The features of an example and their values, for training and as the reference for scoring."""
        numbers = [number for word in example.words for number in self.of_word(word)]
        if self.settings.pairs:
            numbers += [self.of_pair(left, right) for left, right in pairwise(example.words)]
        values = [1 / sqrt(len(numbers))] * len(numbers) if numbers else []
        signals = [self.of_signal(signal) for signal in example.signals]
        return numbers + signals, values + [self.settings.signal] * len(signals)

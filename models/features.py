"""Strings into numbered features, without a vocabulary: words, their character n-grams, word pairs, signals.

A feature's number is a hash of its text, so a model stores weights only.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from math import sqrt
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    """Numbers the features of words, pairs of words and signals.

    Args:
        settings: how.
    """

    def __init__(self, settings: FeatureSettings) -> None:
        self.settings = settings
        self._mask = settings.size - 1
        self._gram_lengths = range(settings.shortest, settings.longest + 1)

    def of_word(self, word: str) -> list[int]:
        """The features of one word: itself and its character n-grams."""
        mask, text = self._mask, _encoded(word)
        marked = b"<" + text + b">"
        # Where the characters begin: most words are ASCII, in which characters and bytes are the same.
        edges = range(len(marked) + 1) if len(text) == len(word) else _edges(f"<{word}>")
        return [
            crc32(text, _WORD) & mask,
            *(
                crc32(marked[begin:end], _GRAM) & mask
                for length in self._gram_lengths
                for begin, end in zip(edges, edges[length:], strict=False)
            ),
        ]

    def of_pairs(self, words: Sequence[str]) -> list[int]:
        """The features of neighbouring words, none if pairs do not count."""
        if not self.settings.pairs:
            return []
        return [crc32(_encoded(f"{left} {right}"), _PAIR) & self._mask for left, right in pairwise(words)]

    def of_signals(self, signals: Iterable[str]) -> list[int]:
        """The features of signals."""
        return [crc32(_encoded(signal), _SIGNAL) & self._mask for signal in signals]

    def rows(self, example: Example) -> tuple[list[int], list[float]]:
        """The features of an example and their values, for training and as the reference for scoring."""
        numbers = [*chain.from_iterable(map(self.of_word, example.words)), *self.of_pairs(example.words)]
        values = [1 / sqrt(len(numbers))] * len(numbers) if numbers else []
        signals = self.of_signals(example.signals)
        return numbers + signals, values + [self.settings.signal] * len(signals)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _edges(text: str) -> list[int]:
    """Where the characters of a text begin and end in its bytes."""
    return [*accumulate((len(_encoded(character)) for character in text), initial=0)]


# A checksum goes on from that of the kind of feature, so that the kind need not be written before every text.
_WORD, _GRAM, _PAIR, _SIGNAL = (crc32(_encoded(f"{kind} ")) for kind in ("word", "gram", "pair", "signal"))

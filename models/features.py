"""Strings into numbered features, without a vocabulary: words, their character n-grams, signals.

A feature's number is a part of a hash of its text, so a model stores weights only.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from math import sqrt
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

WORDS_KNOWN, SIGNALS_KNOWN = 1 << 14, 1 << 15
"""Words and signals whose hashes are remembered: models ask for the same ones one after the other."""

HASH = array("I").itemsize
"""Bytes of a hash."""

Group = tuple[str, ...]
"""Signals that recur together."""

GRAM_LENGTH = 4
"""Characters of a word's n-grams, which are taken with its edges marked."""

LONGEST = 1000
"""Characters of a word; longer ones hardly ever recur."""


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
        signal: value of a signal; the words of an example together have length 1.
    """

    bits: int = 16
    signal: float = 0.3

    @property
    def size(self) -> int:
        """Number of features."""
        return 1 << self.bits


class Featuriser:
    """Hashes words and signals; the last bits of a hash are the number of the feature.

    Hashes are handed on as bytes, `HASH` of them for each, since they are many and numpy reads them at once.

    Args:
        settings: how.
    """

    def __init__(self, settings: FeatureSettings) -> None:
        self.settings = settings

    def of_word(self, word: str) -> bytes:
        """The features of one word: itself and its character n-grams."""
        return _of_word(word) if len(word) <= LONGEST else _of_word.__wrapped__(word)

    def of_signals(self, signals: Iterable[str]) -> bytes:
        """The features of signals."""
        return array("I", map(_of_signal, signals)).tobytes()

    def numbers(self, hashes: Iterable[bytes]) -> NDArray[np.uintc]:
        """The numbers of features."""
        found: NDArray[np.uintc] = np.frombuffer(b"".join(hashes), np.uintc) & np.uintc(self.settings.size - 1)
        return found

    def rows(self, example: Example) -> tuple[NDArray[np.uintc], list[float]]:
        """The features of an example and their values, for training and as the reference for scoring."""
        words = list(map(self.of_word, example.words))
        signals = self.of_signals(example.signals)
        numbers = self.numbers([*words, signals])
        others = len(signals) // HASH
        own = len(numbers) - others
        return numbers, [1 / sqrt(max(own, 1))] * own + [self.settings.signal] * others


@lru_cache(WORDS_KNOWN)
def _of_word(word: str) -> bytes:
    text = _encoded(word)
    marked = b"<" + text + b">"
    # Where the characters begin: most words are ASCII, in which characters and bytes are the same.
    edges = range(len(marked) + 1) if len(text) == len(word) else _edges(f"<{word}>")
    grams = [crc32(marked[begin:end], _GRAM) for begin, end in zip(edges, edges[GRAM_LENGTH:], strict=False)]
    return array("I", [crc32(text, _WORD), *grams]).tobytes()


@lru_cache(SIGNALS_KNOWN)
def _of_signal(signal: str) -> int:
    return crc32(_encoded(signal), _SIGNAL)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _edges(text: str) -> list[int]:
    """Where the characters of a text begin and end in its bytes."""
    return [*accumulate((len(_encoded(character)) for character in text), initial=0)]


# A checksum goes on from that of the kind of feature, so that the kind need not be written before every text.
_WORD, _GRAM, _SIGNAL = (crc32(_encoded(f"{kind} ")) for kind in ("word", "gram", "signal"))

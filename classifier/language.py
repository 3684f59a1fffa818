"""Tells German from other languages by the little words every text needs; cheap, and enough for whole ads."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

from .memory import remembered
from .table import Table
from .words import bag

LONGEST_SAMPLE = 6000
"""Characters looked at."""

FEWEST_WORDS = 8
"""With fewer little words of any language nothing is said, and the text passes as German."""

LEAST_SHARE = 0.35
"""Share of German among the little words; ads with much English still reach it."""

LEAST_OF_ALL = 0.1
"""Share of German little words among all words of a text that is long enough to tell; German ads have .17 and more, ads
in languages whose little words are not listed .07 and less."""

ENOUGH_WORDS = 40


class _LittleWords(NamedTuple):
    """The little words of German, and those of other languages that German has not."""

    german: frozenset[str]
    other: frozenset[str]


def is_german(text: str) -> bool:
    """Whether a text reads as German; a very short one passes."""
    rows = map(_counts, text[:LONGEST_SAMPLE].split("\n"))
    words, german, other = map(sum, zip(*rows, strict=True))
    if words >= ENOUGH_WORDS and german < LEAST_OF_ALL * words:
        return False
    if german + other < FEWEST_WORDS:
        return True
    return german / (german + other) >= LEAST_SHARE


@remembered
def _counts(row: str) -> tuple[int, int, int]:
    """How many words a row has, and how many of them are little words of German and of other languages."""
    found, little = bag(row), _little_words()
    return len(found), sum(map(little.german.__contains__, found)), sum(map(little.other.__contains__, found))


@cache
def _little_words() -> _LittleWords:
    """The packaged lists.

    Raises:
        ProfileError: a list is missing or wrong.
    """
    file = Table.read(files(__package__) / "language.toml")
    german = frozenset(file.strings("german"))
    return _LittleWords(german, frozenset(chain.from_iterable(map(file.strings, file.values))) - german)

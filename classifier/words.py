"""Text into words: folded runs of letters and digits that remember where they stand.

Duties are tokenised by spaCy, which knows German abbreviations and punctuation; a token is then cut at hyphens,
slashes, colons and stars, so that "Social-Media-Kanäle" is three words and "Kund:innen" two. What a token comes to
depends on the token alone and is remembered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

CACHE_SIZE = 1 << 16
"""Tokens remembered; a bound, so that memory does not grow with the corpus."""

_RUN = re.compile(r"[^\W_]+(?:[\u00ad\u200b\u2060\u0300-\u036f]+[^\W_]*)*")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# "unsererSocial" has lost a blank, "LinkedIn" and "YouTube" have not: both parts must be long.
_GLUED = re.compile(r"(?<=[^\W\d_A-ZÄÖÜ]{5})(?=[A-ZÄÖÜ][a-zäöüß]{3})")


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, left by a careless decoder; spaCy refuses it."""


class Word(NamedTuple):
    """A word of a text: its folded form and its place, in code points of that text."""

    text: str
    start: int
    end: int


@lru_cache(CACHE_SIZE)
def fold(word: str) -> str:
    """Lower case, composed umlauts, `ss` for `ß`, no soft hyphens: what cues and features are compared with."""
    return unicodedata.normalize("NFC", word.translate(_INVISIBLE)).casefold()


@lru_cache(CACHE_SIZE)
def _pieces(token: str) -> tuple[tuple[str, int, int], ...]:
    """The words inside one token, with offsets into it."""
    pieces = []
    for run in _RUN.finditer(token):
        begin = run.start()
        for cut in (*(c.start() + run.start() for c in _GLUED.finditer(run.group())), run.end()):
            pieces.append((fold(token[begin:cut]), begin, cut))
            begin = cut
    return tuple(pieces)


@cache
def tokenizer() -> Tokenizer:
    """SpaCy's German tokenizer, built once; it needs no trained pipeline."""
    import spacy  # here: half a second that `--help` must not pay

    return spacy.blank("de").tokenizer


def words(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words of a duty.

    Args:
        text: any text.
        start: where the text begins in the ad; added to every offset.

    Returns:
        The words in order; `ad[word.start:word.end]` is the word as written.
    """
    found = []
    for token in tokenizer()(_SURROGATE.sub("\ufffd", text)):
        offset = start + token.idx
        for piece, begin, end in _pieces(token.text):
            found.append(Word(piece, offset + begin, offset + end))
    return tuple(found)


def bag(text: str) -> list[str]:
    """The folded words of a line, without places: enough for zones, and cheaper than tokenising."""
    return [piece for run in _RUN.findall(text) for piece, _, _ in _pieces(run)]

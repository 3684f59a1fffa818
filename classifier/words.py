"""Text into words: folded runs of letters and digits that remember where they stand.

Duties are tokenised by spaCy, which knows German abbreviations and punctuation; a token is then cut at hyphens,
slashes, colons and stars, so that "Social-Media-Kanäle" is three words and "Kund:innen" two. No token spans a blank, so
what stands between two blanks is looked at once and remembered. spaCy cuts at punctuation, where words end anyway, and
between a figure and its unit ("10km"); so it is only asked about stretches with such figures or with rare characters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from .memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokenizer import Tokenizer

MOST_LEXEMES = 1 << 18
"""spaCy keeps every token it has met; with more, its tokenizer is built anew."""

_STRETCH = re.compile(r"\S+")
_RUN = re.compile(r"[^\W_]+(?:[\u00ad\u200b\u2060\u0300-\u036f]+[^\W_]*)*")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# "unsererSocial" has lost a blank, "LinkedIn" and "YouTube" have not: both parts must be long.
_GLUED = re.compile(r"[A-ZÄÖÜ](?=[a-zäöüß]{3})(?<=[^\W\d_A-ZÄÖÜ]{5}.)")
# Inside a run of common letters and figures spaCy cuts only behind a figure.
_CUT_BY_SPACY = re.compile(r"[0-9](?=[^\W\d_])|[^!-~ÄÖÜäöüß§€«»„“”‚‘’–—…•]")

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, left by a careless decoder; spaCy refuses it."""


class Word(NamedTuple):
    """A word of a text: its folded form and its place, in code points of that text."""

    text: str
    start: int
    end: int


def fold(word: str) -> str:
    """Lower case, composed umlauts, `ss` for `ß`, no soft hyphens: what cues and features are compared with."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.translate(_INVISIBLE)).casefold()


def _pieces(stretch: str) -> Iterator[Word]:
    """The words inside a token, or any stretch of text, with offsets into it."""
    for run in _RUN.finditer(stretch):
        begin, end = run.span()
        for cut in (*(glued.start() for glued in _GLUED.finditer(stretch, begin, end)), end):
            yield Word(fold(stretch[begin:cut]), begin, cut)
            begin = cut


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer of `spacy.blank("de")`, without its pipeline: configuring that costs ten times as much."""
    from spacy import util  # here: a second that `--help` must not pay
    from spacy.lang.de import German
    from spacy.tokenizer import Tokenizer
    from spacy.vocab import Vocab

    defaults = German.Defaults
    return Tokenizer(
        Vocab(),
        rules=defaults.tokenizer_exceptions,
        prefix_search=util.compile_prefix_regex(defaults.prefixes).search,
        suffix_search=util.compile_suffix_regex(defaults.suffixes).search,
        infix_finditer=util.compile_infix_regex(defaults.infixes).finditer,
        token_match=defaults.token_match,
        url_match=defaults.url_match,
    )


def _tokenised(stretch: str) -> tuple[Word, ...]:
    """The words of a stretch without blanks, with offsets into it."""
    if not _CUT_BY_SPACY.search(stretch):
        return tuple(_pieces(stretch))
    if len(tokenizer().vocab) > MOST_LEXEMES:
        tokenizer.cache_clear()
    tokens = tokenizer()(_SURROGATE.sub("\ufffd", stretch))
    return tuple(
        Word(text, token.idx + begin, token.idx + end) for token in tokens for text, begin, end in _pieces(token.text)
    )


_words_of_stretch = Memory(_tokenised)
_bag_of_stretch = Memory(lambda stretch: tuple(word.text for word in _pieces(stretch)))


def words(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words of a duty.

    Args:
        text: any text.
        start: where the text begins in the ad; added to every offset.

    Returns:
        The words in order; `ad[word.start:word.end]` is the word as written.
    """
    found = []
    for stretch in _STRETCH.finditer(text):
        offset = start + stretch.start()
        found += [Word(word, offset + begin, offset + end) for word, begin, end in _words_of_stretch[stretch.group()]]
    return tuple(found)


def bag(text: str) -> list[str]:
    """The folded words of a line, without places: enough for zones, and cheaper than tokenising."""
    return list(chain.from_iterable(map(_bag_of_stretch.__getitem__, text.split())))

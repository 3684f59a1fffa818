"""Text into words: folded runs of letters and digits that remember where they stand.

Duties are tokenised by spaCy, which knows German abbreviations and punctuation; a token is then cut at hyphens,
slashes, colons and stars, so that "Social-Media-Kanäle" is three words and "Kund:innen" two. spaCy cuts at
punctuation, where words end anyway, and between a figure and its unit ("10km"); so it is only asked about stretches
with such figures or with rare characters. No token spans a blank, so what stands between two blanks is looked at once
and remembered.
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

LONGEST_STRETCH = 100
"""Characters without a blank about which spaCy is asked: it takes off one mark after the other, each time anew."""

# "Agen-" and "turen" in the next row are one word, "Aus-" and "und Weiterbildung" are not.
# In a quoted mail ">" stands before the words of the next row.
_ROW_END = r"(?<![ \t\r])[ \t]*+(?:\r*+\n|[\r\u2028\u2029\x0b\x0c\x85])[ \t]*+(?:>[ \t>]*+(?=[^\W\d_]))?"
_WRAP = rf"{_ROW_END}(?=[a-zäöüß])(?!(?:und|oder|sowie|bzw)\b)"
_HYPHEN = re.compile(rf"-(?<=[a-zäöüß]-){_WRAP}")
_STRETCH = re.compile(rf"\S+(?:(?<=[a-zäöüß]-){_WRAP}\S+)*")
_RUN = re.compile(rf"[^\W_]+(?:(?:[\u00ad\u200b\u2060\u0300-\u036f]|{_HYPHEN.pattern})[^\W_]*)*")
_ROWS = re.compile(_ROW_END)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# "unsererSocial" has lost a blank, "LinkedIn" and "YouTube" have not: both parts must be long.
_GLUED = re.compile(r"[A-ZÄÖÜ](?=[a-zäöüß]{3})(?<=[^\W\d_A-ZÄÖÜ]{5}.)")
# Inside a run of common letters and figures spaCy cuts only behind a figure.
_CUT_BY_SPACY = re.compile(r"[0-9](?=[^\W\d_])|[^!-~\sÄÖÜäöüß§€«»„“”‚‘’–—…•]")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character, left by a careless decoder; spaCy refuses it."""


class Word(NamedTuple):
    """A word of a text: its folded form and its place, in code points of that text."""

    text: str
    start: int
    end: int


def fold(word: str) -> str:
    """Lower case, composed umlauts, `ss` for `ß`, not hyphenated: what cues and features are compared with."""
    if "-" in word:
        word = _HYPHEN.sub("", word)
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word.translate(_INVISIBLE)).casefold()


_folded = Memory(fold)


def in_one_row(text: str) -> str:
    """A text of several rows as it reads without them: hyphenated words whole, one blank between rows."""
    return _ROWS.sub(" ", _HYPHEN.sub("", text))


def is_word(text: str) -> bool:
    """Whether a folded text is a single word, nowhere cut."""
    return bool(_RUN.fullmatch(text))


def _pieces(text: str, start: int = 0) -> Iterator[Word]:
    """The words inside a token, or any stretch of text, with offsets into it and `start` added to them."""
    cuts = [glued.start() for glued in _GLUED.finditer(text)][::-1]
    for run in _RUN.finditer(text):
        begin, end = run.span()
        while cuts and cuts[-1] < end:
            yield Word(_folded[text[begin : cuts[-1]]], start + begin, start + cuts[-1])
            begin = cuts.pop()
        yield Word(_folded[text[begin:end]], start + begin, start + end)


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
    asked = len(stretch) <= LONGEST_STRETCH and _CUT_BY_SPACY.search(stretch)
    if not asked or _HYPHEN.search(stretch):
        return tuple(_pieces(stretch))
    if len(tokenizer().vocab) > MOST_LEXEMES:
        tokenizer.cache_clear()
    tokens = tokenizer()(_SURROGATE.sub("\ufffd", stretch))
    return tuple(word for token in tokens for word in _pieces(token.text, token.idx))


_words_of_stretch = Memory(_tokenised)


def words(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words of a duty.

    Args:
        text: any text.
        start: where the text begins in the ad; added to every offset.

    Returns:
        The words in order; `ad[word.start:word.end]` is the word as written.
    """
    if not _CUT_BY_SPACY.search(text):
        return tuple(_pieces(text, start))
    found = []
    for stretch in _STRETCH.finditer(text):
        offset = start + stretch.start()
        found += [Word(word, offset + begin, offset + end) for word, begin, end in _words_of_stretch[stretch.group()]]
    return tuple(found)


def _bag_of(stretch: str) -> tuple[str, ...]:
    """The folded words of a stretch without blanks."""
    parted = _GLUED.sub(r" \g<0>", stretch) if _GLUED.search(stretch) else stretch
    return tuple(map(_folded.__getitem__, _RUN.findall(parted)))


_bag_of_stretch = Memory(_bag_of)


def bag(text: str) -> list[str]:
    """The folded words of a line, without places: enough for zones, and cheaper than tokenising."""
    whole = _HYPHEN.sub("", text) if "-" in text else text
    return list(chain.from_iterable(map(_bag_of_stretch.__getitem__, whole.split())))

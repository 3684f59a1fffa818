"""Concepts in words: each word is looked up once, phrases are found along the way.

A cue is a piece of a word (`planung`), a beginning (`^plan`), an end (`seo$`), a whole word (`^seo$`) or a phrase
of consecutive words (`social media`, `digital* market`). What a word means depends on the word alone and is
remembered, so the cost of a duty grows with its words, not with the number of cues.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from ..errors import ProfileError
from .memory import Memory
from .words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SHORTEST_PIECE = 4
"""Shorter pieces hide in too many other words; anchor them."""


class Occurrence(NamedTuple):
    """A concept found at the words `first` to `last` (both included) of a duty."""

    concept: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Consecutive words and the concept they name; a part with `True` beside it may go on."""

    concept: str
    parts: tuple[tuple[str, bool], ...]

    def fits(self, words: Sequence[str], start: int) -> bool:
        if start + len(self.parts) > len(words):
            return False
        for step, (text, is_open) in enumerate(self.parts):
            word = words[start + step]
            if word != text and not (is_open and word.startswith(text)):
                return False
        return True


class _Openings:
    """The phrases that begin with the same word, by the word that follows it."""

    def __init__(self) -> None:
        self._whole: dict[str, list[_Phrase]] = defaultdict(list)
        self._begun: dict[str, list[_Phrase]] = defaultdict(list)
        self._lengths: list[int] = []

    def add(self, phrase: _Phrase) -> None:
        second, is_open = phrase.parts[1]
        (self._begun if is_open else self._whole)[second].append(phrase)
        self._lengths = _lengths(self._begun)

    def before(self, word: str) -> list[_Phrase]:
        """The phrases that may go on with a word."""
        found = [*self._whole.get(word, ())]
        for length in self._lengths:
            found += self._begun.get(word[:length], ())
        return found


class Lexicon:
    """All cues, compiled for look-up by word.

    Args:
        cues: for each concept its cues.

    Raises:
        ProfileError: a cue is empty or an unanchored piece is too short.
    """

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        self._pieces: dict[str, set[str]] = defaultdict(set)
        self._beginnings: dict[str, set[str]] = defaultdict(set)
        self._ends: dict[str, set[str]] = defaultdict(set)
        self._whole: dict[str, set[str]] = defaultdict(set)
        self._openings: dict[str, _Openings] = defaultdict(_Openings)
        self._open_openings: dict[str, _Openings] = defaultdict(_Openings)
        for concept, texts in cues.items():
            for cue in texts:
                self._add(concept, fold(cue))
        self._pieces_by_head = _by_head(self._pieces)
        self._beginning_lengths = _lengths(self._beginnings)
        self._end_lengths = _lengths(self._ends)
        self._opening_lengths = _lengths(self._open_openings)
        self._known = Memory(self._known_of)

    def _add(self, concept: str, cue: str) -> None:
        parts = cue.split()
        if len(parts) > 1:
            phrase = _Phrase(concept, tuple(_part(text, last=n == len(parts)) for n, text in enumerate(parts, 1)))
            first, is_open = phrase.parts[0]
            (self._open_openings if is_open else self._openings)[first].add(phrase)
            return
        text = cue.strip("^$")
        if not text or (len(text) < SHORTEST_PIECE and text == cue):
            raise ProfileError("E305", concept=concept, cue=cue)
        tables = {(0, 0): self._pieces, (1, 0): self._beginnings, (0, 1): self._ends, (1, 1): self._whole}
        tables[cue.startswith("^"), cue.endswith("$")][text].add(concept)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The concepts of one folded word, sorted; phrases not included."""
        return self._known[word][0]

    def _known_of(self, word: str) -> tuple[tuple[str, ...], tuple[_Openings, ...]]:
        return self._look_up(word), self._openings_with(word)

    def _look_up(self, word: str) -> tuple[str, ...]:
        found = set(self._whole.get(word, ()))
        for length in self._beginning_lengths:
            found |= self._beginnings.get(word[:length], set())
        for length in self._end_lengths:
            found |= self._ends.get(word[-length:], set())
        for start in range(len(word) - SHORTEST_PIECE + 1):
            for piece in self._pieces_by_head.get(word[start : start + SHORTEST_PIECE], ()):
                if word.startswith(piece, start):
                    found |= self._pieces[piece]
        return tuple(sorted(found))

    def _openings_with(self, word: str) -> tuple[_Openings, ...]:
        """The phrases that may begin with a word."""
        heads = [self._open_openings.get(word[:length]) for length in self._opening_lengths]
        return tuple(openings for openings in (self._openings.get(word), *heads) if openings)

    def find(self, words: Sequence[str]) -> tuple[Occurrence, ...]:
        """Every concept in the folded words of a duty, in order of place."""
        found = []
        for number, (word, following) in enumerate(zip_longest(words, words[1:], fillvalue="")):
            concepts, openings = self._known[word]
            for concept in concepts:
                found.append(Occurrence(concept, number, number))
            for opening in openings:
                for phrase in opening.before(following):
                    if phrase.fits(words, number):
                        found.append(Occurrence(phrase.concept, number, number + len(phrase.parts) - 1))
        return tuple(found)


def _by_head(pieces: Iterable[str]) -> dict[str, list[str]]:
    """Pieces by what they begin with; none is shorter."""
    result: dict[str, list[str]] = defaultdict(list)
    for piece in pieces:
        result[piece[:SHORTEST_PIECE]].append(piece)
    return result


def _lengths(texts: Iterable[str]) -> list[int]:
    return sorted({len(text) for text in texts})


def _part(text: str, *, last: bool) -> tuple[str, bool]:
    """A word of a phrase, and whether it may go on: the last unless it ends with `$`, others if they end with `*`."""
    return text.strip("^$*"), not text.endswith("$") if last else text.endswith("*")

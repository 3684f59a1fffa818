"""Concepts in words: each word is looked up once, phrases are found along the way.

A cue is a piece of a word (`planung`), a beginning (`^plan`), an end (`seo$`), a whole word (`^seo$`) or a phrase
of consecutive words (`social media`, `digital* market`). What a word means depends on the word alone and is
remembered, so the cost of a duty grows with its words, not with the number of cues.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from ..errors import ProfileError
from .memory import Memory
from .words import fold, is_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

SHORTEST_PIECE = 4
"""Shorter pieces hide in too many other words; anchor them."""

T = TypeVar("T")


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


class _Beginnings(Generic[T]):
    """What texts stand for, found where a word begins with one of them, or holds it.

    Args:
        values: by text; no text may be empty.
    """

    def __init__(self, values: Mapping[str, T]) -> None:
        self._shortest = min(map(len, values), default=1)
        self._by_head: dict[str, list[tuple[str, T]]] = defaultdict(list)
        for text, value in values.items():
            self._by_head[text[: self._shortest]].append((text, value))

    def of(self, word: str) -> list[T]:
        """The values of the texts that a word begins with."""
        return [value for text, value in self._by_head.get(word[: self._shortest], ()) if word.startswith(text)]

    def inside(self, word: str) -> list[T]:
        """The values of the texts that a word holds."""
        found = []
        for start in range(len(word) - self._shortest + 1):
            for text, value in self._by_head.get(word[start : start + self._shortest], ()):
                if word.startswith(text, start):
                    found.append(value)
        return found


class _Openings:
    """The phrases that begin with the same word, by the word that follows it."""

    def __init__(self, phrases: Iterable[_Phrase]) -> None:
        whole: dict[str, list[_Phrase]] = defaultdict(list)
        begun: dict[str, list[_Phrase]] = defaultdict(list)
        for phrase in phrases:
            second, is_open = phrase.parts[1]
            (begun if is_open else whole)[second].append(phrase)
        self._whole, self._begun = whole, _Beginnings(begun)

    def before(self, word: str) -> Iterator[_Phrase]:
        """The phrases that may go on with a word."""
        return chain(self._whole.get(word, ()), *self._begun.of(word))


class Lexicon:
    """All cues, compiled for look-up by word.

    Args:
        cues: for each concept its cues, checked.
    """

    def __init__(self, cues: Mapping[str, Iterable[str]]) -> None:
        tables: dict[tuple[bool, bool], dict[str, list[str]]] = {
            (begins, ends): defaultdict(list) for begins in (False, True) for ends in (False, True)
        }
        phrases: dict[tuple[str, bool], list[_Phrase]] = defaultdict(list)
        for concept, texts in cues.items():
            for cue in map(fold, texts):
                parts = cue.split()
                if len(parts) > 1:
                    found = tuple(_part(text, last=n == len(parts)) for n, text in enumerate(parts, 1))
                    phrases[found[0]].append(_Phrase(concept, found))
                else:
                    tables[cue.startswith("^"), cue.endswith("$")][cue.strip("^$")].append(concept)
        self._whole = tables[True, True]
        self._beginnings = _Beginnings(tables[True, False])
        self._ends = _Beginnings({text[::-1]: concepts for text, concepts in tables[False, True].items()})
        self._pieces = _Beginnings(tables[False, False])
        self._openings = {text: _Openings(those) for (text, is_open), those in phrases.items() if not is_open}
        self._open_openings = _Beginnings(
            {text: _Openings(those) for (text, is_open), those in phrases.items() if is_open}
        )
        self._known = Memory(self._known_of)

    def _known_of(self, word: str) -> tuple[tuple[str, ...], tuple[_Openings, ...]]:
        """The concepts of a word, and the phrases that may begin with it."""
        found = set(self._whole.get(word, ())).union(
            *self._beginnings.of(word), *self._ends.of(word[::-1]), *self._pieces.inside(word)
        )
        openings = [self._openings[word]] if word in self._openings else []
        return tuple(sorted(found)), (*openings, *self._open_openings.of(word))

    def find(self, words: Sequence[str]) -> tuple[Occurrence, ...]:
        """Every concept in the folded words of a duty, in order of place."""
        found = []
        for number, (word, following) in enumerate(zip_longest(words, words[1:], fillvalue="")):
            concepts, openings = self._known[word]
            if concepts:
                found += [Occurrence(concept, number, number) for concept in concepts]
            for opening in openings:
                found += [
                    Occurrence(phrase.concept, number, number + len(phrase.parts) - 1)
                    for phrase in opening.before(following)
                    if phrase.fits(words, number)
                ]
        return tuple(found)


def checked(cues: Sequence[str], where: str) -> tuple[str, ...]:
    """Cues that can be looked up.

    Args:
        cues: as written.
        where: file and table, as an error names it.

    Raises:
        ProfileError: a cue is no word or row of words, or an unanchored piece is too short.
    """
    for cue in cues:
        text = fold(cue)
        words = _bare(text)
        if not all(map(is_word, words)):
            raise ProfileError("E309", where=where, cue=cue)
        if words == [text] and len(text) < SHORTEST_PIECE:
            raise ProfileError("E305", where=where, cue=cue)
    return tuple(cues)


def _bare(cue: str) -> list[str]:
    """The words of a cue without the marks that may stand at them."""
    *earlier, last = cue.removeprefix("^").removesuffix("$").split(" ")
    return [*(word.removesuffix("*") for word in earlier), last]


def _part(text: str, *, last: bool) -> tuple[str, bool]:
    """A word of a phrase, and whether it may go on: the last unless it ends with `$`, others if they end with `*`."""
    return text.strip("^$*"), not text.endswith("$") if last else text.endswith("*")

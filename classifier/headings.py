"""Headings of job ads, a reviewed lexicon: which zone a heading announces, or which ones if it is ambiguous."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import ProfileError
from .ad import ZONES
from .memory import Memory
from .table import Table
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .ad import Zone

LONGEST_WORDS = 9

LONG_ROW = 500
"""Characters; in a longer row a heading is cut out even in the middle of a sentence."""

LONG_REST = 40
"""Characters; "Beginn: 1. Mai" stays one line, "Aufgaben: …" with a whole text behind it does not."""

LONGEST_HEADING = 80
"""Characters before a colon in which a heading is looked for."""

_AROUND = " \u00a0*_"
_COLON = re.compile(r"[ \u00a0]?:(?:\*\*)?(?!\w)")
# "Dein Profil (Muss)", "Vorteile, die du genießt", "Aufgaben – dein Alltag": what follows does not change the zone.
_ADDITION = re.compile(r"[,(|]|(?<=\s)[–—-]\s|:\s")
_WORD = re.compile(r"(?<!\S)(?:\*\*)?\w\S*")
_CAMEL = re.compile(r"[A-ZÄÖÜ](?<=[a-zäöüß].)(?=[a-zäöüß])")


class Headings:
    """The lexicon, compiled.

    Args:
        zones: for each heading (as plain words) the zones it may announce, the likeliest first.
    """

    def __init__(self, zones: Mapping[str, tuple[Zone, ...]]) -> None:
        self._texts = dict(zones)
        self._zones = {tuple(bag(text)): found for text, found in zones.items()}
        self._first_words = {words[0] for words in self._zones if words}
        self._of_zone = {zone: tuple(text for text, found in zones.items() if found == (zone,)) for zone in ZONES}
        self._lookup = Memory(self._look_up)

    def zones_of(self, text: str) -> tuple[Zone, ...]:
        """The zones a heading may announce, the likeliest first; none if it is unknown.

        Upper and lower case, punctuation, hyphens and a name behind "bei" do not matter.
        """
        return self._lookup[text]

    def may_begin_with(self, words: Sequence[str]) -> bool:
        """Whether a heading may begin with some folded words; with none, nothing is known."""
        return not words or words[0] in self._first_words

    def __reduce__(self) -> tuple[type[Headings], tuple[dict[str, tuple[Zone, ...]]]]:
        return Headings, (self._texts,)  # a worker process builds its own look-up

    def with_more(self, more: Mapping[str, Sequence[str]]) -> Headings:
        """A lexicon with further headings, which win over those of the same words.

        Args:
            more: for a zone, the headings that announce it.
        """
        own = {text.casefold(): (zone,) for zone in ZONES for text in more.get(zone, ())}
        return Headings(self._texts | own) if own else self

    def halved(self) -> Headings:
        """A lexicon that has forgotten every second heading, as if an ad's author had found words of his own."""
        return Headings(dict(list(self._texts.items())[::2]))

    def of_zone(self, zone: Zone) -> tuple[str, ...]:
        """The headings that announce this zone and no other."""
        return self._of_zone[zone]

    def _look_up(self, text: str) -> tuple[Zone, ...]:
        words = tuple(bag(text))
        if not words or len(words) > LONGEST_WORDS or not self.may_begin_with(words):
            return ()
        if found := self._zones.get(words) or self._zones.get(tuple(bag(_ADDITION.split(text, 1)[0]))):
            return found
        for mark in ("bei", "als", "für", "at"):
            if mark in words[1:]:
                return self._zones.get(words[: words.index(mark, 1)], ())
        return ()

    def glued(self, text: str, start: int, end: int) -> Iterator[int]:
        """Offsets where a row must be cut because a heading is glued to other text.

        A heading counts as glued if a colon follows it inside the row, or if the row begins with it and the next
        word follows without a blank.
        """
        camel = _CAMEL.search(text, start, min(end, start + LONGEST_HEADING))
        if camel and len(self.zones_of(text[start : camel.start()])) == 1:
            yield camel.start()
        if text.find(":", start, end) < 0:
            return
        last = end
        while last > start and text[last - 1] in _AROUND:
            last -= 1
        for colon in _COLON.finditer(text, start, end):
            begin = self._begin(text, start, colon.start(), long=end - start >= LONG_ROW)
            if begin is None:
                continue
            yield begin
            rest = text[colon.end() : min(last, colon.end() + 2 * LONG_REST)]
            if len(rest.lstrip(_AROUND)) >= LONG_REST:
                yield colon.end()

    def _begin(self, text: str, start: int, colon: int, *, long: bool) -> int | None:
        """Where the heading in front of a colon begins: the longest run of words that is one."""
        stretch = max(start, colon - LONGEST_HEADING)
        begins = [word.start() for word in _WORD.finditer(text, stretch, colon)][-LONGEST_WORDS:]
        for begin in begins:
            before = text[max(start, begin - LONG_REST) : begin].rstrip(_AROUND)
            fits = not before or before[-1] in ".!?:)" or long
            if fits and len(self.zones_of(text[begin:colon])) == 1:
                return begin
        return None


@cache
def load_headings() -> Headings:
    """The packaged lexicon.

    Raises:
        ProfileError: a zone is unknown or a heading stands twice.
    """
    file = Table.read(files(__package__) / "profile" / "headings.toml")
    zones: dict[str, tuple[Zone, ...]] = {}
    for key in file.values:
        found = tuple(zone for zone in ZONES if zone in key.split("_or_"))
        order = key.split("_or_")
        if len(found) != len(order):
            raise ProfileError("E303", where=file.where, key=key, kind="zones joined by _or_", value=key)
        for text in file.strings(key):
            if text.casefold() in zones:
                raise ProfileError("E307", where=file.where, key=key, heading=text)
            zones[text.casefold()] = tuple(sorted(found, key=order.index))
    return Headings(zones)

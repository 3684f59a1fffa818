"""Headings of job ads, a reviewed lexicon: which zone a heading announces, or which ones if it is ambiguous."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import ProfileError
from .ad import ZONES
from .table import Table
from .words import CACHE_SIZE, bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from .ad import Zone

LONGEST_WORDS = 9

LONG_ROW = 500
"""Characters; in a longer row a heading is cut out even in the middle of a sentence."""

LONG_REST = 40
"""Characters; "Beginn: 1. Mai" stays one line, "Aufgaben: …" with a whole text behind it does not."""

_BOLD = r"(?:\*\*)?"


class Headings:
    """The lexicon, compiled.

    Args:
        zones: for each heading (as plain words) the zones it may announce, the likeliest first.
    """

    def __init__(self, zones: Mapping[str, tuple[Zone, ...]]) -> None:
        self._texts = dict(zones)
        self._zones = {tuple(bag(text)): found for text, found in zones.items()}
        self._of_zone = {zone: tuple(text for text, found in zones.items() if found == (zone,)) for zone in ZONES}
        # Only headings of one zone, and no single everyday word, are cut out of running text.
        glued = [text for text, found in zones.items() if len(found) == 1 and len(text) >= len("Aufgaben")]
        longest_first = "|".join(map(_pattern, sorted(glued, key=len, reverse=True)))
        self._glued = re.compile(rf"(?<![^\s*]){_BOLD}(?:{longest_first}){_BOLD}[ \u00a0]?:{_BOLD}", re.IGNORECASE)
        self._camel = re.compile(rf"^\W{{0,3}}(?i:{longest_first})(?=[A-ZÄÖÜ][a-zäöüß])")
        self._lookup = lru_cache(CACHE_SIZE)(self._look_up)

    def zones_of(self, text: str) -> tuple[Zone, ...]:
        """The zones a heading may announce, the likeliest first; none if it is unknown.

        Upper and lower case, punctuation, hyphens and a name behind "bei" do not matter.
        """
        return self._lookup(text)

    def halved(self) -> Headings:
        """A lexicon that has forgotten every second heading, as if an ad's author had found words of his own."""
        return Headings(dict(list(self._texts.items())[::2]))

    def of_zone(self, zone: Zone) -> tuple[str, ...]:
        """The headings that announce this zone and no other."""
        return self._of_zone[zone]

    def _look_up(self, text: str) -> tuple[Zone, ...]:
        words = tuple(bag(text))
        if not words or len(words) > LONGEST_WORDS:
            return ()
        if found := self._zones.get(words):
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
        if camel := self._camel.match(text[start:end]):
            yield start + camel.end()
        for match in self._glued.finditer(text, start, end):
            before = text[start : match.start()].rstrip(" \u00a0*_")
            if before and before[-1] not in ".!?:)" and end - start < LONG_ROW:
                continue
            yield match.start()
            if len(text[match.end() : end].strip(" \u00a0*_")) >= LONG_REST:
                yield match.end()


def _pattern(text: str) -> str:
    return r"[\s-]+".join(map(re.escape, text.split()))


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

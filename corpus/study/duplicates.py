"""Which ads are the same: exact copies, near copies, reposts over time, one template for many places.

An ad is known by its title and its duties, which every labelled table has; the employer's changing frame does not
count. An ad without duties is a copy of none: a title alone makes no two ads the same. Exact copies share all words.
Near copies share most runs of three words: pairs are proposed by MinHash (A. Broder, 1997) with banding (datasketch)
and kept if their Jaccard similarity really reaches the bound.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from ...classifier.words import bag
from ...errors import InputError
from ..readers.cells import words_of as cell
from .labelled import date_of, named_as, title_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from .labelled import Row

    Runs = NDArray[np.uint64]

SIMILAR = 0.85
"""Jaccard similarity of word runs from which two ads are near copies."""

RUN = 3
BANDS, ROWS = 16, 8
"""Bands of the sketch and rows of each: pairs at the bound are proposed with 99 % (1 - (1 - 0.85^8)^16)."""

FEWEST_RUNS = 8
"""An ad with fewer runs of words is compared exactly only: short ads look alike by chance."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What was found.

    Attributes:
        mode: `near`, `exact` or `keep`.
        group: for each ad the number of the first ad that is the same; its own if it is the first.
        exact: ads that are exact copies of an earlier one; `near` further ones that are near copies.
        reposts: groups with the same place at several dates.
        templates: groups with several places.
    """

    mode: str
    group: tuple[int, ...]
    exact: int
    near: int
    reposts: int
    templates: int

    @property
    def kept(self) -> int:
        """How many ads remain if of each group only the first is kept."""
        return sum(number == first for number, first in enumerate(self.group))


@dataclass(slots=True)
class _Groups:
    """Sets that are joined step by step, each known by its first member."""

    first: list[int]

    def find(self, number: int) -> int:
        while self.first[number] != number:
            self.first[number] = self.first[self.first[number]]
            number = self.first[number]
        return number

    def join(self, left: int, right: int) -> None:
        low, high = sorted((self.find(left), self.find(right)))
        self.first[high] = low


def words_of(row: Mapping[str, object]) -> list[str]:
    """The words an ad is known by: those of its title and its duties; none if it has no duties."""
    duties = row.get("duties")
    texts = [str(duty["text"]) for duty in (duties if isinstance(duties, list) else ())]
    words = [word for text in texts for word in bag(text)]
    return bag(title_text(row)) + words if words else []


def duplicates(rows: Iterable[Row], mode: str = "near") -> Duplicates:
    """Finds the ads that are the same.

    Args:
        rows: labelled ads.
        mode: `near`, `exact`, or `keep` to look for none.

    Raises:
        InputError: near copies are asked for and the extra `report` is not installed.
    """
    copies = Copies(mode)
    for row in rows:
        copies.add(row)
    return copies.found()


@dataclass(slots=True)
class Copies:
    """Looks for the ads that are the same while they come, one by one.

    Args:
        mode: `near`, `exact`, or `keep` to look for none.
    """

    mode: str
    _known: dict[bytes, int] = field(default_factory=dict)
    _first: list[int] = field(default_factory=list)
    _where: list[tuple[str, str]] = field(default_factory=list)
    _pairs: list[tuple[int, int]] = field(default_factory=list)
    _near: NearCopies | None = None

    def add(self, row: Row) -> int:
        """Takes the next labelled ad, and gives it its number.

        Raises:
            InputError: several columns hold a date; or near copies are asked for and the extra `report` is not
                installed.
        """
        number, words = len(self._first), words_of(row)
        key = blake2b(" ".join(words).encode(), digest_size=16).digest()
        copy_of = self._known.setdefault(key, number) if self.mode != "keep" and words else number
        self._first.append(copy_of)
        if self.mode != "keep":
            self._where.append((_place_of(row), date_of(row)))
        if copy_of == number and self.mode == "near" and len(words) >= FEWEST_RUNS + RUN - 1:
            self._near = self._near or NearCopies()
            self._pairs += [(other, number) for other in self._near.copied_by(number, runs(words))]
        return number

    def found(self) -> Duplicates:
        """Which of the ads so far are the same."""
        exact = sum(number != copy_of for number, copy_of in enumerate(self._first))
        groups = _Groups(list(self._first))
        for left, right in self._pairs:
            groups.join(left, right)
        group = tuple(groups.find(number) for number in range(len(self._first)))
        near = sum(number != of for number, of in enumerate(group)) - exact
        reposts, templates = _kinds(group, self._where) if self._where else (0, 0)
        return Duplicates(self.mode, group, exact, near, reposts, templates)


def runs(words: Sequence[str]) -> Runs:
    """The runs of three words of an ad, hashed, each once and in order: 8 bytes each."""
    hashes = (
        blake2b(" ".join(words[n : n + RUN]).encode(), digest_size=8).digest() for n in range(len(words) - RUN + 1)
    )
    return np.unique(np.frombuffer(b"".join(hashes), np.uint64))


class NearCopies:
    """The ads seen so far that copy no earlier one: a template with thousands of copies is remembered once.

    Raises:
        InputError: the extra `report` is not installed.
    """

    def __init__(self) -> None:
        try:
            from datasketch import MinHash, MinHashLSH
        except ImportError as error:
            raise InputError("E505", missing="datasketch") from error
        self._sketch = partial(MinHash, num_perm=BANDS * ROWS, seed=1, hashfunc=_as_number)
        self._index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS))
        self._runs: dict[int, Runs] = {}

    def copied_by(self, number: int, found: Runs) -> list[int]:
        """The earlier ads whose runs have a Jaccard similarity of at least `SIMILAR` with those of a further ad.

        Args:
            number: of the further ad.
            found: its runs.
        """
        sketch = self._sketch()
        sketch.update_batch(found.tolist())
        copied = [
            other for other in sorted(self._index.query(sketch)) if similarity(self._runs[other], found) >= SIMILAR
        ]
        if not copied:
            self._index.insert(number, sketch)
            self._runs[number] = found
        return copied


def _as_number(run: int) -> int:
    """The runs are hashed already; MinHash wants 32 bits."""
    return run & 0xFFFFFFFF


def similarity(left: Runs, right: Runs) -> float:
    """Jaccard similarity of two sets, 0 to 1."""
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common / (len(left) + len(right) - common) if common else 0.0


def _place_of(row: Mapping[str, object]) -> str:
    return next(filter(None, (cell(row[name]) for name in named_as("place", tuple(row)))), "")


def _kinds(group: Sequence[int], where: Sequence[tuple[str, str]]) -> tuple[int, int]:
    """How many groups are reposts (one place, several dates) and templates (several places)."""
    sizes = Counter(group)
    members: dict[int, list[tuple[str, str]]] = {}
    for of, place in zip(group, where, strict=True):
        if sizes[of] > 1:
            members.setdefault(of, []).append(place)
    places = {of: {place for place, _ in found} for of, found in members.items()}
    dates = {of: {date for _, date in found} for of, found in members.items()}
    templates = sum(len(found) > 1 for found in places.values())
    reposts = sum(len(dates[of]) > 1 and len(places[of]) == 1 for of in members)
    return reposts, templates

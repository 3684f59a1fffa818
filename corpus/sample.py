"""Which ads to code by hand: random, stratified or uncertain ones, each with its inclusion probability.

With the inclusion probability an estimate can weigh each ad by how many it stands for (D. Horvitz & D. Thompson, 1952),
so a sample drawn towards rare or unsure ads still speaks for the corpus. Of a sample that is sampled again, the
probabilities multiply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from ..errors import InputError
from ..messages import UNPLACED
from .readers.columns import column_for
from .study.labelled import date_of, value_of, was_refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from .study.labelled import Row

METHODS = ("random", "stratified", "uncertain")
ALLOCATIONS = ("equal", "proportional")
FLOOR = 0.05
"""Least uncertainty an ad counts with, so that sure ads are drawn at times and the weights stay bounded."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn ad: its row's number in the table, the probability it was drawn with, and its stratum."""

    row: int
    inclusion: float
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What ads are drawn from.

    Attributes:
        numbers: the table's rows that can be drawn (refused ones cannot).
        strata: the stratum of each; `doubt` how unsure its role is, 1 minus the highest probability.
    """

    numbers: NDArray[np.int64]
    strata: Sequence[str]
    doubt: NDArray[np.float64]


def frame(rows: Iterable[Row], method: str, by: Sequence[str] = ("title",)) -> Frame:
    """Reads what a draw needs to know of each row.

    Args:
        rows: the table.
        method: one of `METHODS`.
        by: columns whose values make the strata.

    Raises:
        InputError: an uncertain draw needs probabilities, and the table has none; or it has no such column, or several
            with a date.
    """
    numbers, strata, doubt = [], [], []
    found: dict[str, None] = {}
    for number, read in enumerate(rows):
        if read.get("error") or ("role" in read and was_refused(read)):
            continue
        row = _recognised(read, by) if method == "stratified" else read
        found |= dict.fromkeys(row)
        numbers.append(number)
        strata.append(" · ".join(value_of(row, name) for name in by) if method == "stratified" else "")
        doubt.append(_doubt(row, number) if method == "uncertain" else 1.0)
    if numbers and method == "stratified":
        _check_columns(by, found)
    return Frame(np.array(numbers, dtype=np.int64), strata, np.array(doubt, dtype=float))


def _recognised(row: Row, by: Sequence[str]) -> Row:
    """The row with its title and date under these names, as far as strata are made of them."""
    named = {}
    if "title" not in row and (title := column_for("title", row)):
        named["title"] = row[title]
    if not {"date", "year"}.isdisjoint(by) and row.get("date") in (None, "") and (date := date_of(row)):
        named["date"] = date
    return row | named


def _check_columns(by: Iterable[str], found: Mapping[str, None]) -> None:
    """Refuses columns that no row has; a year may stand in a date."""
    meant = {"title": ("title", "title_roles"), "year": ("year", "date")}
    for name in by:
        if not found.keys() & {*meant.get(name, ()), name}:
            raise InputError("E141", path=UNPLACED, column=name, columns=", ".join(found))


def inclusion_of(row: Mapping[str, Any]) -> float:
    """The probability with which a row came into the table that is drawn from, if that was a sample already.

    Raises:
        InputError: its `inclusion` is no probability.
    """
    value = row.get("inclusion")
    if value in (None, ""):
        return 1.0
    try:
        inclusion = float(cast("float", value))
    except (TypeError, ValueError):
        inclusion = 0.0
    if not 0 < inclusion <= 1:
        raise InputError("E532", id=row.get("id"), value=value)
    return inclusion


def _doubt(row: Mapping[str, Any], number: int) -> float:
    probabilities = row.get("probabilities")
    if not isinstance(probabilities, dict) or not probabilities:
        raise InputError("E513", row=number + 1)
    return max(FLOOR, 1 - max(float(value) for value in probabilities.values()))


def draw(found: Frame, count: int, method: str = "random", allocation: str = "equal", seed: int = 0) -> list[Drawn]:
    """Draws ads without replacement; the same seed draws the same ads.

    Args:
        found: what to draw from.
        count: how many ads; all if there are fewer.
        method: `random`; `stratified`, at random within each stratum; `uncertain`, with a probability that grows with
            the doubt about the role (systematic draw after W. Madow, 1949).
        allocation: of a stratified draw: `equal` sizes of strata, so that rare ones are seen, or `proportional`.
        seed: of the draw.

    Returns:
        The drawn ads in the order of the table.

    Raises:
        InputError: there are more strata than ads to draw, so that some could never be seen.
    """
    generator = np.random.default_rng(seed)
    count = min(count, len(found.numbers))
    if (strata := len(set(found.strata))) > max(count, 1):
        raise InputError("E530", strata=strata, count=count)
    if method == "uncertain":
        drawn = _by_doubt(found, count, generator)
    else:
        drawn = _by_stratum(found, count, allocation, generator)
    return sorted(drawn, key=lambda item: item.row)


def _by_stratum(found: Frame, count: int, allocation: str, generator: np.random.Generator) -> list[Drawn]:
    members: dict[str, list[int]] = {}
    for number, stratum in zip(found.numbers.tolist(), found.strata, strict=True):
        members.setdefault(stratum, []).append(number)
    sizes = {stratum: len(members[stratum]) for stratum in sorted(members)}
    drawn = []
    for stratum, size in allocated(sizes, count, allocation).items():
        chosen = generator.permutation(members[stratum])[:size]
        drawn += [Drawn(int(number), size / sizes[stratum], stratum) for number in chosen]
    return drawn


def allocated(sizes: Mapping[str, int], count: int, allocation: str = "equal") -> dict[str, int]:
    """How many to draw from each stratum, with none drawn dry twice.

    Args:
        sizes: how many each holds.
        count: how many to draw in all.
        allocation: `equal` or `proportional`; a proportional draw takes at least one from each stratum if it can.
    """
    result = dict.fromkeys(sizes, 0)
    wanted = {name: (size if allocation == "proportional" else 1.0) for name, size in sizes.items()}
    order = sorted(sizes, key=lambda name: (-sizes[name], name))
    for _ in range(min(count, sum(sizes.values()))):
        free = [name for name in order if result[name] < sizes[name]]
        first = min(free, key=lambda name: (result[name] > 0, (result[name] + 0.5) / wanted[name]))
        result[first] += 1
    return result


def _by_doubt(found: Frame, count: int, generator: np.random.Generator) -> list[Drawn]:
    """A systematic draw over ads in random order, with probability proportional to doubt."""
    inclusion = inclusion_by_size(found.doubt, count)
    order = generator.permutation(len(inclusion))
    steps = np.floor(np.cumsum(inclusion[order]) + generator.random() + 1e-9)
    hit = np.diff(steps, prepend=0.0) > 0
    return [Drawn(int(found.numbers[place]), float(inclusion[place])) for place in order[hit]]


def inclusion_by_size(size: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    """Inclusion probabilities proportional to size that add up to a count, none above one."""
    inclusion = np.zeros(len(size))
    sure = np.zeros(len(size), dtype=bool)
    while True:
        left = count - sure.sum()
        rest = size[~sure].sum()
        inclusion[~sure] = left * size[~sure] / rest if rest else 0.0
        inclusion[sure] = 1.0
        over = (inclusion >= 1) & ~sure
        if not over.any():
            return inclusion
        sure |= over

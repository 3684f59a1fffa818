"""Reads a labelled table twice: once for duplicates and groups, once to count what every question asks for.

Nothing but sums is kept of an ad; memory grows with the number of ads only where duplicates are looked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ...errors import InputError
from ..prevalence import Moments
from .duplicates import duplicates
from .labelled import labelled_ad, tool_of, value_of, was_refused
from .questions import counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from .duplicates import Duplicates
    from .labelled import LabelledAd, Row
    from .questions import Question

MOST_VALUES = 30
"""Values of a column of groups that are kept apart; rarer ones are joined as `…`."""

BATCH = 1000
JOINED = "…"


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first reading finds.

    Attributes:
        values: of each column of groups the values that are kept apart.
        tool: version, profile and model the table was labelled with.
        rows: rows of the table; `refused` those without a verdict.
    """

    duplicates: Duplicates
    values: Mapping[str, frozenset[str]]
    tool: str
    rows: int
    refused: int

    def group_of(self, ad: LabelledAd, column: str) -> str:
        """The group an ad falls into."""
        value = ad.fields.get(column, "?")
        return value if value in self.values[column] else JOINED


def overview(rows: Iterable[Row], by: Sequence[str], mode: str) -> Overview:
    """The first reading of a table.

    Args:
        rows: the table.
        by: columns of groups.
        mode: which duplicates are looked for.

    Raises:
        InputError: the table was labelled with several versions.
    """
    seen: dict[str, Counter[str]] = {column: Counter() for column in by}
    tools: Counter[str] = Counter()
    total = 0

    def watched() -> Iterator[Row]:
        nonlocal total
        for row in rows:
            total += 1
            if was_refused(row):
                continue
            tools[tool_of(row)] += 1
            for column in by:
                seen[column][value_of(row, column)] += 1
            yield row

    same = duplicates(watched(), mode)
    if len(tools) > 1:
        raise InputError("E520", tools="; ".join(sorted(tools)))
    values = {column: frozenset(value for value, _ in found.most_common(MOST_VALUES)) for column, found in seen.items()}
    return Overview(same, values, next(iter(tools), ""), total, total - len(same.group))


@dataclass(slots=True)
class Tally:
    """Counts of some questions over some ads."""

    asked: Sequence[Question]
    moments: list[Moments]
    weight: float = 0.0

    @classmethod
    def of(cls, asked: Sequence[Question]) -> Tally:
        """Nothing counted yet."""
        return cls(asked, [Moments.empty(len(question.categories)) for question in asked])

    def add(self, ads: Sequence[LabelledAd]) -> None:
        """Counts some ads."""
        self.weight += sum(ad.weight for ad in ads)
        for question, moments in zip(self.asked, self.moments, strict=True):
            found = [(row, ad.weight) for ad in ads if (row := counts(question, ad)) is not None]
            if found:
                values, weights = zip(*found, strict=True)
                moments.add(np.array(values), np.array(weights))


@dataclass(slots=True)
class Counted:
    """What the second reading finds.

    Attributes:
        whole: all questions over the ads that are counted.
        with_duplicates: the headline questions over all ads.
        groups: the headline questions by column and value.
        titles: the different titles of each title group.
        weighted: whether any ad has a weight other than one.
    """

    whole: Tally
    with_duplicates: Tally
    groups: dict[tuple[str, str], Tally] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    weighted: bool = False

    def add(self, ads: Sequence[LabelledAd], seen: Overview) -> None:
        """Counts ads that are the first of their kind."""
        self.whole.add(ads)
        self.weighted = self.weighted or any(ad.weight != 1 for ad in ads)
        members: dict[tuple[str, str], list[LabelledAd]] = {}
        for ad in ads:
            self.titles.setdefault(ad.title_group, set()).add(ad.title.casefold())
            for column in seen.values:
                members.setdefault((column, seen.group_of(ad, column)), []).append(ad)
        for group, found in members.items():
            self.groups.setdefault(group, Tally.of(self.with_duplicates.asked)).add(found)

    def sorted_groups(self, by: Sequence[str]) -> list[tuple[tuple[str, str], Tally]]:
        """The groups in the order of the columns and of their values."""
        return sorted(self.groups.items(), key=lambda item: (by.index(item[0][0]), item[0][1]))


def count(rows: Iterable[Row], asked: Sequence[Question], seen: Overview) -> Counted:
    """The second reading of a table.

    Args:
        rows: the table.
        asked: all questions.
        seen: what the first reading found.

    Raises:
        InputError: no row holds a verdict, or one is wrong.
    """
    counted = Counted(Tally.of(asked), Tally.of([question for question in asked if question.headline]))
    for batch in _batches(_ads(rows, seen)):
        counted.with_duplicates.add([ad for ad, _ in batch])
        counted.add([ad for ad, first in batch if first], seen)
    if not counted.whole.weight:
        raise InputError("E514")
    return counted


def _ads(rows: Iterable[Row], seen: Overview) -> Iterator[tuple[LabelledAd, bool]]:
    """The labelled ads, and whether each is the first of its kind."""
    number = 0
    for place, row in enumerate(rows, 1):
        if not was_refused(row):
            yield labelled_ad(row, seen.values, f"{place}"), seen.duplicates.group[number] == number
            number += 1


def _batches(ads: Iterator[tuple[LabelledAd, bool]]) -> Iterator[list[tuple[LabelledAd, bool]]]:
    batch: list[tuple[LabelledAd, bool]] = []
    for ad in ads:
        batch.append(ad)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch

"""Reads a labelled table twice: once for duplicates and groups, once to count what every question asks for.

Nothing but sums is kept of an ad; memory grows with the number of ads only where duplicates are looked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ...classifier.words import bag
from ...errors import InputError
from ...messages.nearest import hint
from ..prevalence import Moments
from .duplicates import Copies
from .labelled import columns_in, identity_of, labelled_ad, title_text, tool_of, value_of, was_refused
from .questions import counts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

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
        places: of each gold ad that stands in the table the number of its ad, those without a verdict not counted.
        tool: version, profile and model the table was labelled with.
        rows: rows of the table; `refused` those without a verdict.
    """

    duplicates: Duplicates
    values: Mapping[str, frozenset[str]]
    tool: str
    rows: int
    refused: int
    places: Mapping[str, int] = field(default_factory=dict)

    def group_of(self, ad: LabelledAd, column: str) -> str:
        """The group an ad falls into."""
        value = ad.fields.get(column, "?")
        return value if value in self.values[column] else JOINED


def overview(
    rows: Iterable[Row], by: Sequence[str], mode: str, wanted: Mapping[str, Collection[str]] | None = None
) -> Overview:
    """The first reading of a table.

    Args:
        rows: the table.
        by: columns of groups.
        mode: which duplicates are looked for.
        wanted: ids of gold ads, and the titles each may have; an id alone may be the same by chance.

    Raises:
        InputError: the table was labelled with several versions, or no row has a column of groups.
    """
    wanted = wanted or {}
    titles = {identity: {tuple(bag(title)) for title in found} for identity, found in wanted.items()}
    places: dict[str, int] = {}
    columns: dict[str, None] = {}
    seen: dict[str, Counter[str]] = {column: Counter() for column in by}
    tools: set[str] = set()
    copies = Copies(mode)
    refused = 0
    for row in rows:
        if was_refused(row):
            refused += 1
            continue
        tools.add(tool_of(row))
        if by:
            columns.update(dict.fromkeys(columns_in(row)))
        for column in by:
            seen[column][value_of(row, column)] += 1
        number = copies.add(row)
        identity = identity_of(row)
        if identity in titles and tuple(bag(title_text(row))) in titles[identity]:
            places.setdefault(identity, number)
    same = copies.found()
    _refuse_unknown(by, columns)
    if len(tools) > 1:
        raise InputError("E520", tools="; ".join(sorted(tools)))
    values = {column: frozenset(value for value, _ in found.most_common(MOST_VALUES)) for column, found in seen.items()}
    return Overview(same, values, next(iter(tools), ""), refused + len(same.group), refused, places)


def _refuse_unknown(by: Sequence[str], columns: Collection[str]) -> None:
    """Refuses columns of groups that no row has: all ads would be one group without a name."""
    for column in by:
        if columns and column not in columns:
            raise InputError("E525", column=column, columns=", ".join(columns), hint=hint(column, tuple(columns)))


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
        first: ads that gold ads are, or are copies of, by number.
        weighted: whether any ad has a weight other than one.
    """

    whole: Tally
    with_duplicates: Tally
    groups: dict[tuple[str, str], Tally] = field(default_factory=dict)
    titles: dict[str, set[str]] = field(default_factory=dict)
    first: dict[int, LabelledAd] = field(default_factory=dict)
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
    group = seen.duplicates.group
    coded = {group[place] for place in seen.places.values()}
    for batch in _batches(_ads(rows, seen)):
        counted.with_duplicates.add([ad for _, ad in batch])
        counted.add([ad for number, ad in batch if group[number] == number], seen)
        counted.first |= {number: ad for number, ad in batch if number in coded}
    if not counted.whole.weight:
        raise InputError("E514")
    return counted


def _ads(rows: Iterable[Row], seen: Overview) -> Iterator[tuple[int, LabelledAd]]:
    """The labelled ads and their numbers."""
    found = ((place, row) for place, row in enumerate(rows, 1) if not was_refused(row))
    for number, (place, row) in enumerate(found):
        yield number, labelled_ad(row, seen.values, f"{place}")


def _batches(ads: Iterator[tuple[int, LabelledAd]]) -> Iterator[list[tuple[int, LabelledAd]]]:
    batch: list[tuple[int, LabelledAd]] = []
    for ad in ads:
        batch.append(ad)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch

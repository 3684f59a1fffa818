"""Measures role confusion over a labelled corpus: duplicates first, then every question three ways, also in groups.

The table is read twice, row by row: once to find duplicates and the values of the groups, once to count. Memory grows
with the number of ads only where duplicates are looked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from ..errors import InputError
from .coded import gold_of
from .duplicates import duplicates
from .labelled import labelled_ad, tool_of, value_of, was_refused
from .prevalence import (
    DRAWS,
    Moments,
    adjusted_ads,
    adjusted_duties,
    adjusted_each,
    adjusted_mean,
    prediction_powered,
    raw,
)
from .questions import counts, questions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .coded import CodedAd
    from .duplicates import Duplicates
    from .labelled import LabelledAd, Row
    from .questions import Question
    from .resampling import Interval

FEW = 20
"""Ads, or gold ads, below which an estimate is marked and not to be interpreted (codebook 12)."""

MOST_VALUES = 30
"""Values of a column of `--by` that are kept apart; rarer ones are joined as `…`."""

BATCH = 1000
JOINED = "…"
SEED = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """One share (or mean) three ways.

    Attributes:
        question: the key of the question; `category` which share of it.
        field: the column of the group, empty for the whole corpus; `value` its value.
        unit: ads, duties or mean.
        ads: labelled ads in the domain; `gold_ads` gold ads in it.
        raw: among the labels; `adjusted` with error rates undone; `ppi` moved by gold. None where it cannot be had.
        few: whether the cell has too few ads, or too few gold ads, to be interpreted.
    """

    question: str
    category: str
    field: str
    value: str
    unit: str
    ads: int
    gold_ads: int
    raw: Interval
    adjusted: Interval | None
    ppi: Interval | None
    few: bool


@dataclass(frozen=True, slots=True)
class Measurement:
    """All that was measured.

    Attributes:
        rows: rows of the table; `refused` those without a verdict; `ads` those that were counted.
        with_duplicates: the raw shares of the headline questions with all duplicates kept.
        different_titles: how many different titles each title group has.
        tool: version, profile and model the table was labelled with.
        gold_weighted: whether gold brought inclusion probabilities.
    """

    estimates: list[Estimate]
    with_duplicates: list[Estimate]
    rows: int
    refused: int
    ads: int
    weight: float
    weighted: bool
    duplicates: Duplicates
    different_titles: Mapping[str, int]
    tool: str
    gold_ads: int
    gold_refused: int
    gold_weighted: bool
    by: tuple[str, ...]
    seed: int


@dataclass(slots=True)
class _Tally:
    """Counts of some questions over some ads."""

    asked: Sequence[Question]
    moments: list[Moments]
    weight: float = 0.0

    @classmethod
    def of(cls, asked: Sequence[Question]) -> _Tally:
        return cls(asked, [Moments.empty(len(question.categories)) for question in asked])

    def add(self, ads: Sequence[LabelledAd]) -> None:
        self.weight += sum(ad.weight for ad in ads)
        for question, moments in zip(self.asked, self.moments, strict=True):
            found = [(row, ad.weight) for ad in ads if (row := counts(question, ad)) is not None]
            if found:
                values, weights = zip(*found, strict=True)
                moments.add(np.array(values), np.array(weights))


def measure(  # noqa: PLR0913 -- one argument for each choice that is written into the result
    rows: Callable[[], Iterable[Row]],
    codes: Sequence[str],
    gold: Sequence[CodedAd] = (),
    *,
    by: Sequence[str] = (),
    mode: str = "near",
    seed: int = SEED,
    draws: int = DRAWS,
    gold_refused: int = 0,
) -> Measurement:
    """Measures a labelled corpus.

    Args:
        rows: opens the table anew; it is read twice.
        codes: the area codes of the rule set.
        gold: hand-coded ads with their labels; without them shares stay uncorrected.
        by: columns of groups.
        mode: which duplicates are dropped: near, exact, or none (keep).
        seed: of all draws.
        draws: for the intervals of adjusted shares.
        gold_refused: gold ads that were left out, for the record.

    Raises:
        InputError: the table holds no labelled ad.
    """
    same, values, tool, total, refused = _first_reading(rows, by, mode)
    asked = questions(codes)
    headline = [question for question in asked if question.headline]
    whole, everything = _Tally.of(asked), _Tally.of(headline)
    groups: dict[tuple[str, str], _Tally] = {}
    titles: dict[str, set[str]] = {}
    weighted = False
    for batch in _batches(_kept(rows(), same, by)):
        everything.add([ad for ad, _ in batch])
        ads = [ad for ad, first in batch if first]
        whole.add(ads)
        weighted = weighted or any(ad.weight != 1 for ad in ads)
        for ad in ads:
            titles.setdefault(ad.title_group, set()).add(ad.title.casefold())
        for field in by:
            for value, members in _grouped(ads, field, values[field]).items():
                groups.setdefault((field, value), _Tally.of(headline)).add(members)
    if not whole.weight:
        raise InputError("E514")
    joined = _Estimator(gold, values, seed, draws)
    estimates = joined.estimates(whole, "", "")
    for (field, value), tally in sorted(groups.items(), key=lambda item: (by.index(item[0][0]), item[0][1])):
        estimates += joined.estimates(tally, field, value)
    return Measurement(
        estimates=estimates,
        with_duplicates=_Estimator((), {}, seed, draws).estimates(everything, "", ""),
        rows=total,
        refused=refused,
        ads=same.kept,
        weight=whole.weight,
        weighted=weighted,
        duplicates=same,
        different_titles={group: len(found) for group, found in sorted(titles.items())},
        tool=tool,
        gold_ads=len(gold),
        gold_refused=gold_refused,
        gold_weighted=len({ad.weight for ad in gold}) > 1,
        by=tuple(by),
        seed=seed,
    )


def _first_reading(
    rows: Callable[[], Iterable[Row]], by: Sequence[str], mode: str
) -> tuple[Duplicates, dict[str, frozenset[str]], str, int, int]:
    """Duplicates among the labelled ads, the values of each group that are kept apart, the tool, rows and refusals."""
    seen: dict[str, Counter[str]] = {field: Counter() for field in by}
    tools: Counter[str] = Counter()
    total = 0

    def watched() -> Iterator[Row]:
        nonlocal total
        for row in rows():
            total += 1
            if was_refused(row):
                continue
            tools[tool_of(row)] += 1
            for field in by:
                seen[field][value_of(row, field)] += 1
            yield row

    same = duplicates(watched(), mode)
    if len(tools) > 1:
        raise InputError("E520", tools="; ".join(sorted(tools)))
    kept = {field: frozenset(value for value, _ in found.most_common(MOST_VALUES)) for field, found in seen.items()}
    return same, kept, next(iter(tools), ""), total, total - len(same.group)


def _kept(rows: Iterable[Row], same: Duplicates, by: Sequence[str]) -> Iterator[tuple[LabelledAd, bool]]:
    """The labelled ads, and whether each is the first of its kind."""
    number = 0
    for place, row in enumerate(rows, 1):
        if not was_refused(row):
            yield labelled_ad(row, by, f"{place}"), same.group[number] == number
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


def _grouped(ads: Iterable[LabelledAd], field: str, values: frozenset[str]) -> dict[str, list[LabelledAd]]:
    found: dict[str, list[LabelledAd]] = {}
    for ad in ads:
        value = ad.fields[field]
        found.setdefault(value if value in values else JOINED, []).append(ad)
    return found


@dataclass(frozen=True, slots=True)
class _Estimator:
    """Turns counts into estimates with the gold at hand."""

    gold: Sequence[CodedAd]
    values: Mapping[str, frozenset[str]]
    seed: int
    draws: int

    def estimates(self, tally: _Tally, field: str, value: str) -> list[Estimate]:
        """All estimates of one group; error rates are those of the whole gold, the rest is the group's own."""
        found: list[Estimate] = []
        own = [ad for ad in self.gold if not field or self._value(ad, field) == value]
        for question, moments in zip(tally.asked, tally.moments, strict=True):
            if moments.first[-1]:
                found += self._of_question(question, moments, tally.weight, own, (field, value))
        return found

    def _value(self, ad: CodedAd, field: str) -> str:
        value = ad.true.fields.get(field, "?")
        return value if value in self.values[field] else JOINED

    def _of_question(
        self, question: Question, moments: Moments, weight: float, own: Sequence[CodedAd], group: tuple[str, str]
    ) -> list[Estimate]:
        every = gold_of(question, self.gold)
        near = every if len(own) == len(self.gold) else gold_of(question, own)
        generator = np.random.default_rng([self.seed, crc32("\0".join([question.key, *group]).encode())])
        adjusted = ADJUST["each" if question.each else question.unit](moments, every, generator, self.draws)
        coded = int((every.true[:, -1] > 0).sum())
        found = []
        for number, category in enumerate(question.categories):
            if category not in question.reported:
                continue
            share = question.unit != "mean"
            powered = prediction_powered(moments, weight, near, number, share=share, binary=question.unit == "ads")
            found.append(
                Estimate(
                    question.key,
                    category,
                    *group,
                    unit=question.unit,
                    ads=moments.ads,
                    gold_ads=coded,
                    raw=raw(moments, number, share=share),
                    adjusted=adjusted[number] if adjusted else None,
                    ppi=powered,
                    few=moments.ads < FEW or (bool(self.gold) and coded < FEW),
                )
            )
        return found


ADJUST: Mapping[str, Callable[..., list[Interval] | None]] = {
    "ads": adjusted_ads,
    "duties": adjusted_duties,
    "each": adjusted_each,
    "mean": adjusted_mean,
}

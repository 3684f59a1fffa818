"""Measures role confusion over a labelled corpus: duplicates first, then every question three ways, also in groups.

The table is read twice, row by row: once to find duplicates and the values of the groups, once to count. Memory grows
with the number of ads only where duplicates are looked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from .prevalence import prediction_powered, raw
from .study.adjustment import DRAWS, adjusted
from .study.coded import gold_of
from .study.drawn import Support, support, titles_of
from .study.questions import questions
from .study.tally import count, overview

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from .prevalence import Moments
    from .resampling import Interval
    from .study.coded import CodedAd
    from .study.duplicates import Duplicates
    from .study.labelled import Row
    from .study.questions import Question
    from .study.tally import Overview, Tally

FEW = 20
"""Ads, or gold ads, below which an estimate is marked and not to be interpreted (codebook 12)."""

FEW_CASES = 5
"""Gold ads of a category below which its share is marked: nothing is known about how it is found."""

SEED = 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """One share (or mean) three ways.

    Attributes:
        question: the key of the question; `category` which share of it.
        field: the column of the group, empty for the whole corpus; `value` its value.
        unit: ads, duties or mean.
        ads: labelled ads in the domain.
        gold_ads: gold ads in it, of all groups: error rates are learned from them.
        ppi_gold_ads: gold ads in it that were drawn from the table, of the group itself: `ppi` rests on them.
        raw: among the labels; `adjusted` with error rates undone; `ppi` moved by gold. None where it cannot be had.
        few: whether there are too few ads, or too few gold ads, to interpret anything, or raw is all there is.
        ppi_few: whether there are too few gold ads to interpret `ppi`.
    """

    question: str
    category: str
    field: str
    value: str
    unit: str
    ads: int
    gold_ads: int
    ppi_gold_ads: int
    raw: Interval
    adjusted: Interval | None
    ppi: Interval | None
    few: bool
    ppi_few: bool


@dataclass(frozen=True, slots=True)
class Measurement:
    """All that was measured.

    Attributes:
        rows: rows of the table; `refused` those without a verdict; `ads` those that were counted.
        with_duplicates: the raw shares of the headline questions with all duplicates kept.
        different_titles: how many different titles each title group has.
        tool: version, profile and model the table was labelled with.
        gold_ads: gold ads that were used; of `gold_copies` further ones the original was used.
        gold_foreign: gold ads that do not stand in the table; `gold_unknown` those that do, without `inclusion`. They
            leave the prediction-powered estimate out: foreign ones of themselves, unknown ones of all.
        gold_weighted: whether gold ads were drawn with different probabilities.
        titles_read: gold ads whose title nobody coded, so that the rules of the tool read it.
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
    gold_copies: int
    gold_foreign: int
    gold_unknown: int
    gold_weighted: bool
    titles_read: int
    by: tuple[str, ...]
    seed: int


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
        InputError: the table holds no labelled ad, or no row has a column of groups.
    """
    seen = overview(rows(), by, mode, titles_of(gold))
    counted = count(rows(), questions(codes), seen)
    used = support(gold, seen, counted.first)
    corrected = _Estimator(used, seen, seed, draws)
    estimates = corrected.estimates(counted.whole)
    for (field, value), tally in counted.sorted_groups(by):
        estimates += corrected.estimates(tally, field, value)
    return Measurement(
        estimates=estimates,
        with_duplicates=_Estimator(Support(), seen, seed, draws).estimates(counted.with_duplicates),
        rows=seen.rows,
        refused=seen.refused,
        ads=seen.duplicates.kept,
        weight=counted.whole.weight,
        weighted=counted.weighted,
        duplicates=seen.duplicates,
        different_titles={group: len(found) for group, found in sorted(counted.titles.items())},
        tool=seen.tool,
        gold_ads=len(used.ads),
        gold_refused=gold_refused,
        gold_copies=used.copies,
        gold_foreign=used.foreign,
        gold_unknown=used.unknown,
        gold_weighted=used.weighted,
        titles_read=sum(ad.title_read for ad in used.ads),
        by=tuple(by),
        seed=seed,
    )


@dataclass(frozen=True, slots=True)
class _Estimator:
    """Turns counts into estimates with the gold at hand."""

    gold: Support
    seen: Overview
    seed: int
    draws: int

    def estimates(self, tally: Tally, field: str = "", value: str = "") -> list[Estimate]:
        """All estimates of one group; error rates are those of the whole gold, the rest is the group's own."""
        found: list[Estimate] = []
        own = [ad for ad in self.gold.drawn if not field or self.seen.group_of(ad.true, field) == value]
        for question, moments in zip(tally.asked, tally.moments, strict=True):
            if moments.first[-1]:
                found += self._of_question(question, moments, tally.weight, own, (field, value))
        return found

    def _of_question(
        self, question: Question, moments: Moments, weight: float, own: Sequence[CodedAd], group: tuple[str, str]
    ) -> list[Estimate]:
        every, near = gold_of(question, self.gold.ads), gold_of(question, own)
        generator = np.random.default_rng([self.seed, crc32("\0".join([question.key, *group]).encode())])
        undone = adjusted("each" if question.each else question.unit, moments, every, generator, self.draws)
        cases, own_cases = (every.true > 0).sum(axis=0), (near.true > 0).sum(axis=0)
        found = []
        for number, category in enumerate(question.categories):
            if category not in question.reported:
                continue
            share = question.unit != "mean"
            powered = prediction_powered(moments, weight, near, number, share=share, binary=question.unit == "ads")
            corrected = undone[number] if undone else None
            alone = corrected is None and powered is None
            found.append(
                Estimate(
                    question.key,
                    category,
                    *group,
                    unit=question.unit,
                    ads=moments.ads,
                    gold_ads=int(cases[-1]),
                    ppi_gold_ads=int(own_cases[-1]),
                    raw=raw(moments, number, share=share),
                    adjusted=corrected,
                    ppi=powered,
                    few=bool(moments.ads < FEW or (self.gold.ads and (alone or _few(cases, number)))),
                    ppi_few=bool(powered and (moments.ads < FEW or _few(own_cases, number))),
                )
            )
        return found


def _few(cases: NDArray[np.int64], category: int) -> bool:
    """Whether there are too few gold ads, or too few of a category."""
    return bool(cases[-1] < FEW or cases[category] < FEW_CASES)

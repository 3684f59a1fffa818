"""Intervals by resampling ads: the lines and duties of one ad are not independent, the ads are.

A figure that needs the ads themselves is measured on lists of ads drawn anew (`intervals`). One that is a function of
sums over ads is measured on the sums, with the ads weighed anew (`interval`): the same bootstrap, without the lists.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]

    Measures = Mapping[str, Callable[[Sequence["T"]], float]]

T = TypeVar("T")

DRAWS = 1000
SEED = 0
LEVELS = (0.025, 0.975)
BATCH = 100


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval; all three are not a number where there is nothing to measure."""

    value: float
    low: float
    high: float


def resamples(ads: Sequence[T], draws: int = DRAWS, seed: int = SEED) -> Iterator[list[T]]:
    """As many ads as there are, drawn with replacement, again and again (Efron 1979)."""
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        yield [ads[number] for number in generator.integers(0, len(ads), len(ads))]


def drawn(ads: Sequence[T], measures: Measures[T], draws: int = DRAWS, seed: int = SEED) -> dict[str, Array]:
    """Each measure of every resample; all measures see the same resamples."""
    rows = [[measure(resample) for measure in measures.values()] for resample in resamples(ads, draws, seed)]
    return dict(zip(measures, np.array(rows, dtype=float).T, strict=True))


def intervals(ads: Sequence[T], measures: Measures[T], draws: int = DRAWS, seed: int = SEED) -> dict[str, Interval]:
    """Figures over ads, with their percentile intervals.

    Args:
        ads: what is resampled.
        measures: from a list of ads to a figure, by its name; not a number where there is nothing to measure.
        draws: how many resamples.
        seed: of the resamples; the same seed gives the same ones.
    """
    found = drawn(ads, measures, draws, seed)
    return {name: between(measure(ads), found[name]) for name, measure in measures.items()}


def weights(ads: int, draws: int = DRAWS, seed: int = SEED) -> Iterator[Array]:
    """How often each ad comes in each resample, in batches of rows, one row a resample."""
    generator = np.random.default_rng(seed)
    for begin in range(0, draws, BATCH):
        yield generator.multinomial(ads, np.full(ads, 1 / ads), min(BATCH, draws - begin)).astype(float)


def interval(sums: Any, figure: Callable[[Array], float], draws: int = DRAWS, seed: int = SEED) -> Interval:  # noqa: ANN401 -- an array, dense or sparse
    """A figure that is a function of sums over ads, with its percentile interval.

    Args:
        sums: one row for each ad; what is added up. A dense array or a scipy sparse one.
        figure: the figure of the summed row.
        draws: how many resamples.
        seed: of the resamples.
    """
    value = figure(np.asarray(sums.sum(axis=0), dtype=float).ravel())
    found = [figure(np.asarray(row).ravel()) for rows in weights(sums.shape[0], draws, seed) for row in rows @ sums]
    return between(value, found)


def between(value: float, values: Any) -> Interval:  # noqa: ANN401 -- anything numpy takes
    """A figure with the percentiles of what was drawn for it; draws that are not a number are left out."""
    found = np.asarray(values, dtype=float)
    found = found[~np.isnan(found)]
    low, high = np.quantile(found, LEVELS) if found.size else (np.nan, np.nan)
    return Interval(float(value), float(low), float(high))

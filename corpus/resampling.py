"""Intervals by resampling ads: the lines and duties of one ad are not independent, the ads are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Array = NDArray[Any]

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


def weights(ads: int, draws: int = DRAWS, seed: int = SEED) -> Iterator[Array]:
    """How often each ad comes in each resample (Efron 1979), in batches of rows, one row a resample."""
    generator = np.random.default_rng(seed)
    for begin in range(0, draws, BATCH):
        yield generator.multinomial(ads, np.full(ads, 1 / ads), min(BATCH, draws - begin)).astype(float)


def interval(sums: Any, figure: Callable[[Array], float], draws: int = DRAWS, seed: int = SEED) -> Interval:  # noqa: ANN401 -- an array, dense or sparse
    """A figure that is a function of sums over ads, with its percentile interval.

    Args:
        sums: one row for each ad; what is added up. A dense array or a scipy sparse one.
        figure: the figure of the summed row.
        draws: how many resamples.
        seed: of the resamples; the same seed gives the same ones.
    """
    value = figure(np.asarray(sums.sum(axis=0), dtype=float).ravel())
    drawn = [figure(np.asarray(row).ravel()) for rows in weights(sums.shape[0], draws, seed) for row in rows @ sums]
    return between(value, drawn)


def between(value: float, drawn: Any) -> Interval:  # noqa: ANN401 -- anything numpy takes
    """A figure with the percentiles of what was drawn for it; draws that are not a number are left out."""
    found = np.asarray(drawn, dtype=float)
    found = found[~np.isnan(found)]
    low, high = np.quantile(found, LEVELS) if found.size else (np.nan, np.nan)
    return Interval(float(value), float(low), float(high))

"""Two models on the same gold: the difference of each figure with its interval, by a paired bootstrap.

The same ads are drawn for both models (B. Efron & R. Tibshirani, An Introduction to the Bootstrap, 1993), so what is
hard about an ad cancels out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..errors import InputError
from .evaluate import MEASURES, resamples
from .resampling import DRAWS, SEED, Interval, between

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .evaluate import Comparison


@dataclass(frozen=True, slots=True)
class Contrast:
    """One figure of two models.

    Attributes:
        difference: second minus first.
        p: two-sided: twice the share of resamples on the other side of no difference, at least 1 / draws.
    """

    name: str
    first: float
    second: float
    difference: Interval
    p: float


def contrasts(
    first: Sequence[Comparison], second: Sequence[Comparison], draws: int = DRAWS, seed: int = SEED
) -> list[Contrast]:
    """Every figure of two models on the same ads.

    Args:
        first: the comparisons of one model, one for each ad.
        second: those of the other, in the same order.
        draws: resamples.
        seed: of the resamples.

    Raises:
        InputError: the ads are not the same.
    """
    if [c.id for c in first] != [c.id for c in second]:
        raise InputError("E504")
    picks = resamples(len(first), draws, seed)
    found = []
    for name, measure in MEASURES.items():
        drawn = np.array([measure([second[n] for n in pick]) - measure([first[n] for n in pick]) for pick in picks])
        values = measure(first), measure(second)
        found.append(Contrast(name, *values, between(values[1] - values[0], drawn), _p(drawn)))
    return found


def _p(drawn: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    known = drawn[~np.isnan(drawn)]
    if not known.size:
        return float("nan")
    tail = min((known <= 0).mean(), (known >= 0).mean())
    return float(min(1.0, max(2 * tail, 1 / known.size)))

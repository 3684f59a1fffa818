"""Two models on the same gold: the difference of each figure with its interval, by a paired bootstrap.

The same ads are drawn for both models (B. Efron & R. Tibshirani, An Introduction to the Bootstrap, 1993), so what is
hard about an ad cancels out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from ..errors import InputError
from .evaluate import MEASURES
from .resampling import DRAWS, SEED, Interval, between, drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .evaluate import Comparison

    Pairs = Sequence[tuple[Comparison, Comparison]]


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
    differences = {name: partial(_difference, measure) for name, measure in MEASURES.items()}
    found = drawn(list(zip(first, second, strict=True)), differences, draws, seed)
    result = []
    for name, measure in MEASURES.items():
        values = measure(first), measure(second)
        result.append(Contrast(name, *values, between(values[1] - values[0], found[name]), _p(found[name])))
    return result


def _difference(measure: Callable[[Sequence[Comparison]], float], pairs: Pairs) -> float:
    return measure([second for _, second in pairs]) - measure([first for first, _ in pairs])


def _p(values: NDArray[Any]) -> float:
    known = values[~np.isnan(values)]
    if not known.size:
        return float("nan")
    tail = min((known <= 0).mean(), (known >= 0).mean())
    return float(min(1.0, max(2 * tail, 1 / known.size)))

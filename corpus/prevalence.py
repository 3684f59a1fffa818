"""Shares over a labelled corpus: as labelled, and prediction-powered (the third way is `study/adjustment.py`).

* raw: the share among the labels. Its interval is Wilson's (1927) at the effective size that the linearised variance of
  a weighted ratio has (R. Woodruff, JASA 1971; E. Korn & B. Graubard, Survey Methodology 1998). It says nothing about
  the classifier's error.
* ppi: the share among the labels, moved by what labels and gold differ on the gold ads (A. Angelopoulos et al., Science
  2023; weight of the labels after A. Angelopoulos, J. Duchi & T. Zrnic, PPI++, 2023; for ratios it is the difference
  estimator of survey sampling, C. Särndal et al., 1992). Needs a gold drawn from the corpus with known probabilities.
  Interval: Student's t at the gold ads of the domain; for questions about ads four ads that disagree, two each way, are
  added to it (without labels that is A. Agresti & B. Coull, Am. Stat. 1998; with them it follows D. Bonett & R. Price,
  J. Educ. Behav. Stat. 2012), so that a gold without errors is not taken for a perfect classifier.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .resampling import Interval

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

Z = 1.959964
ROUNDING = 1e-9
"""Share of the largest variance below which there is none."""

FEWEST_GOLD = 10
"""Gold ads in a domain below which nothing is corrected."""


@dataclass(slots=True)
class Moments:
    """Sums over the labelled ads, all an estimate needs of them: memory does not grow with the corpus.

    Attributes:
        ads: how many ads are in the domain.
        first: weighted sums of the counts of each category and of all.
        second: weighted sums of their products.
    """

    ads: int
    first: Array
    second: Array

    @classmethod
    def empty(cls, categories: int) -> Moments:
        """No ads yet."""
        return cls(0, np.zeros(categories + 1), np.zeros((categories + 1, categories + 1)))

    def add(self, counts: Array, weights: Array) -> None:
        """Adds ads: a row of counts for each, and its weight."""
        weighted = counts * weights[:, None]
        self.ads += len(counts)
        self.first += weighted.sum(axis=0)
        self.second += weighted.T @ weighted


@dataclass(frozen=True, slots=True)
class Gold:
    """What gold says about one question, a row for each gold ad (zeros outside the domain).

    Attributes:
        found: counts by category and in all, as labelled; `true` as coded.
        weights: how many ads each stands for.
        inside: ads that are in the domain by both.
        pairs: units by true category (rows; the last: invented) and found category (columns; the last: missed).
    """

    found: Array
    true: Array
    weights: Array
    inside: Array
    pairs: Array = field(default_factory=lambda: np.empty((0, 0, 0)))


def enough_gold(moments: Moments, gold_ads: int) -> bool:
    """Whether a domain has labelled ads, and gold ads enough to correct them by."""
    return bool(gold_ads >= FEWEST_GOLD and moments.first[-1])


def raw(moments: Moments, category: int, *, share: bool = True) -> Interval:
    """The share (or mean) among the labels; the interval carries sampling alone."""
    total = moments.first[-1]
    if not total:
        return Interval(np.nan, np.nan, np.nan)
    value = moments.first[category] / total
    variance = _ratio_variance(moments, category, value)
    if not share:
        reach = Z * np.sqrt(variance)
        return Interval(float(value), float(value - reach), float(value + reach))
    kish = total**2 / moments.second[-1, -1]
    inner = 0 < value < 1 and variance > ROUNDING * value * (1 - value)  # less is what rounding leaves of nothing
    return wilson(float(value), float(value * (1 - value) / variance if inner else kish))


def _ratio_variance(moments: Moments, category: int, value: float) -> float:
    second, total = moments.second, moments.first[-1]
    squares = second[category, category] - 2 * value * second[category, -1] + value**2 * second[-1, -1]
    return float(max(squares, 0.0) / total**2 * moments.ads / max(1, moments.ads - 1))


def wilson(share: float, size: float) -> Interval:
    """Wilson's score interval of a share at a (possibly effective) sample size."""
    centre = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
    reach = Z / (1 + Z**2 / size) * np.sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    return Interval(share, max(0.0, float(centre - reach)), min(1.0, float(centre + reach)))


def prediction_powered(  # noqa: PLR0913 -- what is estimated, and its two kinds
    moments: Moments, everything: float, gold: Gold, category: int, *, share: bool = True, binary: bool = False
) -> Interval | None:
    """The share (or mean) with the labels moved by what gold shows.

    Args:
        moments: of the labelled ads.
        everything: the weight of all labelled ads, also those outside the domain.
        gold: of the same question.
        category: which one.
        share: the value lies between 0 and 1.
        binary: each ad counts once, so that the four added ads fit.

    Returns:
        None if too few gold ads are in the domain.
    """
    ads = int(((gold.true[:, -1] > 0) | (gold.found[:, -1] > 0)).sum())
    if not enough_gold(moments, ads):
        return None
    columns = [category, -1]
    true, found, weights = gold.true[:, columns], gold.found[:, columns], gold.weights
    population = moments.first[columns] / everything
    squares = moments.second[np.ix_(columns, columns)] / everything**2
    rows = _with_disagreements(true, found, weights) if binary else (true, found, weights)
    theta, power = 0.0, 1.0
    for _ in range(3):  # the weight of the labels needs the estimate, and the estimate the weight
        sums = _mean(true, weights) + power * (population - _mean(found, weights))
        if sums[1] <= 0:
            return None
        theta = float(sums[0] / sums[1])
        contrast = np.array([1.0, -theta])
        of_labels = float(contrast @ squares @ contrast)
        covariance = _covariance(rows[0] @ contrast, rows[1] @ contrast, rows[2])
        variance = covariance[0, 0] - 2 * power * covariance[0, 1] + power**2 * (covariance[1, 1] + of_labels)
        centre = _mean(rows[0], rows[2]) + power * (population - _mean(rows[1], rows[2]))
        spread = covariance[1, 1] + of_labels
        power = float(np.clip(covariance[0, 1] / spread, 0, 1)) if spread > 0 else 1.0
    reach = _student(ads - 1) * float(np.sqrt(max(variance, 0.0))) / float(sums[1])
    middle = float(centre[0] / centre[1])
    low, high = min(theta, middle - reach), max(theta, middle + reach)
    bounds = (0.0, 1.0) if share else (0.0, np.inf)
    return Interval(*(float(value) for value in np.clip([theta, low, high], *bounds)))


def _mean(rows: Array, weights: Array) -> Array:
    return np.asarray(weights @ rows / weights.sum())


def _with_disagreements(true: Array, found: Array, weights: Array) -> tuple[Array, Array, Array]:
    """The rows with four more that disagree, two each way, as heavy as those of the domain are on average."""
    more = np.array([[1.0, 1.0], [0.0, 1.0]] * 2)
    inside = (true[:, -1] > 0) | (found[:, -1] > 0)
    mean = np.full(len(more), weights[inside].mean())
    return np.vstack([true, more]), np.vstack([found, more[::-1]]), np.concatenate([weights, mean])


def _covariance(left: Array, right: Array, weights: Array) -> Array:
    """The covariance of two weighted means over independent ads."""
    parts = weights / weights.sum()
    centred = np.vstack([left - parts @ left, right - parts @ right]) * parts
    return np.asarray(centred @ centred.T * len(weights) / (len(weights) - 1))


def _student(freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(max(1, freedom), 0.975))

"""Shares over a labelled corpus three ways: as labelled, adjusted for error, and prediction-powered.

* raw: the share among the labels. Its interval is Wilson's (1927) at the effective size that the linearised variance of
  a weighted ratio has (R. Woodruff, JASA 1971; E. Korn & B. Graubard, Survey Methodology 1998). It says nothing about
  the classifier's error.
* adjusted: labels are a mixture of the true categories, mixed by the error rates that gold shows; the mixture is undone
  (two categories: W. Rogan & B. Gladen, Am. J. Epidemiol. 1978; more: the adjusted count of G. Forman, Data Min. Knowl.
  Disc. 2008, kept within the simplex by non-negative least squares). Needs error rates that are the same in gold and
  corpus, not a gold drawn from the corpus. Duties that were missed or invented count as errors. Interval: draws of the
  error rates (Dirichlet with a total prior of one, after W. Perks, 1947, for ads; Bayesian bootstrap by ad, D. Rubin,
  Ann. Stat. 1981, for duties) and of the labelled shares. A category that gold lacks is taken to be found rightly.
* ppi: the share among the labels, moved by what labels and gold differ on the gold ads (A. Angelopoulos et al., Science
  2023; weight of the labels after A. Angelopoulos, J. Duchi & T. Zrnic, PPI++, 2023; for ratios it is the difference
  estimator of survey sampling, C. Särndal et al., 1992). Needs a gold drawn from the corpus with known probabilities.
  Interval: Student's t at the gold ads of the domain; for questions about ads four ads that disagree, two each way, are
  added to it (without labels that is A. Agresti & B. Coull, Am. Stat. 1998; with them it follows D. Bonett & R. Price,
  J. Educ. Behav. Stat. 2012), so that a gold without errors is not taken for a perfect classifier.

A mean (duties per ad) is adjusted by the ratio of gold to labels on the gold ads (W. Cochran, Sampling Techniques,
1977).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from .resampling import Interval, between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

DRAWS = 1000
Z = 1.959964
TINY = 1e-9
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
    inner = 0 < value < 1 and variance > 0
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
    if ads < FEWEST_GOLD or not moments.first[-1]:
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
    """The rows with four more that disagree, two each way."""
    more = np.array([[1.0, 1.0], [0.0, 1.0]] * 2)
    mean = np.full(len(more), weights.mean())
    return np.vstack([true, more]), np.vstack([found, more[::-1]]), np.concatenate([weights, mean])


def _covariance(left: Array, right: Array, weights: Array) -> Array:
    """The covariance of two weighted means over independent ads."""
    parts = weights / weights.sum()
    centred = np.vstack([left - parts @ left, right - parts @ right]) * parts
    return np.asarray(centred @ centred.T * len(weights) / (len(weights) - 1))


def _student(freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(max(1, freedom), 0.975))


def adjusted_ads(
    moments: Moments, gold: Gold, generator: np.random.Generator, draws: int = DRAWS
) -> list[Interval] | None:
    """The shares of ads with the classifier's error undone, one interval for each category.

    Returns:
        None if too few gold ads are in the domain.
    """
    inside = gold.inside
    if inside.sum() < FEWEST_GOLD or not moments.first[-1]:
        return None
    true, found, weights = gold.true[inside, :-1], gold.found[inside, :-1], gold.weights[inside]
    table = (true * (weights / weights.sum())[:, None]).T @ found * (weights.sum() ** 2 / (weights**2).sum())
    size = len(table)
    labelled = moments.first[:-1] / moments.first[-1]
    effective = moments.first[-1] ** 2 / moments.second[-1, -1]
    values = unmixed(_rates(table), labelled)
    rates = np.stack([generator.dirichlet(row + 1 / size, draws) for row in table], axis=1)
    rates[:, table.sum(axis=1) == 0] = np.eye(size)[table.sum(axis=1) == 0]
    shares = generator.dirichlet(labelled * effective + 1 / size, draws)
    drawn = unmixed(rates, shares)
    return [between(value, column) for value, column in zip(values, drawn.T, strict=True)]


def _rates(table: Array) -> Array:
    """Error rates by row; a category that gold does not have is taken to be found rightly."""
    sums = table.sum(axis=1, keepdims=True)
    return np.where(sums > 0, np.divide(table, sums, out=np.zeros_like(table), where=sums > 0), np.eye(len(table)))


def unmixed(rates: Array, labelled: Array) -> Array:
    """The true shares behind labelled ones, for one table of rates or for many at once.

    Args:
        rates: how each true category (rows) is labelled (columns); any leading dimension.
        labelled: the shares (or counts) among the labels, with the same leading dimension.

    Returns:
        Shares that add up to one; not numbers where nothing is left.
    """
    mixing = np.swapaxes(rates, -1, -2)
    try:
        found = np.linalg.solve(mixing, labelled[..., None])[..., 0]
    except np.linalg.LinAlgError:  # some table says nothing: least squares decide
        found = np.full(labelled.shape, -1.0)
    outside = (found < 0).any(axis=-1)
    if rates.shape[-1] == 2 and (found > 0).any(axis=-1).all():  # noqa: PLR2004 -- of two, all falls to the other
        found = np.maximum(found, 0)
    elif outside.any():
        found[outside] = _within(mixing[outside], labelled[outside])
    total = found.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(found, total, out=np.full(found.shape, np.nan), where=total > 0))


def _within(mixing: Array, labelled: Array) -> Array:
    """Shares that are not negative and fit best, table by table."""
    from scipy.optimize import nnls

    size = mixing.shape[-1]
    rows = zip(mixing.reshape(-1, size, size), labelled.reshape(-1, size), strict=True)
    return np.array([nnls(table, row)[0] for table, row in rows]).reshape(labelled.shape)


def adjusted_duties(
    moments: Moments, gold: Gold, generator: np.random.Generator, draws: int = DRAWS
) -> list[Interval] | None:
    """The shares of duties with the classifier's error undone: wrong categories, missed and invented duties.

    Returns:
        None if too few gold ads are in the domain.
    """
    if gold.inside.sum() < FEWEST_GOLD or not moments.first[-1]:
        return None
    values = _unmixed_duties(_table(gold), moments.first[:-1])
    drawn = _unmixed_duties(_drawn_tables(gold, generator, draws), _drawn_counts(moments, generator, draws))
    return [between(value, column) for value, column in zip(values, drawn.T, strict=True)]


def adjusted_each(
    moments: Moments, gold: Gold, generator: np.random.Generator, draws: int = DRAWS
) -> list[Interval] | None:
    """Like `adjusted_duties`, but each category against all others: for many categories with few gold duties each."""
    if gold.inside.sum() < FEWEST_GOLD or not moments.first[-1]:
        return None
    table, tables = _table(gold), _drawn_tables(gold, generator, draws)
    labelled, drawn = moments.first[:-1], _drawn_counts(moments, generator, draws)
    return [
        between(
            _unmixed_duties(_against_others(table, category), _one_and_others(labelled, category))[0],
            _unmixed_duties(_against_others(tables, category), _one_and_others(drawn, category))[:, 0],
        )
        for category in range(len(labelled))
    ]


def _table(gold: Gold) -> Array:
    return np.asarray(np.tensordot(gold.weights[gold.inside], gold.pairs[gold.inside], 1))


def _drawn_tables(gold: Gold, generator: np.random.Generator, draws: int) -> Array:
    """Tables of true and found duties over gold ads that are weighed anew (Bayesian bootstrap)."""
    weights = gold.weights[gold.inside]
    parts = generator.dirichlet(np.ones(len(weights)), draws) * weights
    return np.asarray(np.tensordot(parts, gold.pairs[gold.inside], 1))


def _against_others(tables: Array, category: int) -> Array:
    """Tables with all categories but one joined; the last row (invented) and column (missed) stay."""
    keep = np.zeros((3, tables.shape[-1]))
    keep[0, category] = keep[2, -1] = 1
    keep[1, :-1] = 1 - keep[0, :-1]
    return np.asarray(keep @ tables @ keep.T)


def _one_and_others(counts: Array, category: int) -> Array:
    one = counts[..., category]
    return np.stack([one, counts.sum(axis=-1) - one], axis=-1)


def _unmixed_duties(tables: Array, labelled: Array) -> Array:
    """True shares from tables with a last row of invented and a last column of missed duties."""
    matched = tables[..., :-1, :-1]
    found = tables[..., :-1].sum(axis=-2)
    real = np.divide(matched.sum(axis=-2), found, out=np.ones_like(found), where=found > 0)
    coded = tables[..., :-1, :].sum(axis=-1, keepdims=True)
    recall = matched.sum(axis=(-1, -2), keepdims=True) / np.maximum(coded.sum(axis=-2, keepdims=True), TINY)
    unknown = (
        np.eye(matched.shape[-1]) * recall
    )  # a category that gold does not have: found rightly, as often as others
    return unmixed(np.divide(matched, coded, out=unknown, where=coded > 0), labelled * real)


def _drawn_counts(moments: Moments, generator: np.random.Generator, draws: int) -> Array:
    """Draws of the labelled counts, normal with the covariance of sums over ads."""
    first, second = moments.first[:-1], moments.second[:-1, :-1]
    covariance = second - np.outer(first, first) / max(1, moments.ads)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    return np.asarray(np.maximum(first + generator.standard_normal((draws, len(first))) @ root.T, 0))


def adjusted_mean(
    moments: Moments, gold: Gold, generator: np.random.Generator, draws: int = DRAWS
) -> list[Interval] | None:
    """A mean, moved by the ratio of gold to labels on the gold ads.

    Returns:
        None if too few gold ads are in the domain.
    """
    inside = gold.inside
    if inside.sum() < FEWEST_GOLD or not moments.first[-1]:
        return None
    true, found, weights = gold.true[inside, 0], gold.found[inside, 0], gold.weights[inside]
    as_labelled = raw(moments, 0, share=False)
    labelled = as_labelled.value + generator.standard_normal(draws) * (as_labelled.high - as_labelled.value) / Z
    parts = generator.dirichlet(np.ones(len(weights)), draws) * weights
    return [
        between(as_labelled.value * (weights @ true) / (weights @ found), labelled * (parts @ true) / (parts @ found))
    ]

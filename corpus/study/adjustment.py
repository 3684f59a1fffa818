"""Shares and means over a labelled corpus with the classifier's error undone, as gold shows it.

Labels are a mixture of the true categories, mixed by the error rates that gold shows; the mixture is undone
(two categories: W. Rogan & B. Gladen, Am. J. Epidemiol. 1978; more: the adjusted count of G. Forman, Data Min. Knowl.
Disc. 2008, kept within the simplex by non-negative least squares). Needs error rates that are the same in gold and
corpus, not a gold drawn from the corpus. Duties that were missed or invented count as errors. Interval: draws of the
error rates (Dirichlet with a total prior of one, after W. Perks, 1947, for ads; Bayesian bootstrap by ad, D. Rubin,
Ann. Stat. 1981, for duties) and of the labelled shares. A category that gold lacks is taken to be found rightly.

Errors can be undone only where labels tell a category from the others: it must be labelled so more often where it is
true than where it is not, in the gold and in all but 2.5 % of the draws, and its row of the table must not be a mixture
of other rows (for ads the prior decides between such rows, and the interval shows how little it knows). Otherwise there
is no estimate: dividing by a difference that may be zero gives any share (E. Fieller, J. R. Stat. Soc. B 1954, on
ratios whose denominator is not clear of zero).

A mean (duties per ad) is adjusted by the ratio of gold to labels on the gold ads (W. Cochran, Sampling Techniques,
1977).

Draws are made and used in batches. Of each draw only what the interval needs is kept: a share of each category, and
whether labels tell it from the others.
"""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ..prevalence import Z, enough_gold, raw
from ..resampling import LEVELS, between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from ..prevalence import Gold, Moments
    from ..resampling import Interval

    Array = NDArray[Any]
    Source = Callable[[np.random.Generator, int], Array]
    Undone = tuple[Array, Array]
    """Of each draw: which categories labels tell from the others, and the shares."""

Kind = Literal["ads", "duties", "each", "mean"]

DRAWS = 1000
BATCH = 1000
"""Draws that are held at once."""

TINY = 1e-9
MOST_STEPS = 1000
"""Of a fit without negative shares; where labels tell little, scipy's own bound of three for each share is too low."""


def adjusted(
    kind: Kind, moments: Moments, gold: Gold, generator: np.random.Generator, draws: int = DRAWS
) -> list[Interval | None] | None:
    """Shares (or a mean) with the classifier's error undone, one interval for each category.

    Args:
        kind: shares of ads, shares of duties, the same with each category against all others (for many categories with
            few gold duties each), or a mean.
        moments: of the labelled ads.
        gold: of the same question.
        generator: where the draws come from.
        draws: how many.

    Returns:
        None if too few gold ads are in the domain; None for a category that labels do not tell from the others.
    """
    return _ADJUSTED[kind](moments, gold, generator, draws) if enough_gold(moments, gold.inside.sum()) else None


def _ads(moments: Moments, gold: Gold, generator: np.random.Generator, draws: int) -> list[Interval | None]:
    inside = gold.inside
    true, found, weights = gold.true[inside, :-1], gold.found[inside, :-1], gold.weights[inside]
    table = (true * (weights / weights.sum())[:, None]).T @ found * (weights.sum() ** 2 / (weights**2).sum())
    size = len(table)
    labelled = moments.first[:-1] / moments.first[-1]
    effective = moments.first[-1] ** 2 / moments.second[-1, -1]
    point = _rates(table)
    if _mixtures(point).any():  # too few ads of some category: the mean of the draws tells what they tell
        point = _rates(np.where(table.sum(axis=1, keepdims=True) > 0, table + 1 / size, 0.0))
    values = unmixed(point, labelled)
    coded = table.sum(axis=1)

    def undone(*drawn: Array) -> Undone:
        rates = np.stack(drawn[:-1], axis=1)
        rates[:, coded == 0] = np.eye(size)[coded == 0]
        return tells(rates, coded), unmixed(rates, drawn[-1])

    sources = [partial(_dirichlet, row + 1 / size) for row in (*table, labelled * effective)]
    told, found = _joined(undone(*drawn) for drawn in _in_batches(generator, draws, *sources))
    return _where(told_apart(point, told, coded), values, found)


def _dirichlet(counts: Array, generator: np.random.Generator, draws: int) -> Array:
    return generator.dirichlet(counts, draws)


def _in_batches(generator: np.random.Generator, draws: int, *sources: Source) -> Iterator[tuple[Array, ...]]:
    """Draws of several sources, a batch of each at a time, the same as if each were drawn whole before the next."""
    if draws <= BATCH:
        yield tuple(source(generator, draws) for source in sources)
        return
    sizes = [min(BATCH, draws - begin) for begin in range(0, draws, BATCH)]
    begins = []
    for source in sources:
        begins.append(deepcopy(generator))
        for size in sizes:
            source(generator, size)
    for size in sizes:
        yield tuple(source(begin, size) for source, begin in zip(sources, begins, strict=True))


def _joined(batches: Iterable[Undone]) -> Undone:
    told, values = zip(*batches, strict=True)
    return np.concatenate(told), np.concatenate(values)


def _where(told: Array, values: Array, drawn: Array) -> list[Interval | None]:
    """The estimates of those categories that can be told apart."""
    return [
        between(value, column) if known else None for known, value, column in zip(told, values, drawn.T, strict=True)
    ]


def told_apart(point: Array, drawn: Array, coded: Array) -> Array:
    """Which categories labels tell from the others, for sure.

    Args:
        point: how each true category (rows) is labelled (columns).
        drawn: which ones labels tell from the others in draws of the same.
        coded: how often gold has each category.

    Returns:
        A truth value for each category.
    """
    surely = drawn.mean(axis=0) >= 1 - LEVELS[0]
    return np.asarray(surely & tells(point, coded) & ~_mixtures(point))


def _mixtures(rates: Array) -> Array:
    """Which categories are labelled as a mixture of others is, so that any part of either would fit."""
    _, sizes, directions = np.linalg.svd(rates.T)
    return np.asarray(np.abs(directions[sizes < TINY]).sum(axis=0) >= TINY)


def tells(rates: Array, coded: Array) -> Array:
    """Which categories are labelled so more often where they are true than where they are not (Youden's J).

    Args:
        rates: how each true category (rows) is labelled (columns); any leading dimension.
        coded: how often gold has each category.
    """
    right = np.diagonal(rates, axis1=-2, axis2=-1)
    others = coded.sum() - coded
    wrong = np.einsum("j,...jk->...k", coded, rates) - coded * right
    return np.asarray(right - np.divide(wrong, others, out=np.zeros_like(right), where=others > 0) > TINY)


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
    return np.array([nnls(table, row, maxiter=MOST_STEPS)[0] for table, row in rows]).reshape(labelled.shape)


def _duties(moments: Moments, gold: Gold, generator: np.random.Generator, draws: int) -> list[Interval | None]:
    """Undoes wrong categories, missed and invented duties."""
    table = _table(gold)
    drawn = _in_batches(generator, draws, partial(_drawn_tables, gold), partial(_drawn_counts, moments))
    found = _joined(_undone(table, tables, counts) for tables, counts in drawn)
    return _of_table(table, moments.first[:-1], *found)


def _each(moments: Moments, gold: Gold, generator: np.random.Generator, draws: int) -> list[Interval | None]:
    labelled = moments.first[:-1]
    tables_of = [_against_others(_table(gold), category) for category in range(len(labelled))]
    drawn = _in_batches(generator, draws, partial(_drawn_tables, gold), partial(_drawn_counts, moments))
    batches = [
        [
            _undone(table, _against_others(tables, category), _one_and_others(counts, category))
            for category, table in enumerate(tables_of)
        ]
        for tables, counts in drawn
    ]
    return [
        _of_table(table, _one_and_others(labelled, category), *_joined(batch[category] for batch in batches))[0]
        for category, table in enumerate(tables_of)
    ]


def _undone(table: Array, tables: Array, labelled: Array) -> Undone:
    """What draws of a table of true and found duties, and of the labelled counts, come to."""
    return tells(_duty_rates(tables), table[:-1].sum(axis=-1)), _unmixed_duties(tables, labelled)


def _of_table(table: Array, labelled: Array, told: Array, drawn: Array) -> list[Interval | None]:
    """Estimates from a table of true and found duties, and from what draws of it came to."""
    apart = told_apart(_duty_rates(table), told, table[:-1].sum(axis=-1))
    return _where(apart, _unmixed_duties(table, labelled), drawn)


def _table(gold: Gold) -> Array:
    return np.asarray(np.tensordot(gold.weights[gold.inside], gold.pairs[gold.inside], 1))


def _drawn_tables(gold: Gold, generator: np.random.Generator, draws: int) -> Array:
    """Tables of true and found duties over gold ads that are weighed anew."""
    parts = _weighed_anew(gold.weights[gold.inside], generator, draws)
    return np.asarray(np.tensordot(parts, gold.pairs[gold.inside], 1))


def _weighed_anew(weights: Array, generator: np.random.Generator, draws: int) -> Array:
    """Draws of the weights of ads (Bayesian bootstrap)."""
    return np.asarray(generator.dirichlet(np.ones(len(weights)), draws) * weights)


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
    return unmixed(_duty_rates(tables), labelled * real)


def _duty_rates(tables: Array) -> Array:
    """How each true category is found; what is left of a row is missed."""
    matched = tables[..., :-1, :-1]
    coded = tables[..., :-1, :].sum(axis=-1, keepdims=True)
    recall = matched.sum(axis=(-1, -2), keepdims=True) / np.maximum(coded.sum(axis=-2, keepdims=True), TINY)
    # A category that gold does not have is found rightly, as often as the others are found.
    unknown = np.eye(matched.shape[-1]) * recall
    return np.asarray(np.divide(matched, coded, out=unknown, where=coded > 0))


def _drawn_counts(moments: Moments, generator: np.random.Generator, draws: int) -> Array:
    """Draws of the labelled counts, normal with the covariance of sums over ads."""
    first, second = moments.first[:-1], moments.second[:-1, :-1]
    covariance = second - np.outer(first, first) / max(1, moments.ads)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0))
    return np.asarray(np.maximum(first + generator.standard_normal((draws, len(first))) @ root.T, 0))


def _mean(moments: Moments, gold: Gold, generator: np.random.Generator, draws: int) -> list[Interval | None]:
    """Moves the mean by the ratio of gold to labels on the gold ads; none if the labels find nothing there."""
    inside = gold.inside
    true, found, weights = gold.true[inside, 0], gold.found[inside, 0], gold.weights[inside]
    if not found.any():
        return [None]
    labelled = raw(moments, 0, share=False)
    reach = labelled.high - labelled.value
    drawn = _in_batches(generator, draws, np.random.Generator.standard_normal, partial(_weighed_anew, weights))
    values = [(labelled.value + normal * reach / Z) * (parts @ true) / (parts @ found) for normal, parts in drawn]
    return [between(labelled.value * (weights @ true) / (weights @ found), np.concatenate(values))]


_ADJUSTED: Mapping[Kind, Callable[..., list[Interval | None]]] = {
    "ads": _ads,
    "duties": _duties,
    "each": _each,
    "mean": _mean,
}

"""How far coders agree: Krippendorff's alpha, Cohen's kappa, and the borders of duties.

Alpha follows K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): observed against expected
disagreement over a matrix of coincidences, any number of coders, missing values allowed. The distance of label sets is
MASI (R. Passonneau, "Measuring Agreement on Set-valued Items", LREC 2006). Kappa is J. Cohen's (1960). Agreement on
borders is the F1 of two coders' spans, which kappa approaches where what nobody marked is uncountable
(G. Hripcsak & A. Rothschild, JAMIA 2005).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from numpy.typing import NDArray

    Array = NDArray[Any]
    Distance = Callable[[Sequence[Any], Array], Array]
    """From the values, in order, and how often each was given, to the squared differences of each pair."""

T = TypeVar("T", bound="Hashable")


def nominal(values: Sequence[object], counts: Array) -> Array:  # noqa: ARG001 -- every distance is called alike
    """0 for the same value, 1 for another."""
    return 1.0 - np.eye(len(values))


def ordinal(values: Sequence[object], counts: Array) -> Array:
    """The squared number of ranks that lie between two values, as far as they were given (Krippendorff 2011)."""
    middle = np.cumsum(counts) - counts / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2 * nominal(values, counts))


def interval(values: Sequence[float], counts: Array) -> Array:  # noqa: ARG001 -- every distance is called alike
    """The squared difference of two numbers."""
    numbers = np.asarray(values, dtype=float)
    return np.asarray((numbers[:, None] - numbers[None, :]) ** 2)


def masi(values: Sequence[frozenset[str]], counts: Array) -> Array:  # noqa: ARG001 -- every distance is called alike
    """The MASI distance of two label sets, used as it is, not squared."""
    return np.array([[masi_distance(left, right) for right in values] for left in values])


def masi_distance(left: frozenset[str], right: frozenset[str]) -> float:
    """1 minus Jaccard times monotonicity: 1 for equal sets, 2/3 if one holds the other, 1/3 if they cross, else 0."""
    common = left & right
    if left == right:
        return 0.0
    if not common:
        return 1.0
    monotonicity = 2 / 3 if common in (left, right) else 1 / 3
    return 1 - len(common) / len(left | right) * monotonicity


DISTANCES: dict[str, Distance] = {"nominal": nominal, "ordinal": ordinal, "interval": interval, "masi": masi}


def values_in(units: Sequence[Sequence[T | None]]) -> list[T]:
    """The values that were given, in order (sets by their members)."""
    return sorted({value for unit in units for value in unit if value is not None}, key=_order)


def _order(value: object) -> tuple[float, str]:
    if isinstance(value, frozenset):
        return 0.0, " ".join(sorted(value))
    return (float(value), "") if isinstance(value, (int, float)) else (0.0, str(value))


def coincidences(units: Sequence[Sequence[T | None]], values: Sequence[T]) -> Array:
    """The matrix of coincidences: each pair of values within a unit, weighed by one less than its coders.

    Args:
        units: for each unit the value of each coder, None where one gave none.
        values: all values, in order.
    """
    place = {value: number for number, value in enumerate(values)}
    matrix = np.zeros((len(values), len(values)))
    for unit in units:
        given = [place[value] for value in unit if value is not None]
        for first, left in enumerate(given):
            for second, right in enumerate(given):
                if first != second:
                    matrix[left, right] += 1 / (len(given) - 1)
    return matrix


def alpha_of(matrix: Array, differences: Array) -> float:
    """Alpha of a matrix of coincidences; not a number where only one value, or nothing, was given twice.

    Args:
        matrix: the coincidences.
        differences: the squared difference of each pair of values.
    """
    counts = matrix.sum(axis=0)
    total = counts.sum()
    expected = (np.outer(counts, counts) * differences).sum()
    return float(1 - (total - 1) * (matrix * differences).sum() / expected) if expected > 0 else float("nan")


def alpha(units: Sequence[Sequence[T | None]], distance: str = "nominal") -> float:
    """Krippendorff's alpha.

    Args:
        units: for each unit the value of each coder, None where one gave none.
        distance: nominal, ordinal, interval or masi.

    Returns:
        1 for perfect agreement, 0 for what chance gives, less for systematic disagreement.
    """
    values = values_in(units)
    matrix = coincidences(units, values)
    return alpha_of(matrix, DISTANCES[distance](values, matrix.sum(axis=0)))


def kappa_of(table: Array) -> float:
    """Cohen's kappa of a square table of counts, one coder in rows, the other in columns."""
    total = table.sum()
    if not total:
        return float("nan")
    observed = np.trace(table) / total
    expected = (table.sum(axis=0) * table.sum(axis=1)).sum() / total**2
    return float((observed - expected) / (1 - expected)) if expected < 1 else float("nan")


def kappa(pairs: Sequence[tuple[T | None, T | None]]) -> float:
    """Cohen's kappa of two coders; units that one left out do not count."""
    values = values_in(pairs)
    return kappa_of(pair_table(pairs, values))


def pair_table(pairs: Sequence[Sequence[T | None]], values: Sequence[T]) -> Array:
    """How often two coders gave each pair of values; the first coder in rows."""
    place = {value: number for number, value in enumerate(values)}
    table = np.zeros((len(values), len(values)))
    for first, second in pairs:
        if first is not None and second is not None:
            table[place[first], place[second]] += 1
    return table

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.corpus.agreement import alpha, kappa, kappa_of, masi_distance

# K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: four observers, twelve units.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
UNITS = list(zip(*OBSERVERS, strict=True))


@pytest.mark.parametrize(("distance", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_agreement_alpha_krippendorff_example_c(distance: str, expected: float) -> None:
    assert alpha(UNITS, distance) == pytest.approx(expected, abs=0.0005)


def test_agreement_alpha_krippendorff_example_a() -> None:
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_agreement_alpha_krippendorff_example_b() -> None:
    first, second = "aabbdcccedda", "babbbccceddd"
    assert alpha(list(zip(first, second, strict=True))) == pytest.approx(0.692, abs=0.0005)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ([[20, 5], [10, 15]], 0.4),  # the usual textbook table of grant proposals
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        ([[118, 5], [2, 0]], -0.0234),  # nearly always the same value: agreement by chance is high
    ],
)
def test_agreement_kappa_published_tables(table: list[list[int]], expected: float) -> None:
    assert kappa_of(np.array(table)) == pytest.approx(expected, abs=0.0001)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [("ab", "ab", 0.0), ("ab", "abcd", 1 - 1 / 2 * 2 / 3), ("abc", "bcd", 1 - 1 / 2 * 1 / 3), ("a", "b", 1.0)],
)
def test_agreement_masi_by_passonneau(left: str, right: str, expected: float) -> None:
    assert masi_distance(frozenset(left), frozenset(right)) == pytest.approx(expected)


def test_agreement_alpha_of_label_sets_gives_part_credit() -> None:
    sets = [(frozenset("ab"), frozenset("a")), (frozenset("c"), frozenset("c")), (frozenset("d"), frozenset("d"))]
    assert alpha(sets, "nominal") < alpha(sets, "masi") < 1


PAIRS = st.lists(st.tuples(*[st.sampled_from(["a", "b", "c", None])] * 2), min_size=1, max_size=30)


@given(PAIRS)
def test_agreement_does_not_depend_on_the_order_of_coders(pairs: Sequence[tuple[str | None, str | None]]) -> None:
    turned = [(right, left) for left, right in pairs]
    for measure in (alpha, kappa):
        there, back = measure(pairs), measure(turned)
        assert there == pytest.approx(back) or (math.isnan(there) and math.isnan(back))
        assert math.isnan(there) or there <= 1 + 1e-9


def test_agreement_perfect_and_empty() -> None:
    same = [("a", "a"), ("b", "b")]
    assert alpha(same) == kappa(same) == 1
    assert math.isnan(alpha([("a", "a")]))
    assert math.isnan(kappa([(None, "a")]))

from __future__ import annotations

import numpy as np
import pytest

from jobclass.corpus.adjustment import unmixed


def test_adjustment_rogan_and_gladen_by_hand() -> None:
    rates = np.array([[0.9, 0.1], [0.2, 0.8]])
    assert unmixed(rates, np.array([0.34, 0.66]))[0] == pytest.approx((0.34 + 0.8 - 1) / (0.9 + 0.8 - 1))
    assert unmixed(rates, np.array([0.1, 0.9]))[0] == 0  # fewer labels than errors alone would give


def test_adjustment_unmixing_undoes_mixing() -> None:
    rates = np.array([[0.80, 0.12, 0.08], [0.10, 0.85, 0.05], [0.05, 0.10, 0.85]])
    shares = np.array([0.15, 0.60, 0.25])
    assert unmixed(rates, shares @ rates) == pytest.approx(shares)

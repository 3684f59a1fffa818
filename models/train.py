"""Fits linear models with scikit-learn: one binary problem per label, so that the result is the same everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .features import Featuriser
from .linear import LinearModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from .features import Example, FeatureSettings

SEED = 0
CERTAIN = 6.0
"""Score of a label that every example has, about 400 to 1; its negative is that of a label no example has."""

TOLERANCE = 0.1
"""Of liblinear's dual solver, ten times as fast here as the primal one; a finer tolerance brings the same figures."""


def matrix(examples: Sequence[Example], settings: FeatureSettings) -> csr_matrix:
    """The examples as a sparse matrix of shape (examples, features)."""
    from scipy.sparse import csr_matrix

    featuriser = Featuriser(settings)
    starts, columns, values = [0], [], []
    for example in examples:
        numbers, found = featuriser.rows(example)
        columns += numbers.tolist()
        values += found
        starts.append(len(columns))
    data = (np.array(values, np.float64), np.array(columns, np.int32), np.array(starts, np.int32))
    result = csr_matrix(data, shape=(len(examples), settings.size))
    result.sum_duplicates()
    return result


def targets(labels: Sequence[str], answers: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Which label holds for which example, shape (examples, labels)."""
    column = {label: number for number, label in enumerate(labels)}
    result = np.zeros((len(answers), len(labels)), dtype=bool)
    for row, answer in enumerate(answers):
        result[row, [column[label] for label in answer]] = True
    return result


def fit(  # noqa: PLR0913 -- the data, and settings that belong together
    seen: csr_matrix,
    answers: Sequence[Sequence[str]],
    labels: Sequence[str],
    settings: FeatureSettings,
    *,
    strength: float = 1.0,
    exclusive: bool = False,
    weights: Sequence[float] | None = None,
) -> LinearModel:
    """Fits one logistic regression per label.

    Args:
        seen: the examples, as `matrix` gives them with the same settings.
        answers: for each example the labels that hold.
        labels: all labels, in the order of the model's columns.
        settings: how examples became features.
        strength: inverse of the regularisation (scikit-learn's C).
        exclusive: whether exactly one label holds.
        weights: weight of each example.
    """
    wanted = targets(labels, answers)
    share = None if weights is None else np.asarray(weights, dtype=np.float64)
    fitted = [_fit_one(seen, wanted[:, number], share, strength) for number in range(len(labels))]
    return LinearModel(
        labels=tuple(labels),
        settings=settings,
        weights=np.stack([weights for weights, _ in fitted], axis=1).astype(np.float16),
        bias=np.array([bias for _, bias in fitted], dtype=np.float32),
        exclusive=exclusive,
    )


def _fit_one(
    seen: csr_matrix, wanted: NDArray[np.bool_], share: NDArray[np.float64] | None, strength: float
) -> tuple[NDArray[np.float64], float]:
    """Weights and bias of one label."""
    from sklearn.linear_model import LogisticRegression

    if wanted.all() or not wanted.any():  # a small corpus may lack a label, and there is nothing to tell apart
        return np.zeros(seen.shape[1]), CERTAIN if wanted.all() else -CERTAIN
    settings = {"solver": "liblinear", "dual": True, "tol": TOLERANCE, "max_iter": 500, "random_state": SEED}
    model = LogisticRegression(C=strength, **settings)
    model.fit(seen, wanted, sample_weight=share)
    return model.coef_[0], float(model.intercept_[0])

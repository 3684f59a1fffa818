"""Fits a linear-chain conditional random field: one label for every member of a sequence, all of them at once.

Lafferty, McCallum and Pereira 2001. A member's features score each label, its kind of step scores each pair of
neighbouring labels, and both are fitted together: evidence is not counted twice, as it is if steps are merely counted.
Mini-batches with AdaGrad (Duchi, Hazan and Singer 2011), features dropped at random so that many cues share the
work, weights averaged over the later passes. The same data give the same weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

SEED = 0
PASSES = 7
RATE = 0.1
DROPPED = 0.3
"""Share of the features a batch does not see."""

BATCH = 1500
"""Members of a batch, about."""

_WARY = 1e-2
"""Where AdaGrad's sums begin: the first steps are not wild."""


@dataclass(frozen=True)
class ChainData:
    """Sequences laid end to end.

    Attributes:
        seen: features, shape (members, features).
        labels: the right label of each member.
        steps: how each member follows the one before; of no account for the first of a sequence.
        sizes: members of each sequence; a sequence of one is a member whose place is unknown.
        weights: weight of each sequence.
    """

    seen: csr_matrix
    labels: NDArray[np.int64]
    steps: NDArray[np.int64]
    sizes: NDArray[np.int64]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Chain:
    """What was fitted.

    Attributes:
        weights: of the features, shape (features, labels).
        bias: of the labels.
        steps: of each label after each label, shape (kinds, labels, labels).
        first: of the label of a sequence's first member.
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]
    steps: NDArray[np.float32]
    first: NDArray[np.float32]


def fit_chain(data: ChainData, labels: int, kinds: int, passes: int = PASSES) -> Chain:
    """Fits a chain.

    Args:
        data: the sequences.
        labels: how many labels there are.
        kinds: how many kinds of step there are.
        passes: over the data; the weights of the later half are averaged.
    """
    used = np.unique(data.seen.indices)
    seen = data.seen[:, used].astype(np.float32)
    shapes = ((len(used), labels), (labels,), (kinds, labels, labels), (labels,))
    fitted = [np.zeros(shape, np.float32) for shape in shapes]
    squares = [np.full(shape, _WARY, np.float32) for shape in shapes]
    sums = [np.zeros(shape, np.float32) for shape in shapes]
    random = np.random.default_rng(SEED)
    starts = np.concatenate([[0], np.cumsum(data.sizes)])
    batches = list(_batches(data.sizes))
    for number in range(passes):
        for choice in random.permutation(len(batches)):
            batch = _Batch.of(data, starts, batches[choice])
            kept = ((random.random(len(used)) >= DROPPED) / (1 - DROPPED)).astype(np.float32)
            gradients = _gradients(batch, _thinned(seen[batch.rows], kept), Chain(*fitted))
            for weights, square, gradient in zip(fitted, squares, gradients, strict=True):
                np.add(square, gradient * gradient, out=square)
                np.subtract(weights, RATE * gradient / np.sqrt(square), out=weights)
        if number >= passes // 2:
            for total, weights in zip(sums, fitted, strict=True):
                np.add(total, weights, out=total)
    of_used, *others = (total / np.float32(passes - passes // 2) for total in sums)
    weights = np.zeros((data.seen.shape[1], labels), np.float32)
    weights[used] = of_used
    bias, steps, first = others
    return Chain(weights, bias, steps, first)


def _batches(sizes: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Sequences of like size together, so that little of a batch is padding."""
    order = np.argsort(sizes, kind="stable")
    filled = np.cumsum(sizes[order]) // BATCH
    yield from np.split(order, np.flatnonzero(np.diff(filled)) + 1)


@dataclass(frozen=True)
class _Batch:
    """Some sequences, padded to one length: arrays of shape (sequences, longest)."""

    rows: NDArray[np.int64]
    real: NDArray[np.bool_]
    labels: NDArray[np.int64]
    steps: NDArray[np.int64]
    weights: NDArray[np.float64]

    @staticmethod
    def of(data: ChainData, starts: NDArray[np.int64], chosen: NDArray[np.int64]) -> _Batch:
        sizes = data.sizes[chosen]
        real = np.arange(sizes.max()) < sizes[:, None]
        rows = np.concatenate([np.arange(starts[n], starts[n + 1]) for n in chosen])
        labels, steps = np.zeros(real.shape, np.int64), np.zeros(real.shape, np.int64)
        labels[real], steps[real] = data.labels[rows], data.steps[rows]
        return _Batch(rows, real, labels, steps, data.weights[chosen])


def _thinned(seen: csr_matrix, kept: NDArray[np.float32]) -> csr_matrix:
    seen.data *= kept[seen.indices]
    return seen


def _gradients(batch: _Batch, seen: csr_matrix, chain: Chain) -> list[NDArray[np.float32]]:
    """Gradients of the negative log likelihood, in the order of `Chain`."""
    # How likely each label is for each member, as things stand: forward and backward.
    real = batch.real
    scores = np.zeros((*real.shape, len(chain.bias)))
    scores[real] = seen @ chain.weights + chain.bias
    placed = (real.sum(axis=1) > 1)[:, None]
    scores[:, 0] += placed * chain.first
    joint = chain.steps.astype(np.float64)[batch.steps]
    forward, backward = _passes(scores, joint, real)
    total = _log_sum(forward[:, -1], 1)

    # A label's gradient is how likely it is, less one where it is right; so for features, bias and first labels.
    surprise = np.exp(forward + backward - total[:, None, None])
    right = batch.labels[:, :, None]
    np.put_along_axis(surprise, right, np.take_along_axis(surprise, right, 2) - 1, 2)
    surprise *= (batch.weights[:, None] * real)[:, :, None]
    of_members = surprise[real].astype(np.float32)
    first = (surprise[:, 0] * placed).sum(axis=0)

    # The same for the pairs of labels of neighbours, summed up by kind of step.
    of_steps = np.zeros(chain.steps.shape)
    onward = joint[:, 1:] + (scores + backward)[:, 1:, None, :]
    pairs = np.exp(forward[:, :-1, :, None] + onward - total[:, None, None, None])
    sequences, places = np.nonzero(real[:, 1:])
    pairs = pairs[sequences, places]
    pairs[np.arange(len(pairs)), batch.labels[sequences, places], batch.labels[sequences, places + 1]] -= 1
    np.add.at(of_steps, batch.steps[sequences, places + 1], pairs * batch.weights[sequences][:, None, None])
    return [seen.T @ of_members, of_members.sum(axis=0), of_steps.astype(np.float32), first.astype(np.float32)]


def _passes(
    scores: NDArray[np.float64], joint: NDArray[np.float64], real: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Forward and backward log sums; behind the end of a sequence the first stands still and the second is 0."""
    forward, backward = scores.copy(), np.zeros_like(scores)
    for n in range(1, scores.shape[1]):
        onward = _log_sum(forward[:, n - 1, :, None] + joint[:, n], 1) + scores[:, n]
        forward[:, n] = np.where(real[:, n, None], onward, forward[:, n - 1])
    for n in range(scores.shape[1] - 2, -1, -1):
        back = _log_sum(joint[:, n + 1] + (scores + backward)[:, n + 1, None, :], 2)
        backward[:, n] = np.where(real[:, n + 1, None], back, 0)
    return forward, backward


def _log_sum(values: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    highest = values.max(axis=axis, keepdims=True)
    sums: NDArray[np.float64] = np.log(np.exp(values - highest).sum(axis=axis)) + highest.squeeze(axis)
    return sums

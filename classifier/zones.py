"""Zones: what each line of an ad speaks of, by a linear chain over its lines.

A line's own words, its look, its neighbours and above all the headings around it score each zone; how zones follow
each other is scored by kind of step; the likeliest zones of the whole ad are decoded together (Viterbi).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from .ad import ZONES
from .line_signals import examples, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..models.linear import LinearModel
    from .ad import Line, Zone
    from .headings import Headings

SCALED_EVERY = 100
"""Lines after which sums are scaled: each line lets them grow by a factor of 8 at most, and doubles end at 1e308."""


@dataclass(frozen=True)
class ZoneModel:
    """Scores of lines and of steps between them.

    Attributes:
        lines: scores a line for each zone.
        steps: score of each zone after each zone, shape (steps, zones, zones), by kind of step.
        first: score of the first line's zone, shape (zones,).
    """

    lines: LinearModel
    steps: NDArray[np.float32]
    first: NDArray[np.float32]


def assign(lines: Sequence[Line], headings: Headings, model: ZoneModel) -> tuple[tuple[Zone, ...], NDArray[np.float64]]:
    """The zone of every line.

    Args:
        lines: the lines of one ad, in order.
        headings: the lexicon of headings.
        model: the trained scores.

    Returns:
        The zones that together are likeliest, and for each line the probability of each zone given the whole ad,
        shape (lines, zones) in the order of `ZONES`.
    """
    if not lines:
        return (), np.zeros((0, len(ZONES)))
    scores = model.lines.score_all(examples(lines, headings))
    path, shares = decode(scores, [step_of(line) for line in lines], model)
    return tuple(ZONES[index] for index in path), shares


def decode(
    scores: NDArray[np.floating[Any]], steps: Sequence[int], model: ZoneModel
) -> tuple[list[int], NDArray[np.float64]]:
    """The likeliest sequence of zones (Viterbi), and the probability of each zone for each line (forward and backward).

    Args:
        scores: of each line for each zone, shape (lines, zones).
        steps: how each line follows the one before, as indices into `STEPS`.
        model: holds the scores of the steps.

    Returns:
        Indices into `ZONES`, and an array of shape (lines, zones).
    """
    through = model.steps[np.asarray(steps[1:], np.intp)] + scores[1:, None, :]
    best = model.first + scores[0]
    for step in through:  # becomes the score of the best path to each zone by way of each zone before
        best = np.maximum.reduce(np.add(best[:, None], step, out=step), axis=0)
    path = [int(best.argmax())]
    for origins in reversed(through.argmax(axis=1).tolist()):
        path.append(origins[path[-1]])
    return path[::-1], _marginals(through, best)


def _marginals(through: NDArray[np.float64], last: NDArray[np.float64]) -> NDArray[np.float64]:
    """The probabilities given the whole ad, from the scores of best paths.

    All paths to a zone together are worth as many times the best one as the sums ahead say; they are never less than
    that one, so nothing is lost below. The sums behind hold what the lines below say, in the same measure.

    Args:
        through: of the best path to each zone by way of each zone before, shape (lines - 1, zones, zones); overwritten,
            since an ad may have very many lines.
        last: of the best path to each zone of the last line.
    """
    through -= through.max(axis=1, keepdims=True)
    np.exp(through, out=through)
    ahead, behind = np.ones((len(through) + 1, len(last))), np.empty((len(through) + 1, len(last)))
    behind[-1] = np.exp(last - last.max())
    ways, forward, backward = list(through), list(ahead), list(behind)  # views of the rows, made once
    for number, way in enumerate(ways, 1):
        np.dot(forward[number - 1], way, out=forward[number])
        if not number % SCALED_EVERY:
            forward[number] /= forward[number].max()
    for number in range(len(ways) - 1, -1, -1):
        np.dot(ways[number], backward[number + 1], out=backward[number])
        if not number % SCALED_EVERY:
            backward[number] /= backward[number].max()
    shares = ahead * behind
    shares /= shares.sum(axis=1, keepdims=True)
    return shares

"""Zones: what each line of an ad speaks of, by a linear chain over its lines.

A line's own words, its look, its neighbours and above all the headings around it score each zone; how zones follow
each other is scored by kind of step; the likeliest zones of the whole ad are decoded together (Viterbi).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .ad import ZONES
from .line_signals import STEPS, examples, step_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from ..models.linear import LinearModel
    from .ad import Line, Zone
    from .headings import Headings

__all__ = ["STEPS", "ZoneModel", "assign", "decode", "examples", "marginals", "step_of"]


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


def assign(lines: Sequence[Line], headings: Headings, model: ZoneModel) -> tuple[tuple[Zone, ...], NDArray[np.float32]]:
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
        return (), np.zeros((0, len(ZONES)), dtype=np.float32)
    scores = model.lines.score_all(examples(lines, headings))
    steps = [step_of(line) for line in lines]
    path = decode(scores, steps, model)
    return tuple(ZONES[index] for index in path), marginals(scores, steps, model)


def decode(scores: NDArray[np.float32], steps: Sequence[int], model: ZoneModel) -> list[int]:
    """The likeliest sequence of zones (Viterbi), as indices into `ZONES`.

    Args:
        scores: of each line for each zone, shape (lines, zones).
        steps: how each line follows the one before, as indices into `STEPS`.
        model: holds the scores of the steps.
    """
    best = model.first + scores[0]
    origins = []
    for number in range(1, len(scores)):
        through = best[:, None] + model.steps[steps[number]]
        origin = through.argmax(axis=0)
        origins.append(origin)
        best = through[origin, np.arange(len(ZONES))] + scores[number]
    path = [int(best.argmax())]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    return path[::-1]


def marginals(scores: NDArray[np.float32], steps: Sequence[int], model: ZoneModel) -> NDArray[np.float32]:
    """The probability of each zone for each line, all other lines taken into account (forward and backward sums).

    Args:
        scores: of each line for each zone, shape (lines, zones).
        steps: how each line follows the one before, as indices into `STEPS`.
        model: holds the scores of the steps.
    """
    forward, backward = scores.copy(), np.zeros_like(scores)
    forward[0] += model.first
    for number in range(1, len(scores)):
        forward[number] += np.logaddexp.reduce(forward[number - 1][:, None] + model.steps[steps[number]], axis=0)
    for number in range(len(scores) - 1, 0, -1):
        onward = scores[number] + backward[number]
        backward[number - 1] = np.logaddexp.reduce(model.steps[steps[number]] + onward, axis=1)
    joint = forward + backward
    shares: NDArray[np.float32] = np.exp(joint - joint.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares

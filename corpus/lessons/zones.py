"""What the first two stages learn from: the lines of the training ads in several layouts, and the units in them.

A unit is judged by the zones of its ad, and the duties model must know how wrong those may be. So it sees zones as
predicted by a chain that was fitted without the hand that wrote the ad.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...classifier import duties as duties_stage
from ...classifier import zones as zones_stage
from ...classifier.ad import ZONES, Line
from ...classifier.line_signals import STEPS, examples, lone_example, step_of
from ...classifier.lines import read_lines
from ...classifier.words import bag
from ...models.chain import Chain, ChainData, fit_chain
from ...models.linear import LinearModel
from ...models.train import matrix
from ..gold import aligned_zones, bag_f1
from ..training import author_of
from .layouts import layouts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ...classifier.ad import Zone
    from ...classifier.breaks import Breaks
    from ...classifier.headings import Headings
    from ...models.features import Example, FeatureSettings
    from ..gold import GoldAd
    from ..training import TrainingCorpus

FOLDS = 2
"""Groups of hands; the zones of each are predicted by a chain fitted on the others."""

CROSSED_PASSES = 3
"""Fewer passes are enough to know how wrong zones may be."""

FORGETFUL_LAYOUT = 1
"""The layout with other headings is seen by a lexicon that knows half of them: odd headings end a zone, too."""

CLOSE = 0.65
"""Word F1 with a coded duty from which a unit is one."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A training ad in one layout.

    Attributes:
        author: the hand that wrote it.
        zones: the coded zone of each line.
        known: the lexicon it is read with.
        duties: the texts of its coded duties.
    """

    author: str
    text: str
    lines: tuple[Line, ...]
    zones: tuple[Zone, ...]
    weight: float
    known: Headings
    duties: tuple[str, ...]


def lay_out(corpus: TrainingCorpus, headings: Headings, breaks: Breaks) -> list[LaidOut]:
    """Every ad of a corpus in its layouts, read as they will be read."""
    forgetful = headings.halved()
    return [laid for ad in corpus.ads for laid in _layouts_of(ad, headings, forgetful, breaks)]


def _layouts_of(ad: GoldAd, headings: Headings, forgetful: Headings, breaks: Breaks) -> Iterator[LaidOut]:
    for number, layout in enumerate(layouts(ad, headings)):
        found = read_lines(layout.text, headings, breaks)
        coded = aligned_zones(layout.lines, [line.text for line in found])
        pairs = [(line, zone) for line, zone in zip(found, coded, strict=True) if zone is not None]
        if pairs:
            lines, zones = zip(*pairs, strict=True)
            known = forgetful if number == FORGETFUL_LAYOUT else headings
            duties = tuple(duty.text for duty in ad.duties)
            yield LaidOut(author_of(ad), layout.text, lines, zones, layout.weight, known, duties)


class ZoneLessons:
    """Fits zone models on all layouts, or on those of some hands.

    Args:
        laid: the layouts.
        corpus: its single lines are learned as lines out of nowhere.
        headings: the lexicon of headings.
        settings: how lines become features.

    Attributes:
        laid: the layouts.
    """

    def __init__(
        self, laid: Sequence[LaidOut], corpus: TrainingCorpus, headings: Headings, settings: FeatureSettings
    ) -> None:
        seen: list[Example] = [example for ad in laid for example in examples(ad.lines, ad.known)]
        seen += [lone_example(written.line.text, written.kind, headings) for written in corpus.lines]
        self.laid, self._settings = laid, settings
        self._hands = np.array([ad.author for ad in laid] + [written.author for written in corpus.lines])
        lone = len(corpus.lines)
        zones = [zone for ad in laid for zone in ad.zones] + [written.line.zone for written in corpus.lines]
        self._data = ChainData(
            seen=matrix(seen, settings),
            labels=np.array([ZONES.index(zone) for zone in zones]),
            steps=np.array([step_of(line) for ad in laid for line in ad.lines] + [0] * lone),
            sizes=np.array([len(ad.lines) for ad in laid] + [1] * lone),
            weights=np.array([ad.weight for ad in laid] + [1.0] * lone),
        )

    def fit(self) -> zones_stage.ZoneModel:
        """The zone model of all hands."""
        return self._model(fit_chain(self._data, len(ZONES), len(STEPS)))

    def crossed(self) -> list[tuple[tuple[Zone, ...], NDArray[np.float64]]]:
        """For each layout what `zones.assign` would return, by a model that does not know the hand."""
        hands = sorted({ad.author for ad in self.laid})
        starts = np.concatenate([[0], np.cumsum(self._data.sizes)])
        result: dict[int, tuple[tuple[Zone, ...], NDArray[np.float64]]] = {}
        for number in range(FOLDS):
            held = np.isin(self._hands, hands[number::FOLDS])
            others = self._only(~held if len(hands) > 1 else held)
            chain = fit_chain(others, len(ZONES), len(STEPS), passes=CROSSED_PASSES)
            scores = np.asarray(self._data.seen.astype(np.float32) @ chain.weights + chain.bias)
            model = self._model(chain)
            for place in np.flatnonzero(held[: len(self.laid)]):
                rows = slice(starts[place], starts[place + 1])
                steps = self._data.steps[rows].tolist()
                path, shares = zones_stage.decode(scores[rows], steps, model)
                result[int(place)] = tuple(ZONES[index] for index in path), shares
        return [result[number] for number in range(len(self.laid))]

    def _only(self, kept: NDArray[np.bool_]) -> ChainData:
        """The sequences of some hands."""
        rows = np.repeat(kept, self._data.sizes)
        data = self._data
        return ChainData(data.seen[rows], data.labels[rows], data.steps[rows], data.sizes[kept], data.weights[kept])

    def _model(self, chain: Chain) -> zones_stage.ZoneModel:
        lines = LinearModel(ZONES, self._settings, chain.weights.astype(np.float16), chain.bias, exclusive=True)
        return zones_stage.ZoneModel(lines, chain.steps, chain.first)


def unit_data(
    laid: Sequence[LaidOut],
    predicted: Sequence[tuple[tuple[Zone, ...], NDArray[np.float64]]],
) -> tuple[list[Example], list[str], list[float]]:
    """Examples of units, whether they are duties, and how much they count.

    Args:
        laid: the layouts.
        predicted: zones and probabilities of their lines, as `zones.assign` gives them.
    """
    found, answers, weights = [], [], []
    for ad, (zones, probabilities) in zip(laid, predicted, strict=True):
        wanted = [Counter(bag(duty)) for duty in ad.duties]
        units = duties_stage.units(ad.lines, duties_stage.candidates(zones, probabilities))
        for example in duties_stage.examples(ad.lines, zones, probabilities, units, ad.text):
            if answer := _answer(Counter(example.words), wanted):
                found.append(example)
                answers.append(answer)
                weights.append(ad.weight)
    return found, answers, weights


def _answer(unit: Counter[str], wanted: Sequence[Counter[str]]) -> str:
    """Whether a unit is a duty; empty if it is only a part of one, which says nothing about either kind."""
    if any(bag_f1(unit, duty) >= CLOSE for duty in wanted):
        return duties_stage.DUTY
    return "" if any(unit.keys() <= duty.keys() for duty in wanted) else "other"

"""Builds the model from a training corpus: two tracks side by side, each in a process of its own.

One track learns where duties stand (lost line breaks, zones of lines, units that are duties) from the ads that show it,
the other what they mean (areas, grades, the judged role of the ad) from all. Neither needs the other.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...classifier.breaks import BREAK, Breaks
from ...classifier.duties import DUTY
from ...models.features import FeatureSettings
from ...models.store import Model
from ...models.train import SEED, fit, matrix
from .areas import fit_all, read_lessons
from .breaks import break_data
from .zones import ZoneLessons, lay_out, unit_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from ...classifier.headings import Headings
    from ...classifier.profile import Profile
    from ...models.linear import LinearModel
    from ..training import TrainingCorpus

NAME = "bvcm-de-1"

SETTINGS = {
    "breaks": FeatureSettings(bits=17, signal=0.3),
    "zones": FeatureSettings(bits=17, signal=0.35),
    "duties": FeatureSettings(bits=16, signal=0.35),
    "areas": FeatureSettings(bits=17, signal=0.2),
    "grades": FeatureSettings(bits=14, signal=0.3),
    "role": FeatureSettings(bits=15, signal=0.15),
}
"""How each task sees its examples; what was tried stands in `docs/experiments.md`."""

STRENGTH = {"breaks": 3.0, "duties": 2.0, "areas": 1.0, "grades": 2.0, "role": 0.6}
"""Inverse of the regularisation of each task."""


def build(corpus: TrainingCorpus, profile: Profile, headings: Headings, jobs: int = 2) -> Model:
    """Fits and calibrates everything.

    Args:
        corpus: the training corpus.
        profile: the rule set, whose evidence is part of what the models see.
        headings: the lexicon of headings.
        jobs: processes, at most two are of use; the result does not depend on it.
    """
    from joblib import Parallel, delayed

    tracks = [delayed(_place_track)(corpus, headings), delayed(_meaning_track)(corpus, profile, headings)]
    (place, arrays), meaning = Parallel(n_jobs=min(jobs, len(tracks)))(tracks)
    about = {"corpus": corpus.digest, "profile": profile.digest, "seed": SEED, "strength": STRENGTH}
    return Model(NAME, {**place, **meaning}, arrays, about)


@contextmanager
def _without_collection() -> Iterator[None]:
    """No cyclic garbage collection: millions of small strings live until the end, and searching them costs half."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def place_lessons(corpus: TrainingCorpus, headings: Headings) -> tuple[LinearModel, ZoneLessons]:
    """The model of lost line breaks, and the zones of the layouts that are read with it."""
    corpus = corpus.with_surroundings()
    breaks = _fit_breaks(corpus, headings)
    laid = lay_out(corpus, headings, Breaks(headings, breaks))
    return breaks, ZoneLessons(laid, corpus, headings, SETTINGS["zones"])


def _fit_breaks(corpus: TrainingCorpus, headings: Headings) -> LinearModel:
    settings = SETTINGS["breaks"]
    examples, answers = break_data(corpus, headings)
    return fit(matrix(examples, settings), answers, (BREAK,), settings, strength=STRENGTH["breaks"])


def _fit_duties(lessons: ZoneLessons) -> LinearModel:
    settings = SETTINGS["duties"]
    units, answers, weights = unit_data(lessons.laid, lessons.crossed())
    wanted = [(answer,) if answer == DUTY else () for answer in answers]
    return fit(matrix(units, settings), wanted, (DUTY,), settings, strength=STRENGTH["duties"], weights=weights)


@_without_collection()
def _place_track(
    corpus: TrainingCorpus, headings: Headings
) -> tuple[dict[str, LinearModel], dict[str, NDArray[np.float32]]]:
    breaks, lessons = place_lessons(corpus, headings)
    duties = _fit_duties(lessons)
    zones = lessons.fit()
    arrays = {"zones.steps": zones.steps, "zones.first": zones.first}
    return {"breaks": breaks, "zones": zones.lines, "duties": duties}, arrays


@_without_collection()
def _meaning_track(corpus: TrainingCorpus, profile: Profile, headings: Headings) -> dict[str, LinearModel]:
    return fit_all(read_lessons(corpus, profile, headings), SETTINGS, STRENGTH)

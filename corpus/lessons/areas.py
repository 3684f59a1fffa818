"""What the last stages learn from: duties in the context of their ad, their codes and grades, and the judged roles.

The role model meets predicted codes, so it must know how wrong they may be: it sees codes as predicted by an area model
that does not know the hand that wrote the ad. The same predictions calibrate the areas.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ...classifier import areas as areas_stage
from ...classifier import role as role_stage
from ...classifier.ad import GRADES, JUDGED_ROLES, CodedDuty
from ...classifier.lines import read_lines
from ...models.calibrate import temperature
from ...models.train import fit, matrix, targets
from ..training import author_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    from ...classifier.headings import Headings
    from ...classifier.profile import Profile
    from ...models.features import Example, FeatureSettings
    from ...models.linear import LinearModel
    from ..gold import GoldAd, GoldDuty
    from ..training import TrainingCorpus

SINGLE_WEIGHT = 0.5
"""Of a duty written without an ad: ads are what the area model will meet, single duties only fill the rare areas."""

FOLDS = 2
"""Groups of hands; the codes of each are predicted by an area model fitted on the others."""


@dataclass(frozen=True, slots=True)
class DutyLesson:
    """A coded duty as the models see it, who wrote it, and how much it counts."""

    duty: GoldDuty
    example: Example
    author: str
    weight: float


@dataclass(frozen=True, slots=True)
class AdLesson:
    """A coded ad and the lessons of its duties."""

    ad: GoldAd
    duties: tuple[DutyLesson, ...]


@dataclass(frozen=True, slots=True)
class AreaLessons:
    """All duties of a corpus, read once.

    Attributes:
        ads: those in ads.
        singles: those written without an ad.
    """

    profile: Profile
    ads: tuple[AdLesson, ...]
    singles: tuple[DutyLesson, ...]

    def all_duties(self) -> list[DutyLesson]:
        """The duties of the ads, then the single ones."""
        return [lesson for ad in self.ads for lesson in ad.duties] + list(self.singles)


def read_lessons(corpus: TrainingCorpus, profile: Profile, headings: Headings) -> AreaLessons:
    """Reads every duty of a corpus with the rule set, in the context of its ad."""
    ads = []
    for ad in corpus.ads:
        seen = ad_examples(ad, profile, headings)
        hand = author_of(ad)
        ads.append(AdLesson(ad, tuple(DutyLesson(d, e, hand, 1.0) for d, e in zip(ad.duties, seen, strict=True))))
    singles = []
    for written in corpus.duties:
        reading = areas_stage.read(written.duty.text, profile)
        (example,) = areas_stage.examples([reading], [""])
        singles.append(DutyLesson(written.duty, example, written.author, SINGLE_WEIGHT))
    return AreaLessons(profile, tuple(ads), tuple(singles))


def ad_examples(ad: GoldAd, profile: Profile, headings: Headings) -> list[Example]:
    """The duties of a gold ad as the area model sees them, in the ad's context."""
    lines = read_lines(ad.text, headings)
    above = areas_stage.labels_above(lines, headings)
    readings, labels, place = [], [], 0
    for duty in ad.duties:
        place = max(place, ad.text.find(duty.text, place))
        number = next((n for n, line in enumerate(lines) if line.start <= place < line.end), 0)
        readings.append(areas_stage.read(duty.text, profile))
        labels.append(above[number])
    return areas_stage.examples(readings, labels)


def role_example(ad: GoldAd, codes: Sequence[tuple[str, ...]], profile: Profile) -> Example:
    """A gold ad as the role model sees it, with given codes."""
    duties = [CodedDuty(own, d.grade, d.platform, d.text) for own, d in zip(codes, ad.duties, strict=True)]
    intro = " ".join(line.text for line in ad.lines if line.zone == "intro")
    return role_stage.example(duties, role_stage.by_rule(duties, profile), intro=intro, title=ad.title)


def _fit_areas(
    duties: Sequence[DutyLesson],
    seen: csr_matrix,
    codes: Sequence[str],
    settings: FeatureSettings,
    strength: float,
) -> LinearModel:
    answers, weights = [lesson.duty.areas for lesson in duties], [lesson.weight for lesson in duties]
    return fit(seen, answers, codes, settings, strength=strength, weights=weights)


def fit_grades(duties: Sequence[DutyLesson], settings: FeatureSettings, strength: float) -> LinearModel:
    """Fits the grade model."""
    seen = matrix([lesson.example for lesson in duties], settings)
    answers = [(lesson.duty.grade,) for lesson in duties]
    return fit(seen, answers, GRADES, settings, strength=strength, exclusive=True)


def fit_all(
    lessons: AreaLessons, settings: Mapping[str, FeatureSettings], strength: Mapping[str, float]
) -> dict[str, LinearModel]:
    """Fits and calibrates areas, grades and role.

    Args:
        lessons: the duties of the corpus.
        settings: by task.
        strength: by task.
    """
    codes, duties = lessons.profile.codes, lessons.all_duties()
    seen = matrix([lesson.example for lesson in duties], settings["areas"])
    unseen = _predicted_by_strangers(lessons, seen, settings["areas"], strength["areas"])
    areas = _fit_areas(duties, seen, codes, settings["areas"], strength["areas"])
    areas = replace(areas, temperature=_temperature(unseen, codes))
    return {
        "areas": areas,
        "grades": fit_grades(duties, settings["grades"], strength["grades"]),
        "role": _fit_role(unseen, areas, lessons.profile, settings["role"], strength["role"]),
    }


def _predicted_by_strangers(
    lessons: AreaLessons, seen: csr_matrix, settings: FeatureSettings, strength: float
) -> list[tuple[AdLesson, NDArray[np.floating]]]:
    """Each ad with the scores of its duties, shape (duties, codes), by a model that does not know its hand."""
    duties, codes = lessons.all_duties(), lessons.profile.codes
    authors = [lesson.author for lesson in duties]
    scores = np.zeros((len(duties), len(codes)))
    for held, known in _folds(authors, {author_of(ad.ad) for ad in lessons.ads}):
        model = _fit_areas([duties[n] for n in known], seen[known], codes, settings, strength)
        scores[held] = _scores(seen[held], model)
    ends = np.cumsum([len(ad.duties) for ad in lessons.ads])
    return [(ad, scores[end - len(ad.duties) : end]) for ad, end in zip(lessons.ads, ends, strict=True)]


def _folds(authors: Sequence[str], hands: Collection[str]) -> Iterator[tuple[NDArray[np.bool_], NDArray[np.intp]]]:
    """For each group of hands what they wrote, and the numbers of what others did; a single hand has no others."""
    for number in range(FOLDS):
        held = np.isin(authors, sorted(hands)[number::FOLDS])
        yield held, np.flatnonzero(~held if len(hands) > 1 else held)


def _scores(seen: csr_matrix, model: LinearModel) -> NDArray[np.floating]:
    return np.asarray(seen @ model.weights.astype(np.float64) + model.bias)


def _temperature(unseen: Sequence[tuple[AdLesson, NDArray[np.floating]]], codes: Sequence[str]) -> float:
    truth = [[code in lesson.duty.areas for code in codes] for ad, _ in unseen for lesson in ad.duties]
    return temperature(np.concatenate([scores for _, scores in unseen]), np.array(truth), exclusive=False)


def _fit_role(
    unseen: Sequence[tuple[AdLesson, NDArray[np.floating]]],
    areas: LinearModel,
    profile: Profile,
    settings: FeatureSettings,
    strength: float,
) -> LinearModel:
    second = profile.thresholds["decision"]["second_area"]
    judged = [(lesson.ad, scores) for lesson, scores in unseen if lesson.ad.role in JUDGED_ROLES]
    examples = []
    for ad, scores in judged:
        codes = [areas_stage.chosen_codes(row, profile.codes, second) for row in areas.calibrated(scores)]
        examples.append(role_example(ad, codes, profile))
    answers = [(ad.role,) for ad, _ in judged]
    hands = [author_of(ad) for ad, _ in judged]
    seen = matrix(examples, settings)
    role = fit(seen, answers, JUDGED_ROLES, settings, strength=strength, exclusive=True)
    return replace(role, temperature=_role_temperature(seen, answers, hands, settings, strength))


def _role_temperature(
    seen: csr_matrix,
    answers: Sequence[tuple[str]],
    hands: Sequence[str],
    settings: FeatureSettings,
    strength: float,
) -> float:
    """The temperature of the role, from ads whose hand the fitted model does not know."""
    scores = np.zeros((len(answers), len(JUDGED_ROLES)))
    for held, known in _folds(hands, set(hands)):
        told = [answers[n] for n in known]
        model = fit(seen[known], told, JUDGED_ROLES, settings, strength=strength, exclusive=True)
        scores[held] = _scores(seen[held], model)
    return temperature(scores, targets(JUDGED_ROLES, answers), exclusive=True)

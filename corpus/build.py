"""Builds the model from a training corpus: what each task sees, what is right, and how sure it may be.

Five linear models are fitted: the zone of a line, whether a unit is a duty, the areas of a duty, its grade, and the
judged role of an ad. The role model and all calibration see predictions of models that were fitted without the hand
that wrote the ad, as they will meet predictions on ads nobody has seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ..classifier import areas as areas_stage
from ..classifier import duties as duties_stage
from ..classifier import role as role_stage
from ..classifier import zones as zones_stage
from ..classifier.ad import GRADES, JUDGED_ROLES, ZONES, Line, Span, family_of
from ..classifier.lines import read_lines
from ..classifier.words import bag
from ..models.calibrate import temperature
from ..models.features import Example, FeatureSettings
from ..models.store import Model
from ..models.train import SEED, fit
from .gold import aligned_zones, word_f1
from .layouts import layouts
from .training import author_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..classifier.headings import Headings
    from ..classifier.profile import Profile
    from ..models.linear import LinearModel
    from .gold import GoldAd
    from .training import TrainingCorpus

NAME = "bvcm-de-1"
FOLDS = 2
"""Author groups that cross-fit the role model and the calibration."""

SETTINGS = {
    "zones": FeatureSettings(bits=16, signal=0.35),
    "duties": FeatureSettings(bits=15, signal=0.35),
    "areas": FeatureSettings(bits=17, signal=0.25),
    "grades": FeatureSettings(bits=14, signal=0.3),
    "role": FeatureSettings(bits=15, pairs=False, signal=0.3),
}
STRENGTH = {"zones": 2.0, "duties": 2.0, "areas": 3.0, "grades": 2.0, "role": 1.0}
FORGETFUL_LAYOUT = 2
"""The layout with other headings is seen by a lexicon that knows half of them: odd headings end a zone, too."""

STEP_SMOOTHING = 2.0
STEP_WEIGHT = 0.7
"""Of the log probabilities of the steps; lines of one zone are not independent, so steps would count too much."""


@dataclass(frozen=True, slots=True)
class Teacher:
    """Makes training examples out of gold; holds what does not change while a model is built."""

    profile: Profile
    headings: Headings
    forgetful: Headings

    def zone_data(
        self, corpus: TrainingCorpus
    ) -> tuple[list[Example], list[str], list[float], list[list[tuple[int, int]]]]:
        """Examples, zones and weights of lines, and for each ad layout the (step, zone) sequence."""
        examples, answers, weights, sequences = [], [], [], []
        for ad in corpus.ads:
            for number, (lines, zones, weight) in enumerate(self.laid_out(ad)):
                known = self.forgetful if number == FORGETFUL_LAYOUT else self.headings
                examples += zones_stage.examples(lines, known)
                answers += zones
                weights += [weight] * len(lines)
                sequences.append([(zones_stage.step_of(x), ZONES.index(z)) for x, z in zip(lines, zones, strict=True)])
        for written in corpus.lines:
            signals = [f"kind {written.kind}"]
            if found := self.headings.zones_of(written.line.text):
                signals += [f"announces {found[0]}", *(f"may announce {zone}" for zone in found)]
            examples.append(Example(bag(written.line.text), signals))
            answers.append(written.line.zone)
            weights.append(1.0)
        for single in corpus.duties:
            examples.append(Example(bag(single.duty.text), ["kind item"]))
            answers.append("duties")
            weights.append(0.2)
        return examples, answers, weights, sequences

    def laid_out(self, ad: GoldAd) -> Iterator[tuple[tuple[Line, ...], list[str], float]]:
        """The lines of an ad in several layouts, with their zones and the layout's weight."""
        for layout in layouts(ad, self.headings):
            lines = read_lines(layout.text, self.headings)
            zones = aligned_zones(layout.lines, [line.text for line in lines])
            kept = [(line, zone) for line, zone in zip(lines, zones, strict=True) if zone is not None]
            if kept:
                yield tuple(line for line, _ in kept), [zone for _, zone in kept], layout.weight

    def unit_data(self, corpus: TrainingCorpus) -> tuple[list[Example], list[str]]:
        """Examples of units and whether they are duties."""
        examples, answers = [], []
        for ad in corpus.ads:
            wanted = [duty.text for duty in ad.duties]
            for layout in layouts(ad, self.headings):
                lines = read_lines(layout.text, self.headings)
                zones = [zone or "other" for zone in aligned_zones(layout.lines, [line.text for line in lines])]
                sure = np.eye(len(ZONES), dtype=np.float32)[[ZONES.index(zone) for zone in zones]]
                found = duties_stage.units(lines, [True] * len(lines))
                examples += duties_stage.examples(lines, zones, sure, found, layout.text)
                answers += [_is_duty(layout.text[span.start : span.end], wanted) for _, span in found]
        for written in corpus.lines:
            if written.kind != "heading":
                line = Line(
                    0, len(written.line.text), written.line.text, 0, "item" if written.kind == "item" else "text"
                )
                for zone in {written.line.zone, "duties"}:
                    examples += self._alone(line, zone)
                    answers.append("other")
        for single in corpus.duties:
            line = Line(0, len(single.duty.text), single.duty.text, 0, "item")
            examples += self._alone(line, "duties")
            answers.append(duties_stage.DUTY)
        return examples, answers

    @staticmethod
    def _alone(line: Line, zone: str) -> list[Example]:
        sure = np.eye(len(ZONES), dtype=np.float32)[[ZONES.index(zone)]]
        return duties_stage.examples([line], [zone], sure, [(0, Span(0, len(line.text)))], line.text)

    def area_data(self, corpus: TrainingCorpus) -> tuple[list[Example], list[tuple[str, ...]], list[str]]:
        """Examples of duties, their codes, their grades."""
        examples, codes, grades = [], [], []
        for ad in corpus.ads:
            examples += self.ad_examples(ad)
            codes += [duty.areas for duty in ad.duties]
            grades += [duty.grade for duty in ad.duties]
        for single in corpus.duties:
            text = single.duty.text
            reading = areas_stage.read(text, Span(0, len(text)), self.profile)
            examples += areas_stage.examples([reading], [""])
            codes.append(single.duty.areas)
            grades.append(single.duty.grade)
        return examples, codes, grades

    def ad_examples(self, ad: GoldAd) -> list[Example]:
        """The duties of a gold ad as the area model sees them, in the ad's context."""
        lines = read_lines(ad.text, self.headings)
        readings, labels, place = [], [], 0
        for duty in ad.duties:
            start = ad.text.find(duty.text, place)
            place = start if start >= 0 else place
            number = next((n for n, line in enumerate(lines) if line.start <= place < line.end), 0)
            readings.append(areas_stage.read(duty.text, Span(0, len(duty.text)), self.profile))
            labels.append(areas_stage.label_above(lines, number, self.headings))
        return areas_stage.examples(readings, labels)

    def role_example(self, ad: GoldAd, codes: Sequence[tuple[str, ...]]) -> Example:
        """A gold ad as the role model sees it, with given codes."""
        texts = [duty.text for duty in ad.duties]
        intro = " ".join(line.text for line in ad.lines if line.zone == "intro")
        grades = [duty.grade for duty in ad.duties]
        offline = _all_offline(codes, [duty.platform for duty in ad.duties])
        return role_stage.example_of(
            texts, codes, grades, offline=offline, intro=intro, title=ad.title, profile=self.profile
        )


def _is_duty(text: str, wanted: Sequence[str]) -> str:
    close = any(word_f1(text, duty) >= 0.65 for duty in wanted)
    return duties_stage.DUTY if close else "other"


def _all_offline(codes: Sequence[tuple[str, ...]], platforms: Sequence[str]) -> bool:
    of_community = [p for c, p in zip(codes, platforms, strict=True) if any(family_of(code) == "CM" for code in c)]
    return bool(of_community) and all(platform == "offline" for platform in of_community)


def build(corpus: TrainingCorpus, profile: Profile, headings: Headings, jobs: int = 2) -> Model:
    """Fits and calibrates everything.

    Args:
        corpus: the training corpus.
        profile: the rule set, whose evidence is part of what the models see.
        headings: the lexicon of headings.
        jobs: processes; the result does not depend on it.
    """
    teacher = Teacher(profile, headings, headings.halved())
    crossed = _cross_fit(corpus, teacher, jobs)
    linear: dict[str, LinearModel] = {}
    examples, zones, weights, sequences = teacher.zone_data(corpus)
    linear["zones"] = fit(
        examples,
        [(z,) for z in zones],
        ZONES,
        SETTINGS["zones"],
        strength=STRENGTH["zones"],
        exclusive=True,
        weights=weights,
        jobs=jobs,
    )
    units, answers = teacher.unit_data(corpus)
    linear["duties"] = _fit_duties(*teacher.unit_data(corpus), jobs)
    linear |= _fit_areas(teacher.area_data(corpus), profile.codes, jobs)
    linear["areas"] = replace(linear["areas"], temperature=crossed.temperature)
    linear["role"] = crossed.role
    steps, first = _steps(sequences)
    about = {"corpus": corpus.digest, "profile": profile.digest, "seed": SEED, "strength": STRENGTH}
    return Model(NAME, linear, {"zones.steps": steps, "zones.first": first}, about)


def _fit_duties(units: list[Example], answers: list[str], jobs: int) -> LinearModel:
    wanted = [(answer,) if answer == duties_stage.DUTY else () for answer in answers]
    return fit(units, wanted, (duties_stage.DUTY,), SETTINGS["duties"], strength=STRENGTH["duties"], jobs=jobs)


def _fit_areas(
    data: tuple[list[Example], list[tuple[str, ...]], list[str]], codes: Sequence[str], jobs: int
) -> dict[str, LinearModel]:
    examples, of_duty, grades = data
    return {
        "areas": fit(examples, of_duty, codes, SETTINGS["areas"], strength=STRENGTH["areas"], jobs=jobs),
        "grades": fit(
            examples,
            [(g,) for g in grades],
            GRADES,
            SETTINGS["grades"],
            strength=STRENGTH["grades"],
            exclusive=True,
            jobs=jobs,
        ),
    }


@dataclass(frozen=True, slots=True)
class _Crossed:
    role: LinearModel
    temperature: float


def _cross_fit(corpus: TrainingCorpus, teacher: Teacher, jobs: int) -> _Crossed:
    """The role model and the temperature of the areas, from predictions on hands the area model has not seen."""
    hands = sorted({author_of(ad) for ad in corpus.ads})
    folds = [frozenset(hands[start::FOLDS]) for start in range(min(FOLDS, len(hands)))]
    examples, answers = [], []
    scores, truths = [], []
    for fold in folds:
        rest = corpus.without(fold) if len(folds) > 1 else corpus
        model = _fit_areas(teacher.area_data(rest), teacher.profile.codes, jobs)["areas"]
        for ad in corpus.ads:
            if author_of(ad) not in fold:
                continue
            found = [model.scores(example) for example in teacher.ad_examples(ad)]
            scores += found
            truths += [duty.areas for duty in ad.duties]
            if ad.role in JUDGED_ROLES:
                predicted = [_codes(model, row, teacher.profile) for row in found]
                for codes in ([duty.areas for duty in ad.duties], predicted):
                    examples.append(teacher.role_example(ad, codes))
                    answers.append((ad.role,))
    role = fit(examples, answers, JUDGED_ROLES, SETTINGS["role"], strength=STRENGTH["role"], exclusive=True, jobs=jobs)
    wanted = np.array([[code in truth for code in teacher.profile.codes] for truth in truths])
    return _Crossed(role, temperature(np.stack(scores), wanted, exclusive=False))


def _codes(model: LinearModel, scores: np.ndarray, profile: Profile) -> tuple[str, ...]:
    return areas_stage.chosen_codes(
        model.calibrated(scores), model.labels, profile.thresholds["decision"]["second_area"]
    )


def _steps(sequences: list[list[tuple[int, int]]]) -> tuple[np.ndarray, np.ndarray]:
    """Log probabilities of zones after zones by kind of step, and of the first zone, smoothed and softened."""
    size = len(ZONES)
    counts = np.full((len(zones_stage.STEPS), size, size), STEP_SMOOTHING)
    first = np.full(size, STEP_SMOOTHING)
    for sequence in sequences:
        first[sequence[0][1]] += 1
        for (_, before), (step, zone) in zip(sequence, sequence[1:], strict=False):
            counts[step, before, zone] += 1
    steps = np.log(counts / counts.sum(axis=2, keepdims=True))
    return (STEP_WEIGHT * steps).astype(np.float32), (STEP_WEIGHT * np.log(first / first.sum())).astype(np.float32)

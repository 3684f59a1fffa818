"""What each part of the tool is worth: every stage with and without it, trained anew, on the true input of real ads.

    python benchmarks/ablations.py GOLD

Areas and role are tried on the coded duties, so that errors of earlier stages do not blur the picture. "Difference" is
the change against the whole stage; its interval draws the same ads for both.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from _shared import area_model, areas_compared, by_rules, compared, difference, figure, gold_ads, shown, table

from jobclass.classifier import zones
from jobclass.classifier.ad import JUDGED_ROLES
from jobclass.classifier.headings import Headings, load_headings
from jobclass.classifier.lines import read_lines
from jobclass.classifier.profile import load_profile
from jobclass.corpus.evaluate import Comparison
from jobclass.corpus.gold import GoldLine, aligned_zones
from jobclass.corpus.lessons.areas import read_lessons, role_example
from jobclass.corpus.lessons.build import SETTINGS, STRENGTH, place_lessons
from jobclass.corpus.training import load_corpus
from jobclass.models.train import fit, matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from _shared import Change

    from jobclass.classifier.profile import Profile
    from jobclass.classifier.zones import ZoneModel
    from jobclass.corpus.gold import GoldAd
    from jobclass.corpus.training import TrainingCorpus
    from jobclass.models.features import Example

Variants = Mapping[str, Sequence[Comparison]]
"""The comparisons of a stage by what was taken away; the whole stage first."""

CONTEXT = ("rest ", "ruled by ", "label ")
"""How signals about the rest of the ad begin; all other signals of the area model come from the rules."""


def is_context(signal: str) -> bool:
    """Whether a signal of the area model speaks of the rest of the ad."""
    return signal.startswith(CONTEXT) or " ruled by " in signal


def keeping(example: Example, wanted: Callable[[str], bool]) -> Example:
    """The duty with some of its signals."""
    return replace(example, groups=(tuple(filter(wanted, example.signals)),))


def without_rules(example: Example) -> Example:
    """The duty without what the rules say of it."""
    return keeping(example, lambda signal: signal.startswith(CONTEXT))


def without_words(example: Example) -> Example:
    """The duty without its words."""
    return replace(example, words=())


def without_context(example: Example) -> Example:
    """The duty without the rest of the ad."""
    return keeping(example, lambda signal: not is_context(signal))


def words_alone(example: Example) -> Example:
    """The duty without rules and context."""
    return replace(example, groups=())


AREA_CHANGES: Mapping[str, Change] = {
    "areas: whole": lambda example: example,
    "without the rules' evidence": without_rules,
    "without the words": without_words,
    "without the rest of the ad": without_context,
    "words alone": words_alone,
}


def area_variants(corpus: TrainingCorpus, profile: Profile, ads: Sequence[GoldAd]) -> Variants:
    """The areas of given true duties, with and without each source; and by the rules without any model."""
    headings = load_headings()
    lessons = read_lessons(corpus, profile, headings)
    found: dict[str, Sequence[Comparison]] = {
        name: areas_compared(ads, area_model(lessons, change), profile, headings, change)
        for name, change in AREA_CHANGES.items()
    }
    return found | {"without the model (rules alone)": [by_rules(ad, profile) for ad in ads]}


def zone_variants(corpus: TrainingCorpus, ads: Sequence[GoldAd]) -> Variants:
    """The zones, with and without the lexicon of headings and the decoding over the whole ad."""
    known, unknown = load_headings(), Headings({})
    model, plain = zone_model(corpus, known), zone_model(corpus, unknown)
    alone = zones.ZoneModel(model.lines, np.zeros_like(model.steps), np.zeros_like(model.first))
    return {
        "zones: whole": [zones_compared(ad, known, model) for ad in ads],
        "without the lexicon of headings": [zones_compared(ad, unknown, plain) for ad in ads],
        "without decoding (each line alone)": [zones_compared(ad, known, alone) for ad in ads],
    }


def zone_model(corpus: TrainingCorpus, headings: Headings) -> ZoneModel:
    """The zone model as training fits it with a lexicon."""
    _, lessons = place_lessons(corpus, headings)
    return lessons.fit()


def zones_compared(ad: GoldAd, headings: Headings, model: ZoneModel) -> Comparison:
    """The coded zones of an ad beside those found."""
    lines = read_lines(ad.text, headings)  # as in gold, where lines that were run together stay so
    found, _ = zones.assign(lines, headings, model)
    laid = [GoldLine(line.text, zone) for line, zone in zip(lines, found, strict=True)]
    aligned = aligned_zones(laid, [line.text for line in ad.lines])
    pairs = zip(ad.lines, aligned, strict=True)
    return compared(ad, zones=tuple((x.zone, z or "missing") for x, z in pairs if any(map(str.isalnum, x.text))))


def role_variants(corpus: TrainingCorpus, profile: Profile, ads: Sequence[GoldAd]) -> Variants:
    """The judged role over given true codes, with and without the words of duties and introduction."""
    return {
        "role: whole": roles_compared(corpus, profile, ads, lambda example: example),
        "without the text": roles_compared(corpus, profile, ads, without_words),
        "without the model (arithmetic alone)": [
            compared(ad, roles=(ad.role, rule_role_of(ad, profile))) for ad in judged(ads)
        ],
    }


def judged(ads: Sequence[GoldAd]) -> list[GoldAd]:
    """The ads with enough duties for a role."""
    return [ad for ad in ads if ad.role in JUDGED_ROLES]


def coded(ad: GoldAd, profile: Profile) -> Example:
    """An ad as the role model sees it, with its true codes."""
    return role_example(ad, [duty.areas for duty in ad.duties], profile)


def rule_role_of(ad: GoldAd, profile: Profile) -> str:
    """The role by the codebook's arithmetic over the true codes, which is among the role model's signals."""
    signals = coded(ad, profile).signals
    return next(signal.removeprefix("rule role ") for signal in signals if signal.startswith("rule role "))


def roles_compared(corpus: TrainingCorpus, profile: Profile, ads: Sequence[GoldAd], change: Change) -> list[Comparison]:
    """The judged roles of real ads, by a model fitted on true codes of ours."""
    taught = judged(corpus.ads)
    settings = SETTINGS["role"]
    seen = matrix([change(coded(ad, profile)) for ad in taught], settings)
    answers = [(ad.role,) for ad in taught]
    model = fit(seen, answers, JUDGED_ROLES, settings, strength=STRENGTH["role"], exclusive=True)
    found = [model.labels[int(model.scores(change(coded(ad, profile))).argmax())] for ad in judged(ads)]
    return [compared(ad, roles=(ad.role, role)) for ad, role in zip(judged(ads), found, strict=True)]


def rows(variants: Variants, names: Sequence[str]) -> Iterator[list[str]]:
    """The rows of a stage: a figure and its difference to the whole stage, for each name of a figure."""
    full = next(iter(variants.values()))
    for variant, comparisons in variants.items():
        for name in names:
            gap = "" if comparisons is full else shown(difference(name, comparisons, full), "+.3f")
            yield [variant, name, shown(figure(name, comparisons)), gap]


def main() -> None:
    """Prints the table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, metavar="GOLD", help="a gold file")
    ads, corpus = gold_ads(parser.parse_args().gold), load_corpus()
    profile = load_profile()
    found = [
        *rows(zone_variants(corpus, ads), ["zone accuracy"]),
        *rows(area_variants(corpus, profile, ads), ["family accuracy", "areas micro-F1"]),
        *rows(role_variants(corpus, profile, ads), ["role accuracy", "role macro-F1"]),
    ]
    print(table(["stage", "figure", "value", "difference"], found))


if __name__ == "__main__":
    main()

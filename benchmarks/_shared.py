"""What the benchmarks share: gold as it is read, parts of the corpus, area models fitted alone, intervals by ad."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, TypeVar

from jobclass.classifier import areas
from jobclass.corpus.evaluate import MEASURES, Comparison
from jobclass.corpus.gold import read_gold, text_of
from jobclass.corpus.lessons.areas import ad_examples, fit_all
from jobclass.corpus.lessons.build import SETTINGS, STRENGTH
from jobclass.corpus.resampling import intervals
from jobclass.corpus.training import author_of
from jobclass.models.features import Example

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from jobclass.classifier.headings import Headings
    from jobclass.classifier.profile import Profile
    from jobclass.corpus.gold import GoldAd
    from jobclass.corpus.lessons.areas import AreaLessons, DutyLesson
    from jobclass.corpus.resampling import Interval
    from jobclass.corpus.training import TrainingCorpus
    from jobclass.models.linear import LinearModel

T = TypeVar("T")
Change = Callable[[Example], Example]
"""What an ablation takes away from an example."""

NO_ROLES = ("", "")


def gold_ads(path: Path) -> list[GoldAd]:
    """The ads of a gold file with the text a labeller gets to read."""
    return [replace(ad, text=text_of(ad), format="text") for ad in read_gold(path)]


def part_of(corpus: TrainingCorpus, share: float, seed: int) -> TrainingCorpus:
    """The same share of every hand's duties, lines and ads, drawn at random; smaller shares lie within larger ones."""
    return replace(
        corpus,
        duties=tuple(_drawn(corpus.duties, [written.author for written in corpus.duties], share, seed)),
        lines=tuple(_drawn(corpus.lines, [written.author for written in corpus.lines], share, seed)),
        ads=tuple(_drawn(corpus.ads, [author_of(ad) for ad in corpus.ads], share, seed)),
    )


def _drawn(items: Sequence[T], authors: Sequence[str], share: float, seed: int) -> Iterator[T]:
    order = list(range(len(items)))
    Random(seed).shuffle(order)  # noqa: S311 -- a sample, no secret
    for author in sorted(set(authors)):
        own = [number for number in order if authors[number] == author]
        yield from (items[number] for number in sorted(own[: round(len(own) * share)]))


def unchanged(example: Example) -> Example:
    """Takes nothing away."""
    return example


def area_model(
    lessons: AreaLessons, change: Change = unchanged, strength: Mapping[str, float] = STRENGTH
) -> LinearModel:
    """The area model, fitted and calibrated as `jobclass train` does it, on examples something was taken away from."""
    ads = tuple(replace(ad, duties=_changed(ad.duties, change)) for ad in lessons.ads)
    changed = replace(lessons, ads=ads, singles=_changed(lessons.singles, change))
    return fit_all(changed, SETTINGS, strength)["areas"]


def _changed(duties: Iterable[DutyLesson], change: Change) -> tuple[DutyLesson, ...]:
    return tuple(replace(lesson, example=change(lesson.example)) for lesson in duties)


def areas_compared(
    ads: Iterable[GoldAd], model: LinearModel, profile: Profile, headings: Headings, change: Change = unchanged
) -> list[Comparison]:
    """The codes of given true duties beside those a model finds for them, ad by ad."""
    second = profile.thresholds["decision"]["second_area"]
    result = []
    for ad in ads:
        probabilities = [model.probabilities(change(example)) for example in ad_examples(ad, profile, headings)]
        found = [areas.chosen_codes(row, model.labels, second) for row in probabilities]
        pairs = zip((duty.areas for duty in ad.duties), found, strict=True)
        result.append(compared(ad, codes=tuple(pairs)))
    return result


def by_rules(ad: GoldAd, profile: Profile) -> Comparison:
    """The codes the rules give evidence for; `N.sonst` where they are silent."""
    found = []
    for duty in ad.duties:
        hits = areas.read(duty.text, profile).hits
        found.append((duty.areas, tuple(hit.code for hit in hits) or ("N.sonst",)))
    return compared(ad, codes=tuple(found))


def compared(
    ad: GoldAd,
    *,
    zones: tuple[tuple[str, str], ...] = (),
    codes: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (),
    roles: tuple[str, str] = NO_ROLES,
) -> Comparison:
    """A comparison of one stage alone; the figures of the other stages mean nothing."""
    none: frozenset[str] = frozenset()
    duties = len(ad.duties)
    return Comparison(ad.id, zones, duties, duties, codes, (), roles, roles[1], 1.0, (False, False), (none, none))


def figure(name: str, comparisons: Sequence[Comparison]) -> Interval:
    """One figure with its 95 % interval, resampled by ad."""
    return estimate(comparisons, MEASURES[name])


def difference(name: str, comparisons: Sequence[Comparison], full: Sequence[Comparison]) -> Interval:
    """How much a figure lies above that of the full system on the same ads; the same ads are drawn for both."""
    measure = MEASURES[name]
    pairs = list(zip(comparisons, full, strict=True))
    return estimate(pairs, lambda drawn: measure([own for own, _ in drawn]) - measure([of for _, of in drawn]))


def estimate(ads: Sequence[T], measure: Callable[[Sequence[T]], float]) -> Interval:
    """A figure over ads with its 95 % interval, resampled by ad."""
    return intervals(ads, {"": measure})[""]


def shown(found: Interval, form: str = ".3f") -> str:
    """A figure and its interval as one cell of a table."""
    return f"{found.value:{form}} [{found.low:{form}}, {found.high:{form}}]"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))

"""A corpus with known truth, composed from the training material: to try the researcher's side out, and to test it.

Titles, duties and frames are drawn from what was written for this project; what a title promises and what the duties
say come apart as often as stated here, more so in later years. Nothing here describes the labour market.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from ..classifier.ad import FAMILIES, CodedDuty, family_of
from ..classifier.profile import load_profile
from ..classifier.role import by_rule
from .gold import GoldAd, GoldDuty, GoldLine, gold_row
from .study.labelled import title_group
from .training import author_of, load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..classifier.profile import Profile
    from .training import TrainingCorpus

YEARS = tuple(range(2016, 2026))
PLACES = ("Bonn", "Dresden", "Fürth", "Graz", "Jena", "Kiel", "Linz", "Mainz", "Trier", "Ulm")
SOURCES = ("board A", "board B", "employers")
TITLES = {"SMM": 0.42, "CM": 0.20, "OM": 0.24, "double": 0.05, "other": 0.09}
MIXTURES: Mapping[str, Sequence[float]] = {
    "CM": (0.62, 0.12, 0.02, 0.20, 0.04),
    "SMM": (0.10, 0.45, 0.08, 0.32, 0.05),
    "OM": (0.01, 0.05, 0.66, 0.20, 0.08),
    "all": (0.22, 0.24, 0.24, 0.25, 0.05),
    "other": (0.03, 0.05, 0.05, 0.20, 0.67),
}
"""Shares of the families CM, SMM, OM, SH, N among the duties of a kind of post."""

KINDS = {
    "CM": {"CM": 0.55, "SMM": 0.20, "all": 0.20, "other": 0.05},
    "SMM": {"SMM": 0.55, "CM": 0.20, "OM": 0.08, "all": 0.17},
    "OM": {"OM": 0.80, "all": 0.15, "other": 0.05},
    "double": {"all": 0.70, "SMM": 0.30},
    "other": {"other": 0.90, "all": 0.10},
}
"""What kind of post stands behind a title."""

DRIFT = 0.03
"""By this much a year more ads ask for everything at once."""

REPEATED = 0.08
"""Share of ads that repeat an earlier one: the same post at another place or date."""

BULLETS = ("- ", "• ", "* ", "")


@dataclass(frozen=True, slots=True)
class _Material:
    """The training material, sorted for drawing."""

    titles: Mapping[str, list[GoldAd]]
    duties: Mapping[str, Mapping[str, list[GoldDuty]]]
    lines: Mapping[tuple[str, str], list[GoldLine]]

    @classmethod
    def of(cls, corpus: TrainingCorpus) -> _Material:
        titles: dict[str, list[GoldAd]] = defaultdict(list)
        for ad in corpus.ads:
            titles[title_group(ad.title_roles)].append(ad)
        duties: dict[str, dict[str, list[GoldDuty]]] = {family: defaultdict(list) for family in FAMILIES}
        for written in corpus.duties:
            code = written.duty.areas[0]
            duties[family_of(code)][code].append(written.duty)
        lines: dict[tuple[str, str], list[GoldLine]] = defaultdict(list)
        for item in corpus.lines:
            lines[item.line.zone, item.kind].append(item.line)
        return cls(titles, duties, lines)


def synthetic(count: int, corpus: TrainingCorpus, profile: Profile, seed: int = 0) -> Iterator[GoldAd]:
    """Composes ads with their truth; the same seed gives the same ads.

    Args:
        count: how many.
        corpus: the material.
        profile: the rule set the true role is counted with.
        seed: of all that is drawn.

    Yields:
        Gold ads with the further fields year, date, place, source and, for a repeated ad, `repeats`.
    """
    random, material = Random(seed), _Material.of(corpus)  # noqa: S311 -- variety, no secret
    seen: list[GoldAd] = []
    for number in range(count):
        if seen and random.random() < REPEATED:
            ad = _repeated(random.choice(seen), number, random)
        else:
            ad = _composed(number, material, profile, random)
            seen.append(ad)
        yield ad


def _repeated(ad: GoldAd, number: int, random: Random) -> GoldAd:
    year = int(str(ad.extra["year"]))
    when = {"place": random.choice(PLACES), "date": f"{year}-{random.randint(1, 12):02}-15", "repeats": ad.id}
    return replace(ad, id=f"synthetic-{number:06}", extra={**ad.extra, **when})


def _composed(number: int, material: _Material, profile: Profile, random: Random) -> GoldAd:
    year = random.choice(YEARS)
    group = _one(random, {name: share for name, share in TITLES.items() if material.titles[name]})
    kind = "all" if random.random() < DRIFT * (year - YEARS[0]) else _one(random, KINDS[group])
    titled = random.choice(material.titles[group])
    duties = _duties(material, MIXTURES[kind], random)
    lines = _lines(titled.title, duties, material, random)
    ruled = by_rule([CodedDuty(duty.areas, duty.grade, duty.platform, duty.text) for duty in duties], profile)
    date = f"{year}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return GoldAd(
        id=f"synthetic-{number:06}",
        title=titled.title,
        format="markdown",
        text="\n".join(line.text for line in lines) + "\n",
        lines=tuple(lines),
        duties=duties,
        role=ruled.role,
        roles_involved=ruled.involved,
        title_roles=titled.title_roles,
        level=titled.level,
        source=random.choice(SOURCES),
        extra={"year": year, "date": date, "place": random.choice(PLACES), "author": author_of(titled)},
    )


def _one(random: Random, shares: Mapping[str, float]) -> str:
    return random.choices(list(shares), list(shares.values()))[0]


def _duties(material: _Material, mixture: Sequence[float], random: Random) -> tuple[GoldDuty, ...]:
    families = random.choices(FAMILIES, mixture, k=random.randint(4, 10))
    found: dict[str, GoldDuty] = {}
    for family in families:
        of_area = material.duties[family]
        duty = random.choice(of_area[random.choice(sorted(of_area))])
        found.setdefault(duty.text, duty)
    return tuple(found.values())


def _lines(title: str, duties: Sequence[GoldDuty], material: _Material, random: Random) -> list[GoldLine]:
    bullet = random.choice(BULLETS)

    def some(zone: str, kind: str, count: int) -> list[GoldLine]:
        known = material.lines.get((zone, kind)) or material.lines.get((zone, "text")) or []
        return random.sample(known, min(count, len(known)))

    found = [GoldLine(title, "title"), *some("company", "text", 2), *some("intro", "text", 1)]
    found += [*some("duties", "heading", 1), *(GoldLine(bullet + duty.text, "duties") for duty in duties)]
    for zone in ("profile", "offer"):
        found += [*some(zone, "heading", 1), *some(zone, "item", 3)]
    return found + some("apply", "text", 1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes a synthetic corpus as gold, which `jobclass label` reads as a table."""
    parser = ArgumentParser("python -m jobclass.corpus.synthetic", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("count", type=int, help="how many ads")
    parser.add_argument("path", type=Path, help="the file that is written (JSON Lines)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same ads")
    chosen = parser.parse_args(arguments)
    with chosen.path.open("w", encoding="utf-8") as file:
        ads = synthetic(chosen.count, load_corpus(), load_profile(), chosen.seed)
        file.writelines(gold_row(ad) + "\n" for ad in ads)


if __name__ == "__main__":
    main()

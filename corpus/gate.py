"""The quality gate: floors under the figures on hands of our own corpus that the measured model has not learned from.

    python -m jobclass.corpus.gate             checks: exit status 1 below a floor, or if the held-out ads have changed
    python -m jobclass.corpus.gate --update    pins what is reached now, in a checkout

A floor rises by itself. It sinks only with `--allow-regression` and a line in CHANGELOG.md that names the figure and
says before and after.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from ..atomic import write
from ..classifier.headings import load_headings
from ..classifier.labeller import Labeller
from ..classifier.profile import load_profile
from .evaluate import MEASURES, compare
from .gold import gold_row
from .lessons.build import build
from .training import author_of, load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .gold import GoldAd
    from .training import TrainingCorpus

HELD_OUT = frozenset({"d", "j", "l"})
"""One hand of each kind: one that wrote single duties and lines as well (d), one of short ads that need their context
(j), one of long ads with rich surroundings (l); every role and both voices are among them."""

ONE_IN = 3
"""One in three records of the other hands is learned from: a third of the time, and little less quality (the learning
curve is flat there). So these figures watch the code and the material; they do not describe the shipped model."""

FIGURES = ("zone accuracy", "duties F1", "family accuracy", "areas micro-F1", "role accuracy")

TOLERANCE = 0.004
"""One ad of 275 moves the role by this much, and another version of a library may well move one ad."""

PINNED = Path(__file__).with_name("gate.json")
CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


@dataclass(frozen=True, slots=True)
class Split:
    """What is measured on: the hands, how much they wrote, and SHA-256 over every text and annotation of theirs."""

    hands: tuple[str, ...]
    ads: int
    lines: int
    duties: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Figures on a split of the corpus: as measured, or as pinned, where they are floors."""

    split: Split
    figures: Mapping[str, float]


class LoweredError(ValueError):
    """Floors would sink, and nobody has said so.

    Args:
        sunk: name, floor and value of each.
    """

    def __init__(self, sunk: Iterable[tuple[str, float, float]]) -> None:
        told = "; ".join(f"{name} {before:.3f} -> {after:.3f}" for name, before, after in sunk)
        super().__init__(f"use --allow-regression, and say in a line of the changelog: {told}")


def split_of(ads: Iterable[GoldAd]) -> Split:
    """Counts and hash of some ads; their order does not matter, any other change does."""
    ordered = sorted(ads, key=lambda ad: ad.id)
    return Split(
        hands=tuple(sorted({author_of(ad) for ad in ordered})),
        ads=len(ordered),
        lines=sum(len(ad.lines) for ad in ordered),
        duties=sum(len(ad.duties) for ad in ordered),
        sha256=sha256("\n".join(map(gold_row, ordered)).encode()).hexdigest(),
    )


def held_out(corpus: TrainingCorpus) -> list[GoldAd]:
    """The ads that are measured on."""
    return [ad for ad in corpus.ads if author_of(ad) in HELD_OUT]


def taught(corpus: TrainingCorpus) -> TrainingCorpus:
    """What is learned from: a fixed choice by the records' own text, so that a new record does not shift the others."""
    rest = corpus.without(HELD_OUT)
    return replace(
        rest,
        duties=tuple(written for written in rest.duties if _chosen(written.duty.text)),
        lines=tuple(written for written in rest.lines if _chosen(written.line.text)),
        ads=tuple(ad for ad in rest.ads if _chosen(ad.text)),
    )


def _chosen(text: str) -> bool:
    return crc32(text.encode()) % ONE_IN == 0


def measured(corpus: TrainingCorpus, jobs: int) -> Standing:
    """The figures of a model that was built without the held-out hands, on their ads; the same every time.

    Args:
        corpus: the whole training corpus.
        jobs: processes; the result does not depend on it.
    """
    profile, headings, held = load_profile(), load_headings(), held_out(corpus)
    model = build(taught(corpus), profile, headings, jobs)
    comparisons = compare(held, Labeller(profile, model, headings))
    return Standing(split_of(held), {name: round(MEASURES[name](comparisons), 4) for name in FIGURES})


def check(found: Standing, pinned: Standing | None) -> list[str]:
    """What keeps the gate closed, one line each; nothing if it is open.

    Args:
        found: as measured.
        pinned: the floors; None if there are none yet.
    """
    if pinned is None:
        return ["nothing is pinned yet: run with --update"]
    problems = [
        f"held-out ads have changed, {name}: {now}, pinned {before} (--update pins the new ads)"
        for (name, now), before in zip(asdict(found.split).items(), asdict(pinned.split).values(), strict=True)
        if now != before
    ]
    problems += [f"{name}: no floor is pinned (--update)" for name in found.figures if name not in pinned.figures]
    return problems + [
        f"{name}: {after:.4f} is below the floor {before:.4f}" for name, before, after in lowered(found, pinned)
    ]


def lowered(found: Standing, pinned: Standing) -> list[tuple[str, float, float]]:
    """The figures below their floor by more than the tolerance: name, floor, value (none if no longer measured)."""
    values = {name: found.figures.get(name, float("nan")) for name in pinned.figures}
    return [
        (name, floor, values[name]) for name, floor in pinned.figures.items() if not values[name] >= floor - TOLERANCE
    ]


def updated(found: Standing, pinned: Standing | None, changelog: str, *, allow_regression: bool) -> Standing:
    """The floors that are pinned from now on.

    Within the tolerance the higher value stays, so that floors cannot sink in small steps.

    Args:
        found: as measured.
        pinned: the floors so far; None if there are none yet.
        changelog: the text that must name every figure that sinks.
        allow_regression: whether floors may sink at all.

    Raises:
        LoweredError: a floor would sink without leave, or without a line in the changelog.
    """
    if pinned is None:
        return found
    sunk = lowered(found, pinned)
    if silent := [each for each in sunk if not (allow_regression and _is_told(*each, changelog))]:
        raise LoweredError(silent)
    sinking = {name for name, _, _ in sunk}
    floors = {
        name: value if name in sinking else max(value, pinned.figures.get(name, value))
        for name, value in found.figures.items()
    }
    return Standing(found.split, floors)


def _is_told(name: str, before: float, after: float, changelog: str) -> bool:
    """Whether one line names the figure with both values: an old line about the same figure says nothing of this."""
    return any(
        name in line and f"{before:.3f}" in line and f"{after:.3f}" in line.partition(f"{before:.3f}")[2]
        for line in changelog.splitlines()
    )


def read_pinned(path: Path) -> Standing | None:
    """The floors as pinned; None if the file does not exist."""
    if not path.exists():
        return None
    values = json.loads(path.read_text(encoding="utf-8"))
    split = values["split"]
    return Standing(Split(**(split | {"hands": tuple(split["hands"])})), values["floors"])


def write_pinned(standing: Standing, path: Path) -> None:
    """Writes floors.

    Raises:
        InputError: they cannot be written; the old ones stay.
    """
    values = {"split": asdict(standing.split), "floors": dict(standing.figures)}
    write(path, (json.dumps(values, indent=2) + "\n").encode())


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures, then checks or pins; 0 if the gate is open or was pinned, else 1."""
    chosen = _parser().parse_args(arguments)
    found, pinned = measured(load_corpus(), chosen.jobs), read_pinned(chosen.pinned)
    floors = pinned.figures if pinned else {}
    rows = [f"{name:<18}{value:8.4f}   floor {floors.get(name, 0):.4f}" for name, value in found.figures.items()]
    sys.stdout.write("\n".join(rows) + "\n")
    if not chosen.update:
        problems = check(found, pinned)
        sys.stderr.writelines(f"{problem}\n" for problem in problems)
        return 1 if problems else 0
    try:
        changelog = chosen.changelog.read_text(encoding="utf-8") if chosen.allow_regression else ""
        write_pinned(updated(found, pinned, changelog, allow_regression=chosen.allow_regression), chosen.pinned)
    except LoweredError as refused:
        sys.stderr.write(f"not updated: {refused}\n")
        return 1
    sys.stdout.write(f"pinned in {chosen.pinned}\n")
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser("python -m jobclass.corpus.gate", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--update", action="store_true", help="pin the figures of now as floors")
    parser.add_argument("--allow-regression", action="store_true", help="let floors sink that the changelog names")
    parser.add_argument("--pinned", type=Path, default=PINNED, metavar="FILE", help="the file of the floors")
    parser.add_argument("--changelog", type=Path, default=CHANGELOG, metavar="FILE", help="what names a lowered figure")
    parser.add_argument("--jobs", "-j", type=int, default=2, help="processes; the result does not depend on it")
    return parser


if __name__ == "__main__":
    sys.exit(main())

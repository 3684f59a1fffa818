"""What more of our own corpus would teach: areas of given true duties, learned from five sizes of the corpus.

    python benchmarks/learning_curve.py GOLD -o docs/learning_curve.svg

Each size holds the same share of every hand's ads and duties, drawn at random; smaller sizes lie within larger ones.
The bars are 95 % intervals resampled by ad. Needs the extra `report`.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
from _shared import area_model, areas_compared, figure, gold_ads, part_of, shown, table
from matplotlib.figure import Figure as Plot

from jobclass.classifier.headings import load_headings
from jobclass.classifier.profile import load_profile
from jobclass.corpus.lessons.areas import read_lessons
from jobclass.corpus.resampling import SEED
from jobclass.corpus.training import load_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobclass.corpus.resampling import Interval

SHARES = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)

LINES = {"family accuracy": ("#0072B2", "o", "-"), "areas micro-F1": ("#D55E00", "s", "--")}
"""Colours of Okabe and Ito, which colour-blind readers tell apart; marker and dash say the same without colour."""


def measured(gold: Path) -> list[tuple[int, list[Interval]]]:
    """For each size its number of duties and the figures reached."""
    profile, headings, corpus, ads = load_profile(), load_headings(), load_corpus(), gold_ads(gold)
    points = []
    for share in SHARES:
        lessons = read_lessons(part_of(corpus, share, SEED), profile, headings)
        comparisons = areas_compared(ads, area_model(lessons), profile, headings)
        points.append((len(lessons.all_duties()), [figure(name, comparisons) for name in LINES]))
    return points


def plotted(points: Sequence[tuple[int, Sequence[Interval]]]) -> Plot:
    """The curves over the number of duties, on a scale on which each doubling is one step."""
    plot = Plot(figsize=(7, 4.2), layout="constrained")
    axes = plot.subplots()
    sizes = [size for size, _ in points]
    for number, (name, (colour, marker, dash)) in enumerate(LINES.items()):
        found = [figures[number] for _, figures in points]
        values = [one.value for one in found]
        around = [[one.value - one.low for one in found], [one.high - one.value for one in found]]
        axes.errorbar(sizes, values, yerr=around, color=colour, marker=marker, linestyle=dash, capsize=3)
        axes.annotate(name, (sizes[-1], values[-1]), (8, 0), textcoords="offset points", color=colour, va="center")
    axes.set_xscale("log", base=2)
    axes.set_xticks(sizes, [f"{size:,}" for size in sizes])
    axes.set_xlim(sizes[0] / 1.15, sizes[-1] * 2.4)
    axes.set(xlabel="duties in the training corpus", ylabel="on the true duties of real ads", ylim=(0, 1))
    axes.grid(axis="y", alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    return plot


def main() -> None:
    """Writes the plot and prints its figures."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, metavar="GOLD", help="a gold file")
    parser.add_argument("--output", "-o", type=Path, default=Path("learning_curve.svg"), metavar="SVG")
    chosen = parser.parse_args()
    points = measured(chosen.gold)
    # Without a date and with fixed names the same figures give the same file.
    with mpl.rc_context({"svg.hashsalt": "jobclass", "svg.fonttype": "none"}):
        plotted(points).savefig(chosen.output, format="svg", metadata={"Date": None, "Title": "Learning curve"})
    print(table(["duties", *LINES], [[f"{size:,}", *map(shown, found)] for size, found in points]))


if __name__ == "__main__":
    main()

"""How much a verdict depends on the layout: the same gold ads as exports, mail programs and copying mangle them.

    python benchmarks/layouts.py GOLD

Ads that are text already are left out: what they have lost cannot be lost again. The words stay the same but for most
full stops of ads that are run together, so the coding stays right; headings are left away by their look.
"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from _shared import table

from jobclass import Labeller
from jobclass.corpus.evaluate import MEASURES, compare
from jobclass.corpus.gold import read_gold
from jobclass.corpus.lessons.layouts import run_on, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable

    from jobclass.corpus.gold import GoldAd

SHORT = 45
"""Characters up to which a row that ends like one is taken for a heading."""

FIGURES = ("zone accuracy", "duties F1", "family accuracy", "areas micro-F1", "role accuracy")


def as_coded(ad: GoldAd) -> str:
    """A row for each line that was coded, with its marks."""
    return "\n".join(line.text for line in ad.lines)


def without_marks(ad: GoldAd, between: str = "\n") -> str:
    """No marks: bullets, hashes and bold are gone."""
    return between.join(unmarked(line.text) for line in ad.lines)


def wrapped(ad: GoldAd, width: int) -> str:
    """Rows wrapped at a width, an item's later rows further to the right."""
    return "\n".join(_wrapped(line.text, width, "  " if unmarked(line.text) != line.text else "") for line in ad.lines)


def wrapped_unmarked(ad: GoldAd, width: int) -> str:
    """No marks, and rows wrapped at a width."""
    return "\n".join(_wrapped(unmarked(line.text), width, "") for line in ad.lines)


def _wrapped(row: str, width: int, indent: str) -> str:
    return fill(row, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def without_headings(ad: GoldAd) -> str:
    """No headings."""
    return "\n".join(line.text for line in ad.lines if not _is_heading(line.text))


def _is_heading(row: str) -> bool:
    return row.lstrip().startswith("#") or (len(row) < SHORT and row.rstrip("*_ ").endswith((":", "?")))


def run_together(ad: GoldAd) -> str:
    """One paragraph without marks and most full stops."""
    return " ".join(run_on(ad))


LAYOUTS: dict[str, Callable[[GoldAd], str]] = {
    "a row for each line": as_coded,
    "without marks": without_marks,
    "without marks, empty rows between": partial(without_marks, between="\n\n"),
    "wrapped at 76 characters": partial(wrapped, width=76),
    "wrapped at 60": partial(wrapped, width=60),
    "without marks, wrapped at 76": partial(wrapped_unmarked, width=76),
    "without marks, wrapped at 45": partial(wrapped_unmarked, width=45),
    "without headings": without_headings,
    "one paragraph, most full stops lost": run_together,
}


def main() -> None:
    """Prints the table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, metavar="GOLD", help="a gold file")
    ads = [ad for ad in read_gold(parser.parse_args().gold) if ad.format != "text"]
    labeller = Labeller()
    rows = []
    for name, layout in LAYOUTS.items():
        found = compare((replace(ad, text=layout(ad), format="text") for ad in ads), labeller)
        rows.append([name, *(f"{MEASURES[figure](found):.3f}" for figure in FIGURES)])
    print(table([f"{len(ads)} ads", *FIGURES], rows))


if __name__ == "__main__":
    main()

"""Prints the tables of the model card: figures by role, area, format and voice, and false alarms of the flags.

    python benchmarks/model_card.py GOLD [GOLD …]
    python benchmarks/model_card.py REAL corpus/evaluation/confusion.jsonl --figures models/bvcm-de/figures.json

The second form also writes the false alarms beside the model, where `jobclass explain` reads them.

A false alarm is a flag of severity 2 or more on an ad that has no confusion by its gold coding.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from jobclass.classifier.ad import Ad
from jobclass.classifier.labeller import Labeller
from jobclass.corpus.evaluate import compare, figures, gold_severity
from jobclass.corpus.gold import read_gold, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from jobclass.corpus.evaluate import Comparison
    from jobclass.corpus.gold import GoldAd

CODES = tuple(f"F{number}" for number in range(1, 11))
SHOWN = ("zone accuracy", "duties F1", "family accuracy", "areas micro-F1", "role accuracy")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"


def by_group(ads: Sequence[GoldAd], found: Sequence[Comparison], group: Callable[[GoldAd], str]) -> str:
    """The main figures for each group of ads."""
    groups = defaultdict(list)
    for ad, comparison in zip(ads, found, strict=True):
        groups[group(ad)].append(comparison)
    rows = []
    for name, comparisons in sorted(groups.items()):
        values = {name: figure.value for name, figure in figures(comparisons, draws=1).items()}
        rows.append([name or "unknown", len(comparisons), *(f"{values[shown]:.3f}" for shown in SHOWN)])
    return table(["", "ads", *SHOWN], rows)


def by_area(found: Sequence[Comparison]) -> str:
    """Precision and recall of each code on matched duties."""
    right, gold, said = Counter[str](), Counter[str](), Counter[str]()
    for codes, others in (pair for comparison in found for pair in comparison.codes):
        gold.update(codes)
        said.update(others)
        right.update(set(codes) & set(others))
    rows = [
        [code, gold[code], f"{right[code] / max(1, said[code]):.2f}", f"{right[code] / gold[code]:.2f}"]
        for code in sorted(gold, key=lambda code: -gold[code])
    ]
    return table(["area", "gold", "precision", "recall"], rows)


def false_alarms(ads: Sequence[GoldAd], labeller: Labeller) -> tuple[Counter[str], int]:
    """How often each flag is raised on ads without confusion, and how many such ads there are."""
    bound = labeller.profile.thresholds["flags"]["confusion"]
    clean = [ad for ad in ads if gold_severity(ad, labeller.profile) < bound]
    raised = Counter[str]()
    for ad in clean:
        verdict = labeller.label(Ad(text_of(ad), ad.title))
        raised.update(flag.code for flag in verdict.flags if flag.severity >= bound)
    return raised, len(clean)


def as_figures(raised: Counter[str], clean: int) -> dict[str, object]:
    """False alarms with the upper bound of their share, 95 % (Clopper and Pearson 1934)."""
    from scipy.stats import beta

    flags = {
        code: {"raised": raised[code], "high": round(float(beta.ppf(0.975, raised[code] + 1, clean - raised[code])), 4)}
        for code in CODES
    }
    return {"ads": clean, "flags": flags}


def main() -> None:
    """Reads the gold files and prints the tables of each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--figures", type=Path, help="write the false alarms on real and on our own ads to this file")
    arguments = parser.parse_args()
    labeller = Labeller()
    figures_of = {}
    for name, path in zip_longest(("real", "own"), arguments.gold):
        if path is None:
            continue
        ads = list(read_gold(path))
        found = compare(ads, labeller)
        print(f"## {path.name}\n")
        print(table(["figure", "value", "95 % interval"], _figures(found)))
        print(by_group(ads, found, lambda ad: ad.role))
        print(by_group(ads, found, lambda ad: ad.format))
        print(by_group(ads, found, _voice))
        print(by_area(found))
        raised, clean = false_alarms(ads, labeller)
        print(table(["flag", "false alarms", "ads without confusion"], [[c, raised[c], clean] for c in CODES]))
        figures_of[name] = as_figures(raised, clean)
    if arguments.figures:
        model = f"{labeller.model.name} sha256:{labeller.model.digest[:16]}"
        content = json.dumps({"model": model, "false_alarms": figures_of}, indent=1)
        arguments.figures.write_text(content + "\n", encoding="utf-8")


def _figures(found: Sequence[Comparison]) -> list[list[str]]:
    return [[name, f"{f.value:.3f}", f"{f.low:.3f} to {f.high:.3f}"] for name, f in figures(found).items()]


def _voice(ad: GoldAd) -> str:
    """How an ad speaks to its reader, by its little words."""
    words = Counter(ad.text.split())
    du = sum(words[word] for word in ("du", "Du", "dich", "Dich", "dein", "deine", "Deine", "dir", "Dir"))
    sie = sum(words[word] for word in ("Sie", "Ihre", "Ihr", "Ihnen"))
    return "du" if du > sie else "Sie" if sie else "neither"


if __name__ == "__main__":
    main()

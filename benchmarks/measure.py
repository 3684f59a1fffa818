"""Recovers a known truth: composes ads, labels them with a model that has not seen their authors, and measures.

    python benchmarks/measure.py FOLDER [--ads 20000] [--gold 400]

Every third hand of the training corpus is held out: a model is trained on the others, the corpus is composed of the
held-out hands alone. Gold is a random sample of the composed ads. Prints how many intervals hold the truth of the whole
corpus, how far estimates are off, and what the steps cost. Files that FOLDER holds already are used again.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from joblib import Parallel, delayed

from jobclass import Ad, Labeller
from jobclass.classifier.headings import load_headings
from jobclass.classifier.profile import load_profile
from jobclass.cli.render.json import as_values
from jobclass.cli.results import Labelled
from jobclass.corpus.gold import gold_row, read_gold
from jobclass.corpus.lessons.build import build
from jobclass.corpus.measure import measure
from jobclass.corpus.study.coded import coded_ads, gold_as_labelled
from jobclass.corpus.study.labelled import rows
from jobclass.corpus.study.questions import counts, questions
from jobclass.corpus.synthetic import synthetic
from jobclass.corpus.training import load_corpus
from jobclass.errors import InputError
from jobclass.models.store import load_model, save_model

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from jobclass.corpus.gold import GoldAd
    from jobclass.corpus.measure import Measurement
    from jobclass.corpus.study.coded import CodedAd

T = TypeVar("T")
CHUNK = 500
HELD_OUT = 3


def main() -> None:
    """Runs the steps and prints what they cost and how the estimates fare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ads", type=int, default=20_000)
    parser.add_argument("--gold", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    model = timed("train without the held-out hands", trained, options.folder / "model", options.jobs)
    composed = timed("compose", composed_ads, options.folder / "gold.jsonl", options.ads)
    table = options.folder / "labelled.jsonl"
    if not table.exists():
        timed("label", label, composed, table, model, options.jobs)
    gold, refused = timed("label gold", gold_sample, composed, options.gold, model)
    codes = load_profile().codes
    result = timed("measure", lambda: measure(lambda: rows(table), codes, gold, by=["year"], gold_refused=refused))
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    same = result.duplicates
    print(f"rows {result.rows}, refused {result.refused}, exact copies {same.exact}, near copies {same.near}")
    report(result, truth(composed), few=False)
    report(result, truth(composed), few=True)


def timed(name: str, step: Callable[..., T], *arguments: object) -> T:
    """Runs a step and prints how long it took."""
    begin = time.perf_counter()
    result = step(*arguments)
    print(f"{name}: {time.perf_counter() - begin:.1f} s", flush=True)
    return result


def trained(folder: Path, jobs: int) -> Path:
    """A model that has not seen the held-out hands."""
    if not folder.exists():
        corpus = load_corpus()
        save_model(build(corpus.without(held_out()), load_profile(), load_headings(), jobs), folder)
    return folder


def held_out() -> frozenset[str]:
    """Every third hand of the training corpus."""
    return frozenset(load_corpus().authors[::HELD_OUT])


def composed_ads(path: Path, count: int) -> Path:
    """Ads composed of the held-out hands alone."""
    if not path.exists():
        corpus = load_corpus()
        others = frozenset(corpus.authors) - held_out()
        ads = synthetic(count, corpus.without(others), load_profile())
        path.write_text("".join(gold_row(ad) + "\n" for ad in ads), encoding="utf-8")
    return path


def label(composed: Path, table: Path, model: Path, jobs: int) -> None:
    """Labels the ads in processes."""
    ads = list(read_gold(composed))
    chunks = [ads[n : n + CHUNK] for n in range(0, len(ads), CHUNK)]
    found = Parallel(jobs, return_as="generator")(delayed(labelled)(chunk, model) for chunk in chunks)
    with table.open("w", encoding="utf-8") as file:
        file.writelines(line for lines in found for line in lines)


def labelled(ads: list[GoldAd], model: Path) -> list[str]:
    """The rows of some ads, refused ones with their error."""
    labeller, lines = Labeller(model=load_model(model)), []
    for ad in ads:
        fields = {"id": ad.id, "year": ad.extra["year"], "place": ad.extra["place"], "date": ad.extra["date"]}
        try:
            values = as_values(Labelled(ad.id, labeller.label(Ad(ad.text, ad.title, ad.id))), "en")
            del values["lines"]
            lines.append(json.dumps(values | fields, ensure_ascii=False) + "\n")
        except InputError as error:
            lines.append(json.dumps({**fields, "role": None, "error": error.code}) + "\n")
    return lines


def gold_sample(composed: Path, count: int, model: Path) -> tuple[list[CodedAd], int]:
    """A random sample of the rows, copies among them, coded and labelled."""
    ads = list(read_gold(composed))
    chosen = np.random.default_rng(1).choice(len(ads), count, replace=False)
    drawn = [replace(ads[n], extra={**ads[n].extra, "inclusion": count / len(ads)}) for n in sorted(chosen)]
    return coded_ads(drawn, Labeller(model=load_model(model)))


def truth(composed: Path) -> dict[tuple[str, str, str], float]:
    """The true shares of the composed ads without repeated ones, in all and by year."""
    profile = load_profile()
    asked = questions(profile.codes)
    sums: dict[tuple[str, str], NDArray[np.float64]] = {}
    for ad in read_gold(composed):
        if "repeats" in ad.extra:
            continue
        coded = gold_as_labelled(ad, profile)
        for question in asked:
            if (found := counts(question, coded)) is not None:
                for value in ("", str(ad.extra["year"])):
                    sums[question.key, value] = sums.get((question.key, value), 0) + np.array(found)
    return {
        (question.key, category, value): sums[question.key, value][n] / sums[question.key, value][-1]
        for question in asked
        for n, category in enumerate(question.categories)
        for value in ("", *map(str, range(2016, 2026)))
        if (question.key, value) in sums and sums[question.key, value][-1]
    }


def report(result: Measurement, true: dict[tuple[str, str, str], float], *, few: bool) -> None:
    """Prints how many intervals hold the truth, for large and for small cells."""
    print("small cells:" if few else "cells that may be interpreted:")
    for kind in ("raw", "adjusted", "ppi"):
        found = [
            (getattr(e, kind), true[e.question, e.category, e.value])
            for e in result.estimates
            if e.few == few and (e.question, e.category, e.value) in true and e.unit != "mean"
        ]
        known = [(interval, value) for interval, value in found if interval and interval.value == interval.value]
        if known:
            hits = np.mean([interval.low <= value <= interval.high for interval, value in known])
            off = np.mean([abs(interval.value - value) for interval, value in known])
            width = np.mean([interval.high - interval.low for interval, _ in known])
            print(
                f"  {kind:<9}{len(known):5} intervals, {hits:6.1%} hold the truth, off by {off:.4f}, width {width:.4f}"
            )


if __name__ == "__main__":
    main()

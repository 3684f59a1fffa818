"""How fast the tool is beside its peers, on the same ads, in one run on one core.

    OMP_NUM_THREADS=1 python benchmarks/peers.py [--ads 400] [--rounds 3]

Times are processor seconds, in rounds that take turns, the best of each; so a busy machine does not blur them much.
The peers do less: spaCy only cuts the text into tokens, TF-IDF with logistic regression predicts one label without any
evidence, trafilatura only finds the text of a page. It must be installed for this script alone.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from _shared import table
from composed import composed_ads
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from jobclass import Ad, Labeller
from jobclass.corpus.readers import html
from jobclass.corpus.training import load_corpus

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from composed import Composed

STARTS = 10
LENGTHS = (10_000, 100_000, 900_000)
"""Characters of long ads, the last just below what an ad may have."""

EXAMPLE = Path(__file__).parent.parent / "examples" / "community-manager.txt"


def workers(ads: Sequence[Composed]) -> Mapping[str, Callable[[], object]]:
    """What is measured: each goes through all ads once."""
    from trafilatura import extract

    labeller, tokenise = Labeller(), spacy.blank("de")
    known = load_corpus().ads
    classify = make_pipeline(TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2)), LogisticRegression(max_iter=1000))
    classify.fit([ad.text for ad in known], [ad.role for ad in known])
    pages = [ad.as_page() for ad in ads]
    return {
        "jobclass: full verdict with evidence": lambda: [labeller.label(Ad(ad.text, ad.title)) for ad in ads],
        "spacy.blank('de'): tokens": lambda: [tokenise(ad.text) for ad in ads],
        "TF-IDF + logistic regression: one label": lambda: [classify.predict([ad.text]) for ad in ads],
        "jobclass: page to text": lambda: [list(html.read(page.encode(), "", "")) for page in pages],
        "trafilatura.extract: page to text": lambda: [extract(page) for page in pages],
    }


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def start_of(*arguments: str) -> float:
    """Processor seconds of a whole process."""
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 -- our own command
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def rates(ads: Sequence[Composed], rounds: int) -> str:
    """Ads a second of each, in turns."""
    work = workers(ads)
    best = dict.fromkeys(work, float("inf"))
    for _ in range(rounds):
        for name, run in work.items():
            best[name] = min(best[name], seconds(run))
    own = best[next(iter(work))]
    rows = [[name, f"{len(ads) / spent:.0f}", f"{own / spent:.2f} ×"] for name, spent in best.items()]
    return table(["what", "ads/s of one core", "speed against a full verdict"], rows)


def starts() -> str:
    """The start of a whole process against that of a bare `import spacy`."""
    pairs = [(start_of("-m", "jobclass", "label", str(EXAMPLE)), start_of("-c", "import spacy")) for _ in range(STARTS)]
    own, other = (statistics.median(times) for times in zip(*pairs, strict=True))
    rows = [["jobclass label ad.txt", f"{own:.2f}", f"{own / other:.2f} ×"], ["import spacy", f"{other:.2f}", "1.00 ×"]]
    return table(["process", "processor s, median of 10", "ratio"], rows)


def lengths() -> str:
    """What a character costs in long ads."""
    labeller, ads = Labeller(), composed_ads(seed=2)
    labeller.label(Ad(next(ads).text))
    rows = []
    for length in LENGTHS:
        text = ""
        while len(text) < length:
            text += next(ads).text + "\n"
        ad = Ad(text[:length])
        spent = seconds(lambda: labeller.label(ad))  # noqa: B023 -- called at once
        rows.append([f"{length:,}", f"{spent:.2f}", f"{spent / length * 1e6:.1f}"])
    return table(["characters", "processor s", "µs a character"], rows)


def main() -> None:
    """Measures and prints."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--ads", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    ads = list(islice(composed_ads(), arguments.ads))
    print(rates(ads, arguments.rounds), starts(), lengths(), sep="\n\n")


if __name__ == "__main__":
    main()

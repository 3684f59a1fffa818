"""How many ads a second the tool and its peers read, the same ads in one run on one core.

    OMP_NUM_THREADS=1 python benchmarks/peers.py [--ads 400] [--rounds 3]

Times are processor seconds, in rounds that take turns, the best of each; so a busy machine does not blur them much.
The peers do less: spaCy only cuts the text into tokens, TF-IDF with logistic regression predicts one label without any
evidence, trafilatura only finds the text of a page. It must be installed for this script alone. What a start, a long
ad and memory cost is measured by `speed.py`.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from itertools import islice
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


def main() -> None:
    """Measures and prints."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--ads", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    ads = list(islice(composed_ads(), arguments.ads))
    print(rates(ads, arguments.rounds))


if __name__ == "__main__":
    main()

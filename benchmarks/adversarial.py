"""How much our duties sound like those of real employers: can a classifier tell them apart, and whose words do we know?

    python benchmarks/adversarial.py GOLD [--words 20]

AUC of word 1-2 TF-IDF and logistic regression, 5-fold by ad, with a 95 % interval resampled by ad; .5 would be perfect,
1 means every duty betrays its origin. As many of our duties are drawn as gold has: at random, and with gold's governing
areas, which leaves the style alone. "Known" is the share of gold's running words and word pairs that our duties hold.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter, defaultdict
from itertools import chain, pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from _shared import estimate, gold_ads, shown, table
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from jobclass.classifier.words import bag
from jobclass.corpus.resampling import SEED
from jobclass.corpus.training import author_of, load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from sklearn.pipeline import Pipeline

    from jobclass.corpus.gold import GoldAd
    from jobclass.corpus.resampling import Interval
    from jobclass.corpus.training import TrainingCorpus

FOLDS = 5


class Item(NamedTuple):
    """A duty, its governing area, who wrote it, and the ad it stands in (itself, if it stands alone)."""

    text: str
    code: str
    author: str
    ad: str


def items_of(ads: Iterable[GoldAd]) -> list[Item]:
    """The duties of ads."""
    return [Item(duty.text, duty.areas[0], author_of(ad), ad.id) for ad in ads for duty in ad.duties]


def our_items(corpus: TrainingCorpus) -> list[Item]:
    """The duties of the training corpus."""
    return items_of(corpus.ads) + [Item(w.duty.text, w.duty.areas[0], w.author, w.duty.text) for w in corpus.duties]


def drawn(ours: Sequence[Item], size: int) -> list[Item]:
    """So many duties at random, or all if there are fewer."""
    return Random(SEED).sample(ours, min(size, len(ours)))  # noqa: S311 -- a sample, no secret


def drawn_alike(ours: Sequence[Item], gold: Sequence[Item]) -> list[Item]:
    """Duties at random with the governing areas of gold, as far as we have them."""
    by_code = defaultdict(list)
    for item in ours:
        by_code[item.code].append(item)
    return [item for code, count in Counter(item.code for item in gold).items() for item in drawn(by_code[code], count)]


def classifier() -> Pipeline:
    """Tells ours from theirs by words and word pairs."""
    return make_pipeline(TfidfVectorizer(ngram_range=(1, 2)), LogisticRegression(class_weight="balanced"))


def separability(ours: Sequence[Item], gold: Sequence[Item]) -> Interval:
    """The AUC of telling our duties from gold's."""
    every = [*ours, *gold]
    theirs = np.repeat([0, 1], [len(ours), len(gold)])
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SEED)
    groups = [item.ad for item in every]
    texts = [item.text for item in every]
    scores = cross_val_predict(classifier(), texts, theirs, groups=groups, cv=folds, method="decision_function")
    of_ad = defaultdict(list)
    for number, group in enumerate(groups):
        of_ad[group].append(number)
    return estimate(list(of_ad.values()), lambda ads: _auc(theirs, scores, list(chain.from_iterable(ads))))


def _auc(labels: NDArray[np.intp], scores: NDArray[np.float64], places: Sequence[int]) -> float:
    return float(roc_auc_score(labels[places], scores[places]))


def known(ours: Sequence[Item], gold: Sequence[Item], *, pairs: bool) -> Interval:
    """The share of gold's running words, or word pairs, that our duties hold."""
    vocabulary = {piece for item in ours for piece in _pieces(item.text, pairs=pairs)}
    found, every = Counter[str](), Counter[str]()
    for item in gold:
        pieces = _pieces(item.text, pairs=pairs)
        found[item.ad] += sum(piece in vocabulary for piece in pieces)
        every[item.ad] += len(pieces)
    return estimate(list(every), lambda ads: sum(map(found.__getitem__, ads)) / sum(map(every.__getitem__, ads)))


def _pieces(text: str, *, pairs: bool) -> list[str]:
    words = bag(text)
    return [" ".join(pair) for pair in pairwise(words)] if pairs else words


def telling(ours: Sequence[Item], gold: Sequence[Item], count: int) -> tuple[list[str], list[str]]:
    """The words and pairs that betray our duties, and gold's, the strongest first."""
    fitted = classifier().fit([item.text for item in (*ours, *gold)], [0] * len(ours) + [1] * len(gold))
    names = fitted[0].get_feature_names_out()
    order = np.argsort(fitted[1].coef_[0])
    return [names[n] for n in order[:count]], [names[n] for n in order[::-1][:count]]


def row(name: str, chosen: Sequence[Item], ours: Sequence[Item], gold: Sequence[Item]) -> list[str]:
    """A row of the table: the duties that are told apart, and the words of all of them."""
    words, pairs = (known(ours, gold, pairs=value) for value in (False, True))
    return [name, str(len(chosen)), shown(separability(chosen, gold)), shown(words), shown(pairs)]


def main() -> None:
    """Prints a table: the whole corpus twice, then every hand."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, metavar="GOLD", help="a gold file")
    parser.add_argument("--words", type=int, default=0, help="show so many words that betray either side")
    chosen = parser.parse_args()
    gold, ours = items_of(gold_ads(chosen.gold)), our_items(load_corpus())
    alike = drawn_alike(ours, gold)
    rows = [row("all, gold's areas", alike, ours, gold), row("all, at random", drawn(ours, len(gold)), ours, gold)]
    for author in sorted({item.author for item in ours}):
        own = [item for item in ours if item.author == author]
        rows.append(row(author, drawn(own, len(gold)), own, gold))
    print(table(["hand", "duties", "AUC", "known words", "known word pairs"], rows))
    if chosen.words:
        for name, words in zip(("ours", "gold"), telling(alike, gold, chosen.words), strict=True):
            print(f"\n{name}: {', '.join(words)}")


if __name__ == "__main__":
    main()

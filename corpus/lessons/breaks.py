"""What the model of lost line breaks learns from: training ads run together, and where their lines began."""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING

from ...classifier.breaks import BREAK, examples, gaps
from .layouts import run_on

if TYPE_CHECKING:
    from ...classifier.headings import Headings
    from ...models.features import Example
    from ..training import TrainingCorpus


def break_data(corpus: TrainingCorpus, headings: Headings) -> tuple[list[Example], list[tuple[str, ...]]]:
    """Examples of gaps between words, and for each the label `BREAK` or none.

    Args:
        corpus: the training corpus.
        headings: the lexicon of headings.
    """
    seen: list[Example] = []
    answers: list[tuple[str, ...]] = []
    for ad in corpus.ads:
        rows = [row.split() for row in run_on(ad)]
        words = list(chain.from_iterable(rows))
        begins = set(accumulate(map(len, rows)))
        found = gaps(words)
        seen += examples(words, found, headings)
        answers += [(BREAK,) if gap in begins else () for gap in found]
    return seen, answers

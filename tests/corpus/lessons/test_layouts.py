from __future__ import annotations

import pytest

from jobclass.classifier.headings import Headings
from jobclass.classifier.words import bag
from jobclass.corpus.lessons.layouts import layouts, run_on
from jobclass.corpus.training import TrainingCorpus, load_corpus


@pytest.fixture(scope="module")
def corpus() -> TrainingCorpus:
    return load_corpus()


def test_layouts_keep_the_words(headings: Headings, corpus: TrainingCorpus) -> None:
    for ad in corpus.ads[:20]:
        found = list(layouts(ad, headings))
        assert found == list(layouts(ad, headings))
        for layout in found:
            kept = " ".join(bag(layout.text))
            assert all(" ".join(bag(duty.text)) in kept for duty in ad.duties)


def test_layouts_run_on_loses_marks_and_most_full_stops(corpus: TrainingCorpus) -> None:
    rows = [row for ad in corpus.ads[::50] for row in run_on(ad)]
    assert all(row and "\n" not in row and not row.startswith(("- ", "• ", "#")) for row in rows)
    assert sum(row.endswith(".") for row in rows) < len(rows) / 4

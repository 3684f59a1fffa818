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
    ads = corpus.ads[::50]
    rows = [row for ad in ads for row in run_on(ad)]
    assert all(row and "\n" not in row and not row.startswith(("- ", "• ", "#")) for row in rows)
    assert any("**" in line.text for ad in ads for line in ad.lines)
    assert not any("**" in row for row in rows)
    had = sum(line.text.endswith(".") for ad in ads for line in ad.lines)
    kept = sum(row.endswith(".") for row in rows)
    assert 0 < kept < 0.3 * had

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jobclass import Ad, Labeller
from jobclass.classifier.headings import Headings
from jobclass.classifier.profile import Profile
from jobclass.corpus.lessons.build import build
from jobclass.corpus.training import TrainingCorpus, load_corpus
from jobclass.models.store import load_model, save_model


@pytest.fixture(scope="module")
def small() -> TrainingCorpus:
    """Enough to fit every label once; not enough to be good."""
    corpus = load_corpus()
    return replace(corpus, duties=corpus.duties[::25], lines=corpus.lines[::40], ads=corpus.ads[::60])


def test_build_same_corpus_same_bytes_whatever_the_processes(
    small: TrainingCorpus, profile: Profile, headings: Headings, tmp_path: Path
) -> None:
    one = save_model(build(small, profile, headings, jobs=1), tmp_path / "one")
    two = save_model(build(small, profile, headings, jobs=2), tmp_path / "two")
    assert one == two
    verdict = Labeller(model=load_model(tmp_path / "one")).label(Ad("Deine Aufgaben\n- Pflege der Kanäle\n- SEO"))
    assert verdict.tool["model"].endswith(one[:16])


def test_build_the_packaged_model_names_the_packaged_corpus_and_profile(profile: Profile) -> None:
    about = load_model().about
    assert about["corpus"] == load_corpus().digest
    assert about["profile"] == profile.digest

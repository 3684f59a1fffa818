"""Real components, built once: the packaged rule set, model and lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from jobclass.classifier.headings import Headings
    from jobclass.classifier.labeller import Labeller
    from jobclass.classifier.profile import Profile

settings.register_profile("jobclass", deadline=None)  # a loaded machine is no failure: time is measured in benchmarks/
settings.load_profile("jobclass")


@pytest.fixture(scope="session")
def labeller() -> Labeller:
    from jobclass import Labeller

    return Labeller()


@pytest.fixture(scope="session")
def profile(labeller: Labeller) -> Profile:
    return labeller.profile


@pytest.fixture(scope="session")
def headings(labeller: Labeller) -> Headings:
    return labeller.headings


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout these tests lie in."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def examples(repository: Path) -> Path:
    return repository / "examples"

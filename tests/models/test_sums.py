"""Sums of parts are exact: neither order, nor company, nor what was met before changes a bit of a score."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from jobclass.models import sums
from jobclass.models.features import Example, FeatureSettings, Featuriser
from jobclass.models.linear import LinearModel
from jobclass.models.sums import Sums

SETTINGS = FeatureSettings(bits=10)
WORDS = st.lists(st.text("abcdeü", min_size=1, max_size=6), max_size=8).map(tuple)
GROUPS = st.lists(st.sampled_from(["kind item", "zone duties", "rule x"]), max_size=3).map(tuple)
EXAMPLES = st.lists(st.builds(Example, WORDS, st.lists(GROUPS, max_size=3)), min_size=1, max_size=6)
WEIGHTS = np.random.default_rng(0).normal(size=(SETTINGS.size, 3)).astype(np.float16)
KNOWING = Sums(WEIGHTS, SETTINGS)
"""Meets every example of this module."""


def added(numbers: list[int], label: int) -> Fraction:
    """The exact sum of some features' weights."""
    return sum((Fraction(float(WEIGHTS[number, label])) for number in numbers), Fraction(0))


@settings(deadline=None)
@given(EXAMPLES)
def test_sums_are_exact(examples: list[Example]) -> None:
    featuriser = Featuriser(SETTINGS)
    words, sizes, signals = KNOWING.of_examples(examples)
    for number, example in enumerate(examples):
        features = featuriser.numbers(map(featuriser.of_word, example.words)).tolist()
        facts = featuriser.numbers([featuriser.of_signals(example.signals)]).tolist()
        assert sizes[number] == len(features)
        assert [Fraction(x) for x in words[number].tolist()] == [added(features, label) for label in range(3)]
        assert [Fraction(x) for x in signals[number].tolist()] == [added(facts, label) for label in range(3)]


@settings(deadline=None)
@given(EXAMPLES)
def test_sums_do_not_depend_on_grouping(examples: list[Example]) -> None:
    alone = [Example(e.words, [(signal,) for signal in reversed(e.signals)]) for e in examples]
    for found, expected in zip(Sums(WEIGHTS, SETTINGS).of_examples(alone), KNOWING.of_examples(examples), strict=True):
        assert (found == expected).all()


def test_sums_are_bounded_and_forgetting_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "WORDS_KNOWN", 20)
    monkeypatch.setattr(sums, "PHRASES_KNOWN", 10)
    monkeypatch.setattr(sums, "GROUPS_KNOWN", 10)
    forgetful, patient = Sums(WEIGHTS, SETTINGS), KNOWING
    for number in range(50):
        batch = [Example((f"wort{number}", "und"), [(f"kind {number}",)])]
        for found, expected in zip(forgetful.of_examples(batch), patient.of_examples(batch), strict=True):
            assert (found == expected).all()
        assert forgetful.known <= 60


def test_sums_are_made_once_and_anew_when_all_was_forgotten() -> None:
    asked: list[str] = []

    def ones(words: Sequence[str]) -> NDArray[np.float64]:
        asked.extend(words)
        return np.ones((len(words), 2))

    table = sums._Table(ones, 2, 10)  # noqa: SLF001 -- what it forgets shows nowhere else
    for number in range(30):
        assert (table.of(["und", f"wort{number}", "und"]) == 1).all()
    assert asked.count("und") == 4
    assert len(asked) == 34


def test_sums_of_long_words_are_not_remembered() -> None:
    knowing = Sums(WEIGHTS, SETTINGS)
    long = "x" * (sums.LONGEST + 1)
    first, _ = knowing.of_words([long, "und", long])
    known = knowing.known
    again, _ = knowing.of_words([long, "und", long])
    assert (first == again).all()
    assert knowing.known == known


def test_sums_are_the_same_from_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "WORDS_KNOWN", 20)
    monkeypatch.setattr(sums, "PHRASES_KNOWN", 10)
    monkeypatch.setattr(sums, "GROUPS_KNOWN", 10)
    batches = [[Example((f"wort{number % 30}", f"und{number}"), [(f"kind {number % 7}",)])] for number in range(400)]
    expected = [KNOWING.of_examples(batch) for batch in batches]
    shared = Sums(WEIGHTS, SETTINGS)
    with ThreadPoolExecutor(8) as threads:
        for found, right in zip(threads.map(shared.of_examples, batches), expected, strict=True):
            assert all((one == other).all() for one, other in zip(found, right, strict=True))


def test_sums_stay_behind_when_a_model_moves_to_another_process() -> None:
    model = LinearModel(("a", "b", "c"), SETTINGS, WEIGHTS, np.zeros(3, np.float32), exclusive=True)
    example = Example(("wort", "und"), [("kind item",)])
    scores = model.scores(example)
    moved = pickle.loads(pickle.dumps(model))  # noqa: S301 -- our own bytes, as between processes
    assert "_sums" not in vars(moved)
    assert (moved.scores(example) == scores).all()

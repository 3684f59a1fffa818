from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobclass.models.features import Example, FeatureSettings
from jobclass.models.linear import LinearModel
from jobclass.models.train import fit, matrix

WORDS = st.lists(st.text("abcdeü", min_size=1, max_size=6), max_size=8)
GROUPS = st.lists(st.sampled_from(["kind item", "zone duties", "rule x"]), max_size=3).map(tuple)
EXAMPLES = st.builds(Example, WORDS.map(tuple), st.lists(GROUPS, max_size=3))
SETTINGS = FeatureSettings(bits=10)


def model(*, exclusive: bool = False) -> LinearModel:
    generator = np.random.default_rng(0)
    weights = generator.normal(size=(SETTINGS.size, 3)).astype(np.float16)
    return LinearModel(("a", "b", "c"), SETTINGS, weights, np.array([0.1, 0, -0.1], np.float32), exclusive)


@settings(deadline=None)
@given(st.lists(EXAMPLES, min_size=1, max_size=6))
def test_linear_scores_equal_matrix_times_weights(examples: list[Example]) -> None:
    ours = model()
    expected = matrix(examples, SETTINGS) @ ours.weights.astype(np.float64) + ours.bias
    assert np.allclose(ours.score_all(examples), expected, atol=1e-3)


@settings(deadline=None)
@given(st.lists(EXAMPLES, min_size=2, max_size=6))
def test_linear_company_does_not_change_a_score(examples: list[Example]) -> None:
    together = model().score_all(examples)
    assert all((together[n] == model().scores(example)).all() for n, example in enumerate(examples))


@pytest.mark.parametrize("exclusive", [True, False])
def test_linear_probabilities(exclusive: bool) -> None:  # noqa: FBT001 -- a parameter
    found = model(exclusive=exclusive).probabilities(Example(("wort",)))
    assert ((found > 0) & (found < 1)).all()
    if exclusive:
        assert found.sum() == pytest.approx(1)


def test_linear_no_examples_no_scores() -> None:
    assert model().score_all([]).shape == (0, 3)


def test_linear_word_shares_add_up_to_the_score() -> None:
    settings = FeatureSettings(bits=10)
    ours = LinearModel(("a", "b", "c"), settings, model().weights, np.zeros(3, np.float32), exclusive=False)
    example = Example(("planung", "der", "posts"))
    assert sum(ours.word_shares(example.words, "b")) == pytest.approx(float(ours.scores(example)[1]), abs=1e-4)


def test_linear_learns_what_it_is_taught() -> None:
    examples = [Example((word, "und")) for word in ("rot", "blau")] * 10
    seen = matrix(examples, SETTINGS)
    learned = fit(seen, [("r",), ("b",)] * 10, ("r", "b"), SETTINGS, strength=10, exclusive=True)
    assert [learned.labels[int(learned.scores(e).argmax())] for e in examples[:2]] == ["r", "b"]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.words import bag, fold, words


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Straße", "strasse"),
        ("Ma\u0308rkte", "märkte"),
        ("Gesund\u00adheit", "gesundheit"),
        ("KPIs", "kpis"),
    ],
)
def test_fold_removes_what_does_not_matter(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Social-Media-Kanäle", ["social", "media", "kanäle"]),
        ("Kund:innen und Kolleg*innen", ["kund", "innen", "und", "kolleg", "innen"]),
        ("unsererSocial-Media-Kanäle", ["unserer", "social", "media", "kanäle"]),
        ("LinkedIn, YouTube", ["linkedin", "youtube"]),
        ("Gesund\u00adheits\u00admarkt", ["gesundheitsmarkt"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected
    assert bag(text) == expected


@given(st.text(max_size=200), st.integers(0, 50))
def test_words_point_into_the_text(text: str, start: int) -> None:
    for word in words(text, start):
        assert fold(text[word.start - start : word.end - start]) == word.text

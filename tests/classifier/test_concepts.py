from __future__ import annotations

import pytest

from jobclass.classifier.concepts import Lexicon
from jobclass.errors import ProfileError


def found(cues: list[str], text: str) -> bool:
    return bool(Lexicon({"idea": cues}).find(text.split()))


@pytest.mark.parametrize(
    ("cue", "hits", "misses"),
    [
        ("planung", "redaktionsplanungen", "plan"),
        ("^plan", "planst", "redaktionsplan"),
        ("seo$", "seo", "seoul"),
        ("^seo$", "seo", "museo"),
        ("social media", "social mediakanäle", "social web media"),
        ("social ads$", "social ads", "social adserver"),
        ("digital* market", "digitales marketing", "digitales große marketing"),
    ],
)
def test_concepts_cue_forms(cue: str, hits: str, misses: str) -> None:
    assert found([cue], hits)
    assert not found([cue], misses)


def test_concepts_phrase_reports_first_and_last_word() -> None:
    (occurrence,) = Lexicon({"x": ["google ads"]}).find(["unsere", "google", "ads"])
    assert (occurrence.first, occurrence.last) == (1, 2)


def test_concepts_one_word_may_hold_several() -> None:
    lexicon = Lexicon({"plan": ["plan"], "editorial": ["redaktion"]})
    assert lexicon.of_word("redaktionsplan") == ("editorial", "plan")


@pytest.mark.parametrize("cue", ["ads", "^", "$"])
def test_concepts_refuse_short_pieces(cue: str) -> None:
    with pytest.raises(ProfileError) as caught:
        Lexicon({"ads": [cue]})
    assert caught.value.code == "E305"

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.concepts import Lexicon, checked
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
    assert [found.concept for found in lexicon.find(["redaktionsplan"])] == ["editorial", "plan"]


def test_concepts_refuse_short_pieces() -> None:
    with pytest.raises(ProfileError) as caught:
        checked(["ads"], "marketing.toml [ads]")
    assert caught.value.code == "E305"
    assert "marketing.toml [ads]" in str(caught.value)


@pytest.mark.parametrize(
    "cue",
    [
        "",
        "^",
        "$",
        "^-$",
        "*",
        "* *",
        "plan*",
        "E-Mail-Marketing",
        "Mitarbeiter:innen",
        "^m&a$",
        "^seo$ ads",
        " seo",
        "^a  b",
    ],
)
def test_concepts_refuse_what_no_word_can_be(cue: str) -> None:
    with pytest.raises(ProfileError) as caught:
        checked(["planung", cue], "marketing.toml [ads]")
    assert (caught.value.code, caught.value.details["cue"]) == ("E309", cue)
    assert "e mail marketing" in str(caught.value)


@pytest.mark.parametrize("cue", ["Planung", "^seo$", "^a b$", "digital* market", "e mail marketing", "^b2b$", "größe"])
def test_concepts_accept_their_notation(cue: str) -> None:
    assert checked([cue], "marketing.toml [ads]") == (cue,)


LETTERS = st.sampled_from("ab")
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=9), max_size=5)
CUES = st.one_of(
    st.text(LETTERS, min_size=4, max_size=6),
    st.builds("{}{}{}".format, st.just("^"), st.text(LETTERS, min_size=1, max_size=5), st.sampled_from(["", "$"])),
    st.builds("{}$".format, st.text(LETTERS, min_size=1, max_size=5)),
    st.builds("{}{} {}{}".format, LETTERS, st.sampled_from(["", "*"]), LETTERS, st.sampled_from(["", "$"])),
)


def fits(cue: str, words: list[str], number: int) -> bool:
    """Whether a cue is found at a word, by the letter of the rules."""
    parts = cue.split()
    if len(parts) == 1:
        text, word = cue.strip("^$"), words[number]
        return {
            (False, False): text in word,
            (True, False): word.startswith(text),
            (False, True): word.endswith(text),
            (True, True): word == text,
        }[cue.startswith("^"), cue.endswith("$")]
    (first, last), behind = parts, words[number + 1 : number + 2]
    begins = words[number].startswith(first[:-1]) if first.endswith("*") else words[number] == first
    ends = behind and (behind[0] == last[:-1] if last.endswith("$") else behind[0].startswith(last))
    return bool(begins and ends)


@given(cues=st.lists(CUES, min_size=1, max_size=8, unique=True), words=WORDS)
def test_concepts_are_found_wherever_a_cue_fits(cues: list[str], words: list[str]) -> None:
    lexicon = Lexicon({cue: [cue] for cue in cues})
    expected = {(cue, number) for cue in cues for number in range(len(words)) if fits(cue, words, number)}
    assert {(occurrence.concept, occurrence.first) for occurrence in lexicon.find(words)} == expected

from __future__ import annotations

import string

import pytest
import spacy
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from jobclass.classifier import words as words_module
from jobclass.classifier.words import _HYPHEN, _pieces, bag, fold, in_one_row, is_word, tokenizer, words
from jobclass.corpus.training import load_corpus

PIECES = st.sampled_from(
    ["z.B.", "z. B.", "u.a.", " ", "  ", "\n", "Social-Media", "10km", "5€", "geht's", "(m/w/d)", ":)", ": )", "8 D", "xD", "a.m.", "8am", "Kund:innen", "und/oder", "www.a-b.de/c", "Ende.Anfang", "\u00ad", "🚀", "..."]
)  # fmt: skip
COMMON = string.ascii_letters + string.digits + string.punctuation + " ÄÖÜäöüß§€«»„“”‚‘’–—…•"


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
        ("externer Agen-\n  turen", ["externer", "agenturen"]),
        ("B2B-Agen-\r\nturen", ["b2b", "agenturen"]),
        ("Aus-\nund Fort-\nbildung", ["aus", "und", "fortbildung"]),
        ("Social-Media-\nStrategie", ["social", "media", "strategie"]),
        ("Agen-\r\r\n  turen und Redak-\u2028teure", ["agenturen", "und", "redakteure"]),
        ("", []),
    ],
)
def test_words_are_runs_of_letters_and_digits(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text)] == expected
    assert bag(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Steuerung externer Agen-\n  turen und\r\nPartner", "Steuerung externer Agenturen und Partner"),
        ("Aus-\nund Fortbildung", "Aus- und Fortbildung"),
        ("für TikTok und\n>   Pinterest", "für TikTok und Pinterest"),
        ("Pflege  der Foren", "Pflege  der Foren"),
        ("Reichweite von\n> 100 000 Followern", "Reichweite von > 100 000 Followern"),
    ],
)
def test_words_of_several_rows_in_one(text: str, expected: str) -> None:
    assert in_one_row(text) == expected


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(0, 50))
def test_words_point_into_the_text(text: str, start: int) -> None:
    for word in words(text, start):
        assert fold(text[word.start - start : word.end - start]) == word.text


@pytest.fixture(scope="module")
def german() -> Language:
    """The tokenizer as spaCy offers it."""
    return spacy.blank("de")


def runs(text: str, german: Language) -> list[tuple[str, int]]:
    """The words of a text that is tokenised as a whole, without any memory."""
    return [(word, token.idx + start) for token in german(text) for word, start, _ in _pieces(token.text)]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join))
def test_words_are_those_of_spacys_german_tokenizer(text: str, german: Language) -> None:
    whole = text.encode("utf-8", "replace").decode()  # spaCy refuses halves of characters
    assume(not _HYPHEN.search(whole))  # there our words are longer
    assert [(word.text, word.start) for word in words(whole)] == runs(whole, german)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from(COMMON), max_size=40))
def test_words_of_common_characters_are_those_of_spacys_german_tokenizer(text: str, german: Language) -> None:
    assert [(word.text, word.start) for word in words(text)] == runs(text, german)


def test_words_of_real_duties_are_those_of_spacys_german_tokenizer(german: Language) -> None:
    for written in load_corpus().duties[::20]:
        text = written.duty.text
        assert [(word.text, word.start) for word in words(text)] == runs(text, german)


def test_words_do_not_fill_the_memory_of_the_tokenizer(monkeypatch: pytest.MonkeyPatch) -> None:
    before = tokenizer()
    monkeypatch.setattr(words_module, "MOST_LEXEMES", len(before.vocab) + 50)
    for number in range(200):
        assert words(f"Wort{number}neu")[0].text == f"wort{number}neu"
    assert len(tokenizer().vocab) <= len(before.vocab) + 200
    assert tokenizer() is not before


@pytest.mark.parametrize(
    "text", ["seo", "grösse", "b2b", "2024", "", "-", "*", "e-mail", "e mail", "kund:innen", "m&a", "a_b"]
)
def test_words_single_words_are_told(text: str) -> None:
    assert is_word(text) == (bag(text) == [text])

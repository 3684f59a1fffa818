from __future__ import annotations

import pytest

from jobclass.corpus.readers.cells import plain, simple, text_of, words_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Deine Aufgaben\n- Pflege", "Deine Aufgaben\n- Pflege"),
        ("<p>Tee &amp; <b>Kaffee</b></p><ul><li>A</li></ul>", "Tee & Kaffee\n\n- A"),
        ("&lt;p&gt;Tee &amp;amp; Kaffee&lt;/p&gt;", "Tee & Kaffee"),
        ("Tee &amp; Kaffee &uuml;ber 3 < 4", "Tee & Kaffee über 3 < 4"),
        ("eins<br/>zwei", "eins\nzwei"),
        ("a < b und b > c", "a < b und b > c"),
        (None, ""),
        (b"Tee", "Tee"),
        ({"@value": "Tee"}, "Tee"),
        (12, "12"),
        ("halb \ud83d", "halb ?"),
    ],
)
def test_cells_hold_text_or_html(cell: object, text: str) -> None:
    assert text_of(cell) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"@type": "Organization", "name": "Muster GmbH"}, "Muster GmbH"),
        ({"@type": "Place", "address": {"addressLocality": "Mainz", "postalCode": "55116"}}, "Mainz"),
        ([{"adresse": {"ort": "Ulm"}}, {"ort": "Köln"}], "Ulm"),
        ({"@type": "PropertyValue", "value": 17}, "17"),
        ([], ""),
        ({"unbekannt": 1}, ""),
    ],
)
def test_cells_nested_values_give_their_words(value: object, words: str) -> None:
    assert words_of(value) == simple(value) == words


def test_cells_deep_nesting_has_no_words() -> None:
    value: object = "tief"
    for _ in range(10_000):
        value = [value]
    assert words_of(value) == ""


@pytest.mark.parametrize(
    ("value", "kept"), [(3, 3), (2.5, 2.5), (True, True), (None, None), ("a", "a"), ({"a": ["ü"]}, '{"a": ["ü"]}')]
)
def test_cells_that_travel_keep_numbers_and_turn_records_into_json(value: object, kept: object) -> None:
    assert plain(value) == kept


@pytest.mark.parametrize(
    ("value", "words"),
    [(7.0, "7"), (7.5, "7.5"), (1e20, "100000000000000000000"), (float("nan"), ""), (float("inf"), "inf"), (7, "7")],
)
def test_cells_whole_numbers_are_written_whole(value: float, words: str) -> None:
    assert words_of(value) == words

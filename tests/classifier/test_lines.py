from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.headings import Headings
from jobclass.classifier.lines import read_lines


@pytest.mark.parametrize(
    "row",
    [
        "- Planung der Posts", "* Planung der Posts", "• Planung der Posts", "– Planung der Posts", "·Planung der Posts",
        "✅ Planung der Posts", "📌 Planung der Posts", "1. Planung der Posts", "2) Planung der Posts", "a) Planung der Posts",
        "* > Planung der Posts", "\t- Planung der Posts", "\u00a0• Planung der Posts", "<li>Planung der Posts</li>",
    ],
)  # fmt: skip
def test_lines_bullets_of_every_kind(row: str, headings: Headings) -> None:
    (line,) = read_lines(row, headings)
    assert (line.kind, line.text) == ("item", "Planung der Posts")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ("## Deine Aufgaben", "Deine Aufgaben"),
        ("**Deine Aufgaben:**", "Deine Aufgaben:"),
        ("Deine Aufgaben:", "Deine Aufgaben:"),
        ("DEINE NEUEN TÄTIGKEITEN", "DEINE NEUEN TÄTIGKEITEN"),
        ("<h2>Das Besondere daran</h2>", "Das Besondere daran"),
    ],
)
def test_lines_headings_by_mark_and_look(row: str, text: str, headings: Headings) -> None:
    (line,) = read_lines(row, headings)
    assert (line.kind, line.text) == ("heading", text)


def test_lines_a_short_row_above_a_list_is_its_heading(headings: Headings) -> None:
    kinds = [line.kind for line in read_lines("Und das tust du so\n- A planen\n- B pflegen", headings)]
    assert kinds == ["heading", "item", "item"]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\u2028"])
def test_lines_row_endings(ending: str, headings: Headings) -> None:
    assert len(read_lines(f"- Planung{ending}- Pflege{ending}", headings)) == 2


@pytest.mark.parametrize(
    "row",
    [
        "Deine Aufgaben - Planung der Posts - Pflege der Kanäle - Analyse der Zahlen",
        "Deine Aufgaben: • Planung der Posts • Pflege der Kanäle • Analyse der Zahlen",
    ],
)
def test_lines_flattened_lists_are_cut(row: str, headings: Headings) -> None:
    items = [line.text for line in read_lines(row, headings) if line.kind == "item"]
    assert items == ["Planung der Posts", "Pflege der Kanäle", "Analyse der Zahlen"]


def test_lines_a_heading_glued_to_its_text_is_cut(headings: Headings) -> None:
    lines = read_lines("Deine AufgabenDu planst unsere Beiträge und pflegst die Kanäle", headings)
    assert lines[0].text == "Deine Aufgaben"


def test_lines_sentences_of_a_row_are_lines(headings: Headings) -> None:
    lines = read_lines("Wir sind z. B. in Köln zu Hause. Wir wachsen, u. a. in Wien. Am 15. Mai geht es los!", headings)
    assert [line.text for line in lines] == [
        "Wir sind z. B. in Köln zu Hause.", "Wir wachsen, u. a. in Wien.", "Am 15. Mai geht es los!",
    ]  # fmt: skip
    assert [line.opens for line in lines] == [True, False, False]


def test_lines_emoji_behind_the_last_sentence_belong_to_it(headings: Headings) -> None:
    lines = read_lines("Wir sind ein Team. Du passt zu uns! 🚀✨", headings)
    assert [line.text for line in lines] == ["Wir sind ein Team.", "Du passt zu uns! 🚀✨"]


def test_lines_abbreviations_end_no_sentence_unless_a_clause_follows(headings: Headings) -> None:
    lines = read_lines("Ca. 20 Stunden pro Woche planst du Posts, Reels usw. Du moderierst Kommentare.", headings)
    assert [line.text[:3] for line in lines] == ["Ca.", "Du "]


def test_lines_wrapped_rows_are_joined(headings: Headings) -> None:
    text = (
        "Der Verband vertritt seit mehr als vierzig Jahren die Betriebe der Region\n"
        "und berät sie in allen Fragen der Ausbildung, der Technik sowie auch der\n"
        "Finanzierung von neuen Vorhaben."
    )
    assert len(read_lines(text, headings)) == 1


MARKS = st.sampled_from(
    ["- ", "• ", "## ", "**", "<li>", "<br>", " – ", ": ", ". ", "\n", "\r\n", "\u00ad", "\u00a0", "Aufgaben", "Du "]
)


@given(st.lists(st.one_of(MARKS, st.text(max_size=12)), max_size=30).map("".join))
def test_lines_point_into_the_text_and_do_not_overlap(text: str) -> None:
    from jobclass.classifier.headings import load_headings

    end = 0
    for line in read_lines(text, load_headings()):
        assert end <= line.start <= line.text_start
        assert text[line.text_start : line.text_start + len(line.text)] == line.text
        assert line.text_start + len(line.text) <= line.end
        end = line.end


@pytest.mark.parametrize(
    "rows",
    [
        "Bearbeitung von Anfragen (Telefon, Mail und\nSprechstunde) im Rathaus",
        "Planung und Umsetzung der Beiträge für\nInstagram und TikTok",
        "Abstimmung mit unseren\nPartnern",
    ],
)
def test_lines_a_row_that_cannot_end_goes_on(rows: str, headings: Headings) -> None:
    (line,) = read_lines(rows, headings)
    assert line.text == rows


def test_lines_a_bullet_begins_a_row_whatever_stands_above(headings: Headings) -> None:
    assert len(read_lines("Kontakt mit und\n- Pflege der Kanäle", headings)) == 2

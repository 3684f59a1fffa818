"""Rows: those that were wrapped are joined, others are not."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from jobclass.classifier.marks import BLANK
from jobclass.classifier.rows import unwrapped

if TYPE_CHECKING:
    from jobclass.classifier.breaks import Breaks
    from jobclass.classifier.headings import Headings

ROWS = (
    "Ihre Aufgaben",
    "Planung und Durchführung von Messen im Inland sowie Betreuung der Aussteller",
    "Erstellung von Berichten für den Vorstand und die Gremien des Verbandes",
    "Du pflegst die Adressdaten im System und versendest Einladungen an alle Mitglieder",
    "Sie berichten der Geschäftsführung und stimmen sich mit den anderen Abteilungen ab",
    "Ihr Profil",
    "Abgeschlossene kaufmännische Ausbildung oder vergleichbare Qualifikation",
)


def rows(text: str, headings: Headings, breaks: Breaks | None) -> list[str]:
    return [" ".join(text[start:end].split()) for start, end in unwrapped(text, headings, breaks)]


@pytest.mark.parametrize("width", [45, 60, 76, 100])
def test_rows_wrapped_are_joined(width: int, headings: Headings, breaks: Breaks) -> None:
    assert rows("\n".join(fill(row, width) for row in ROWS), headings, breaks) == list(ROWS)


@pytest.mark.parametrize("indent", ["", "  ", "    "])
def test_rows_wrapped_items_are_joined(indent: str, headings: Headings, breaks: Breaks) -> None:
    items = [f"- {row}" for row in ROWS]
    text = "\n".join(fill(item, 60, subsequent_indent=indent) for item in items)
    assert rows(text, headings, breaks) == items


@pytest.mark.parametrize("mark", [">", "> >", ">>"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_of_a_quoted_mail_are_joined(mark: str, end: str, headings: Headings, breaks: Breaks) -> None:
    text = "\n".join(f"- {fill(row, 60, subsequent_indent='  ')}" for row in ROWS)
    mail = "".join(f"{mark} {row}".rstrip() + "\n" for row in f"Anzeige\n\n{text}".split("\n"))
    quoted = f"Hallo,\n\n{mail}\nViele Grüße".replace("\n", end)
    found = [row.replace(f" {mark} ", " ") for row in rows(quoted, headings, breaks)]
    assert found == ["Hallo,", "Anzeige", *(f"- {row}" for row in ROWS), "Viele Grüße"]


def test_rows_behind_pointed_marks_stay_apart(headings: Headings, breaks: Breaks) -> None:
    items = [f"> {row}" for row in ROWS]
    assert rows("\n".join(items), headings, breaks) == items


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Du baust unsere Kontakte auf", "Du planst Treffen"),
        ("Sie werten Zahlen aus", "Moderation der Gruppen im Netz"),
        ("Du bringst neue Ideen für Formate ein", "Planung von Treffen"),
        ("baust Kontakte auf", "pflegst Beziehungen"),
        ("Das zeichnet dich aus", "Mindestens fünf Jahre Erfahrung"),
        ("Community Manager:in", "Berlin, Vollzeit"),
        ("Social Media Manager/in", "Ihre Aufgaben:"),
        ("Planung und Durchführung von Messen im In- und Ausland", "-Betreuung der Kanäle"),
        ("Planung und Durchführung von Messen im In- und Ausland", "[x] Betreuung der Kanäle"),
        ("- Planung von Kampagnen für die Kanäle", " Ihr Profil"),
        ("🚀 Deine Aufgaben", "   Planung von Messen"),
        ("- Social Media:", "    Instagram betreuen"),
        ("Social Media Manager (m/w/d", "Ihre Aufgaben"),
        ("Unser Motto lautet seit vierzig Jahren: „Wir sind für alle Betriebe da!“", "Als Verband vertreten wir"),
    ],
)
def test_rows_stay_apart(above: str, below: str, headings: Headings, breaks: Breaks) -> None:
    assert len(rows(f"{above}\n{below}", headings, breaks)) == 2


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Zusammenarbeit mit", "Agenturen und Partnern"),
        ("- Steuerung der Agen-", "turen und Partner"),
        ("- Entwicklung der Social-Media-", "  Strategie"),
        ("Du arbeitest eng zusammen mit", "Redaktion und Vertrieb"),
        ("Sie berichten direkt an", "den Vorstand"),
        ("Du betreust unsere Kanäle auf", "Facebook und Instagram"),
        ("Planung der Messen und", "Betreuung der Aussteller"),
        ("Pflege der Seiten (Netz", "und Intranet)"),
        ("Wir suchen zur Verstärkung unseres Teams in der Redaktion zum", "1. September 2025 eine Referentin"),
        ("Du arbeitest in einem Team von erfahrenen Menschen von ca.", "20 Personen aus allen Abteilungen"),
        ("Wir bieten dir viele gute Leistungen wie z. B.", "Zuschüsse zu Fahrten und Essen"),
    ],
)
def test_rows_that_cannot_end_go_on(above: str, below: str, headings: Headings, breaks: Breaks) -> None:
    assert len(rows(f"{above}\n{below}", headings, breaks)) == 1


@pytest.mark.parametrize(
    "block",
    [
        (
            "Konzeption und Umsetzung von Kampagnen für unsere Kanäle in den sozialen Medien und im Newsletter",
            "Redaktionelle Betreuung der Website und des Blogs",
            "Analyse der Kennzahlen",
        ),
        (
            "Planung und Durchführung von Messen im Inland und Ausland",
            "Erstellung von Berichten für den Vorstand und die Gremien",
            "Ihr Profil",
        ),
        ("Sie bauen unsere Kanäle auf Instagram und LinkedIn weiter auf", "Sie planen Beiträge", "Pflege der Seiten"),
        (
            "verkaufst und pflegst unsere vielen Pflanzen im Gewächshaus und im Freiland und berätst unsere Kundschaft",
            "unterstützt die Gärtnerei",
            *["Pflege der Beete"] * 17,
            "Wir sind ein Betrieb in der vierten Generation mit langer Geschichte, der seiner Kundschaft in allen Fragen zur Seite steht und Gärten baut.",
        ),
        tuple(
            row.ljust(80)
            for row in ("Planung von Messen", "Pflege der Adressen", "Betreuung der Mitglieder", "Versand der Post")
        ),
    ],
)
def test_rows_of_a_list_without_marks_stay_apart(block: tuple[str, ...], headings: Headings, breaks: Breaks) -> None:
    assert rows("\n".join(block), headings, breaks) == [row.strip() for row in block]


def test_rows_windows_ends_converted_twice_are_one_end(headings: Headings, breaks: Breaks) -> None:
    assert len(rows("Planung der Messen und\r\r\nBetreuung der Aussteller", headings, breaks)) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x85"])
def test_rows_an_empty_row_parts_blocks(end: str, headings: Headings, breaks: Breaks) -> None:
    assert len(rows(f"Planung der Messen und{end}{end}Betreuung der Aussteller", headings, breaks)) == 2


@settings(max_examples=200, deadline=None)
@given(
    text=st.text(alphabet=st.sampled_from("aB c,.-(•1\n\r\t\u2003\u2028\x1f\u00ad"), max_size=40).flatmap(
        lambda filler: st.permutations([filler, *ROWS[1:4], "\n", "\n\u2003\n", "\r\n"]).map("".join)
    )
)
@example(text="Planung der Messen" + " " * 131 + "\nBetreuung der Aussteller")
@example(text=f"Wir suchen dich\n{ROWS[2]}\n\u2003\nBetreuung der Kunden")
def test_rows_hold_all_that_shows_once_and_in_order(text: str, headings: Headings, breaks: Breaks) -> None:
    found = list(unwrapped(text, headings, breaks))
    assert all(start < end for start, end in found)
    assert [edge for row in found for edge in row] == sorted(edge for row in found for edge in row)
    shown = "".join(text[start:end] for start, end in found)
    unseen = BLANK + "\r\n\u2028\u2029\x0b\x0c\x85"
    assert [c for c in shown if c not in unseen] == [c for c in text if c not in unseen]

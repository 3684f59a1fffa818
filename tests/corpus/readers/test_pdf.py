from __future__ import annotations

from collections.abc import Callable

import pytest

from jobclass.corpus.readers.pdf import text_of
from jobclass.errors import InputError

Written = Callable[..., bytes]

ABOUT = "Die Hebrok Gartentechnik GmbH entwickelt Geräte"


def test_pdf_headings_items_and_paragraphs(pdf: Written) -> None:
    page = [
        (50, 780, 18, "B", "Community Manager"),
        (50, 750, 10, "F", "Die Hebrok Gartentechnik GmbH entwickelt seit 1961 Geräte für den Garten und die Land-"),
        (50, 737, 10, "F", "schaft und liefert sie in alle Welt."),
        (50, 710, 10, "B", "Aufgaben"),
        (50, 690, 10, "F", "\\225 Du pflegst unsere Kanäle und beantwortest jeden Tag die Kommentare der Online-"),
        (60, 677, 10, "F", "Community und der Follower"),
        (50, 664, 10, "F", "\\225 Du planst Termine"),
    ]
    assert text_of(pdf(page)).split("\n\n") == [
        "## Community Manager",
        "Die Hebrok Gartentechnik GmbH entwickelt seit 1961 Geräte für den Garten und die Landschaft und liefert sie in alle Welt.",
        "**Aufgaben**",
        "- Du pflegst unsere Kanäle und beantwortest jeden Tag die Kommentare der Online-Community und der Follower",
        "- Du planst Termine",
    ]


def test_pdf_bullets_of_a_symbol_font(pdf: Written) -> None:
    page = [(50, 700, 10, "Z", "n"), (64, 700, 10, "F", "Du planst Termine für alle Kanäle")]
    assert text_of(pdf(page)) == "- Du planst Termine für alle Kanäle"


def test_pdf_bullets_that_are_drawn(pdf: Written) -> None:
    page = [(64, 700, 10, "F", "Du planst Termine"), (64, 686, 10, "F", "Du pflegst Kanäle")]
    drawn = b"52 701 3 3 re f\n52 687 3 3 re f\n"
    assert text_of(pdf(page, extra=drawn)) == "- Du planst Termine\n\n- Du pflegst Kanäle"


def test_pdf_columns_are_read_one_after_the_other(pdf: Written) -> None:
    left = ["Aufgaben", "\\225 Planung der Termine", "\\225 Pflege der Kanäle", "\\225 Bericht"]
    right = ["Profil", "\\225 Ausbildung", "\\225 Erfahrung", "\\225 Deutsch"]
    rows = [
        (x, 700 - 14 * n, 10, "F", text)
        for n, pair in enumerate(zip(left, right, strict=True))
        for x, text in zip((50, 320), pair, strict=True)
    ]
    found = text_of(pdf(rows)).split("\n\n")
    assert found == [text.replace("\\225", "-") for text in [*left, *right]]


def test_pdf_labels_beside_the_text_stay_before_what_they_label(pdf: Written) -> None:
    texts = [
        "\\225 Planung der Termine",
        "\\225 Pflege der Kanäle",
        "\\225 Bericht",
        "\\225 Ausbildung",
        "\\225 Erfahrung",
        "\\225 Deutsch",
    ]
    rows = []
    for n, text in enumerate(texts):
        if n % 3 == 0:
            rows.append((50, 700 - 14 * n, 10, "F", ("Aufgaben", "Profil")[n // 3]))
        rows.append((200, 700 - 14 * n, 10, "F", text))
    assert [row[:8] for row in text_of(pdf(rows)).split("\n\n")] == [
        "Aufgaben",
        "- Planun",
        "- Pflege",
        "- Berich",
        "Profil",
        "- Ausbil",
        "- Erfahr",
        "- Deutsc",
    ]


def test_pdf_running_heads_and_feet_are_left_out(pdf: Written) -> None:
    pages = [
        [(50, 810, 8, "F", "Hebrok Karriere"), (50, 600, 10, "F", text), (50, 20, 8, "F", f"Seite {n} von 2")]
        for n, text in ((1, "Du planst Termine und Themen"), (2, "Du pflegst unsere Kanäle"))
    ]
    assert text_of(pdf(*pages)).split("\n\n") == [
        "Hebrok Karriere",
        "Du planst Termine und Themen",
        "Du pflegst unsere Kanäle",
    ]


@pytest.mark.parametrize(
    ("content", "code"), [(b"%PDF-1.4\n", "E119"), (b"%PDF-1.7 kaputt" * 100, "E119"), (b"", "E119")]
)
def test_pdf_broken_is_told(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        text_of(content)
    assert caught.value.code == code


def test_pdf_without_text_is_a_scan(pdf: Written) -> None:
    with pytest.raises(InputError, match="E117"):
        text_of(pdf([(50, 700, 10, "F", "1")]))


def test_pdf_with_too_many_pages_is_refused(pdf: Written) -> None:
    with pytest.raises(InputError, match="E122"):
        text_of(pdf(*[[(50, 700, 10, "F", ABOUT)]] * 51))

from __future__ import annotations

import pytest

from jobclass.classifier.breaks import Breaks
from jobclass.classifier.headings import Headings
from jobclass.classifier.title import places_of
from jobclass.corpus.coding.sheet import sheet_of
from jobclass.corpus.formats.spans import Annotated

TEXT = "Community Manager (m/w/d) in Bonn\n\nAls Community Manager betreust du Gruppen. 🎉 Und mehr."


@pytest.mark.parametrize("title", ["Community Manager (m/w/d) in Bonn", "Community Manager (w/m/x) gesucht", ""])
def test_sheet_masks_the_title_wherever_it_stands(title: str, headings: Headings, breaks: Breaks) -> None:
    sheet = sheet_of(Annotated(TEXT, title=title), headings, breaks)
    assert all("Community Manager" in TEXT[start:end] for start, end in sheet.masks)
    assert len(sheet.masks) == 2
    assert sheet.title == (title or "Community Manager (m/w/d) in Bonn")


def test_sheet_has_the_lines_of_the_tool_and_nothing_else_of_it(headings: Headings, breaks: Breaks) -> None:
    sheet = sheet_of(Annotated(TEXT), headings, breaks)
    assert [TEXT[line.start : line.end].strip() for line in sheet.lines] == [
        "Community Manager (m/w/d) in Bonn",
        "Als Community Manager betreust du Gruppen.",
        "🎉 Und mehr.",
    ]


def test_sheet_keys_tell_ads_and_texts_apart(headings: Headings) -> None:
    keys = {sheet_of(Annotated(text, id=name), headings).key for text in ("a b", "a c") for name in ("1", "2")}
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("SEO Managerin, SEO Manager*innen", "SEO Manager", ["SEO Managerin", "SEO Manager*innen"]),
        ("der SEO Manager", "SEO Manager:in (m/w/d)", ["SEO Manager"]),
        ("das SEO Management", "SEO Manage", []),
        ("der SEO manager", "SEO Manager m/w/d", ["SEO manager"]),
        (
            "des SEO-Managers; der SEO\nManager, mit SEO  Managern",
            "SEO Manager",
            ["SEO-Managers", "SEO\nManager", "SEO  Managern"],
        ),
        ("als Social Media-Manager*in", "Social-Media-Manager:in (m/w/d)", ["Social Media-Manager*in"]),
        ("eine Hausdame gesucht", "Hausdame  m w d  ab sofort", ["Hausdame"]),
        ("einen Referenten", "Referent/-in", ["Referenten"]),
        ("PR ist PR", "PR", []),
        ("Kurz (m/w/d)", "(m/w/d)", ["(m/w/d)"]),
        ("a" * 50_000, "a" * 300, []),
    ],
)
def test_sheet_finds_titles_as_whole_words_only(text: str, title: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places_of(text, title)] == found


def test_sheet_masks_no_sentence_that_a_coder_has_to_read(headings: Headings) -> None:
    text = "Über uns\nFür unser Team suchen wir eine Person (m/w/d), die unsere Kanäle betreut.\n- Texte schreiben"
    sheet = sheet_of(Annotated(text), headings)
    assert (sheet.title, sheet.masks) == ("", ())

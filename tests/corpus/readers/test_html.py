from __future__ import annotations

import json

import pytest

from jobclass.corpus.readers.html import decode, read, render
from jobclass.errors import InputError

ABOUT = "Die Hebrok Gartentechnik GmbH entwickelt seit 1961 Geräte für Garten und Landschaft. " * 4


def texts(page: str) -> list[str]:
    return [document.ad.text for document in read(page.encode(), "page.html", "")]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Aufgaben</h2><ul><li>A</li><li>B</li></ul>", "## Aufgaben\n\n- A\n- B"),
        ("<p>Tee &amp; Kaffee</p><script>x</script><style>y</style><nav>Start</nav>", "Tee & Kaffee"),
        ("<!-- weg --><p>da<!-- auch weg --> und dort</p>", "da und dort"),
        ("nur Text", "nur Text"),
        ("", ""),
        ("<!-- nichts -->", ""),
        ("<p>a\0b</p>", "ab"),
    ],
)
def test_html_renders_light_markdown(html: str, text: str) -> None:
    assert render(html) == text


def test_html_prefers_a_stated_posting_to_the_page() -> None:
    posting = (
        f'<script type="application/ld+json">{{"@type": "JobPosting", "title": "A", "description": "{ABOUT}"}}</script>'
    )
    (document,) = read(f"<body>{posting}<p>Etwas anderes</p></body>".encode(), "page.html", "")
    assert (document.ad.title, document.ad.source) == ("A", "page.html")
    assert "Etwas anderes" not in document.ad.text


def test_html_prefers_the_page_to_a_teaser() -> None:
    posting = '<script type="application/ld+json">{"@type": "JobPosting", "description": "Kurz …"}</script>'
    assert texts(f"<body>{posting}<p>Die ganze Anzeige</p></body>") == ["Die ganze Anzeige"]


def test_html_several_postings_are_one_ad_each() -> None:
    postings = ",".join(f'{{"@type": "JobPosting", "title": "{name}", "description": "{ABOUT}"}}' for name in "ABA")
    page = f'<script type="application/ld+json">[{postings}]</script>'
    found = [(d.ad.source, d.ad.title) for d in read(page.encode(), "page.html", "")]
    assert found == [("page.html#1", "A"), ("page.html#2", "B")]


def test_html_the_users_title_wins() -> None:
    posting = (
        f'<script type="application/ld+json">{{"@type": "JobPosting", "title": "A", "description": "{ABOUT}"}}</script>'
    )
    assert [d.ad.title for d in read(posting.encode(), "", "B")] == ["B"]


def test_html_hands_on_comments_that_speak_to_jobclass_beside_the_text() -> None:
    page = "<!-- jobclass: ignore F7 -->\n<html><p>da<!-- auch weg --></p>\n<!--\njobclass: x --></html><!--jobclass-->"
    (document,) = read(page.encode(), "page.html", "")
    assert document.ad.text == "da"
    assert [(comment.where, comment.text.strip()) for comment in document.comments] == [
        ("page.html:1", "jobclass: ignore F7"),
        ("page.html:3", "jobclass: x"),
        ("page.html:4", "jobclass"),
    ]


def test_html_comments_are_those_of_every_posting_of_the_page() -> None:
    postings = [{"@type": "JobPosting", "title": title, "description": title + ABOUT} for title in "AB"]
    page = f'<!-- jobclass: ignore F7 --><script type="application/ld+json">{json.dumps(postings)}</script>'
    found = [document.comments for document in read(page.encode(), "page.html", "")]
    assert [[comment.where for comment in comments] for comments in found] == [["page.html:1"]] * 2


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "iso-8859-1"),  # saved in another encoding than it was served
        ("utf-8-sig", ""),
        ("utf-16", "utf-16"),
        ("utf-16-le", ""),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "windows-1252"),
        ("cp1252", "utf-8"),
        ("cp1252", ""),
        ("iso-8859-15", "iso-8859-15"),
        ("cp1252", "punycode"),
        ("cp1252", "no-such-encoding"),
        ("mac-roman", "macintosh"),
    ],
)
def test_html_decodes_whatever_is_declared(encoding: str, declared: str) -> None:
    text = f'<meta charset="{declared}"><p>Geräte für Größe, Übung, Straße</p>'
    assert decode(text.encode(encoding)) == text


def test_html_a_few_bad_bytes_do_not_spoil_a_page() -> None:
    page = '<meta charset="utf-8">' + "Geräte für Grüße " * 50
    assert "Geräte für Grüße" in decode(page.encode() + b"\xfc")


def test_html_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="E107"):
        list(read(b" " * 16_000_001, "page.html", ""))


def test_html_one_zero_byte_makes_no_utf_16() -> None:
    (document,) = read("<html>\0<body><p>Geräte für Grüße</p></body></html>".encode(), "a.html", "")
    assert document.ad.text == "Geräte für Grüße"

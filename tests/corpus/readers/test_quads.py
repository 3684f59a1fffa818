from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.corpus.readers.quads import QuadsTable, unescaped

PAGE = "<https://a.example/job>"


def quads(text: str, page: str = PAGE, *, base: str = "http://schema.org/") -> str:
    """The statements of a page with one posting, as Web Data Commons writes them."""
    literal = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    rows = [
        f'_:o <{base}name> "Muster GmbH" ',
        "_:j <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/JobPosting> ",
        f'_:j <{base}title> "Pflegefachkraft (m\\u002Fw/d)"@de ',
        f'_:j <{base}description> "{literal}" ',
        f'_:j <{base}datePosted> "2025-06-01"^^<http://schema.org/Date> ',
        f"_:j <{base}hiringOrganization> _:o ",
        f"_:j <{base}jobLocation> _:l ",
        f"_:l <{base}address> _:a ",
        f'_:a <{base}addressLocality> "Münster" ',
        '_:kaputt "kein Satz',
        f"<https://a.example/#x> <{base}url> <https://a.example/> ",
    ]  # fmt: skip
    return "".join(f"{row}{page} .\n" for row in rows)


@pytest.fixture(scope="module")
def nurse(examples: Path) -> str:
    return (examples / "nurse.txt").read_text()


@pytest.mark.parametrize("base", ["http://schema.org/", "https://schema.org/", "http://schema.org/JobPosting/"])
def test_quads_give_the_postings_of_a_page(base: str, nurse: str, tmp_path: Path) -> None:
    path = tmp_path / "jobs.nq"
    path.write_text(quads(nurse, base=base))
    assert list(QuadsTable(path).rows()) == [
        {
            "id": "https://a.example/job", "title": "Pflegefachkraft (m/w/d)", "text": nurse, "date": "2025-06-01",
            "employer": "Muster GmbH", "place": "Münster",
        }
    ]  # fmt: skip


def test_quads_pages_follow_each_other_and_other_languages_are_passed_over(nurse: str, tmp_path: Path) -> None:
    english = "You will manage the community and you are the voice of our brand. " * 5
    path = tmp_path / "jobs.nq"
    pages = [
        (nurse, "<https://a.example/>"),
        (english, "<https://b.example/>"),
        (f"<p>{nurse}</p>", "<https://c.example/>"),
    ]
    path.write_text("".join(quads(text, page) for text, page in pages))
    rows = [row for row in QuadsTable(path).rows() if isinstance(row, dict)]
    assert [row["id"] for row in rows] == ["https://a.example/", "https://c.example/"]
    assert "<p>" not in str(rows[1]["text"])


@pytest.mark.parametrize(
    ("literal", "text"),
    [
        (r"a\tb\n\"c\"", 'a\tb\n"c"'),
        (r"\u00FCber \U0001F600", "über 😀"),
        (r"\UFFFFFFFF", "\ufffd"),
        (r"C:\\n", r"C:\n"),
    ],
)
def test_quads_escapes(literal: str, text: str) -> None:
    assert unescaped(literal) == text

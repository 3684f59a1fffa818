from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from jobclass.corpus.readers.warc import WarcTable
from jobclass.errors import InputError

fastwarc = pytest.importorskip("fastwarc")


def page(*postings: object) -> bytes:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(posting)}</script>' for posting in postings)
    return f"<html><head><title>x</title>{scripts}</head><body><nav>Start</nav></body></html>".encode()


def write_warc(path: Path, *pages: tuple[str, str, bytes]) -> None:
    """A WARC file with a response for each address, type and content."""
    with path.open("wb") as file:
        stream = fastwarc.GzipWriter(file) if path.suffix == ".gz" else file
        for address, kind, content in pages:
            record = fastwarc.WarcRecord()
            record.init_headers(fastwarc.WarcRecordType.response)
            record.headers["WARC-Target-URI"] = address
            record.headers["WARC-Date"] = "2026-01-02T03:04:05Z"
            head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(content)}\r\n\r\n"
            record.set_bytes_content(head.encode() + content)
            record.is_http = True
            record.write(stream)
        if stream is not file:
            stream.finish() if hasattr(stream, "finish") else stream.close()


@pytest.fixture(scope="module")
def ad(examples: Path) -> dict[str, str]:
    text = (examples / "social-media-manager.txt").read_text()
    return {"@type": "JobPosting", "title": "Social Media Manager", "description": text.replace("\n", "<br>")}


ENGLISH = {"@type": "JobPosting", "title": "Community Manager", "description": "<p>You will manage our community and you are the voice of the brand. We offer you a great team. </p>" * 6}  # fmt: skip


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_warc_gives_the_german_postings(name: str, ad: dict[str, str], tmp_path: Path) -> None:
    other = ad | {"title": "Community Manager", "description": ad["description"] + "<p>Zweite Anzeige</p>"}
    write_warc(
        tmp_path / name,
        ("https://a.example/job", "text/html", page(ad)),
        ("https://b.example/", "text/html", b"<html><body>Kein JobPosting, nur das Wort</body></html>"),
        ("https://c.example/bild", "image/png", page(ad)),
        ("https://d.example/job", "text/html", page(ENGLISH)),
        ("https://e.example/jobs", "text/html", page(ad, other)),
    )
    rows = [row for row in WarcTable(tmp_path / name).rows() if isinstance(row, dict)]
    assert [row["id"] for row in rows] == [
        "https://a.example/job",
        "https://e.example/jobs#1",
        "https://e.example/jobs#2",
    ]
    assert rows[0]["title"] == "Social Media Manager"
    assert rows[0]["date"] == "2026-01-02T03:04:05Z"
    assert "Redaktionsplan" in str(rows[0]["text"])


def test_warc_is_labelled_as_a_table(ad: dict[str, str], tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from jobclass.cli.main import app

    write_warc(tmp_path / "crawl.warc.gz", ("https://a.example/job", "text/html", page(ad)))
    result = CliRunner().invoke(app, ["label", str(tmp_path / "crawl.warc.gz"), "-f", "jsonl"])
    verdict = json.loads(result.stdout)
    assert (verdict["source"], verdict["role"]) == (f"{tmp_path / 'crawl.warc.gz'}#https://a.example/job", "SMM")
    assert verdict["record"] == {"date": "2026-01-02T03:04:05Z", "employer": None, "place": None}


def test_warc_that_is_cut_off_gives_what_is_there(ad: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    write_warc(path, *((f"https://{number}.example/", "text/html", page(ad)) for number in range(3)))
    path.write_bytes(path.read_bytes()[:-600])
    found: list[object] = []
    with suppress(InputError):
        for row in WarcTable(path).rows():
            found.append(row["id"] if isinstance(row, dict) else row)  # noqa: PERF401 -- what came before the error stays
    assert found[:2] == ["https://0.example/", "https://1.example/"]


def test_warc_that_is_empty_has_no_rows(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc").touch()
    assert list(WarcTable(tmp_path / "crawl.warc").rows()) == []


@pytest.mark.parametrize(("name", "code"), [("kein.warc", "E144"), ("kaputt.warc", "E144"), ("fehlt.warc", "E101")])
def test_warc_that_is_none_is_an_error(name: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "kein.warc").write_text("kein WARC")
    (tmp_path / "kaputt.warc").write_bytes(b"\x1f\x8bkaputt")
    with pytest.raises(InputError, match=code):
        list(WarcTable(tmp_path / name).rows())


def test_warc_rows_have_what_the_posting_states(ad: dict[str, str], tmp_path: Path) -> None:
    place = {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Köln"}}
    own = ad | {
        "datePosted": "2025-11-30",
        "hiringOrganization": {"@type": "Organization", "name": "Muster GmbH"},
        "jobLocation": [place, place],
    }
    microdata = f"""<html><body><div itemscope itemtype="https://schema.org/JobPosting">
        <h1 itemprop="title">Social Media Manager</h1><time itemprop="datePosted" datetime="2025-10-01">neulich</time>
        <div itemprop="hiringOrganization" itemscope><b itemprop="name">Beispiel AG</b><p itemprop="description">x</p></div>
        <div itemprop="jobLocation" itemscope><p itemprop="address" itemscope><i itemprop="addressLocality">Bonn</i></p></div>
        <div itemprop="description">{ad["description"]}</div></div></body></html>"""
    write_warc(
        tmp_path / "crawl.warc",
        ("https://a.example/job", "text/html", page(own)),
        ("https://b.example/job", "text/html", page(ad)),
        ("https://c.example/job", "text/html", microdata.encode()),
    )
    table = WarcTable(tmp_path / "crawl.warc")
    rows = [row for row in table.rows() if isinstance(row, dict)]
    assert [(row["date"], row["employer"], row["place"]) for row in rows] == [
        ("2025-11-30", "Muster GmbH", "Köln"),
        ("2026-01-02T03:04:05Z", None, None),
        ("2025-10-01", "Beispiel AG", "Bonn"),
    ]
    assert all(tuple(row) == table.names for row in rows)


def test_warc_that_breaks_off_in_bulk_fails(tmp_path: Path, call: Callable[..., Any]) -> None:
    (tmp_path / "kaputt.warc").write_bytes(b"\x1f\x8bkaputt")
    outcome = call("label", tmp_path / "kaputt.warc", "-o", tmp_path / "out.csv", "-j", "1")
    assert (outcome.status, outcome.err[:4]) == (2, "E152")

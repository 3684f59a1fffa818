from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

import pytest

from jobclass import Labeller
from jobclass.corpus.readers.document import Document, Unreadable
from jobclass.corpus.readers.formats import ENDINGS, READERS, read_content
from jobclass.corpus.readers.paths import read
from jobclass.errors import InputError

WORD = re.compile(r"[^\W_]+")


def code_of(content: bytes, name: str) -> str:
    (result,) = read_content(content, name)
    assert isinstance(result, Unreadable)
    assert result.source == name
    assert name in str(result.error)
    return result.error.code


def test_formats_the_same_ad_gets_the_same_verdict_from_every_format(examples: Path, labeller: Labeller) -> None:
    (plain,) = read(str(examples / "community-manager.txt"))
    assert isinstance(plain, Document)
    expected = labeller.label(plain.ad)
    documents = list(read(str(examples / "formats")))
    assert len(documents) >= len(READERS)
    for document in documents:
        assert isinstance(document, Document), document
        assert WORD.findall(document.ad.text) == WORD.findall(plain.ad.text), document.ad.source
        verdict = labeller.label(document.ad)
        assert verdict.role == expected.role
        assert [duty.text for duty in verdict.duties] == [duty.text for duty in expected.duties], document.ad.source
        assert [duty.codes for duty in verdict.duties] == [duty.codes for duty in expected.duties]
        assert [flag.code for flag in verdict.flags] == [flag.code for flag in expected.flags]
        text = document.ad.text
        assert all(text[duty.start : duty.end] == duty.text for duty in verdict.duties)
        assert all(text[line.start : line.end] == line.text for line in verdict.lines)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "E120"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "E118"),
        (b"\x89PNG\r\n", "E121"),
        (b"PK\x03\x04kaputt", "E119"),
        (b"%PDF-1.7 kaputt", "E119"),
        (b"\0\1\2\3" * 100, "E103"),
        (b"<div>" * 100_000, "E122"),
    ],
)
def test_formats_what_cannot_be_read_is_told_with_its_name(content: bytes, code: str) -> None:
    assert code_of(content, "ad.xyz") == code


def test_formats_of_an_archive_as_of_a_folder(zipped: Callable[[dict[str, str | bytes]], bytes]) -> None:
    parts: dict[str, str | bytes] = {"./ads/ad.txt": "Ihre Aufgaben", "logo.png": b"\x89PNG", "ads.csv": "text\nx\n"}
    results = list(read_content(zipped(parts), "ads.zip"))
    assert [r.error.code if isinstance(r, Unreadable) else r.ad.source for r in results] == [
        "ads.zip#./ads/ad.txt", "E126",
    ]  # fmt: skip


def test_formats_an_archive_in_an_archive_is_refused(zipped: Callable[[dict[str, str | bytes]], bytes]) -> None:
    inner = zipped({"ad.txt": "Ihre Aufgaben"})
    results = list(read_content(zipped({"in.zip": inner, "ad.txt": "Ihre Aufgaben"}), "ads.zip"))
    assert [getattr(result, "source", "ad") for result in results] == ["ads.zip#in.zip", "ad"]
    assert isinstance(results[0], Unreadable)
    assert results[0].error.code == "E123"


def test_formats_no_lone_surrogate_leaves_a_reader() -> None:
    description = "Pflege \\ud800 der Website. " * 20
    page = f'<script type="application/ld+json">{{"@type": "JobPosting", "description": "{description}"}}</script>'
    (document,) = read_content(page.encode(), "page.html")
    assert isinstance(document, Document)
    assert "Pflege \ufffd der Website" in document.ad.text
    document.ad.text.encode()


def test_formats_every_ending_is_documented(repository: Path) -> None:
    documented = (repository / "docs" / "formats.md").read_text()
    assert [ending for ending in sorted(ENDINGS) if f"`{ending}`" not in documented] == []


ENGLISH = "<li>You will manage our social media channels and answer the questions of the community</li>" * 6
NAVIGATION = "<nav><a>About us and our team</a> <a>Jobs for you</a> <a>What we do and who we are</a></nav>" * 9


def test_formats_an_english_page_gets_its_own_note(labeller: Labeller) -> None:
    (document,) = read_content(f"<html><h1>Community Manager</h1><ul>{ENGLISH}</ul>".encode(), "page.html")
    assert isinstance(document, Document)
    with pytest.raises(InputError, match="E104"):
        labeller.label(document.ad)


def test_formats_a_german_page_with_english_words_is_labelled(labeller: Labeller, examples: Path) -> None:
    ad = (examples / "formats" / "page.html").read_bytes().replace(b"<main>", b"<main>" + NAVIGATION.encode())
    (document,) = read_content(ad, "page.html")
    assert isinstance(document, Document)
    assert labeller.label(document.ad).role == "SMM"


def test_formats_a_member_without_a_name_is_passed_over() -> None:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr(ZipInfo("x"), "Ihre Aufgaben")
        archive.filelist[0].filename = archive.filelist[0].orig_filename = ""
    (result,) = read_content(content.getvalue(), "ads.zip")
    assert isinstance(result, Unreadable)

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobclass.corpus.readers.detect import format_of

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"Ihre Aufgaben", "ad.pdf", "text"),
        (b"", "ad.txt", "text"),
        (b"\xef\xbb\xbfIhre Aufgaben", "", "text"),
        (b"<!-- jobclass: ignore F7 -->\n# Manager", "ad.md", "text"),
        (b"<p align=center>Logo</p>\n\n# Manager", "ad.md", "text"),
        (b"<p>Manager</p>", "", "html"),
        (b"<p>Manager</p>", "ad.txt", "html"),
        (b"Manager<br>Aufgaben", "ad.html", "html"),
        (b"  <!DOCTYPE HTML PUBLIC>", "ad.txt", "html"),
        (b"\xef\xbb\xbf<html>", "", "html"),
        ("<html>".encode("utf-16"), "", "html"),
        (b'<?xml version="1.0"?>\n<!-- x --><!DOCTYPE html>', "", "html"),
        (b'<?xml version="1.0"?><feed/>', "", "XML"),
        (b"%PDF-1.7\n", "ad.txt", "pdf"),
        (b"\n\n%PDF-1.7\n", "", "pdf"),
        (b"{\\rtf1\\ansi", "ad.doc", "rtf"),
        (b"From: a@b.example\r\nDate: x\r\nMIME-Version: 1.0\r\n\r\nText", "", "eml"),
        (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n",
            "page.mhtml",
            "eml",
        ),
        (b"Titel: Manager\nOrt: K\xf6ln\n\nReceived: nichts", "", "text"),
        (OLE + "WordDocument".encode("utf-16-le"), "ad.doc", "doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "ad.docx", "locked"),
        (OLE, "", "OLE"),
        (b"\x89PNG\r\n", "ad.txt", "PNG"),
        (b"\xff\xd8\xff\xe0", "", "JPEG"),
        (b"\x1f\x8b\x08", "ads.tar.gz", "gzip"),
        (b"7z\xbc\xaf\x27\x1c", "", "7z"),
        (b"PK\x03\x04kaputt", "ad.docx", "zip"),
    ],
)
def test_detect_by_content_before_ending(content: bytes, name: str, kind: str) -> None:
    assert format_of(content, name) == kind


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        ({"word/document.xml": ""}, "docx"),
        ({"xl/workbook.xml": ""}, "XLSX"),
        ({"ppt/presentation.xml": ""}, "PPTX"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.text-template"}, "odt"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "ODS"),
        ({"mimetype": "application/epub+zip", "META-INF/container.xml": ""}, "EPUB"),
        ({"ad.txt": "Text"}, "zip"),
        ({}, "zip"),
    ],
)
def test_detect_packages_by_their_members(
    parts: dict[str, str | bytes], kind: str, zipped: Callable[[dict[str, str | bytes]], bytes]
) -> None:
    assert format_of(zipped(parts), "ad.zip") == kind

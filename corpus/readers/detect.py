"""Which format bytes have: by what they begin with and hold; the ending of the name decides only where they do not say.

A format is a plain name: a key of `formats.READERS`, or the name people know it by if it is not read.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

HEAD = 4096
"""Bytes in which the beginning of a page or a mail is looked for."""

# What files of other programs begin with (https://www.garykessler.net/library/file_sigs.html), at which offset.
_SIGNATURES = (
    (0, b"{\\rtf", "rtf"),
    (0, b"\x7fELF", "ELF"),
    (0, b"MZ\x90", "EXE"),
    (0, b"\x89PNG", "PNG"),
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"GIF8", "GIF"),
    (0, b"II*\0", "TIFF"),
    (0, b"MM\0*", "TIFF"),
    (8, b"WEBP", "WebP"),
    (4, b"ftyp", "MP4/HEIC"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"BZh", "bzip2"),
    (0, b"\xfd7zXZ\0", "xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!", "RAR"),
    (257, b"ustar", "tar"),
    (0, b"PAR1", "Parquet"),
    (0, b"SQLite format 3", "SQLite"),
    (0, b"{\\urtf", "rtf"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of an OLE file are named in UTF-16; a Word or Excel file with a password is one stream in such a file.
_OLE_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "XLS"),
    ("PowerPoint Document", "PPT"),
    ("__substg1.0_", "MSG"),
)
# A member that only this format has.
_PACKAGES = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "XLSX"),
    ("ppt/presentation.xml", "PPTX"),
    ("META-INF/container.xml", "EPUB"),
    ("Index/Document.iwa", "Pages"),
)
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ODS", "presentation": "ODP"}
_LONGEST_TYPE = 100

_PAGE = re.compile(
    rb"""(?>\s*(?: <\?xml[^>]{0,200}> | <!--.{0,2000}?--> )){0,9}+
    \s*<(?:!doctype\s+html|html|head|body|title|meta)\b""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
OWN_PAGE = b'<meta name="generator" content="jobclass">'
"""What tells the pages that jobclass writes."""

_FRAGMENT = re.compile(
    rb"\s*<(?:p|div|span|section|article|main|table|ul|ol|h[1-6]|strong|b|br|dl|header)\b[^<>]{0,500}>", re.IGNORECASE
)
_MAIL = re.compile(rb"(?:^|\n)(?:mime-version:|content-type:\s*(?:multipart|text)/|received:)", re.IGNORECASE)
_HEADER = re.compile(rb"(?:From )?[!-9;-~]+:")
_BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe"
_HTML_ENDINGS = (".html", ".htm", ".xhtml")
_MARKDOWN_ENDINGS = (".md", ".markdown")


def format_of(content: bytes, name: str = "") -> str:
    """The format of a file.

    Args:
        content: of the file.
        name: of the file; for text it tells a fragment of HTML from Markdown with tags in it.

    Returns:
        `text` where nothing speaks for another format.
    """
    if content.startswith(_ZIP):
        return _format_of_package(content)
    if content.startswith(_OLE):
        return next((kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in content), "OLE")
    if b"%PDF-" in content[:1024]:
        return "pdf"
    for offset, mark, kind in _SIGNATURES:
        if content.startswith(mark, offset):
            return kind
    return _format_of_text(content, PurePath(name).suffix.lower())


def _format_of_package(content: bytes) -> str:
    from io import BytesIO

    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and (found := _open_document(archive)):
                return found
            return next((kind for member, kind in _PACKAGES if member in names), "zip")
    except (BadZipFile, ValueError, OverflowError, NotImplementedError, OSError):
        return "zip"


def _open_document(archive: ZipFile) -> str:
    with archive.open("mimetype") as member:
        kind = member.read(_LONGEST_TYPE).decode("ascii", "replace")
    return _OPEN_DOCUMENT.get(kind.rpartition(".")[2].removesuffix("-template"), "") if "opendocument" in kind else ""


def _format_of_text(content: bytes, ending: str) -> str:
    head = content[:HEAD].replace(b"\0", b"").lstrip(_BYTE_ORDER_MARKS)
    if _PAGE.match(head):
        return "own" if OWN_PAGE in head else "html"
    if _HEADER.match(head) and _MAIL.search(head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]):
        return "eml"
    if ending in _HTML_ENDINGS or (_FRAGMENT.match(head) and ending not in _MARKDOWN_ENDINGS):
        return "html"
    return "XML" if head.lstrip().startswith(b"<?xml") else "text"

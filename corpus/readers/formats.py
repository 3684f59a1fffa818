"""The formats that are read: one dict from the name of a format to its reader, and how a file finds its own.

A new format is an entry of `READERS` (and, if `detect` does not know it yet, a mark there), its endings in `ENDINGS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath

from ...classifier.ad import Ad
from ...errors import InputError
from . import archive, detect, html, isolated, mail, text
from .document import Document, Unreadable

Reader = Callable[[bytes, str, str], Iterator[Document]]
"""Takes the content of a file, how the user named it, and the title if given; yields its ads or raises `InputError`."""

READERS: dict[str, Reader] = {
    "text": text.read,
    "html": html.read,
    "eml": mail.read,
    "pdf": isolated.reader("pdf"),
    "docx": isolated.reader("docx"),
    "odt": isolated.reader("odt"),
    "rtf": isolated.reader("rtf"),
}

ENDINGS = frozenset(
    (
        *(".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".eml", ".mht", ".mhtml"),
        *(".pdf", ".docx", ".docm", ".dotx", ".doc", ".odt", ".ott", ".rtf", ".zip"),
    )
)
"""Endings of the files that are taken from a folder or archive; a file that is named is read whatever its ending."""

LARGEST = 50_000_000
"""Bytes of a file; `text` and `html` have smaller limits of their own."""

TABLES = re.compile(r"\.(?:(?:csv|tsv|json|jsonl|ndjson|nq|warc)(?:\.gz)?|parquet|xlsx)$", re.IGNORECASE)
"""How the names of tables end."""

_REFUSED = {"locked": "E118", "doc": "E120", "zip": "E123", "own": "E130"}
"""Formats that are told apart to be refused with a way out of their own."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def is_table(path: str) -> bool:
    """Whether a path names a table, by its ending."""
    return TABLES.search(path) is not None


def is_read(name: str) -> bool:
    """Whether a file is taken from a folder, pattern or archive; one that is named is read whatever its ending."""
    return PurePath(name).suffix.lower() in ENDINGS or is_table(name)


def read_content(content: bytes, source: str, title: str = "") -> Iterator[Document | Unreadable]:
    """The ads in a file, whatever its format; archives member by member, where tables are refused.

    Args:
        content: of the file.
        source: how the user named it.
        title: the title of the ads, if the user gave it.

    Yields:
        Each ad, or the reason why it cannot be read in its place.
    """
    if detect.format_of(content, source) != "zip":
        yield from _read_one(content, source, title)
        return
    try:
        for name, unpacked in archive.members(content, source, LARGEST, is_read):
            if is_table(name):
                yield Unreadable(name, InputError("E126", path=name))
            elif isinstance(unpacked, InputError):
                yield Unreadable(name, unpacked)
            else:
                yield from _read_one(unpacked, name, title)
    except InputError as error:
        yield Unreadable(source, error)


def _read_one(content: bytes, source: str, title: str) -> Iterator[Document | Unreadable]:
    try:
        reader = _reader_of(detect.format_of(content, source), source)
        for document in reader(content, source, title):
            yield _without_surrogates(document)
    except InputError as error:
        yield Unreadable(source, error.at(source))


def _reader_of(kind: str, source: str) -> Reader:
    if kind not in READERS:
        raise InputError(_REFUSED.get(kind, "E121"), path=source, format=kind)
    return READERS[kind]


def _without_surrogates(document: Document) -> Document:
    """JSON may spell lone surrogates; no file can hold them."""
    ad = document.ad
    text, title = (_SURROGATE.sub("\ufffd", part) for part in (ad.text, ad.title))
    return replace(document, ad=Ad(text, title, ad.source))

"""WARC files, as Common Crawl has them: the German job postings that pages state for machines, one row each.

Pages without a stated posting (schema.org `JobPosting`) are passed over: a crawl is mostly other things, and a page's
looks alone would let many of them in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ...classifier.language import is_german
from ...errors import InputError
from .cells import words_of
from .extras import needed
from .html import decode
from .jobposting import postings
from .tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .rows import Row

NAMES = ("id", "title", "text", "date", "employer", "place")
"""Columns of the rows; the id is the address of the page, the date that of the posting, or else of the crawl."""

LARGEST = 4_000_000
"""Bytes of a page; Common Crawl itself cuts pages off at one million."""

PAGES = ("text/html", "application/xhtml+xml")
MARK = b"JobPosting"


class WarcTable:
    """A WARC file, packed or not.

    Args:
        path: the file.
    """

    names = NAMES

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self) -> Iterator[Row]:
        """The German postings, page by page.

        Raises:
            InputError: the file cannot be read, or FastWARC is not installed.
        """
        fastwarc = needed("fastwarc", "warc", self.path)
        try:
            with self.path.open("rb") as file:
                kinds = fastwarc.WarcRecordType.response
                for record in fastwarc.ArchiveIterator(file, record_types=kinds, auto_decode="all", strict_mode=False):
                    yield from _postings(record)
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno:
                raise InputError("E101", path=self.path, problem=error.strerror) from error
            raise InputError("E144", path=self.path, kind="WARC", problem=error) from error


def _postings(record: Any) -> Iterator[Row]:  # noqa: ANN401 -- FastWARC is an extra
    """The German postings of a page; a page beyond a limit is passed over like any other that is no ad."""
    if record.http_content_type not in PAGES:
        return
    page = record.reader.read(LARGEST + 1)
    if MARK not in page or len(page) > LARGEST:
        return
    address = record.headers.get("WARC-Target-URI") or record.record_id
    try:
        found = [(text, posting) for text, posting in postings(parse(decode(page))).items() if is_german(text)]
    except InputError:
        return
    for number, (text, posting) in enumerate(found, 1):
        source = address if len(found) == 1 else f"{address}#{number}"
        facts = {name: words_of(value).strip() or None for name, value in posting.facts.items()}
        facts["date"] = facts["date"] or record.headers.get("WARC-Date")
        yield {"id": source, "title": posting.title, "text": text, **facts}

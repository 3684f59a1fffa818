"""Plain text and Markdown: bytes into an ad, whatever the encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...classifier.ad import Ad
from ...errors import InputError
from .document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 4_000_000
"""Bytes; a longest ad of a million characters fits in any encoding."""

MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""Byte order marks, and the encoding each announces."""

WIDE = 0.5
"""By how much more of the even or the odd places of UTF-16 are zero bytes; nearly all of one kind in German."""

_WIDE_WITHIN = 1000
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x85")
_MOST_CONTROLS = 0.02


def read(content: bytes, source: str, title: str) -> Iterator[Document]:
    """The ad in a text; offsets count in the decoded file.

    Args:
        content: of the file.
        source: how the user named it.
        title: the title, if the user gave it.

    Raises:
        InputError: the text is too large, or no text at all.
    """
    yield Document(Ad(decode(content, source), title, source))


def decode(content: bytes, source: str) -> str:
    """Bytes as text: by byte order mark, else UTF-8, else UTF-16 by its zero bytes, else Windows' Latin-1.

    Raises:
        InputError: the bytes are too many, or are no text in any of these.
    """
    if len(content) > LARGEST:
        raise InputError("E107", path=source, size=len(content), largest=LARGEST)
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return _checked(_decoded(content, encoding, source), source)
    if wide := wide_encoding(content):
        return _checked(_decoded(content, wide, source), source)
    try:
        return _checked(content.decode("utf-8"), source)
    except UnicodeDecodeError:
        return _checked(content.decode("cp1252", errors="replace"), source)


def wide_encoding(content: bytes) -> str:
    """UTF-16 in the order its zero bytes tell; empty if they are few, or as many at even places as at odd ones."""
    even, odd = (content[first:_WIDE_WITHIN:2].count(0) for first in (0, 1))
    if abs(odd - even) < max(1, WIDE * len(content[1:_WIDE_WITHIN:2])):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _decoded(content: bytes, encoding: str, source: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError("E103", path=source) from error


def _checked(text: str, source: str) -> str:
    """Text, unless it is full of control characters or undecodable bytes."""
    sample = text[:20_000]
    strange = sum((char < " " and ord(char) not in _TEXT_CONTROLS) or char == "\ufffd" for char in sample)
    if strange > _MOST_CONTROLS * len(sample):
        raise InputError("E103", path=source)
    return text

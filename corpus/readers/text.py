"""Plain text and Markdown: bytes into an ad, whatever the encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...classifier.ad import Ad
from ...errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 4_000_000
"""Bytes; a longest ad of a million characters fits in any encoding."""

ENDINGS = (".txt", ".md", ".markdown", ".text")

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\v\x1b\x85")
_MOST_CONTROLS = 0.02


def read_ad(path: Path, source: str, title: str = "") -> Ad:
    """Reads a text file.

    Args:
        path: the file.
        source: how the user named it.
        title: the title, if the user gave it.

    Raises:
        InputError: the file cannot be read, is too large, or is no text.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError("E107", path=source, size=size, largest=LARGEST)
        content = path.read_bytes()
    except OSError as error:
        raise InputError("E101", path=source, problem=error.strerror or error) from error
    return Ad(decode(content, source), title, source)


def decode(content: bytes, source: str) -> str:
    """Bytes as text: by byte order mark, else UTF-8, else UTF-16 by its zero bytes, else Windows' Latin-1.

    Raises:
        InputError: the bytes are too many, or are no text in any of these.
    """
    if len(content) > LARGEST:
        raise InputError("E107", path=source, size=len(content), largest=LARGEST)
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _checked(_decoded(content, encoding, source), source)
    if b"\0" in content[:1000]:
        wide = "utf-16-le" if content[1:200:2].count(0) > content[:200:2].count(0) else "utf-16-be"
        return _checked(_decoded(content, wide, source), source)
    try:
        return _checked(content.decode("utf-8"), source)
    except UnicodeDecodeError:
        return _checked(content.decode("cp1252", errors="replace"), source)


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

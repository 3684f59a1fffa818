"""Plain text and Markdown: bytes into an ad, whatever the encoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...classifier.ad import Ad
from ...errors import InputError
from .document import Document
from .encoding import LATIN, encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 4_000_000
"""Bytes; a longest ad of a million characters fits in any encoding."""

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
    encoding = encoding_of(content)
    try:
        text = content.decode(encoding) if encoding else content.decode(LATIN, errors="replace")
    except UnicodeDecodeError as error:
        raise InputError("E103", path=source) from error
    return _checked(text, source)


def _checked(text: str, source: str) -> str:
    """Text, unless it is full of control characters or undecodable bytes."""
    sample = text[:20_000]
    strange = sum((char < " " and ord(char) not in _TEXT_CONTROLS) or char == "\ufffd" for char in sample)
    if strange > _MOST_CONTROLS * len(sample):
        raise InputError("E103", path=source)
    return text

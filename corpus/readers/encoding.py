"""Which encoding bytes have: the one place that tells it for texts, pages and tables."""

from __future__ import annotations

from codecs import getincrementaldecoder

LATIN = "cp1252"
"""Windows' Latin-1, which is taken where nothing speaks for another encoding."""

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""Byte order marks, and the encoding each announces."""

_WIDE = 0.5
"""By how much more of the even or the odd places of UTF-16 are zero bytes; nearly all of one kind in German."""

_WIDE_WITHIN = 1000


def encoding_of(content: bytes, *, whole: bool = True) -> str:
    """The encoding that bytes tell: by their byte order mark, by zero bytes, or UTF-8 if they are that; else empty.

    Args:
        content: the bytes.
        whole: whether they are all; what was cut off may end within a character.
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return encoding
    return _wide(content) or ("utf-8" if _is_utf_8(content, whole=whole) else "")


def _wide(content: bytes) -> str:
    """UTF-16 in the order its zero bytes tell; empty if they are few, or as many at even places as at odd ones."""
    even, odd = (content[first:_WIDE_WITHIN:2].count(0) for first in (0, 1))
    if abs(odd - even) < max(1, _WIDE * len(content[1:_WIDE_WITHIN:2])):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf_8(content: bytes, *, whole: bool) -> bool:
    try:
        getincrementaldecoder("utf-8")().decode(content, final=whole)
    except UnicodeDecodeError:
        return False
    return True

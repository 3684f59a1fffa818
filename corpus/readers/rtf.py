"""Rich text (RTF): by striprtf into rows, bullets included."""

from __future__ import annotations

import re

from ...errors import InputError
from .light_markdown import UNSEEN

LARGEST = 10_000_000
"""Bytes, pictures included."""

# The older way to write a bullet; striprtf passes over it, and keeps the newer one.
_OLD_BULLET = re.compile(r"\\pntext(?![a-z])")
_CELL = re.compile(r"\\(?:nest)?cell(?![a-z])")
_SYMBOL_BULLET = re.compile(r"[·§\uf0b7\uf0a7]\s+")


def text_of(content: bytes) -> str:
    """The text of a document, one paragraph a row.

    Args:
        content: of the file.

    Raises:
        InputError: the document is too large.
    """
    from striprtf.striprtf import rtf_to_text

    if len(content) > LARGEST:
        raise InputError("E107", size=len(content), largest=LARGEST)
    marked = _CELL.sub(r"\\par ", _OLD_BULLET.sub(r"\\listtext", content.decode("latin-1")))
    text: str = rtf_to_text(marked, errors="replace")  # type: ignore[no-untyped-call] # striprtf has no annotations
    rows = (row.translate(UNSEEN).strip() for row in text.splitlines())
    return "\n\n".join(_SYMBOL_BULLET.sub("- ", row, 1) if _SYMBOL_BULLET.match(row) else row for row in rows if row)

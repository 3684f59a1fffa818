"""The cells of a table as plain text: HTML rendered, escapes undone, nested values reduced to their words."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from math import isnan

from .columns import keys_inside
from .html import render

LARGEST_CELL = 4_000_000
"""Characters; a cell that holds more is refused with its row."""

_TAG = re.compile(
    r"</?(?:p|br|ul|ol|li|div|h[1-6]|strong|em|b|i|u|a|span|section|article|table|td|tr|html|body)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ESCAPED_TAG = re.compile(r"&lt;/?(?:p|br|ul|ol|li|div|h[1-6]|strong|b|span)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)


def text_of(value: object) -> str:
    """The text of an ad from its cell: HTML becomes light Markdown, also if it was escaped once."""
    text = words_of(value)
    if not _TAG.search(text) and _ESCAPED_TAG.search(text):
        text = unescape(text)
    if _TAG.search(text):
        return render(text)
    return unescape(text) if _ENTITY.search(text) else text


def words_of(value: object) -> str:
    """A cell as one string; of a nested value the words under the first known key, of a list the first item's."""
    for _ in range(8):  # deeper nesting has no words
        if isinstance(value, Mapping):
            inner = value
            value = next((inner[key] for key in keys_inside() if inner.get(key)), None)
        elif isinstance(value, (list, tuple)):
            value = value[0] if value else None
        else:
            break
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, float):  # whole numbers, such as ids, that a program stored so, and its empty cells
        return "" if isnan(value) else str(int(value)) if value.is_integer() else str(value)
    return "" if value is None or isinstance(value, (Mapping, list, tuple)) else str(value)


def clean(text: str) -> str:
    """The text without halves of surrogate pairs, which no file can store."""
    return text if text.isascii() else text.encode("utf-8", errors="replace").decode("utf-8")


def simple(value: object) -> str | float | bool | None:
    """A cell with a date, an employer or a place: of nested values the words alone."""
    return words_of(value) if isinstance(value, (Mapping, list, tuple)) else plain(value)


def plain(value: object) -> str | float | bool | None:
    """A cell that travels along, as a value every table can hold; nested ones become JSON text."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (Mapping, list, tuple)):
        try:
            return clean(json.dumps(value, ensure_ascii=False, default=str))
        except RecursionError:  # nested as no table is
            return None
    return str(value)

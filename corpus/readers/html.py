"""HTML into light Markdown: headings as `#`, items as `-`, one block a row.

The text keeps the blanks around inline tags; scripts, styles, navigation and forms are left out. Nothing is fetched
and no entity is resolved beyond HTML's own.
"""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bs4 import Tag

_LEFT_OUT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "form",
    "button",
    "select",
    "svg",
    "iframe",
    "head",
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "dd", "details", "div", "dl", "dt", "fieldset"),
        *("figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p"),
        *("pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SPACE = re.compile(r"[ \t\r\n\f]+")


def render(html: str) -> str:
    """The text of a page or fragment, one block a row, with `#` before headings and `-` before items."""
    from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)  # a short fragment is no file name
        soup = BeautifulSoup(html, "lxml")
    for tag in soup(_LEFT_OUT):
        tag.decompose()
    rows: list[str] = []
    for mark, text in _rows(soup):
        row = _SPACE.sub(" ", text).strip()
        if row:
            rows.append(f"{mark}{row}")
    return "\n".join(rows)


def _rows(soup: Tag) -> Iterator[tuple[str, str]]:
    """The blocks of a tree in order, each with its mark; no recursion, so that deep nesting cannot hurt."""
    from bs4.element import NavigableString, PreformattedString, Tag

    mark = ""
    pieces: list[str] = []
    stack: list[tuple[object, bool]] = [(soup, False)]
    while stack:
        node, leaving = stack.pop()
        if isinstance(node, Tag):
            block = node.name in _BLOCKS
            if block:
                yield mark, "".join(pieces)
                pieces = []
                mark = "" if leaving else _mark(node, mark)
            if not leaving:
                stack.append((node, True))
                stack += [(child, False) for child in reversed(node.contents)]
        elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
            pieces.append(str(node))
    yield mark, "".join(pieces)


def _mark(tag: Tag, current: str) -> str:
    if level := _HEADINGS.get(tag.name):
        return "#" * level + " "
    if tag.name == "li":
        return "  " * max(0, len(tag.find_parents(["ul", "ol"], limit=6)) - 1) + "- "
    if tag.name in ("p", "div", "span") and tag.find_parent("li") is not None:
        return current
    return ""

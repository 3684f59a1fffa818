"""A tree of HTML into light Markdown: `#` before headings, `-` before items, `**` around bold rows, one block a row.

One walk over the tree without recursion. Blanks around inline tags survive; a blank row stands between paragraphs, so
that nobody takes them for one text that was wrapped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.html import HtmlElement

LONGEST_BOLD = 100
"""Characters; a longer row is a paragraph in bold, no heading."""

_PARAGRAPHS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption"),
        *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "main", "nav"),
        *("p", "pre", "section", "summary", "table", "td", "th"),
    )
)
_BLOCKS = _PARAGRAPHS | {"body", "br", "button", "html", "li", "ol", "tbody", "tfoot", "thead", "tr", "ul"}
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_BOLD = frozenset(("b", "strong", "dt", "th", "summary", "button", "legend"))
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_KEPT_BREAKS = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_LINE_BREAK = re.compile(r"\r\n?|\n")
# A bullet in a block of its own (a table's cell, a floating span) belongs to the next row.
_LONE_BULLETS = frozenset("-–—•●○◦▪■□·‣⁃∙✓✔➤➜►▶»›*o\uf0b7\uf0a7\uf0d8")
_DEEPEST_LIST = 6
# Where a word may be parted: nothing to see, but no longer the word that a lexicon knows.
UNSEEN = str.maketrans("", "", "\u00ad\u200b\ufeff")
"""For `str.translate`: removes soft hyphens and blanks without width."""


def rows(root: HtmlElement, left_out: Container[HtmlElement] = ()) -> str:
    """The text of a tree.

    Args:
        root: of the tree or subtree.
        left_out: elements whose subtrees are passed over.

    Returns:
        Rows separated by line breaks, none of them empty but for the blank ones between paragraphs.
    """
    from lxml.etree import iterwalk

    page = _Page()
    walk = iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event == "start":
            if node in left_out:
                walk.skip_subtree()
            else:
                page.enter(node)
        elif event == "end":
            if node not in left_out:
                page.leave(node)
            if node is not root:
                page.add(node.tail)
        elif node is not root:
            page.add(node.tail)
    page.close_row("")
    return "".join(page.written)


@dataclass(slots=True)
class _Page:
    """What was written so far, and the row that is being filled."""

    written: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    mark: str = ""
    gap: str = ""
    letters: int = 0
    bold_letters: int = 0
    bold: int = 0
    kept_breaks: int = 0
    lists: int = 0

    def enter(self, node: HtmlElement) -> None:
        tag, style = node.tag, node.get("style", "")
        if tag in _BLOCKS:
            self.close_row("\n\n" if tag in _PARAGRAPHS and not self.lists else "\n")
            if tag in _HEADINGS:
                self.mark = _HEADINGS[tag]
            elif tag == "li":
                self.mark = "  " * min(max(self.lists - 1, 0), _DEEPEST_LIST) + "- "
        self.lists += tag in _LISTS
        self.bold += tag in _BOLD or bool(style and _BOLD_STYLE.search(style))
        self.kept_breaks += tag == "pre" or bool(style and _KEPT_BREAKS.search(style))
        self.add(node.text)

    def leave(self, node: HtmlElement) -> None:
        tag, style = node.tag, node.get("style", "")
        if tag in _BLOCKS:
            self.close_row("\n\n" if tag in _PARAGRAPHS and not self.lists else "\n")
            if tag in _HEADINGS or tag == "li":
                self.mark = ""
        self.lists -= tag in _LISTS
        self.bold -= tag in _BOLD or bool(style and _BOLD_STYLE.search(style))
        self.kept_breaks -= tag == "pre" or bool(style and _KEPT_BREAKS.search(style))

    def add(self, text: str | None) -> None:
        if not text:
            return
        first, *others = _LINE_BREAK.split(text) if self.kept_breaks else [text]
        self._fill(first)
        for other in others:
            self.close_row("\n")
            self._fill(other)

    def _fill(self, text: str) -> None:
        self.pieces.append(text)
        letters = len(text) - text.count(" ")
        self.letters += letters if text.strip() else 0
        self.bold_letters += letters if self.bold and text.strip() else 0

    def close_row(self, gap: str) -> None:
        """Writes the row, if it has words; `gap` is what at least stands before the next one."""
        row = _SPACE.sub(" ", "".join(self.pieces).translate(UNSEEN)).strip(" ") if self.letters else ""
        if row in _LONE_BULLETS and row:
            self.mark = self.mark or "- "
        elif row:
            is_heading = self.bold_letters == self.letters and not self.mark and len(row) <= LONGEST_BOLD
            self.written += (self.gap if self.written else "", self.mark, f"**{row}**" if is_heading else row)
            self.mark, self.gap = "", ""
        self.gap = max(self.gap, gap, key=len)
        self.pieces, self.letters, self.bold_letters = [], 0, 0

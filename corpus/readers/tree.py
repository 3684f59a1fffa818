"""HTML into a tree, within limits: what a browser would read, with nothing fetched, run or resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MOST_TAGS = 200_000
"""A page of a job board has 2,000 to 10,000; the parser needs 5 µs and 400 bytes for each."""

MOST_ATTRIBUTES = 30
"""For one tag; the parser's time grows with their square, and nothing that is read here needs as many."""

DEEPEST = 2000
"""Elements inside each other; libxml2 itself stops reading at 2048."""

_SEPARATORS = re.compile(r"[\s/\"'=]")
_USEFUL = re.compile(r"""\s(?:class|id|role|type|style|itemprop|itemtype|itemscope)(?:=(?:"[^"]*"|'[^']*'))?""")
_USEFUL_WITHIN = 2000
_OPENING = re.compile(r"<[a-zA-Z][^\s/]*")


def parse(html: str) -> HtmlElement:
    """The root element of a page or fragment.

    Args:
        html: the page, decoded.

    Raises:
        InputError: it is nested too deep or has too many tags.
    """
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    if (tags := html.count("<")) > MOST_TAGS:
        raise InputError("E122", what="<", size=tags, largest=MOST_TAGS)
    content = _slim(html).replace("\0", "").encode("utf-8", "replace")
    parser = HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = document_fromstring(content, parser=parser)
    except ParserError:  # nothing but comments or blanks
        return document_fromstring("<html></html>")
    if any("depth" in entry.message for entry in parser.error_log.filter_from_fatals()):
        raise InputError("E122", what="<div><div>…", size=DEEPEST, largest=DEEPEST)
    return root


def _slim(html: str) -> str:
    """The page, with tags of very many attributes cut down to the useful ones."""
    pieces = html.split(">")
    for number, piece in enumerate(pieces):
        if len(piece) > 4 * MOST_ATTRIBUTES and (opening := _OPENING.search(piece)):
            tag = piece[opening.start() :]
            if len(_SEPARATORS.findall(tag)) > 3 * MOST_ATTRIBUTES:
                useful = "".join(_USEFUL.findall(tag, 0, _USEFUL_WITHIN)[:MOST_ATTRIBUTES])
                pieces[number] = piece[: opening.end()] + useful
    return ">".join(pieces)

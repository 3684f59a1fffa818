"""Web pages: what they state as a job posting for machines, or else the text of the page.

The order is JSON-LD, Microdata, page text. A posting that is stated counts only if it is a whole ad and no teaser; a
page that states several gives one ad each. The text of a page is light Markdown, and offsets count in it.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from ...classifier.ad import Ad
from ...errors import InputError
from .boilerplate import left_out
from .document import Comment, Document
from .encoding import LATIN, encoding_of
from .jobposting import stated
from .light_markdown import rows
from .tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

LARGEST = 16_000_000
"""Bytes; pages saved in one file carry their pictures."""

_CHARSET = re.compile(r"(?:iso-?8859-?|windows-?|cp-?|latin-?|mac)[\w-]*|utf-?8", re.IGNORECASE)
"""Encodings of saved pages. Others that Python knows are not for pages, and slow enough to stop it (punycode, idna)."""

_DECLARED_WITHIN = 4096


def read(content: bytes, source: str, title: str) -> Iterator[Document]:
    """The ads of a page.

    Args:
        content: the page as it was saved.
        source: how the user named it; several postings get `#1`, `#2` … behind it.
        title: the title of the ads, if the user gave it.

    Raises:
        InputError: the page exceeds a limit.
    """
    if len(content) > LARGEST:
        raise InputError("E107", path=source, size=len(content), largest=LARGEST)
    root = parse(decode(content))
    comments = tuple(_comments(root, source))
    found = stated(root) or [(page_text(root), "")]
    for number, (text, stated_title) in enumerate(found, 1):
        ad = Ad(text, title or stated_title, source if len(found) == 1 else f"{source}#{number}")
        yield Document(ad, comments=comments)


def _comments(root: HtmlElement, source: str) -> Iterator[Comment]:
    """The comments of a page that speak to this program, wherever they stand; those of programs are many and long."""
    for comment in root.xpath("//comment()[starts-with(normalize-space(), 'jobclass')]"):
        first = comment.sourceline - comment.text.count("\n")  # the parser counts to where it ends
        yield Comment(f"{source}:{first}", comment.text)


def render(html: str) -> str:
    """The text of a page or fragment, one block a row, with `#` before headings and `-` before items.

    Raises:
        InputError: the page exceeds a limit.
    """
    return page_text(parse(html))


def page_text(root: HtmlElement) -> str:
    """The text of a page without what is not the ad."""
    return rows(root, left_out(root))


def decode(content: bytes) -> str:
    """A page as text: by byte order mark, as UTF-8 if it is that, else as it declares, else as Windows' Latin-1.

    Programs that save pages often change the encoding and leave the declaration as it was, so what the bytes say counts
    first. Bytes that fit nowhere become U+FFFD.
    """
    encoding = encoding_of(content)
    return content.decode(encoding, "replace") if encoding else _as_declared(content)


def is_charset(name: str) -> bool:
    """Whether a name is that of an encoding in which pages and mails are written."""
    try:
        return _CHARSET.fullmatch(name) is not None and bool(codecs.lookup(name))
    except LookupError:
        return False


def _as_declared(content: bytes) -> str:
    from bs4.dammit import EncodingDetector

    name = EncodingDetector.find_declared_encoding(content[:_DECLARED_WITHIN], is_html=True) or ""
    encoding = codecs.lookup(name if is_charset(name) else LATIN).name
    text = content.decode(LATIN if encoding == "iso8859-1" else encoding, "replace")
    if encoding == "utf-8" and text.count("\ufffd") > sum(map(text.count, "äöüßÄÖÜ–")):
        return content.decode(LATIN, "replace")
    return text

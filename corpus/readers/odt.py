"""OpenDocument text (ODT): its elements renamed to HTML, then as any other page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .light_markdown import rows
from .package import checked

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"

_TAGS = {
    f"{_TEXT}p": "p",
    f"{_TEXT}list": "ul",
    f"{_TEXT}list-item": "li",
    f"{_TEXT}list-header": "li",
    f"{_TEXT}line-break": "br",
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
    f"{_TABLE}table-cell": "td",
}
_LEFT_OUT = ("tracked-changes", "note", "sequence-decls", "table-of-content", "alphabetical-index")
_BLANKS = (f"{_TEXT}s", f"{_TEXT}tab")


def text_of(content: bytes) -> str:
    """The text of a document: headings, lists, tables, text boxes; no pictures, no macros, no earlier versions.

    Args:
        content: of the file.

    Raises:
        InputError: the document is locked, broken or exceeds a limit.
    """
    from lxml.etree import XMLParser, fromstring

    root = fromstring(checked(content, "content.xml"), XMLParser(resolve_entities=False, no_network=True))
    bold = {
        style.getparent().get(f"{_STYLE}name")
        for style in root.iterfind(f".//{_STYLE}text-properties[@{_FO}font-weight='bold']")
    }
    for node in root.iter("*"):
        _rename(node, bold)
    body = root.find(f".//{_OFFICE}text")
    return rows(body, set(body.iter(*(_TEXT + name for name in _LEFT_OUT)))) if body is not None else ""


def _rename(node: _Element, bold: set[str | None]) -> None:
    if node.tag == f"{_TEXT}h":
        level = node.get(f"{_TEXT}outline-level", "1")
        node.tag = f"h{level}" if level in "123456" else "h1"
    elif node.tag in _BLANKS:
        node.text = " "
    elif node.tag in _TAGS:
        node.tag = _TAGS[node.tag]
    if node.get(f"{_TEXT}style-name") in bold:
        node.set("style", "font-weight:bold")

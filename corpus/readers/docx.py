"""Word documents (DOCX): by mammoth into HTML, then as any other page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from .light_markdown import rows
from .package import checked, with_part
from .tree import parse

if TYPE_CHECKING:
    from mammoth.documents import Image

_MAIN = "word/document.xml"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"


def text_of(content: bytes) -> str:
    """The text of a document: headings, numbered and bulleted lists, tables, text boxes; no pictures, no macros.

    Args:
        content: of the file.

    Raises:
        InputError: the document is locked, broken or exceeds a limit.
    """
    import mammoth

    part = checked(content, _MAIN)
    if b"txbxContent" in part:
        content = with_part(content, _MAIN, _with_text_boxes(part))
    converted = mammoth.convert_to_html(
        BytesIO(content),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(_no_image),
        external_file_access=False,
    )
    return rows(parse(converted.value))


def _with_text_boxes(part: bytes) -> bytes:
    """Text boxes where mammoth looks for them: in the fallback for old programs, which some programs leave empty."""
    from lxml.etree import QName, SubElement, XMLParser, fromstring, tostring

    root = fromstring(part, XMLParser(resolve_entities=False, no_network=True))
    for alternatives in list(root.iter(f"{_ALTERNATIVES}AlternateContent")):
        fallback = alternatives.find(f"{_ALTERNATIVES}Fallback")
        if fallback is None:
            fallback = SubElement(alternatives, f"{_ALTERNATIVES}Fallback")
        if not any(QName(node).localname == "txbxContent" for node in fallback.iter("*")):
            fallback.extend([node for node in alternatives.iter("*") if QName(node).localname == "txbxContent"])
    return bytes(tostring(root))


def _no_image(image: Image) -> dict[str, str]:  # noqa: ARG001 -- mammoth hands it over
    return {"src": ""}

"""Word documents (DOCX): by mammoth into HTML, then as any other page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from . import html
from .package import checked

if TYPE_CHECKING:
    from mammoth.documents import Image

_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"


def text_of(content: bytes) -> str:
    """The text of a document: headings, numbered and bulleted lists, tables, text boxes; no pictures, no macros.

    Args:
        content: of the file.

    Raises:
        InputError: the document is locked, broken or exceeds a limit.
    """
    import mammoth

    checked(content, "word/document.xml")
    converted = mammoth.convert_to_html(
        BytesIO(content),
        style_map=_STYLES,
        convert_image=mammoth.images.img_element(_no_image),
        external_file_access=False,
    )
    return html.render(converted.value)


def _no_image(image: Image) -> dict[str, str]:  # noqa: ARG001 -- mammoth hands it over
    return {"src": ""}

"""PDF: by pdfium into glyphs with their place and font; `pdf_lines` and `pdf_layout` make text of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ...errors import InputError
from .pdf_layout import text_of_pages
from .pdf_lines import Box, Glyph, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pypdfium2 import PdfPage, PdfTextPage

MOST_PAGES = 50
"""An ad has one to four."""

MOST_GLYPHS = 100_000
"""On one page; one in small print has 10,000."""

FEWEST_LETTERS = 20
"""With fewer letters in the whole document its pages are pictures."""

LARGEST_BULLET = 8.0
"""Points; a drawn square or disc that stands for a bullet is no larger."""

_SYMBOL_FONTS = re.compile(rb"wingding|symbol|dingbat|webding|awesome|icon", re.IGNORECASE)
_BOLD_FONTS = re.compile(rb"bold|black|heavy|semibd|demi", re.IGNORECASE)
_LONGEST_FONT_NAME = 200
_BREAKS = frozenset("\r\n")
# What pdfium makes of a hyphen before a line break: https://pdfium.googlesource.com/pdfium, cpdf_textpage.cpp.
_HYPHENS = frozenset("\ufffe\x02\xad")


def text_of(content: bytes) -> str:
    """The text of a document: paragraphs, headings by size and weight, items by bullets, columns one after the other.

    Args:
        content: of the file.

    Raises:
        InputError: the document is locked or broken, a scan without text, or exceeds a limit.
    """
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document = PdfDocument(content)
        if len(document) > MOST_PAGES:
            raise InputError("E122", what="PDF", size=len(document), largest=MOST_PAGES)
        text = text_of_pages([_page(page) for page in document])
    except PdfiumError as error:
        code = "E118" if error.err_code == FPDF_ERR_PASSWORD else "E119"
        raise InputError(code, problem=error) from error
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        raise InputError("E117")
    return text


def _page(page: PdfPage) -> Page:
    text = page.get_textpage()
    if (count := text.count_chars()) > MOST_GLYPHS:
        raise InputError("E122", what="PDF", size=count, largest=MOST_GLYPHS)
    return Page(page.get_height(), tuple(_glyphs(text, count)), tuple(_drawn_bullets(page)))


def _glyphs(text: PdfTextPage, count: int) -> Iterator[Glyph]:
    """The visible glyphs in the order of the file; what stands between words is told by their places and `after`."""
    from pypdfium2 import raw

    after = ""
    for number in range(count):
        char = chr(raw.FPDFText_GetUnicode(text, number))
        if char in _BREAKS or char.isspace():
            after = "\n" if char in _BREAKS or after == "\n" else " "
            continue
        if char == "\0":
            continue
        symbol, bold = _look(text, number) if after or not number else (False, None)
        box = Box(*text.get_charbox(number, loose=True))
        size = raw.FPDFText_GetFontSize(text, number)
        yield Glyph("-" if char in _HYPHENS else char, box, size, after, is_symbol=symbol, is_bold=bold)
        after = ""


def _look(text: PdfTextPage, number: int) -> tuple[bool, bool]:
    """Whether a glyph is of a symbol font, and whether it is bold."""
    from ctypes import c_int, create_string_buffer

    from pypdfium2 import raw

    name = create_string_buffer(_LONGEST_FONT_NAME)
    raw.FPDFText_GetFontInfo(text, number, name, _LONGEST_FONT_NAME, c_int())
    return bool(_SYMBOL_FONTS.search(name.value)), bool(_BOLD_FONTS.search(name.value))


def _drawn_bullets(page: PdfPage) -> Iterator[Box]:
    """Small squares and discs: browsers draw the marks of lists."""
    from pypdfium2.raw import FPDF_PAGEOBJ_PATH

    for path in page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=3):
        box = Box(*path.get_bounds())
        if 1 < box.width < LARGEST_BULLET and 1 < box.height < LARGEST_BULLET:
            yield box

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobclass.corpus.readers.docx import text_of
from jobclass.errors import InputError

Written = Callable[[str], bytes]


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    return f"<w:p><w:pPr>{style}</w:pPr><w:r><w:rPr>{'<w:b/>' if bold else ''}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def item(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def box(text: str, fallback: str = "") -> str:
    choice = f"<mc:Choice><w:drawing><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
    return f"<w:p><w:r><mc:AlternateContent>{choice}{fallback}</mc:AlternateContent></w:r></w:p>"


OLD_BOX = '<mc:Fallback><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict></mc:Fallback>'


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("Manager", '<w:pStyle w:val="Heading1"/>') + paragraph("Text"), "# Manager\n\nText"),
        (paragraph("Aufgaben", bold=True) + paragraph("Text"), "**Aufgaben**\n\nText"),
        (item("Eins", 1) + item("Zwei", 1, 1) + item("Drei", 1), "- Eins\n  - Zwei\n- Drei"),
        (item("Eins", 2) + item("Zwei", 2), "- Eins\n- Zwei"),
        (table(paragraph("Aufgaben"), item("Eins", 1) + item("Zwei", 1)), "Aufgaben\n\n- Eins\n- Zwei"),
        (paragraph("Vorher") + box(item("Eins", 1)) + paragraph("Nachher"), "Vorher\n\n- Eins\n\nNachher"),
        (box(item("Eins", 1), OLD_BOX.format(item("Eins", 1))), "- Eins"),
        (box(item("Eins", 1), "<mc:Fallback><w:drawing/></mc:Fallback>"), "- Eins"),
        ("<w:p><w:r><w:t>Eins</w:t><w:br/><w:t>- Zwei</w:t></w:r></w:p>", "Eins\n- Zwei"),
    ],
)
def test_docx_keeps_headings_lists_tables_and_text_boxes(body: str, text: str, docx: Written) -> None:
    assert text_of(docx(body)) == text


@pytest.mark.parametrize(
    ("body", "code"), [("<w:p>" * 300 + "</w:p>" * 300, "E122"), ("<w:p><w:r>", "E119"), (" " * 21_000_000, "E122")]
)
def test_docx_refuses_hostile_documents(body: str, code: str, docx: Written) -> None:
    with pytest.raises(InputError) as caught:
        text_of(docx(body))
    assert caught.value.code == code


def test_docx_fetches_no_picture(docx: Written) -> None:
    link = '<w:drawing><a:blip xmlns:a="x" xmlns:r="y" r:link="r1"/></w:drawing>'
    assert text_of(docx(f"<w:p><w:r>{link}<w:t>Text</w:t></w:r></w:p>")) == "Text"

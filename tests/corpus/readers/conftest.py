"""Small files of formats that no library here writes, put together by hand."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
)
NUMBERING = (
    f"<w:numbering {SPACES}>"
    + "".join(
        f'<w:abstractNum w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:numFmt w:val="{kind}"/></w:lvl>'
        f'<w:lvl w:ilvl="1"><w:numFmt w:val="{kind}"/></w:lvl></w:abstractNum>'
        for number, kind in ((1, "bullet"), (2, "decimal"))
    )
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
    + "</w:numbering>"
)


def packed(parts: dict[str, str | bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


@pytest.fixture(scope="session")
def zipped() -> Callable[[dict[str, str | bytes]], bytes]:
    return packed


@pytest.fixture(scope="session")
def docx() -> Callable[[str], bytes]:
    """A Word document with this body."""

    def written(body: str) -> bytes:
        return packed(
            {
                "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
                "_rels/.rels": RELATIONS.format("officeDocument", "word/document.xml"),
                "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
                "word/_rels/document.xml.rels": RELATIONS.format("numbering", "numbering.xml"),
                "word/numbering.xml": NUMBERING,
            }
        )

    return written


@pytest.fixture(scope="session")
def pdf() -> Callable[..., bytes]:
    """A PDF with text at places: for each page, tuples of left, bottom, size, font (F, B is bold, Z Dingbats) and text."""

    def written(*pages: list[tuple[float, float, float, str, str]], extra: bytes = b"") -> bytes:
        fonts = {"F": "Helvetica", "B": "Helvetica-Bold", "Z": "ZapfDingbats"}
        objects = {
            4 + n: f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode()
            for n, name in enumerate(fonts.values())
        }
        named = " ".join(f"/{key} {4 + n} 0 R" for n, key in enumerate(fonts))
        kids = []
        for number, runs in enumerate(pages):
            shown = (
                "".join(f"BT /{f} {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, f, text in runs).encode(
                    "cp1252"
                )
                + extra
            )
            page, content = 10 + 2 * number, 11 + 2 * number
            objects[page] = (
                f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<<{named}>>>>/Contents {content} 0 R>>".encode()
            )
            objects[content] = b"<</Length %d>>\nstream\n%s\nendstream" % (len(shown), shown)
            kids.append(f"{page} 0 R")
        objects[1] = b"<</Type/Catalog/Pages 2 0 R>>"
        objects[2] = f"<</Type/Pages/Kids[{' '.join(kids)}]/Count {len(kids)}>>".encode()
        body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, objects[n]) for n in sorted(objects))
        return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R/Size 99>>\n%%EOF"

    return written

from __future__ import annotations

from collections.abc import Callable

import pytest

from jobclass.corpus.readers.odt import text_of
from jobclass.errors import InputError

NAMES = ("text", "table", "style", "office", "draw")
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in NAMES)
FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
STYLES = '<office:automatic-styles><style:style style:name="P1"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'

Zipped = Callable[[dict[str, str | bytes]], bytes]


def odt(body: str, zipped: Zipped) -> bytes:
    content = f"<office:document-content {SPACES} {FO}>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('<text:h text:outline-level="2">Aufgaben</text:h><text:p>Text</text:p>', "## Aufgaben\n\nText"),
        ("<text:h>Manager</text:h>", "# Manager"),
        ('<text:h text:outline-level="x">Manager</text:h>', "# Manager"),
        ("<text:list><text:list-item><text:p>Eins</text:p></text:list-item><text:list-item><text:p>Zwei</text:p></text:list-item></text:list>", "- Eins\n- Zwei"),
        ('<text:p text:style-name="P1">Aufgaben</text:p><text:p>Text</text:p>', "**Aufgaben**\n\nText"),
        ("<text:p>Social<text:s/>Media<text:line-break/>- Eins</text:p>", "Social Media\n- Eins"),
        ("<table:table><table:table-row><table:table-cell><text:p>Rad</text:p></table:table-cell></table:table-row></table:table>", "Rad"),
        ("<text:p><draw:frame><draw:text-box><text:p>Kasten</text:p></draw:text-box></draw:frame></text:p>", "Kasten"),
        ("<text:tracked-changes><text:p>alt</text:p></text:tracked-changes><text:p>neu</text:p>", "neu"),
    ],
)  # fmt: skip
def test_odt_keeps_headings_lists_tables_and_text_boxes(body: str, text: str, zipped: Zipped) -> None:
    assert text_of(odt(body, zipped)) == text


def test_odt_with_a_password_is_told(zipped: Zipped) -> None:
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>'
    with pytest.raises(InputError, match="E118"):
        text_of(zipped({"content.xml": b"\x93\x17\xaa", "META-INF/manifest.xml": manifest}))

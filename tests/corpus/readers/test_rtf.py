from __future__ import annotations

import pytest

from jobclass.corpus.readers.rtf import text_of
from jobclass.errors import InputError


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"Ger\'e4te f\u252?r G\'e4rten\par Text", "Geräte für Gärten\n\nText"),
        (r"{\listtext\f3 \'b7\tab}Eins\par {\listtext\f3 \'b7\tab}Zwei", "- Eins\n\n- Zwei"),
        (r"{\pntext\f3\'B7\tab}Eins\par", "- Eins"),
        (r"\bullet  Eins\par", "• Eins"),
        (r"\trowd Urlaub\cell 30 Tage\cell\row", "Urlaub\n\n30 Tage"),
        (r"{\*\generator x;}{\fonttbl{\f0 Arial;}}Text", "Text"),
    ],
)
def test_rtf_keeps_paragraphs_bullets_and_cells(body: str, text: str) -> None:
    assert text_of(rf"{{\rtf1\ansi\ansicpg1252 {body}}}".encode("cp1252")) == text


def test_rtf_too_large_is_refused() -> None:
    with pytest.raises(InputError, match="E107"):
        text_of(b"{\\rtf1" + b" " * 10_000_000)

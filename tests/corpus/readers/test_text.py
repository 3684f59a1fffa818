from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.corpus.readers.text import decode, read
from jobclass.errors import InputError

TEXT = "Geräte für Grüße – „Straße“\r\n- Übung\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_decodes_every_usual_encoding(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "ad.txt") == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_text_few_zero_bytes_do_not_change_the_encoding(encoding: str) -> None:
    assert decode(TEXT.replace("Ü", 40 * "Ü" + "\0").encode(encoding), "ad.txt").replace("\0", "").startswith(TEXT[:9])


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_text_offsets_are_those_of_the_decoded_file(text: str) -> None:
    (document,) = read(text.encode(), "ad.txt", "")
    assert document.ad.text == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("content", "code"), [(bytes(range(32)) * 20, "E103"), (b"a" * 4_000_001, "E107"), (b"\xff\xfea", "E103")]
)
def test_text_refuses_what_is_no_text(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(content, "ad.txt")
    assert caught.value.code == code

from __future__ import annotations

import pytest

from jobclass.corpus.readers.encoding import encoding_of


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encoding_is_told_by_the_bytes(encoding: str) -> None:
    content = "Größe – schön".encode(encoding)
    assert content.decode(encoding_of(content)) == "Größe – schön"


def test_encoding_that_nothing_tells_is_empty() -> None:
    assert encoding_of("Größe".encode("cp1252")) == ""


def test_encoding_of_a_part_that_ends_within_a_character() -> None:
    part = "Größ".encode()[:-1]
    assert (encoding_of(part, whole=False), encoding_of(part)) == ("utf-8", "")

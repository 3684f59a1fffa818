from __future__ import annotations

from collections.abc import Callable

import pytest

from jobclass.corpus.readers.package import checked
from jobclass.errors import InputError

Zipped = Callable[[dict[str, str | bytes]], bytes]

PART: dict[str, str | bytes] = {"content.xml": "<x/>"}


def test_package_gives_the_part_with_the_text(zipped: Zipped) -> None:
    assert checked(zipped({"content.xml": "<x/>", "other.xml": "<y/>"}), "content.xml") == b"<x/>"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "E119"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'.encode("utf-16"), "E119"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>', "E119"),
        ("<x>" * 5000, "E122"),
        ("<x>", "E119"),
        ("", "E119"),
        (b"\0", "E119"),
    ],
)
@pytest.mark.parametrize("name", ["content.xml", "any.xml", "_rels/.rels"])
def test_package_refuses_entities_depth_and_broken_xml(part: str | bytes, code: str, name: str, zipped: Zipped) -> None:
    with pytest.raises(InputError) as caught:
        checked(zipped({**PART, name: part}), "content.xml")
    assert caught.value.code == code


def test_package_without_the_part_is_broken(zipped: Zipped) -> None:
    with pytest.raises(InputError, match="E119"):
        checked(zipped({"other.xml": "<x/>"}), "content.xml")

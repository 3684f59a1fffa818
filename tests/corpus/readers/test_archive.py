from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from jobclass.corpus.readers.archive import LARGEST_WHOLE, MOST_MEMBERS, members
from jobclass.errors import InputError

Zipped = Callable[[dict[str, str | bytes]], bytes]


def found(content: bytes, largest: int = 1000) -> dict[str, bytes | str]:
    return {
        name: unpacked.code if isinstance(unpacked, InputError) else unpacked
        for name, unpacked in members(content, "ads.zip", largest, lambda name: not name.endswith(".png"))
    }


def test_archive_gives_its_files_and_leaves_hidden_ones(zipped: Zipped) -> None:
    content = zipped(
        {"b/a.txt": b"1", "b/": b"", "a.txt": b"2", ".DS_Store": b"3", "__MACOSX/a.txt": b"4", "b/.x/a.txt": b"5"}
    )
    assert found(content) == {"ads.zip#b/a.txt": b"1", "ads.zip#a.txt": b"2"}


def test_archive_a_member_of_this_folder_is_not_hidden(zipped: Zipped) -> None:
    content = zipped({"./ads/a.txt": b"1", "../b.txt": b"2", "./.c.txt": b"3"})
    assert found(content) == {"ads.zip#./ads/a.txt": b"1", "ads.zip#../b.txt": b"2"}


def test_archive_gives_only_what_is_wanted(zipped: Zipped) -> None:
    assert found(zipped({"a.txt": b"1", "logo.png": b"2"})) == {"ads.zip#a.txt": b"1"}


def test_archive_a_large_member_does_not_stop_the_others(zipped: Zipped) -> None:
    assert found(zipped({"a.txt": b"a" * 1001, "b.txt": b"b"})) == {"ads.zip#a.txt": "E107", "ads.zip#b.txt": b"b"}


def test_archive_a_locked_member_is_told(zipped: Zipped) -> None:
    content = bytearray(zipped({"a.txt": b"1"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    assert found(bytes(content)) == {"ads.zip#a.txt": "E118"}


def test_archive_a_broken_member_does_not_stop_the_others(zipped: Zipped) -> None:
    content = zipped({"a.txt": b"Pflege der Website", "b.txt": b"b"})
    broken = content.replace(content[35:45], b"\xff" * 10, 1)
    assert found(broken) == {"ads.zip#a.txt": "E119", "ads.zip#b.txt": b"b"}


def test_archive_a_bomb_is_stopped() -> None:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", b"\0" * 50_000_000)
    one = target.getvalue()
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", one)
    assert found(target.getvalue(), largest=1_000_000) == {"ads.zip#a.txt": one}


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({}, "E124"),
        ({".hidden": b"x"}, "E124"),
        ({"logo.png": b"x"}, "E124"),
        ({f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)}, "E122"),
    ],
)
def test_archive_without_files_or_with_too_many_is_refused(
    parts: dict[str, str | bytes], code: str, zipped: Zipped
) -> None:
    with pytest.raises(InputError) as caught:
        found(zipped(parts))
    assert caught.value.code == code


def test_archive_counts_all_members_together(zipped: Zipped) -> None:
    largest = LARGEST_WHOLE // 2
    content = zipped({f"{n}.txt": b"a" for n in range(3)})
    with pytest.raises(InputError, match="E119"):
        found(content[:-30])
    assert len(found(content, largest)) == 3

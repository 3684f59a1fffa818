from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.corpus.engine.parts import MANIFEST, open_parts
from jobclass.errors import InputError

pa = pytest.importorskip("pyarrow")

MANIFESTO = {"inputs": [{"sha256": "1"}], "options": {"title": ""}, "model": "a"}


@pytest.fixture
def batch() -> object:
    return pa.RecordBatch.from_pydict({"id": ["a", "b"]})


def test_parts_are_there_when_whole_and_of_this_run(tmp_path: Path, batch: object) -> None:
    folder = tmp_path / "out.parquet.parts"
    parts = open_parts(folder, MANIFESTO, resume=False)
    parts.write(0, batch)
    again = open_parts(folder, MANIFESTO, resume=True)
    assert again.has(0)
    assert not again.has(1)
    assert [table.to_pylist() for table in again.read(1)] == [[{"id": "a"}, {"id": "b"}]]
    assert sorted(path.name for path in folder.iterdir()) == [MANIFEST, "part-00000000.parquet"]


@pytest.mark.parametrize("harm", ["cut", "emptied", "foreign"])
def test_parts_that_are_broken_or_foreign_are_made_again(harm: str, tmp_path: Path, batch: object) -> None:
    parts = open_parts(tmp_path / "parts", MANIFESTO, resume=False)
    parts.write(0, batch)
    path = parts.path(0)
    if harm == "foreign":
        other = open_parts(tmp_path / "other", {**MANIFESTO, "model": "b"}, resume=False)
        other.write(0, batch)
        other.path(0).replace(path)
    else:
        path.write_bytes(path.read_bytes()[:-7] if harm == "cut" else b"")
    assert not parts.has(0)


@pytest.mark.parametrize("key", MANIFESTO)
def test_parts_of_another_run_are_refused_by_what_differs(key: str, tmp_path: Path) -> None:
    open_parts(tmp_path / "parts", MANIFESTO, resume=False)
    with pytest.raises(InputError) as caught:
        open_parts(tmp_path / "parts", {**MANIFESTO, key: "anders"}, resume=True)
    assert (caught.value.code, caught.value.details["what"]) == ("E149", key)


def test_parts_are_neither_used_nor_deleted_unasked(tmp_path: Path) -> None:
    open_parts(tmp_path / "parts", MANIFESTO, resume=False)
    with pytest.raises(InputError, match="E148"):
        open_parts(tmp_path / "parts", MANIFESTO, resume=False)
    assert (tmp_path / "parts" / MANIFEST).exists()


@pytest.mark.parametrize("content", ["", "[]", "{"])
def test_parts_a_broken_manifest_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(content)
    with pytest.raises(InputError, match="E149"):
        open_parts(tmp_path, MANIFESTO, resume=True)


def test_parts_are_removed_with_their_folder(tmp_path: Path, batch: object) -> None:
    parts = open_parts(tmp_path / "parts", MANIFESTO, resume=False)
    parts.write(3, batch)
    parts.remove()
    assert list(tmp_path.iterdir()) == []


def test_parts_that_cannot_be_written_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "parts").touch()
    with pytest.raises(InputError, match="E112"):
        open_parts(tmp_path / "parts", MANIFESTO, resume=True)


def test_parts_make_no_folders_above(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E112"):
        open_parts(tmp_path / "vertippt" / "parts", MANIFESTO, resume=False)

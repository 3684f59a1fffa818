from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from jobclass.atomic import replacing, write
from jobclass.errors import InputError


def test_atomic_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    write(path, b"old")
    with replacing(path) as temporary:
        temporary.write_bytes(b"new")
        assert path.read_bytes() == b"old"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"out.json": b"new"}


@pytest.mark.parametrize(("raised", "told"), [(OSError(28, "No space left"), InputError), (KeyError(), KeyError)])
def test_atomic_a_file_stays_as_it_was_if_anything_fails(
    raised: Exception, told: type[Exception], tmp_path: Path
) -> None:
    path = tmp_path / "out.json"
    write(path, b"old")

    def fail() -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(b"half")
            raise raised

    with pytest.raises(told):
        fail()
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"out.json": b"old"}


@pytest.mark.parametrize("name", ["nowhere/out.json", "n" * 252, "n" * 300])
def test_atomic_what_cannot_be_written_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write(tmp_path / name, b"")
    assert (caught.value.code, caught.value.details["path"]) == ("E112", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_atomic_two_processes_do_not_write_into_one_file(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    other = "from pathlib import Path; from jobclass.atomic import replacing\n"
    other += f"with replacing(Path({str(path)!r}), shared=True) as file: file.write_bytes(b'other')"
    with replacing(path, shared=True) as temporary:
        temporary.write_bytes(b"one")
        subprocess.run([sys.executable, "-c", other], check=True)
        assert path.read_bytes() == b"other"
    assert path.read_bytes() == b"one"


def test_atomic_what_a_killed_process_left_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    with replacing(path) as temporary:
        temporary.touch()
    temporary.write_bytes(b"half of it")
    write(path, b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"out.json": b"new"}


def test_atomic_nobody_else_renames_files(repository: Path) -> None:
    renaming = [
        file.relative_to(repository).as_posix()
        for folder in ("classifier", "models", "corpus", "cli")
        for file in (repository / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith(".tmp")
    ]
    assert renaming == []

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from stat import S_IMODE

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


posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files or modes")


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        (OSError(28, "No space left"), InputError),
        (KeyError(), KeyError),
        (FileNotFoundError(2, "No such file", "input"), FileNotFoundError),
    ],
)
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


@posix
@pytest.mark.parametrize("content", [b"old", None])
def test_atomic_a_link_stays_a_link(content: bytes | None, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    target, link, chain = tmp_path / "kept" / "out.json", tmp_path / "out.json", tmp_path / "chain.json"
    link.symlink_to(Path("kept", "out.json"))
    chain.symlink_to(link)
    if content is not None:
        target.write_bytes(content)
    with replacing(chain) as temporary:
        assert temporary.parent == target.parent
        temporary.write_bytes(b"new")
    assert (chain.readlink(), link.readlink(), target.read_bytes()) == (link, Path("kept", "out.json"), b"new")
    assert sorted(tmp_path.rglob("*")) == sorted([chain, link, target.parent, target])


@posix
def test_atomic_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "lost").symlink_to(Path("nowhere", "out.json"))
    for name in ("loop", "lost"):
        with pytest.raises(InputError, match="E112"):
            write(tmp_path / name, b"")
        assert (tmp_path / name).is_symlink()


@posix
def test_atomic_what_is_no_file_is_never_replaced(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for path in (pipe, link):
        with pytest.raises(InputError) as caught:
            write(path, b"new")
        assert caught.value.details == {"path": path, "problem": "not a file that can be replaced"}
    assert pipe.is_fifo()
    assert link.is_symlink()
    with pytest.raises(InputError, match="E112"):
        write(tmp_path, b"new")
    assert sorted(tmp_path.iterdir()) == [link, pipe]


@posix
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_atomic_where_a_standard_stream_goes_is_not_replaced(stream: str, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"before\n")
    program = (
        "import sys; from pathlib import Path; from jobclass.atomic import write; write(Path(sys.argv[1]), b'new')"
    )
    with path.open("ab") as file:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: file.fileno()}
        command = [sys.executable, "-c", program, str(path)]
        result = subprocess.run(command, check=False, stdout=streams["stdout"], stderr=streams["stderr"])
        assert os.path.samestat(os.fstat(file.fileno()), path.stat())
    assert result.returncode == 1
    assert path.read_bytes().startswith(b"before\n")


@posix
@pytest.mark.parametrize("mode", [0o600, 0o444, 0o664])
def test_atomic_a_file_keeps_its_mode(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.touch()
    path.chmod(mode)
    with replacing(path) as temporary:
        assert S_IMODE(temporary.stat().st_mode) == 0o600
        temporary.write_bytes(b"new")
    assert (S_IMODE(path.stat().st_mode), path.read_bytes()) == (mode, b"new")


@posix
def test_atomic_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write(tmp_path / "out.json", b"")
    assert (tmp_path / "out.json").stat().st_mode == (tmp_path / "usual").stat().st_mode


@posix
def test_atomic_the_new_name_is_on_the_disk_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.json"
    synced: list[tuple[int, bool]] = []
    monkeypatch.setattr("os.fsync", lambda number: synced.append((os.fstat(number).st_ino, path.exists())))
    write(path, b"new")
    assert synced == [(path.stat().st_ino, False), (tmp_path.stat().st_ino, True)]


@posix
def test_atomic_what_lies_under_the_temporary_name_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    (tmp_path / "other").write_bytes(b"other")
    (tmp_path / ".out.json.tmp").symlink_to("other")
    write(path, b"new")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"out.json": b"new", "other": b"other"}


def moves(node: ast.AST) -> bool:
    """Whether code gives a file another name: `os.replace`, `shutil.move`, `path.replace(other)`, also if imported."""
    match node:
        case ast.ImportFrom(module="os" | "shutil", names=names):
            return bool({"rename", "renames", "replace", "move"} & {name.name for name in names})
        case ast.Call(func=ast.Attribute(value=ast.Name("os" | "shutil"), attr="replace" | "renames" | "move")):
            return True
        case ast.Call(func=ast.Attribute(attr="rename")):
            return True
        case ast.Call(func=ast.Attribute(attr="replace"), args=[_], keywords=[]):  # that of a text takes two
            return True
    return False


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("os.replace(a, b)", True),
        ("os.rename(a, b)", True),
        ("from os import replace as put", True),
        ("shutil.move(a, b)", True),
        ("folder.joinpath(a).replace(b)", True),
        ("a.rename(b)", True),
        ("a.replace('x', 'y')", False),
        ("from dataclasses import replace", False),
        ("dataclasses.replace(a, b=c)", False),
    ],
)
def test_atomic_a_file_that_is_moved_is_found(code: str, *, found: bool) -> None:
    assert any(map(moves, ast.walk(ast.parse(code)))) is found


def test_atomic_nobody_else_renames_files(repository: Path) -> None:
    settings = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    folders = [Path(*package.split(".")[1:]) for package in settings["tool"]["setuptools"]["packages"]]
    renaming = {
        file.relative_to(repository).as_posix()
        for folder in folders
        for file in (repository / folder).glob("*.py")
        if any(map(moves, ast.walk(ast.parse(file.read_text(encoding="utf-8")))))
    }
    assert renaming == {"atomic.py"}

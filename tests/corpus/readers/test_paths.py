from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from jobclass.corpus.readers.document import Unreadable
from jobclass.corpus.readers.paths import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/c.md", "a/d/e.html", ".hidden/f.txt", "a/.g.txt", "style.css", "photo.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Ihre Aufgaben")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    return tmp_path


def found(path: str) -> list[str]:
    results = list(read(path))
    return [r.error.code if isinstance(r, Unreadable) else Path(r.ad.source).name for r in results]


def test_paths_a_folder_is_read_recursively_without_hidden_files(folder: Path) -> None:
    assert found(str(folder)) == ["b.txt", "c.md", "e.html"]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("**/*.md", ["c.md"]),
        ("a/*", ["c.md", "e.html"]),
        ("**", ["b.txt", "c.md", "e.html"]),
        ("**/*", ["c.md", "e.html", "b.txt"]),
        ("*.t?t", ["b.txt"]),
        ("*.png", ["photo.png"]),
        ("a**b", ["E116"]),
        ("*.docx", ["E116"]),
        ("missing.txt", ["E101"]),
        ("style.css", ["style.css"]),
        ("a\0b", ["E101"]),
        ("x" * 300, ["E101"]),
    ],
)
def test_paths_patterns_and_names(pattern: str, names: list[str], folder: Path) -> None:
    assert found(f"{folder}/{pattern}") == names


def test_paths_a_name_with_brackets_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "ad[1].txt").write_text("Ihre Aufgaben")
    assert found(str(tmp_path / "ad[1].txt")) == ["ad[1].txt"]


@pytest.mark.parametrize("name", ["a\nb.txt", "a\u202eb.txt", "ä ö.txt"])
def test_paths_strange_names_are_read(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("Ihre Aufgaben")
    assert found(str(tmp_path)) == [name]


def test_paths_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "photo.png").write_bytes(b"x")
    assert found(str(tmp_path)) == ["E106"]


def test_paths_standard_input_of_any_format(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (examples / "formats" / "page.html").read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    (document,) = read("-")
    assert not isinstance(document, Unreadable)
    assert (document.ad.source, document.ad.text[:11]) == ("-", "# Community")

"""What a user names (a file, folder, pattern, `-`) becomes documents; the unreadable takes its place in the row."""

from __future__ import annotations

import os
import sys
from glob import has_magic
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from .document import Document, Unreadable
from .formats import LARGEST, is_read, is_table, read_content
from .written import STDIN, are_same, is_own

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["STDIN", "Document", "Unreadable", "is_folder", "is_table", "read", "sources_of"]

PARTS = ".parts"
"""Ending of the folders in which unfinished tables are kept."""


def read(
    path: str, title: str = "", columns: Mapping[str, str] | None = None, output: Path | None = None
) -> Iterator[Document | Unreadable]:
    """Reads what stands behind a path, one by one, in a stable order.

    Args:
        path: a file, a folder, a pattern with `*` or `**`, or `-`, as the user gave it.
        title: the title of the ads, if the user gave it.
        columns: for tables, the column by field (`text`, `title`, `id` …), where the user said so.
        output: the file that results go to, which is passed over in a folder.
    """
    for source in sources_of(path, output):
        if isinstance(source, Unreadable):
            yield source
            continue
        if is_table(source):
            from .tables import read_table

            yield from read_table(source, columns or {}, title)
            continue
        try:
            content = _content(source)
        except InputError as error:
            yield Unreadable(source, error)
        else:
            yield from read_content(content, source, title)


def sources_of(path: str, output: Path | None = None) -> Iterator[str | Unreadable]:
    """The files behind a path: the file itself, or those of a folder or pattern; at least one, or why there is none.

    Tables of a folder or pattern that hold results are no ads (a page with results tells so to its reader).

    Args:
        path: as the user gave it.
        output: a file of a folder or pattern that is passed over, since the results go there.
    """
    empty = True
    for source in _named(path):
        if isinstance(source, Unreadable) or source == path:
            found: str | Unreadable = source
        elif output is not None and are_same(source, output):
            continue
        else:
            is_result = is_table(source) and is_own(Path(source))
            found = Unreadable(source, InputError("E130", path=source)) if is_result else source
        empty = False
        yield found
    if empty:
        yield Unreadable(path, InputError("E106" if is_folder(path) else "E116", path=path))


def is_folder(path: str) -> bool:
    """Whether a path leads to a folder, whatever its name."""
    return os.path.isdir(path)  # noqa: PTH112 -- `Path.is_dir` raises for a name that is too long


def _named(path: str) -> Iterator[str | Unreadable]:
    if path == STDIN or os.path.lexists(path) or not has_magic(path):
        yield from _in_folder(path) if path != STDIN and is_folder(path) else [path]
        return
    matching = dict.fromkeys(_matching(Path(path)))  # a file that fits may lie in a folder that fits, too
    yield from matching or [Unreadable(path, InputError("E116", path=path))]


def _matching(pattern: Path) -> Iterator[str | Unreadable]:
    """The documents whose names fit a pattern, and those in folders whose names do; hidden ones are left out."""
    anchor = pattern.anchor or "."
    names_ending = bool(pattern.suffix) and not has_magic(pattern.suffix)
    try:
        found = sorted(Path(anchor).glob(str(pattern.relative_to(pattern.anchor))))
    except ValueError:  # `**` as a part of a name
        return
    for path in found:
        if _is_hidden(path, pattern):
            continue
        if path.is_dir():
            yield from () if path.is_symlink() else _in_folder(str(path))
        elif names_ending or is_read(str(path)):
            yield str(path)


def _is_hidden(path: Path, pattern: Path) -> bool:
    hidden = (part for part in path.parts if part.startswith(".") or part.endswith(PARTS))
    return any(part not in pattern.parts for part in hidden)


def _in_folder(folder: str) -> Iterator[str | Unreadable]:
    """The documents of a folder and its subfolders; hidden ones, kept parts and links to folders are left out."""
    unreadable: list[Unreadable] = []

    def refused(error: OSError) -> None:
        reason = InputError("E101", path=error.filename, problem=error.strerror or error)
        unreadable.append(Unreadable(str(error.filename), reason))

    empty = True
    for above, folders, files in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(PARTS))
        for name in sorted(files):
            if is_read(name) and not name.startswith("."):
                empty = False
                yield str(Path(above) / name)
    yield from unreadable
    if empty and not unreadable:
        yield Unreadable(folder, InputError("E106", path=folder))


def _content(source: str) -> bytes:
    """The bytes of a file or of standard input, and not one more than any format allows."""
    try:
        if source == STDIN:
            content = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(source).open("rb") as file:
                content = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the name
        raise InputError("E101", path=source, problem=getattr(error, "strerror", "") or error) from error
    if len(content) > LARGEST:
        raise InputError("E107", path=source, size=len(content), largest=LARGEST)
    return content

"""What a user names (a file, a folder, `-`) becomes documents; what cannot be read takes its place in the row."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ...classifier.ad import Ad
from ...errors import InputError
from .text import ENDINGS, LARGEST, decode, read_ad

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...errors import JobclassError

STDIN = "-"

TABLES = re.compile(r"\.(?:(?:csv|tsv|json|jsonl|ndjson)(?:\.gz)?|parquet|xlsx)$", re.IGNORECASE)
"""How the names of tables end."""


@dataclass(frozen=True, slots=True)
class Document:
    """An ad that was read.

    Attributes:
        ad: the ad; `ad.source` is how the user named it.
        record: the other columns of the ad's row, if it stood in a table.
    """

    ad: Ad
    record: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that holds no readable ad, with the reason."""

    source: str
    error: JobclassError


def read(path: str, title: str = "", columns: Mapping[str, str] | None = None) -> Iterator[Document | Unreadable]:
    """Reads what stands behind a path, one by one, in a stable order.

    Args:
        path: a file, a folder or `-`, as the user gave it.
        title: the title of the ads, if the user gave it.
        columns: for tables, the column by field (`text`, `title`, `id` …), where the user said so.
    """
    try:
        sources = sources_of(path)
    except InputError as error:
        yield Unreadable(path, error)
        return
    for source in sources:
        if is_table(source):
            from .tables import read_table

            yield from read_table(source, columns or {}, title)
            continue
        try:
            yield Document(_ad(source, title))
        except InputError as error:
            yield Unreadable(source, error)


def is_table(path: str) -> bool:
    """Whether a path names a table, by its ending."""
    return TABLES.search(path) is not None


def sources_of(path: str) -> list[str]:
    """The files behind a path: the file itself, or the text files and tables of a folder.

    Raises:
        InputError: the folder has none.
    """
    if path == STDIN or not Path(path).is_dir():
        return [path]
    files = (file for file in Path(path).rglob("*") if file.is_file())
    found = sorted(str(file) for file in files if file.suffix.lower() in ENDINGS or is_table(str(file)))
    if not found:
        raise InputError("E106", path=path)
    return found


def _ad(source: str, title: str) -> Ad:
    if source == STDIN:
        return Ad(decode(sys.stdin.buffer.read(LARGEST + 1), source), title, source)
    return read_ad(Path(source), source, title)

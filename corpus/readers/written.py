"""Files that are written: whether a path names one of them, and whether jobclass wrote it before."""

from __future__ import annotations

import os
import re
import sys
import zlib
from pathlib import Path

from ...errors import InputError
from .detect import format_of
from .parquet import ParquetTable
from .text_stream import unpacked

STDIN = "-"

HEAD = 65_536
"""Bytes at the start of a file, unpacked, in which it tells who wrote it."""

LABELLED = ("id", "title", "role", "roles_involved", "probabilities", "rule_role")
"""The columns that a labelled table begins with (`bulk.verdict_schema`)."""

_TEXT = r'(?:null|"(?:[^"\\]|\\.)*+")'
_VALUES = r"(?:null|[\[{][^\]}]*+[\]}])"
_ROW = r"\{" + ", ".join(
    rf'"{name}": {_VALUES if name in ("roles_involved", "probabilities") else _TEXT}' for name in LABELLED
)
_LOG = r'\{\s*"\$schema": "[^"]*+",[^{]*+\{\s*"tool": \{\s*"driver": \{\s*"name": "jobclass"'
_BEGINNINGS = (
    r'\[?\s*\{\s*"schema": "jobclass/',  # verdicts and other results
    _LOG,
    _ROW,
    ",".join(LABELLED) + ",",
    r"[^\n]*,silenced_reason,fingerprint\r?\n",  # findings as CSV
)
_MARKS = re.compile(rf"\A(?:{'|'.join(_BEGINNINGS)})".encode())
"""What results begin with."""


def are_same(path: str, other: Path) -> bool:
    """Whether two paths name one file: by another spelling, through a link, or as what standard input reads."""
    try:
        status = os.fstat(sys.stdin.fileno()) if path == STDIN else Path(path).stat()
        return os.path.samestat(status, other.stat())
    except (OSError, ValueError):  # one is not there, or has a name that no file can have
        return False


def is_own(path: Path) -> bool:
    """Whether a file holds results that jobclass wrote, as a table, JSON or a page; text looks like any other.

    Args:
        path: an existing file.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return ParquetTable(path).names[: len(LABELLED)] == LABELLED
        with unpacked(path) as file:
            head = file.read(HEAD)
        return _MARKS.match(head) is not None or format_of(head, path.name) == "own"
    except (OSError, EOFError, zlib.error, InputError):
        return False

"""Files that are written: whether a path names one of them, and whether jobclass wrote it before."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from ...errors import InputError
from .json_rows import VERDICT
from .parquet import ParquetTable

STDIN = "-"

HEAD = 65_536
"""Bytes at the start of a file in which it tells who wrote it."""

_MARKS = re.compile(
    rb'jobclass/verdict/1|\A\s*\[\s*\]\s*\Z|<meta name="generator" content="jobclass">|'
    rb"\A[^\n]*,silenced_reason,fingerprint\n|\b" + VERDICT.encode() + rb"\b"
)
"""What verdicts (or an empty list of them), pages, findings as CSV, and labelled tables begin with."""


def are_same(path: str, other: Path) -> bool:
    """Whether two paths name one file: by another spelling, through a link, or as what standard input reads."""
    try:
        status = os.fstat(sys.stdin.fileno()) if path == STDIN else Path(path).stat()
        return os.path.samestat(status, other.stat())
    except (OSError, ValueError):  # one is not there, or has a name that no file can have
        return False


def is_own(path: Path) -> bool:
    """Whether a file holds verdicts or a page that jobclass wrote; not so text, which looks like any other.

    Args:
        path: an existing file.
    """
    try:
        if path.suffix.lower() == ".parquet":
            return VERDICT in ParquetTable(path).names
        with path.open("rb") as file:
            return _MARKS.search(file.read(HEAD)) is not None
    except (OSError, InputError):
        return False

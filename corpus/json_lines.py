"""JSON Lines that people write: each record with its place, which errors name."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def lines(path: Path, encoding: str = "utf-8") -> Iterator[tuple[str, str]]:
    """The lines of a file, each behind its place.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open(encoding=encoding) as file:  # unlike str.splitlines it breaks at no U+2028: JSON may hold that
            yield from ((f"{path}:{number}", row) for number, row in enumerate(file, 1))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("E101", path=path, problem=getattr(error, "strerror", None) or error) from error


def parsed(row: str, where: str) -> dict[str, Any]:
    """The object in a line.

    Raises:
        InputError: the line holds none.
    """
    try:
        values = json.loads(row)
    except (ValueError, RecursionError) as error:
        raise InputError("E110", where=where, problem=error) from error
    if not isinstance(values, dict):
        raise InputError("E110", where=where, problem="no JSON object")
    return values

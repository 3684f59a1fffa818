"""What every table is made of: rows, each with its cells by column, and columns with a name of their own."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Protocol

from ...errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, object] | InputError
"""The cells of a row by column, or the error that stands in its place."""


class Table(Protocol):
    """A file with one ad a row."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, each once."""

    def rows(self) -> Iterator[Row]:
        """The rows in their order; may be called again."""


def distinct(names: list[str]) -> tuple[str, ...]:
    """Column names, each of them once and none of them empty."""
    result: dict[str, None] = {}
    copies: Counter[str] = Counter()
    for number, name in enumerate(names, 1):
        unused = wanted = name.strip() or f"column_{number}"
        while unused in result:
            copies[wanted] += 1
            unused = f"{wanted}_{copies[wanted] + 1}"
        result[unused] = None
    return tuple(result)

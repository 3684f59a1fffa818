"""CSV and TSV: the separator is found, broken rows are told apart from good ones."""

from __future__ import annotations

import csv
from collections import deque
from functools import cached_property
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from ...errors import InputError
from .cells import LARGEST_CELL
from .rows import distinct
from .text_stream import Lines, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .rows import Row

SEPARATORS = (",", ";", "\t", "|")
SAMPLE = 200_000
"""Characters that decide the separator."""

SAMPLE_ROWS = 200


class DelimitedTable:
    """A CSV or TSV file whose first row names the columns.

    Args:
        path: the file; may be packed with gzip.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns; nameless ones get a number, and so does the second of two equal names.

        Raises:
            InputError: the file has no first row.
        """
        with opened(self.path) as file:
            for record in records(Lines(file, self.path), self._separator):
                if isinstance(record, list):
                    return distinct(record)
                break
        raise InputError("E144", path=self.path, kind="CSV", problem="no header")

    def rows(self) -> Iterator[Row]:
        """The rows behind the first, each a mapping of column to cell, or the error that stands in its place."""
        names = self.names
        with opened(self.path) as file:
            for record in islice(records(Lines(file, self.path), self._separator), 1, None):
                yield _row(names, record)

    @cached_property
    def _separator(self) -> str:
        if ".tsv" in self.path.suffixes:
            return "\t"
        with opened(self.path) as file:
            return separator_of(file.read(SAMPLE))


def _row(names: tuple[str, ...], record: list[str] | InputError) -> Row:
    if isinstance(record, InputError):
        return record
    if len(record) < len(names) or any(record[len(names) :]):
        return InputError("E142", problem=f"{len(record)} cells instead of {len(names)}")
    return dict(zip(names, record, strict=False))  # empty cells behind the last column are padding


def separator_of(sample: str) -> str:
    """The separator by which most rows have as many cells as the first one."""

    def fit(separator: str) -> tuple[bool, float, int]:
        found = list(islice(csv.reader(StringIO(sample, newline=""), delimiter=separator), SAMPLE_ROWS))
        rows = [row for row in found if row] or [[]]
        width = len(rows[0])
        return width > 1, sum(len(row) == width for row in rows) / len(rows), width

    _allow_long_cells()
    return max(SEPARATORS, key=fit)


def records(lines: Iterator[str], separator: str) -> Iterator[list[str] | InputError]:
    """The rows of a delimited text.

    After a row that cannot be parsed (a quote that is never closed swallows all that follows) reading goes on with the
    line behind its first, so that one bad row does not cost the others.

    Args:
        lines: the lines, with their ends.
        separator: between cells.
    """
    _allow_long_cells()
    waiting: deque[str | InputError] = deque()
    while True:
        taken: list[str] = []
        try:
            record = next(csv.reader(_fed(lines, waiting, taken), delimiter=separator, strict=True))
        except StopIteration:
            return
        except csv.Error as error:
            waiting.extendleft(reversed(taken[1:]))
            yield InputError("E142", problem=error)
        except InputError as error:
            if taken:  # a row was open when the line that is too long came
                waiting.extend((*taken[1:], error))
            yield error
        else:
            if record:
                yield record


def _fed(lines: Iterator[str], waiting: deque[str | InputError], taken: list[str]) -> Iterator[str]:
    """Lines for one row, first those that wait to be read again; what was handed out is kept in `taken`.

    A row that begins in a line that waits, and is still open at its end, is there as the row before was: it would fail
    at the same place. So it ends here, and every line is read twice at most.
    """
    if waiting:
        line = waiting.popleft()
        if isinstance(line, InputError):
            raise line
        taken.append(line)
        yield line
        if waiting:
            return
    for line in lines:
        taken.append(line)
        yield line


def _allow_long_cells() -> None:
    """Python's own limit, 128 KiB, is less than some pages have; it holds for the whole process."""
    csv.field_size_limit(LARGEST_CELL)

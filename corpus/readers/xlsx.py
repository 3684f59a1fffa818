"""Excel workbooks (.xlsx), row by row: the first sheet that has any, its first row as column names.

Read without formulas, macros and links; XML entities are never resolved (defusedxml), and what would
unpack to too much is refused before it is read.
"""

from __future__ import annotations

import warnings
from contextlib import closing
from functools import cached_property
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from ...errors import InputError
from .extras import needed
from .rows import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .rows import Row

Cells = tuple[object, ...]

LARGEST_UNPACKED = 1_000_000_000
"""Bytes of all parts of the workbook together."""

LARGEST_STRINGS = 300_000_000
"""Bytes of the part that holds all strings, which stays in memory while the rows are read."""

STRINGS = "xl/sharedStrings.xml"

MOST_ROWS = 1_048_576
"""Excel's own limit; a file that claims more is not believed."""

MOST_BLANK = 1_000
"""Blank rows without a break; behind them nothing is looked for."""


class XlsxTable:
    """An Excel workbook.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns: the first row that is not blank.

        Raises:
            InputError: the file is no workbook, is too large, or has no rows.
        """
        for cells in self._cells():
            return distinct(["" if cell is None else str(cell) for cell in cells])
        raise InputError("E144", path=self.path, kind="XLSX", problem="no rows")

    def rows(self) -> Iterator[Row]:
        """The rows behind the first, blank ones left out; dates as ISO text."""
        names = self.names
        for cells in islice(self._cells(), 1, None):
            yield {name: _plain(cell) for name, cell in zip_longest(names, cells[: len(names)])}

    def _cells(self) -> Iterator[Cells]:
        """The rows of the first sheet that has any."""
        openpyxl = needed("openpyxl", "bulk", self.path)
        needed("defusedxml", "bulk", self.path)  # openpyxl reads with it where it is installed
        try:
            _check_size(self.path)
            with self.path.open("rb") as file:  # openpyxl leaves a file open that it cannot read
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # openpyxl tells of styles and validations that it leaves out
                    workbook = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
                with closing(workbook):
                    yield from _first_filled(workbook.worksheets)
        except InputError:
            raise
        except OSError as error:
            raise InputError("E101", path=self.path, problem=error.strerror or error) from error
        except Exception as error:  # a hostile workbook makes openpyxl raise almost anything
            raise InputError("E144", path=self.path, kind="XLSX", problem=repr(error)) from error


def _check_size(path: Path) -> None:
    """Refuses a workbook that would fill the memory; what the archive says of its parts binds Python's reader."""
    try:
        with ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    except BadZipFile as error:
        raise InputError("E144", path=path, kind="XLSX", problem=error) from error
    if sum(sizes.values()) > LARGEST_UNPACKED or sizes.get(STRINGS, 0) > LARGEST_STRINGS:
        raise InputError("E145", path=path, largest=LARGEST_UNPACKED)


def _first_filled(sheets: list[Any]) -> Iterator[Cells]:
    for sheet in sheets:
        filled = False
        for cells in _not_blank(sheet):
            filled = True
            yield cells
        if filled:
            return


def _not_blank(sheet: Any) -> Iterator[Cells]:  # noqa: ANN401 -- openpyxl ships no types
    """The rows of a sheet without the blank ones, up to a long run of these."""
    blank = 0
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for cells in sheet.iter_rows(values_only=True, max_row=MOST_ROWS):
        if any(cell is not None for cell in cells):
            blank = 0
            yield cells
        elif (blank := blank + 1) > MOST_BLANK:
            return


def _plain(cell: object) -> object:
    """Dates and times as ISO text; numbers, truth values and text as they are."""
    return cell.isoformat() if hasattr(cell, "isoformat") else cell

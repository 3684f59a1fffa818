"""Tables of ads: one row an ad, the other columns travel along.

To add a format, write a class with `path`, `names` and `rows()`, and enter its ending in `FORMATS` and in
`formats.TABLES`.
"""

from __future__ import annotations

from errno import ENOENT
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING

from ...classifier.ad import Ad
from ...errors import InputError
from .cells import LARGEST_CELL, plain, simple, text_of, words_of
from .columns import recognise, travelling
from .delimited import DelimitedTable
from .document import Document, Unreadable
from .formats import is_table
from .json_rows import JsonLinesTable, JsonTable
from .parquet import ParquetTable
from .quads import QuadsTable
from .warc import WarcTable
from .xlsx import XlsxTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from .columns import Columns
    from .rows import Row, Table

FORMATS: Mapping[str, Callable[[Path], Table]] = {
    ".csv": DelimitedTable,
    ".tsv": DelimitedTable,
    ".jsonl": JsonLinesTable,
    ".ndjson": JsonLinesTable,
    ".json": JsonTable,
    ".parquet": ParquetTable,
    ".xlsx": XlsxTable,
    ".warc": WarcTable,
    ".nq": QuadsTable,
}


def open_table(path: str) -> Table:
    """The table behind a path that `paths.is_table` knows; nothing is read yet.

    Raises:
        InputError: there is no such file, which is told before a library that would be needed to read it.
    """
    if not Path(path).exists():
        raise InputError("E101", path=path, problem=strerror(ENOENT))
    name = Path(path.lower().removesuffix(".gz"))
    return FORMATS[name.suffix](Path(path))


def table_at(path: Path) -> Table:
    """The table behind a path where nothing but a table will do.

    Raises:
        InputError: its ending is that of no table, or there is no such file.
    """
    if not is_table(str(path)):
        raise InputError("E510", path=path, endings=", ".join(FORMATS))
    return open_table(str(path))


def read_table(path: str, chosen: Mapping[str, str], title: str = "") -> Iterator[Document | Unreadable]:
    """Reads a table row by row; a bad row takes its place and the others follow.

    Args:
        path: the file, as the user gave it.
        chosen: column by field (`text`, `title`, `id`, `date`, `employer`, `place`), where the user said so.
        title: the title of ads whose row has none.
    """
    try:
        table = open_table(path)
        columns = recognise(table.names, chosen, path)
        for number, row in enumerate(table.rows(), 1):
            yield _document(row, columns, title, path, number)
    except InputError as error:
        yield Unreadable(path, error)


def _document(row: Row, columns: Columns, title: str, path: str, number: int) -> Document | Unreadable:
    if isinstance(row, InputError):
        source = f"{path}#{number}"
        return Unreadable(source, row.at(source))
    source = f"{path}#{words_of(row.get(columns.id)) or number}"
    cell = row.get(columns.text)
    if isinstance(cell, (str, bytes)) and len(cell) > LARGEST_CELL:
        return Unreadable(source, InputError("E143", source=source, largest=LARGEST_CELL))
    try:
        ad = Ad(text_of(cell), words_of(row.get(columns.title)).strip() or title, source)
    except InputError as error:  # HTML beyond a limit
        return Unreadable(source, error.at(source))
    return Document(ad, record_of(row, columns))


def record_of(row: Mapping[str, object], columns: Columns) -> dict[str, object]:
    """What travels along: date, employer and place under these names, then all other columns under their own."""
    return {
        known: plain(row.get(name)) if known == name else simple(row.get(name))
        for name, known in travelling(row, columns).items()
    }

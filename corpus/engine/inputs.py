"""What is to be labelled in bulk: tables, and files with one ad each, opened and read once to know their columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import file_digest
from itertools import chain, groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from ...errors import InputError, JobclassError
from ...messages import error_text
from ..bulk import PROBLEM, RENDERED
from ..readers.cells import plain, simple, words_of
from ..readers.columns import Columns, recognise
from ..readers.extras import needed
from ..readers.parquet import ParquetTable
from ..readers.paths import Unreadable, is_table, read, sources_of
from ..readers.quads import QuadsTable
from ..readers.tables import open_table
from ..readers.warc import WarcTable
from .batches import built, gathered, numbered, text_field, until_broken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from ..readers.rows import Row, Table

SMALLEST_INTEGER, LARGEST_INTEGER = -(2**63), 2**63 - 1
"""What a table can store as a whole number; others become text."""


class DocumentTable:
    """Files that hold one ad each, as if they were a table: the path is the id.

    Args:
        paths: the files, as the user named them.
    """

    names = ("id", "title", RENDERED)

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths

    def rows(self) -> Iterator[Row]:
        """The documents, one by one."""
        for document in chain.from_iterable(map(read, self.paths)):
            if isinstance(document, Unreadable):
                yield {"id": document.source, PROBLEM: document.error}
            else:
                yield {"id": document.ad.source, "title": document.ad.title, RENDERED: document.ad.text}


@dataclass(frozen=True, slots=True)
class Input:
    """A table that is ready to be labelled.

    Attributes:
        table: where its rows come from.
        columns: what its columns hold.
        schema: its columns with their types.
        rows: how many it has; None for a crawl, which is not read twice.
        unread: files that could not be read, or not to their end; known when the batches have gone by.
    """

    table: Table | DocumentTable
    columns: Columns
    schema: pa.Schema
    rows: int | None
    unread: list[str] = field(default_factory=list, compare=False)

    @property
    def paths(self) -> Sequence[str]:
        """The files behind the table."""
        return self.table.paths if isinstance(self.table, DocumentTable) else [str(self.table.path)]

    def digest(self) -> str:
        """SHA-256 of each file behind the table, in their order."""
        return " ".join(map(_digest, self.paths))

    def batches(self, size: int, language: str, prefix: str = "") -> Iterator[pa.RecordBatch]:
        """All rows with their numbers (`bulk.NUMBER`); what cannot be read is a row that says why (`bulk.PROBLEM`).

        Args:
            size: rows of a batch, at least, until the last.
            language: of the problems.
            prefix: stands before the number of each row.
        """
        schema = self.schema.append(text_field(PROBLEM))
        read = self._read_parquet(size) if isinstance(self.table, ParquetTable) else self._built(schema, size, language)
        whole = until_broken(read, schema, lambda error: self._broken(error, language))
        return numbered(gathered(whole, size), prefix)

    def _broken(self, error: InputError, language: str) -> str:
        self.unread.append(self.paths[0])
        return _message(error.at(self.paths[0]), language)

    def _read_parquet(self, size: int) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for batch in cast("ParquetTable", self.table).batches(size):
            yield batch.append_column(text_field(PROBLEM), pa.nulls(batch.num_rows, pa.string()))

    def _built(self, schema: pa.Schema, size: int, language: str) -> Iterator[pa.RecordBatch]:
        return built((_values(row, self.columns) for row in self._worded(language)), schema, size)

    def _worded(self, language: str) -> Iterator[dict[str, object]]:
        """The rows; errors among them are words that name the row."""
        for number, row in enumerate(self.table.rows(), 1):
            if isinstance(row, InputError):
                yield {PROBLEM: _message(row.at(f"{self.paths[0]}#{number}"), language)}
            elif isinstance(error := row.get(PROBLEM), JobclassError):
                self.unread.append(str(row["id"]))
                yield {**row, PROBLEM: _message(error, language)}
            else:
                yield dict(row)


def prepare(
    paths: Iterable[str], chosen: Mapping[str, str], output: Path | None = None
) -> tuple[list[Input], list[JobclassError]]:
    """Opens all that is to be labelled, and reads tables once to know their columns, types and number of rows.

    Args:
        paths: files and folders, as the user gave them; documents and tables may be mixed.
        chosen: column by field, where the user said so.
        output: the file that is to be written, which is passed over in a folder.

    Returns:
        The inputs, and why others cannot be read.

    Raises:
        InputError: none of them can be read, or pyarrow is not installed.
    """
    needed("pyarrow", "bulk", "label")
    inputs: list[Input] = []
    refused: list[JobclassError] = []
    sources: list[str] = []
    for source in chain.from_iterable(sources_of(path, output) for path in paths):
        if isinstance(source, Unreadable):
            refused.append(source.error)
        else:
            sources.append(source)
    for tables, group in groupby(sources, is_table):
        for together in ([source] for source in group) if tables else [list(group)]:
            try:
                inputs.append(_input(open_table(together[0]) if tables else DocumentTable(together), chosen))
            except InputError as error:
                refused.append(error)
    if not inputs:
        raise refused[0]
    return inputs, refused


def _input(table: Table | DocumentTable, chosen: Mapping[str, str]) -> Input:
    if isinstance(table, DocumentTable):
        return Input(
            table, Columns(RENDERED, "title", "id"), _schema(dict.fromkeys(table.names, str)), len(table.paths)
        )
    columns = recognise(table.names, chosen, str(table.path))
    if isinstance(table, ParquetTable):
        return Input(table, columns, table.schema.remove_metadata(), table.size)
    if isinstance(table, (QuadsTable, WarcTable)):
        return Input(table, columns, _schema(dict.fromkeys(table.names, str)), None)
    kinds: dict[str, set[type]] = {name: set() for name in table.names}
    rows = 0
    for row in table.rows():
        rows += 1
        for name, cell in ({} if isinstance(row, InputError) else _values(row, columns)).items():
            kinds[name].add(type(cell))
    return Input(table, columns, _schema({name: _kind(seen) for name, seen in kinds.items()}), rows)


def _values(row: Mapping[str, object], columns: Columns) -> dict[str, object]:
    """The cells of a row as a table stores them: words for what the verdict needs, plain values for the others."""
    words, simples = {columns.text, columns.title, columns.id}, {columns.date, columns.employer, columns.place}
    return {
        name: words_of(cell) if name in words else _storable(simple(cell) if name in simples else plain(cell))
        for name, cell in row.items()
    }


def _storable(value: object) -> object:
    if isinstance(value, int) and not SMALLEST_INTEGER <= value <= LARGEST_INTEGER:
        return str(value)
    return value


def _kind(seen: set[type]) -> type:
    """The type that holds all values of a column."""
    kinds = seen - {type(None)}
    if kinds == {int, float}:
        return float
    return kinds.pop() if len(kinds) == 1 else str


def _schema(kinds: Mapping[str, type]) -> pa.Schema:
    import pyarrow as pa

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    return pa.schema([(name, types[kind]) for name, kind in kinds.items()])


def _message(error: JobclassError, language: str) -> str:
    return error_text(error.code, error.details, language)


def _digest(path: str) -> str:
    try:
        with Path(path).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError:  # it becomes a row with an error, now as after a resume
        return "unreadable"

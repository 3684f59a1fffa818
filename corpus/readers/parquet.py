"""Parquet files, in small batches, whatever the size of their row groups."""

from __future__ import annotations

from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ...errors import InputError
from .extras import needed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from .rows import Row

BATCH = 100
"""Rows that are decoded at once."""

BUFFER = 1 << 20
"""Bytes read ahead of each column; without it whole row groups would be read into the memory."""


class ParquetTable:
    """A Parquet file.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns."""
        return tuple(self.schema.names)

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns with their types.

        Raises:
            InputError: the file is no Parquet, or pyarrow is missing.
        """
        with self._opened() as file:
            return file.schema_arrow

    @cached_property
    def size(self) -> int:
        """The number of rows."""
        with self._opened() as file:
            return int(file.metadata.num_rows)

    def batches(self, most: int = BATCH) -> Iterator[pa.RecordBatch]:
        """The rows as Arrow record batches of `most` rows or fewer."""
        with self._opened() as file:
            yield from file.iter_batches(batch_size=min(most, BATCH))

    def rows(self) -> Iterator[Row]:
        """The rows as mappings of column to value."""
        for batch in self.batches():
            columns = [values_of(column) for column in batch.columns]
            for cells in zip(*columns, strict=True):
                yield dict(zip(batch.schema.names, cells, strict=True))

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        parquet = needed("pyarrow.parquet", "bulk", self.path)
        arrow = needed("pyarrow", "bulk", self.path)
        try:
            with parquet.ParquetFile(self.path, buffer_size=BUFFER, pre_buffer=False) as file:
                yield file
        except (arrow.ArrowException, OSError) as error:
            if isinstance(error, OSError) and error.errno:
                raise InputError("E101", path=self.path, problem=error.strerror) from error
            raise InputError("E144", path=self.path, kind="Parquet", problem=error) from error


def values_of(column: pa.Array | pa.ChunkedArray) -> list[object]:
    """The values of a column; what Python cannot hold (broken UTF-8, times in nanoseconds) as near as it can."""
    if "[ns" in str(column.type):  # or pandas, where it is installed, would make objects of its own
        column = column.cast("string")
    try:
        return list(column.to_pylist())
    except ValueError:
        return [_value(cell) for cell in column]


def _value(cell: pa.Scalar) -> object:
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes().decode("utf-8", "replace") if hasattr(cell, "as_buffer") else None

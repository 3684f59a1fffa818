"""A labelled table as a file: Parquet, CSV or JSON Lines, written part by part."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

from ..bulk import TEXT
from ..readers.parquet import values_of
from ..spreadsheet import guarded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

GROUP = 10_000
"""Rows of a row group; larger ones read faster but cost memory."""


def write_parquet(path: Path, schema: pa.Schema, parts: Iterable[pa.Table]) -> None:
    """Writes Parquet; values keep their types."""
    import pyarrow as pa
    from pyarrow import parquet

    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        held: list[pa.Table] = []
        for part in parts:
            held.append(part.replace_schema_metadata(None))
            if sum(table.num_rows for table in held) >= GROUP:
                writer.write_table(pa.concat_tables(held))
                held = []
        if held:
            writer.write_table(pa.concat_tables(held))


def write_jsonl(path: Path, schema: pa.Schema, parts: Iterable[pa.Table]) -> None:  # noqa: ARG001 -- every writer is called alike
    """Writes JSON Lines: an object a line with all columns, dates as ISO text."""
    with path.open("w", encoding="utf-8") as file:
        for row in _rows(parts):
            file.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")


def write_csv(path: Path, schema: pa.Schema, parts: Iterable[pa.Table]) -> None:
    """Writes CSV with a comma, UTF-8; lists and records as JSON, missing values as empty cells.

    What a spreadsheet would take for a formula is guarded, but not the text of the ad: offsets count in it.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(schema.names)
        for row in _rows(parts):
            writer.writerow([_cell(value) if name == TEXT else guarded(_cell(value)) for name, value in row.items()])


WRITERS: dict[str, Callable[[Path, pa.Schema, Iterable[pa.Table]], None]] = {
    "parquet": write_parquet,
    "jsonl": write_jsonl,
    "csv": write_csv,
}
"""What writes a table, by its format."""


def _rows(parts: Iterable[pa.Table]) -> Iterator[dict[str, Any]]:
    for part in parts:
        for cells in zip(*map(values_of, part.columns), strict=True):
            yield dict(zip(part.column_names, cells, strict=True))


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, (list, dict)) else value

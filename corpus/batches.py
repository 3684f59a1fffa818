"""Streams of Arrow record batches: built from rows, put together, numbered, brought to one schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ..errors import InputError
from .bulk import NUMBER, PROBLEM
from .readers.cells import plain
from .readers.parquet import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    import pyarrow as pa

SIZE = 500
"""Rows of a batch: what a process labels at a time, and the most it loses when it is killed."""

HEAVIEST = 50_000_000
"""Bytes of a batch; one that reaches them is full, however few its rows."""


def text_field(name: str) -> pa.Field:
    """A column of text."""
    import pyarrow as pa

    return pa.field(name, pa.string())


def built(rows: Iterable[Mapping[str, object]], schema: pa.Schema, size: int) -> Iterator[pa.RecordBatch]:
    """Rows as batches that are full by number or by weight; if the rows break off, those before go out first."""
    import pyarrow as pa

    held: list[dict[str, object]] = []
    weight = 0
    try:
        for row in rows:
            held.append({name: _stored(cell, schema.field(name).type) for name, cell in row.items()})
            weight += sum(len(cell) for cell in row.values() if isinstance(cell, str))
            if len(held) >= size or weight >= HEAVIEST:
                yield pa.RecordBatch.from_pylist(held, schema=schema)
                held, weight = [], 0
    except InputError:
        if held:
            yield pa.RecordBatch.from_pylist(held, schema=schema)
        raise
    if held:
        yield pa.RecordBatch.from_pylist(held, schema=schema)


def _stored(cell: object, kind: pa.DataType) -> object:
    """A cell as its column stores it; in a column with values of several kinds all become text."""
    if str(kind) == "string" and cell is not None and not isinstance(cell, str):
        return json.dumps(cell)
    return cell


def gathered(batches: Iterable[pa.RecordBatch], size: int) -> Iterator[pa.RecordBatch]:
    """Small batches put together until they are full; none is ever split, so the same input gives the same batches."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        if sum(own.num_rows for own in held) >= size or sum(own.nbytes for own in held) >= HEAVIEST:
            yield _joined(held)
            held = []
    if held:
        yield _joined(held)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    import pyarrow as pa

    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)


def until_broken(
    batches: Iterator[pa.RecordBatch], schema: pa.Schema, worded: Callable[[InputError], str]
) -> Iterator[pa.RecordBatch]:
    """The batches of a file up to the place where it is broken; there stands one row that says why."""
    import pyarrow as pa

    try:
        yield from batches
    except InputError as error:
        yield pa.RecordBatch.from_pylist([{PROBLEM: worded(error)}], schema=schema)


def numbered(batches: Iterable[pa.RecordBatch], prefix: str) -> Iterator[pa.RecordBatch]:
    """Batches with a column that numbers all rows from 1, each number with the prefix before it."""
    import pyarrow as pa

    first = 1
    for batch in batches:
        numbers = [f"{prefix}{number}" for number in range(first, first + batch.num_rows)]
        yield batch.append_column(text_field(NUMBER), pa.array(numbers, pa.string()))
        first += batch.num_rows


def merged(schemas: Sequence[pa.Schema]) -> pa.Schema:
    """One schema with the columns of several; where the types of a column do not go together, it becomes text."""
    import pyarrow as pa

    fields: dict[str, pa.Field] = {}
    for field in (field for schema in schemas for field in schema):
        try:
            both = pa.unify_schemas(
                [pa.schema([fields.get(field.name, field)]), pa.schema([field])], promote_options="permissive"
            )
            fields[field.name] = both.field(0)
        except pa.ArrowException:
            fields[field.name] = pa.field(field.name, pa.string())
    return pa.schema(list(fields.values()))


def conformed(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """A batch with the columns of a merged schema; those it lacks are empty."""
    import pyarrow as pa

    arrays = [
        _cast(batch.column(field.name), field.type)
        if field.name in batch.schema.names
        else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _cast(column: pa.Array, kind: pa.DataType) -> pa.Array:
    import pyarrow as pa

    if column.type == kind:
        return column
    if pa.types.is_nested(column.type):
        return pa.array([plain(value) for value in values_of(column)], kind)
    return column.cast(kind)

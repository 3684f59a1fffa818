"""Ads in, verdicts out, as Arrow record batches: the one function that processes, Spark and own code call.

    batch = label_batch(batch, Labeller(), Columns(text="description", title="title", id="id"))

The result has the columns of `verdict_schema()` in that order, then the ad's text if it is wanted, then the other
columns of the input, a clashing name with `_input` behind it. A row that cannot be labelled keeps its place: `error`
says why, and of the verdict it has no more than id and title.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ..classifier.ad import FAMILIES, JUDGED_ROLES, ROLES, Ad
from ..classifier.plain import plain
from ..errors import InputError, JobclassError
from ..messages import UNPLACED, error_text
from .readers.cells import LARGEST_CELL, clean, simple, text_of, words_of
from .readers.columns import RENAMED, travelling
from .readers.extras import needed
from .readers.parquet import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pyarrow as pa

    from ..classifier.ad import Verdict
    from ..classifier.labeller import Labeller
    from .readers.columns import Columns

NUMBER = "jobclass:row"
"""A column a reader may add: the number of the row, which is its id if it has no other."""

PROBLEM = "jobclass:problem"
"""A column a reader may add: why it could not read the row."""

RENDERED = "jobclass:text"
"""A column a reader may add as the text: it is read already, and taken as it is."""

TEXT = "text"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user wants of the output.

    Attributes:
        title: the title of ads whose row has none.
        language: of the messages in `error`, `de` or `en`.
        with_text: whether the ad's text, which all offsets count in, gets a column.
    """

    title: str = ""
    language: str = "de"
    with_text: bool = False


@cache
def verdict_schema() -> pa.Schema:
    """The columns of a verdict: the names and values of its JSON, without lines, evidence and messages.

    Raises:
        InputError: pyarrow is not installed.
    """
    arrow = needed("pyarrow", "bulk", "label")
    text, real, whole = arrow.string(), arrow.float64(), arrow.int32()

    def each(names: Iterable[str], kind: pa.DataType) -> pa.DataType:
        return arrow.struct([(name, kind) for name in names])

    area = arrow.struct([("code", text), ("probability", real), ("basis", text), ("by", text)])
    duty = arrow.struct(
        [
            *(("start", whole), ("end", whole), ("text", text), ("areas", arrow.list_(area))),
            *(("grade", text), ("platform", text)),
        ]
    )
    return arrow.schema(
        [
            ("id", text),
            ("title", text),
            ("role", text),
            ("roles_involved", arrow.list_(text)),
            ("probabilities", each(JUDGED_ROLES, real)),
            ("rule_role", text),
            ("shares", each(ROLES, real)),
            ("weights", each(FAMILIES, real)),
            ("flags", arrow.list_(arrow.struct([("code", text), ("severity", whole), ("duties", arrow.list_(whole))]))),
            ("severity", whole),
            ("confusion", arrow.bool_()),
            ("title_roles", arrow.list_(text)),
            ("level", text),
            ("n_duties", whole),
            ("duties", arrow.list_(duty)),
            ("notes", arrow.list_(text)),
            ("error", text),
            ("tool", each(("version", "profile", "model"), text)),
        ]
    )


def label_batch(
    batch: pa.RecordBatch, labeller: Labeller, columns: Columns, wishes: Wishes | None = None
) -> pa.RecordBatch:
    """Labels the ads of a batch; the same batch always gives the same rows, in the same order.

    Args:
        batch: one ad a row.
        labeller: does the work.
        columns: which column of the batch holds what.
        wishes: what the user wants of the output.
    """
    arrow = needed("pyarrow", "bulk", "label")
    wishes = wishes or Wishes()
    read = words_of if columns.text == RENDERED else text_of
    rows = [_labelled(cells, read, labeller, wishes) for cells in _cells(batch, columns)]
    verdicts = arrow.RecordBatch.from_pylist(rows, schema=_own_schema(wishes))
    others = [_along(batch.column(name), known) for name, known in _others(batch.schema.names, columns, wishes).items()]
    schema = output_schema(batch.schema, columns, wishes)
    return arrow.RecordBatch.from_arrays([*verdicts.columns, *others], schema=schema)


def output_schema(schema: pa.Schema, columns: Columns, wishes: Wishes) -> pa.Schema:
    """The schema of the batches that come out for batches of a schema that go in."""
    own = _own_schema(wishes)
    for name, known in _others(schema.names, columns, wishes).items():
        own = own.append(schema.field(name).with_name(known).with_type(_type_along(schema.field(name).type, known)))
    return own


def _own_schema(wishes: Wishes) -> pa.Schema:
    import pyarrow as pa

    return verdict_schema().append(pa.field(TEXT, pa.string())) if wishes.with_text else verdict_schema()


def _others(names: Iterable[str], columns: Columns, wishes: Wishes) -> Mapping[str, str]:
    own = (name for name in names if name not in (NUMBER, PROBLEM))
    return travelling(own, columns, _own_schema(wishes).names)


def _type_along(kind: pa.DataType, known: str) -> pa.DataType:
    import pyarrow as pa

    return pa.string() if known in RENAMED and pa.types.is_nested(kind) else kind


def _along(column: pa.Array, known: str) -> pa.Array:
    """A column that travels; a date, an employer or a place that is a record becomes its words."""
    import pyarrow as pa

    kind = _type_along(column.type, known)
    if kind != column.type:
        return pa.array([simple(value) for value in values_of(column)], kind)
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:  # broken UTF-8, which other readers of the output would refuse
        return pa.array(values_of(column), kind)
    return column


def _cells(batch: pa.RecordBatch, columns: Columns) -> Iterator[dict[str, Any]]:
    """What labelling needs of each row."""
    wanted = {"text": columns.text, "title": columns.title, "id": columns.id, "number": NUMBER, "problem": PROBLEM}
    held = {key: values_of(batch.column(name)) for key, name in wanted.items() if name in batch.schema.names}
    for values in zip(*held.values(), strict=True):
        yield dict(zip(held, values, strict=True))


def _labelled(
    cells: dict[str, Any], read: Callable[[object], str], labeller: Labeller, wishes: Wishes
) -> dict[str, object]:
    """The row of an ad: its verdict, or the error that kept it from one."""
    name = words_of(cells.get("id")) or words_of(cells.get("number"))
    title = words_of(cells.get("title")).strip() or wishes.title
    row: dict[str, object] = {"id": name or None, "title": title}
    if cells.get("problem"):
        return row | {"error": cells["problem"]}
    try:
        ad = Ad(read(_checked(cells["text"], name)), title, name)
        row[TEXT] = ad.text
        return row | row_of(labeller.label(ad))
    except JobclassError as error:
        return row | {"error": error_text(error.code, error.at(name or UNPLACED).details, wishes.language)}
    except Exception as error:  # noqa: BLE001 -- one strange ad in a million must not end the run
        return row | {"error": error_text("E147", {"source": name, "problem": repr(error)}, wishes.language)}


def _checked(cell: object, name: str) -> object:
    if isinstance(cell, (str, bytes)) and len(cell) > LARGEST_CELL:
        raise InputError("E143", source=name, largest=LARGEST_CELL)
    return cell


def row_of(verdict: Verdict) -> dict[str, object]:
    """A verdict as one row of `verdict_schema()`, without its id; what has no column there is left out by Arrow."""
    title = verdict.title
    flat = {"title": clean(title.text), "title_roles": list(title.roles), "level": title.level}
    return plain(verdict) | flat | {"n_duties": len(verdict.duties)}

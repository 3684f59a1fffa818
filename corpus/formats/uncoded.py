"""Ads that nobody has coded yet, such as a sample, on their way into an annotation tool."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InputError
from ..gold import FORMATS as FORMS
from ..readers.cells import plain, text_of, words_of
from ..readers.columns import CLASH, column_for, recognise
from ..readers.tables import table_at
from .spans import Annotated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ..readers.columns import Columns

JUDGED = frozenset(
    (
        *("lines", "duties", "n_duties", "role", "roles_involved", "rule_role", "probabilities", "shares", "weights"),
        *("flags", "severity", "confusion", "title_roles", "level", "notes", "error", "tool"),
    )
)
"""Columns of verdicts and codings, which stay behind: coders are not to see what others found."""
_OWN = ("format", "source")
"""Fields that stand apart from the further ones."""


def read(path: Path) -> Iterator[Annotated]:
    """The ads of a table, without any judgement; further fields travel along.

    Args:
        path: any table that `jobclass label` reads.

    Raises:
        InputError: it is no table, no column holds the text, a row has none, or an id stands there twice.
    """
    table = table_at(path)
    if not column_for("text", table.names):
        raise InputError("E535", path=path, columns=", ".join(table.names))
    columns = recognise(table.names, {}, str(path))
    known: dict[str, str] = {}
    for number, row in enumerate(table.rows(), 1):
        where = f"{path}#{number}"
        if isinstance(row, InputError):
            raise row.at(where)
        ad = _ad(row, columns, where, str(number))
        if ad.id in known:
            raise InputError("E526", where=where, id=ad.id, first=known[ad.id])
        known[ad.id] = where
        yield ad


def _ad(row: Mapping[str, object], columns: Columns, where: str, number: str) -> Annotated:
    cell = words_of(row.get(columns.text))
    text = text_of(cell)
    if not text.strip():
        raise InputError("E102", source=where)
    form = plain(row.get("format")) or "text"
    taken = {*_OWN, *JUDGED, columns.text, columns.title, columns.id}
    further = {name: plain(value) for name, value in row.items() if name.removesuffix(CLASH) not in taken}
    if form not in FORMS:  # a column of the user's that has nothing to do with the form of the text
        further["format" + CLASH], form = form, "text"
    return Annotated(
        text,
        role="",
        id=words_of(row.get(columns.id)) or number,
        title=words_of(row.get(columns.title)).strip(),
        format="markdown" if text != cell or form == "html" else str(form),
        source=words_of(row.get("source")),
        extra={name: value for name, value in further.items() if value is not None},
    )

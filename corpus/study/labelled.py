"""Labelled ads as the measuring side reads them, row by row, from any table.

A row is what `jobclass label` writes: the columns of a labelled table, or a verdict in JSON. Other columns (year,
source, employer, place, weight …) travel along.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from ...classifier.ad import ROLES, family_of
from ...classifier.title import read_title
from ...errors import InputError
from ...messages import UNPLACED
from ..readers.cells import words_of
from ..readers.columns import columns_for, folded
from ..readers.delimited import DelimitedTable
from ..readers.tables import table_at
from ..readers.xlsx import XlsxTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

Row = dict[str, Any]

TITLE_GROUPS = (*ROLES, "double", "other")
"""What a title names: one role, two or more of them, or none."""

UNKNOWN = "?"
"""What a row does not say."""

DATES = ("date", "datum")
"""Plain names of a date, which count before all others."""

YEARS = ("year", "jahr")
"""Names of a date that is a year alone, and goes with one that tells the day."""

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class LabelledDuty:
    """A duty of a labelled ad; its first code governs."""

    text: str
    codes: tuple[str, ...]
    platform: str = ""

    @property
    def family(self) -> str:
        """The family of the governing code."""
        return family_of(self.codes[0])


@dataclass(frozen=True, slots=True)
class LabelledAd:
    """A labelled ad, or a hand-coded one in the same shape.

    Attributes:
        title_group: one of `TITLE_GROUPS`.
        shares: share of each role in the evidence.
        flags: codes of its flags with their severity.
        weight: what the ad counts; 1 if the table has no column `weight`.
        fields: the ad's other columns, as text.
        inclusion: probability with which the row itself was drawn into the table; 1 if the table does not say.
    """

    id: str
    title: str
    title_group: str
    role: str
    duties: tuple[LabelledDuty, ...]
    shares: Mapping[str, float]
    flags: Mapping[str, int]
    severity: int
    confusion: bool
    weight: float = 1.0
    fields: Mapping[str, str] = field(default_factory=dict)
    inclusion: float = 1.0


def rows(path: Path, *, lenient: bool = False) -> Iterator[Row]:
    """The rows of a table, streamed; read as `jobclass label` reads tables.

    Args:
        path: any table (`readers.tables.FORMATS`); nested values of CSV and Excel are JSON in their cells.
        lenient: a row that cannot be read becomes one with an `error`, as it does in `label`.

    Raises:
        InputError: the file cannot be read, or its ending is that of no table; or a row cannot be read.
    """
    table = table_at(path)
    flat = isinstance(table, (DelimitedTable, XlsxTable))
    for number, row in enumerate(table.rows(), 1):
        if not isinstance(row, InputError):
            yield {name: _cell(value) for name, value in row.items()} if flat else row
        elif lenient:
            yield {"error": row.code}
        else:
            raise InputError("E511", where=f"{path}#{number}", problem=row.details.get("problem", row.code))


def _cell(value: object) -> object:
    """A cell of CSV or Excel: JSON where it looks like a list, an object or a truth value, else as it is."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    if value[0] in "[{" or value.lower() in ("true", "false"):
        try:
            return json.loads(value.lower() if value[0] not in "[{" else value)
        except (ValueError, RecursionError):
            return value
    return value


def identity_of(row: Mapping[str, Any]) -> str:
    """The id of a row; of a verdict, what it was read from."""
    found = row.get("id")
    return str(row.get("source") or "") if found in (None, "") else str(found)


def title_group(roles: Iterable[str]) -> str:
    """What a title names, from the roles in it."""
    named = [role for role in roles if role in ROLES]
    return "other" if not named else named[0] if len(named) == 1 else "double"


def value_of(row: Mapping[str, Any], name: str) -> str:
    """A column of a row as text: `title` is what the title names, `year` is looked for in the date.

    Raises:
        InputError: a year is asked for, and several columns hold a date.
    """
    if name == "title":
        return title_group(_title_roles(row))
    if name == "level" and isinstance(row.get("title"), dict):
        return str(row["title"].get("level") or UNKNOWN)
    if row.get(name) not in (None, ""):
        return words_of(row[name])
    date = date_of(row) if name in ("date", "year") else ""
    return (_year_in(date) if name == "year" else date) or UNKNOWN


def _year_in(date: str) -> str:
    found = _YEAR.search(date)
    return found.group() if found else ""


def date_of(row: Mapping[str, Any]) -> str:
    """The date of a row as text: from `date` or `Datum`, else from a column that is called as dates usually are.

    Raises:
        InputError: several columns hold one, each another, and none of them has a plain name.
    """
    told = {name: words for name in named_as("date", tuple(row)) if (words := words_of(row[name]))}
    plain = [name for name in told if folded(name) in DATES]
    if plain:
        date = told["date" if "date" in told else plain[0]]
        return "" if date == UNKNOWN else date
    days = {name: words for name, words in told.items() if folded(name) not in YEARS}
    if len(set(days.values())) > 1:
        raise InputError("E527", columns=", ".join(days), first=next(iter(days)))
    return next(iter((days or told).values()), "")


@lru_cache(maxsize=256)
def named_as(field: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those columns of a row that are called as a field usually is; what stands first is likeliest."""
    return tuple(columns_for(field, names))


def dated(rows: Iterable[Row], column: str) -> Iterator[Row]:
    """The rows with another column as their `date`, and as what tells the `year`.

    A row that is empty there has no date, whatever its other columns say.

    Args:
        rows: of a table.
        column: the one that counts.
    """
    for row in rows:
        date = words_of(row.get(column)) or UNKNOWN
        yield row | {"date": date, "year": _year_in(date)}


def ensure_column(path: Path, column: str) -> None:
    """Refuses a column that no row of a table has, before there is any work with its rows.

    Raises:
        InputError: there is no such column; or the table cannot be read.
    """
    names = table_at(path).names
    if column not in names:
        raise InputError("E141", path=path, column=column, columns=", ".join(names))


def columns_in(row: Mapping[str, Any]) -> Iterator[str]:
    """The columns of a row that `value_of` knows."""
    yield from row
    if named_as("date", tuple(row)):
        yield "year"
    if isinstance(row.get("title"), dict):
        yield "level"


def title_text(row: Mapping[str, Any]) -> str:
    """The title of a row, as written."""
    title = row.get("title")
    return str(title.get("text", "") if isinstance(title, dict) else title or "")


def _title_roles(row: Mapping[str, Any]) -> tuple[str, ...]:
    title = row.get("title")
    if isinstance(title, dict):
        return tuple(title["roles"])
    if row.get("title_roles") is not None:
        if isinstance(row["title_roles"], str):
            raise ValueError(row["title_roles"])
        return tuple(row["title_roles"])
    return read_title(str(title or "")).roles


def _truth(value: object) -> bool:
    """A truth value, as programs write it that made another table of ours."""
    known = {"true": True, "1": True, "1.0": True, "false": False, "0": False, "0.0": False}
    if str(value).casefold() not in known:
        raise ValueError(value)
    return known[str(value).casefold()]


def was_refused(row: Mapping[str, Any]) -> bool:
    """Whether a row holds an error instead of a verdict."""
    return bool(row.get("error")) or row.get("role") is None


def labelled_ad(row: Mapping[str, Any], fields: Iterable[str] = (), where: str = "") -> LabelledAd:
    """A labelled ad from its row.

    Args:
        row: a row with a verdict.
        fields: columns to keep as text.
        where: names the row in errors.

    Raises:
        InputError: a column is missing or holds something else.
    """
    try:
        severity = _whole(row["severity"])
        return LabelledAd(
            id=identity_of(row),
            title=title_text(row),
            title_group=title_group(_title_roles(row)),
            role=str(row["role"]),
            duties=tuple(_duty(duty) for duty in row["duties"]),
            shares={role: float(row["shares"][role]) for role in ROLES},
            flags={flag["code"]: int(flag["severity"]) for flag in row["flags"]},
            severity=severity,
            confusion=_truth(row["confusion"]),
            weight=_weight(row.get("weight")),
            fields={name: value_of(row, name) for name in fields},
            inclusion=_weight(row.get("inclusion")),
        )
    except KeyError as error:
        raise InputError("E512", where=where, column=error.args[0]) from error
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise InputError("E511", where=where, problem=repr(error)) from error


def _duty(duty: Mapping[str, Any]) -> LabelledDuty:
    codes = tuple(area["code"] for area in duty["areas"])
    if not codes:
        message = f"the duty {duty['text']!r} has no area"
        raise ValueError(message)
    return LabelledDuty(str(duty["text"]), codes, str(duty.get("platform") or ""))


def _whole(value: object) -> int:
    """A whole number, which other programs may have written as 2.0."""
    number = float(cast("float", value))
    if not number.is_integer():
        message = f"{value!r} is no whole number"
        raise ValueError(message)
    return int(number)


def _weight(value: object) -> float:
    """The weight of a row; weights are positive numbers."""
    if value in (None, ""):
        return 1.0
    weight = float(cast("float", value))
    if not 0 < weight < float("inf"):
        message = f"the weight {value!r} is no positive number"
        raise ValueError(message)
    return weight


def tool_of(row: Mapping[str, Any]) -> str:
    """Version, profile and model a row was labelled with, in one line.

    Raises:
        InputError: the column holds something else.
    """
    tool = row.get("tool") or {}
    if not isinstance(tool, dict):
        raise InputError("E511", where=row.get("id") or UNPLACED, problem=f"tool is {tool!r:.60}")
    return " · ".join(f"{name} {tool[name]}" for name in ("version", "profile", "model") if name in tool)

"""Which column of a table holds the text of an ad, its title, id, date, employer and place."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ...classifier.table import Table as Toml
from ...errors import InputError, ProfileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of a table's columns by what they hold; empty where the table has none."""

    text: str
    title: str = ""
    id: str = ""
    date: str = ""
    employer: str = ""
    place: str = ""

    @property
    def known(self) -> frozenset[str]:
        """The names that are in use."""
        return frozenset(name for field in FIELDS if (name := getattr(self, field)))


FIELDS = tuple(field.name for field in fields(Columns))
RENAMED = ("date", "employer", "place")
"""Fields that travel to the output under these names; what else a table has keeps its own names."""

CLASH = "_input"
"""Ending of a column whose name the output needs for itself."""


def recognise(names: Sequence[str], chosen: Mapping[str, str], where: str) -> Columns:
    """Finds the columns of a table by the names people give them.

    Args:
        names: the table's columns, in their order.
        chosen: column by field, where the user said so; goes before any recognition.
        where: the table, as errors name it.

    Raises:
        InputError: a chosen column does not exist, or no column holds the text.
    """
    for column in chosen.values():
        if column not in names:
            raise InputError("E141", path=where, column=column, columns=_listed(names))
    taken = set(chosen.values())
    found = {field: chosen.get(field) or _recognised(field, names, taken) for field in FIELDS}
    if not found["text"]:
        raise InputError("E140", path=where, columns=_listed(names))
    return Columns(**found)


def _recognised(field: str, names: Iterable[str], taken: set[str]) -> str:
    return column_for(field, (name for name in names if name not in taken))


def column_for(field: str, names: Iterable[str]) -> str:
    """The table's column for a field: the one whose name stands first in the list, if any."""
    return next(iter(columns_for(field, names)), "")


def columns_for(field: str, names: Iterable[str]) -> list[str]:
    """All of the table's columns that are called as a field is, in the order of the list."""
    order = known_names()[field]
    return sorted((name for name in names if folded(name) in order), key=lambda name: order[folded(name)])


def travelling(names: Iterable[str], columns: Columns, taken: Iterable[str] = ()) -> dict[str, str]:
    """The columns that travel to the output, each with its name there: date, employer and place first.

    A name that is taken already gets the suffix `_input`.

    Args:
        names: the table's columns.
        columns: what they hold; text, title and id do not travel.
        taken: names of the output that are in use.
    """
    names = list(names)
    renamed = {name: field for field in RENAMED if (name := getattr(columns, field)) in names}
    used = set(taken)
    result = {}
    for name in (*renamed, *(name for name in names if name not in columns.known)):
        wanted = renamed.get(name, name)
        while wanted in used:
            wanted += CLASH
        used.add(wanted)
        result[name] = wanted
    return result


def folded(name: str) -> str:
    """A column name without case, blanks and punctuation."""
    return "".join(char for char in name.casefold() if char.isalnum())


@cache
def known_names() -> dict[str, dict[str, int]]:
    """For each field the folded names of `columns.toml` with their rank.

    Raises:
        ProfileError: the file is wrong, or a name stands under two fields.
    """
    file = _file()
    owners: dict[str, str] = {}
    result: dict[str, dict[str, int]] = {}
    for field in FIELDS:
        table = file.table(field)
        names = [folded(name) for source in table.values for name in table.strings(source)]
        for name in names:
            if owners.setdefault(name, field) != field:
                raise ProfileError("E303", where=table.where, key=name, kind="in one field only", value=owners[name])
        result[field] = {name: rank for rank, name in reversed(list(enumerate(names)))}
    return result


@cache
def keys_inside() -> tuple[str, ...]:
    """The keys under which a nested value keeps its words."""
    return _file().table("inside").strings("keys")


@cache
def _file() -> Toml:
    return Toml.read(files(__package__) / "columns.toml")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"

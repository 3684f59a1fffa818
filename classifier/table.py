"""Reads a TOML file key by key, and says which file, which key and which cure when something is wrong."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

import tomli

from ..errors import ProfileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

T = TypeVar("T")


class Table:
    """A TOML table that knows where it stands and which of its keys were read.

    Args:
        where: file and table, as errors name it (`cm.toml [area 2]`).
        values: the parsed table.
    """

    __slots__ = ("_seen", "values", "where")

    def __init__(self, where: str, values: Mapping[str, object]) -> None:
        self.where = where
        self.values = values
        self._seen: set[str] = set()

    @classmethod
    def read(cls, file: Traversable) -> Table:
        """Parses a TOML file.

        Raises:
            ProfileError: the file is missing or is no TOML.
        """
        try:
            return cls(file.name, tomli.loads(file.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
            raise ProfileError("E301", file=file.name, problem=error) from error

    def _get(self, key: str, kind: type[T], default: T | None) -> T:
        self._seen.add(key)
        value = self.values.get(key, default)
        if value is None:
            raise ProfileError("E302", where=self.where, key=key, kind=_NAMES[kind])
        if kind is float and isinstance(value, int) and not isinstance(value, bool):
            value = float(value)  # TOML writes 1 for 1.0
        if not isinstance(value, kind):
            raise ProfileError("E303", where=self.where, key=key, kind=_NAMES[kind], value=value)
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """The string at `key`; without a default it must be there."""
        return self._get(key, str, default)

    def number(self, key: str, default: float | None = None) -> float:
        """The number at `key`."""
        return self._get(key, float, default)

    def strings(self, key: str, default: list[str] | None = None) -> tuple[str, ...]:
        """The list of strings at `key`."""
        values = self._get(key, list, default)
        for value in values:
            if not isinstance(value, str):
                raise ProfileError("E303", where=self.where, key=key, kind="a list of strings", value=value)
        return tuple(values)

    def texts(self, key: str, default: dict[str, str] | None = None) -> dict[str, str]:
        """The table of strings at `key`, such as `{de = "…", en = "…"}`."""
        table = self._get(key, dict, default)
        for value in table.values():
            if not isinstance(value, str):
                raise ProfileError("E303", where=self.where, key=key, kind="a table of strings", value=value)
        return dict(table)

    def table(self, key: str) -> Table:
        """The table at `key`."""
        return Table(f"{self.where} [{key}]", self._get(key, dict, None))

    def tables(self, key: str) -> Iterator[Table]:
        """The tables of the array of tables at `key`, none if it is missing."""
        for number, values in enumerate(self._get(key, list, []), 1):
            if not isinstance(values, dict):
                raise ProfileError("E303", where=self.where, key=key, kind="an array of tables", value=values)
            yield Table(f"{self.where} [[{key}]] {number}", values)

    def children(self) -> Iterator[tuple[str, Table]]:
        """All values of this table, each of which must be a table."""
        for key in self.values:
            yield key, self.table(key)

    def finish(self) -> None:
        """Refuses keys that nobody asked for, and names the nearest that exists."""
        for key in self.values:
            if key not in self._seen:
                near = get_close_matches(key, self._seen, 1)
                raise ProfileError("E304", where=self.where, key=key, near=near[0] if near else sorted(self._seen))


_NAMES: dict[type, str] = {
    str: "a string",
    float: "a number",
    list: "a list",
    dict: "a table",
}

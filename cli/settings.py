"""The settings a user wrote: which file they stand in, their values, and the line of each key."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OWN_FILE = "jobclass.toml"
SHARED_FILE = "pyproject.toml"
SHARED_TABLE = ("tool", "jobclass")

LARGEST = 1_000_000
"""Bytes; a configuration is written by hand."""

Keys = tuple["str | int", ...]
"""A path into the settings; a number is the place in an array of tables, from 0."""

_HEADER = re.compile(r"\s*(\[\[?)([^\]]+)\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*[.=]""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file that was read.

    Attributes:
        file: the file.
        values: the table of jobclass in it.
        text: the whole file, to tell lines.
        inside: the keys that lead to the table.
    """

    file: Path
    values: dict[str, Any]
    text: str
    inside: tuple[str, ...] = ()

    def where(self, keys: Keys) -> str:
        """File and line of a key, or of the nearest table around it."""
        return f"{self.file}:{line_of(self.text, (*self.inside, *keys))}"


def find_settings(folder: Path) -> Settings:
    """The settings that hold in a folder: its own file or table, or that of the nearest folder above; empty if none.

    Raises:
        ConfigurationError: a file is there but cannot be read.
    """
    for place in (folder, *folder.parents):
        if (place / OWN_FILE).is_file():
            return read_settings(place / OWN_FILE)
        if (place / SHARED_FILE).is_file() and (found := read_settings(place / SHARED_FILE)).values:
            return found
    return Settings(folder / OWN_FILE, {}, "")


def read_settings(file: Path) -> Settings:
    """Reads a settings file; of a `pyproject.toml` only the table `[tool.jobclass]`.

    Raises:
        ConfigurationError: the file is missing, too large, or no TOML.
    """
    try:
        if file.stat().st_size > LARGEST:
            raise ConfigurationError("E401", file=file, problem=f"> {LARGEST} bytes")
        text = file.read_text(encoding="utf-8")
        values: Any = tomllib.loads(text)
    except (OSError, ValueError) as error:  # no UTF-8 and no TOML are ValueErrors
        raise ConfigurationError("E401", file=file, problem=getattr(error, "strerror", None) or error) from error
    inside = SHARED_TABLE if file.name == SHARED_FILE else ()
    for key in inside:
        values = values.get(key, {}) if isinstance(values, dict) else {}
    return Settings(file, values if isinstance(values, dict) else {}, text, inside)


def line_of(text: str, keys: Sequence[str | int]) -> int:
    """The line of a key in a TOML text, from 1; that of the nearest table around it where the key is not found.

    `tomllib` tells no lines. Headers and keys at the beginning of a line are enough for settings written by hand.
    """
    best, deepest = 1, 0
    table: tuple[str | int, ...] = ()
    arrays: Counter[tuple[str | int, ...]] = Counter()
    for number, row in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(row):
            table = _parts(header[2])
            here: tuple[str | int, ...] = table
            if header[1] == "[[":
                table = here = (*table, arrays[table])
                arrays[table[:-1]] += 1
        elif key := _KEY.match(row):
            here = (*table, *_parts(key[1]))
        else:
            continue
        if len(here) > deepest and here == tuple(keys[: len(here)]):
            best, deepest = number, len(here)
    return best


def _parts(text: str) -> tuple[str | int, ...]:
    return tuple("".join(found) for found in _PART.findall(text))

"""The words people read: errors, flags, notes and terms, in German and English, from reviewed TOML files."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import tomli

if TYPE_CHECKING:
    from collections.abc import Mapping

LANGUAGES = ("de", "en")

UNPLACED = "?"
"""How an error names its place as long as nobody told it: a function that reads bytes does not know their file."""

Entry = dict[str, Any]
"""A table of a message file: texts by language, and plain values."""


@cache
def entries(name: str) -> dict[str, Entry]:
    """All entries of one file: `errors`, `flags`, `notes` or `terms`."""
    return tomli.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def text(entry: Mapping[str, object], key: str, language: str, values: Mapping[str, object] | None = None) -> str:
    """One text of an entry, with its placeholders filled.

    Args:
        entry: an entry of `entries`.
        key: such as `message` or `explain`.
        language: `de` or `en`.
        values: for the placeholders.
    """
    found = entry[key]
    wording = found[language] if isinstance(found, dict) else str(found)
    return wording.format_map(values) if values is not None else wording


def term(group: str, name: str, language: str) -> str:
    """A term of the report, such as the name of a role."""
    return text(entries("terms")[group], name, language)


def phrase(group: str, name: str, language: str, /, **values: object) -> str:
    """A phrase of the researcher's commands, with its placeholders filled."""
    return text(entries("research")[group], name, language, values)


def in_percent(share: float) -> str:
    """A share as whole per cent.

    >>> in_percent(0.416)
    '42 %'
    """
    return f"{100 * share:.0f} %"


def meant(near: str, language: str) -> str:
    """The question whether a known word was meant, to stand behind a sentence; nothing without such a word."""
    return " " + text(entries("terms")["words"], "meant", language, {"near": near}) if near else ""


def error_text(code: str, details: Mapping[str, object], language: str = "en") -> str:
    """The line that is printed for an error: its code, what happened, where, what to do."""
    placed = {"path": UNPLACED, "source": UNPLACED, **details}
    values = {key: value if isinstance(value, (int, float)) else _one_line(value) for key, value in placed.items()}
    if "hint" in values:
        values["hint"] = meant(str(values["hint"]), language)
    return f"{code} {text(entries('errors')[code], 'text', language, values)}"


def _one_line(value: object) -> str:
    """A value without control characters, so that a hostile path cannot break the line."""
    return "".join(char if char.isprintable() else "�" for char in str(value))[:300]

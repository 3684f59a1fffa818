"""JSON and JSON Lines: one record an ad, whatever keys each of them has."""

from __future__ import annotations

import json
from functools import cached_property, partial
from itertools import islice
from typing import TYPE_CHECKING

from ...errors import InputError
from .cells import clean
from .columns import folded, known_names
from .text_stream import Lines, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .rows import Row

LARGEST_JSON = 200_000_000
"""Characters of a JSON file, which has to be read as a whole; JSON Lines may have any size."""

BLOCK = 1_000_000
"""Characters that are read at once: Python sets memory aside for as many, however short the file is."""

POSTING = "JobPosting"

VERDICT = "rule_role"
"""A key that every verdict has."""


class JsonLinesTable:
    """A file with one JSON object a line.

    Args:
        path: the file; may be packed with gzip.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All keys of all rows, in the order they first appear; the file is read once for them."""
        return keys_of(self.rows())

    def rows(self) -> Iterator[Row]:
        """The objects, or an error in the place of a line that holds none."""
        with opened(self.path) as file:
            for line in Lines(file, self.path).or_errors():
                if isinstance(line, InputError):
                    yield line
                elif line.strip():
                    yield _parsed(line)


class JsonTable:
    """A JSON file: a list of objects, an object with such a list inside, or one object.

    Args:
        path: the file; may be packed with gzip.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All keys of all rows, in the order they first appear."""
        return keys_of(self.rows())

    def rows(self) -> Iterator[Row]:
        """The objects.

        Raises:
            InputError: the file is too large or no JSON.
        """
        for item in self._items:
            yield _row(item)

    @cached_property
    def _items(self) -> list[object]:
        with opened(self.path) as file:
            text = "".join(islice(iter(partial(file.read, BLOCK), ""), LARGEST_JSON // BLOCK + 1))
        if len(text) > LARGEST_JSON:
            raise InputError("E145", path=self.path, largest=LARGEST_JSON)
        try:
            return _postings(_records(json.loads(text)))
        except (ValueError, RecursionError) as error:
            raise InputError("E144", path=self.path, kind="JSON", problem=error) from error


def _parsed(line: str) -> Row:
    try:
        return _row(json.loads(line))
    except (ValueError, RecursionError) as error:
        return InputError("E142", problem=error)


def _row(item: object) -> Row:
    if not isinstance(item, dict):
        return InputError("E142", problem="no JSON object")
    return {clean(name): value for name, value in item.items()}


def _records(content: object) -> list[object]:
    """The rows of a document: the list itself, the longest list of objects in an object, or the object alone."""
    if isinstance(content, list):
        return content
    if isinstance(content, dict):
        inner = [value for value in content.values() if isinstance(value, list) and _all_objects(value)]
        if inner and not _is_row(content):  # a posting or a coded ad may have lists of objects too: places, duties
            return max(inner, key=len)
    return [content]


def _is_row(content: dict[str, object]) -> bool:
    """Whether an object is an ad in itself: it has a text, or the judgement of one."""
    texts = known_names()["text"]
    return VERDICT in content or any(
        folded(clean(name)) in texts and not isinstance(value, list) for name, value in content.items()
    )


def _all_objects(values: list[object]) -> bool:
    return bool(values) and all(isinstance(value, dict) for value in values)


def _postings(items: list[object]) -> list[object]:
    """The postings of a schema.org graph; rows without types stay as they are."""
    found: list[object] = [item for item in items if isinstance(item, dict) and item.get("@type") == POSTING]
    return found or items


def keys_of(rows: Iterator[Row]) -> tuple[str, ...]:
    """The keys of all rows, in the order they first appear."""
    found: dict[str, None] = {}
    for row in rows:
        if not isinstance(row, InputError):
            found |= dict.fromkeys(row)
    return tuple(found)

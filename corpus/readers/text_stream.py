"""Text files of any size, line by line: encoding found, gzip undone, no line too long for the memory."""

from __future__ import annotations

import gzip
import zlib
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, cast

from ...errors import InputError
from .encoding import LATIN, encoding_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO

LARGEST_ROW = 16_000_000
"""Characters of a line; a longer one is passed over without being kept."""

SAMPLE = 1_000_000
"""Bytes at the start that decide the encoding."""

_GZIP = b"\x1f\x8b"


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A text file for reading, line ends as they are.

    Raises:
        InputError: the file cannot be read, or a compressed one is broken.
    """
    try:
        with unpacked(path) as file:
            encoding = encoding_of(file.read(SAMPLE), whole=False) or LATIN
        with unpacked(path) as file, TextIOWrapper(file, encoding, errors="replace", newline="") as text:
            yield text
    except (OSError, EOFError, zlib.error) as error:
        raise InputError("E101", path=path, problem=getattr(error, "strerror", None) or error) from error


def unpacked(path: Path) -> IO[bytes]:
    """The bytes of a file; what gzip packed is unpacked as it is read."""
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast("IO[bytes]", gzip.open(path)) if packed else path.open("rb")


class Lines:
    """The lines of a text file; one that is too long raises an error in its place, and the next call goes on.

    Args:
        file: the open file.
        where: the file, as errors name it.
    """

    def __init__(self, file: TextIO, where: object) -> None:
        self._file = file
        self._where = where

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LARGEST_ROW)
        if not line:
            raise StopIteration
        if len(line) == LARGEST_ROW and not line.endswith("\n"):
            self._skip()
            raise InputError("E143", source=self._where, largest=LARGEST_ROW)
        return line

    def or_errors(self) -> Iterator[str | InputError]:
        """The lines, and in the place of one that is too long the error."""
        while True:
            try:
                yield next(self)
            except StopIteration:
                return
            except InputError as error:
                yield error

    def _skip(self) -> None:
        while (rest := self._file.readline(LARGEST_ROW)) and not rest.endswith("\n"):
            pass

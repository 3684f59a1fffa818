"""Where results go: the terminal, or a file that appears only when it is complete."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import TextIO


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """A text file to write results to: standard output, or a file under a temporary name that is renamed at the end.

    Raises:
        InputError: the file cannot be written; an existing one is left as it was.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        # A name of a file may hold bytes that are no text; JSON can spell them.
        with temporary.open("w", encoding="utf-8", errors="backslashreplace") as file:
            yield file
        temporary.replace(path)
    except OSError as error:
        raise InputError("E112", path=path, problem=error.strerror or error) from error
    finally:
        temporary.unlink(missing_ok=True)


def written(path: Path, data: bytes) -> None:
    """Writes a file under a temporary name and renames it.

    Raises:
        InputError: the file cannot be written; an existing one is left as it was.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        raise InputError("E112", path=path, problem=error.strerror or error) from error
    finally:
        temporary.unlink(missing_ok=True)

"""Files that are written whole: under a temporary name, which gives way to their own when all is on the disk."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from .errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacing(path: Path, *, shared: bool = False) -> Iterator[Path]:
    """The name to write a file under, which takes its place at the end; it survives the loss of power as well.

    Args:
        path: the file.
        shared: whether another process may write the same file at the same time. Then each has a name of its own, and
            one that is killed leaves it behind; else the next run takes it over.

    Raises:
        InputError: the file cannot be written; an existing one is left as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp" if shared else f".{path.name}.tmp")
    try:
        yield temporary
        with temporary.open("r+b") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise InputError("E112", path=path, problem=error.strerror or error) from error
    finally:
        with suppress(OSError):  # it has no file if its name is too long
            temporary.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    """Writes a file whole.

    Raises:
        InputError: it cannot be written; an existing one is left as it was.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)

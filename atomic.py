"""Files that are written whole: under a temporary name, which gives way to their own when all is on the disk."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, EISDIR, ENOSPC, EROFS
from pathlib import Path
from stat import S_IMODE, S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from .errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_STREAMS = (1, 2)  # standard output and standard error
_ONLY_WRITING = frozenset({EDQUOT, EFBIG, ENOSPC, EROFS})
"""Problems that no reading has."""


@contextmanager
def replacing(path: Path, *, shared: bool = False) -> Iterator[Path]:
    """The name to write a file under, which takes its place at the end; it survives the loss of power as well.

    A link stays one: what it leads to is replaced. An existing file keeps its mode.

    Args:
        path: the file.
        shared: whether another process may write the same file at the same time. Then each has a name of its own, and
            one that is killed leaves it behind; else the next run takes it over.

    Raises:
        InputError: the file cannot be written; an existing one is left as it was. Other errors of the body, as of an
            input that it reads, pass.
    """
    with told(path):
        mode = ensure_replaceable(path)
        target = Path(os.path.realpath(path))
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp" if shared else f".{target.name}.tmp")
        temporary.unlink(missing_ok=True)
        # Nobody may read on the way what only its owner may read at the end.
        temporary.touch(0o666 if mode is None else 0o600, exist_ok=False)
    try:
        yield temporary
        with told(path):
            _put(temporary, target, mode)
    except OSError as error:
        if error.errno not in _ONLY_WRITING:
            raise
        raise InputError("E112", path=path, problem=error.strerror or error) from error
    finally:
        with suppress(OSError):  # what went wrong before says more
            temporary.unlink(missing_ok=True)


def _put(temporary: Path, target: Path, mode: int | None) -> None:
    with temporary.open("r+b") as file:
        if mode is not None:
            temporary.chmod(mode)
        os.fsync(file.fileno())
    temporary.replace(target)
    with suppress(OSError):  # Windows opens no folder
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name
        finally:
            os.close(folder)


def write(path: Path, data: bytes) -> None:
    """Writes a file whole.

    Raises:
        InputError: it cannot be written; an existing one is left as it was.
    """
    with replacing(path) as temporary, told(path):
        temporary.write_bytes(data)


def ensure_replaceable(path: Path) -> int | None:
    """Refuses what is there and cannot give way to a file: a folder, a device, a pipe, where standard output goes.

    Returns:
        The mode of an existing file; None if there is none.

    Raises:
        InputError: it is no file, or cannot be looked for.
    """
    with told(path):
        try:
            status = path.stat()
        except FileNotFoundError:
            return None
        if S_ISDIR(status.st_mode):
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR))
        # What `/dev/fd` leads to may have lost its name.
        replaceable = S_ISREG(status.st_mode) and os.path.samestat(status, Path(os.path.realpath(path)).stat())
        if not replaceable or any(_is_open_as(number, status) for number in _STREAMS):
            raise InputError("E112", path=path, problem="not a file that can be replaced")
        return S_IMODE(status.st_mode)


def _is_open_as(number: int, status: os.stat_result) -> bool:
    try:
        return os.path.samestat(status, os.fstat(number))
    except OSError:  # it is closed
        return False


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tells what goes wrong with a file as an error in writing it.

    Raises:
        InputError: it cannot be written.
    """
    try:
        yield
    except OSError as error:
        raise InputError("E112", path=path, problem=error.strerror or error) from error

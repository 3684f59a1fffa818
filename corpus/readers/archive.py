"""Archives (zip) of ads: their documents one by one, within limits on number and size, never unpacked to disk."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from ...errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zipfile import ZipInfo

MOST_MEMBERS = 10_000
LARGEST_WHOLE = 500_000_000
"""Bytes of all members together, unpacked."""

_HERE = (".", "..")
"""Parts of a path that name folders, though they begin with a dot."""

_ENCRYPTED = 0x1
_BROKEN = (BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, OverflowError)


def members(
    content: bytes, source: str, largest: int, wanted: Callable[[str], bool]
) -> Iterator[tuple[str, bytes | InputError]]:
    """The wanted files in an archive, in its order; hidden ones and folders are left out.

    Args:
        content: of the archive.
        source: how the user named it; a member is named `source#member`.
        largest: bytes of one member, unpacked; counted while unpacking, whatever the archive says.
        wanted: whether a file of this name is taken.

    Yields:
        The name of each member with its bytes, or with the reason it cannot be read.

    Raises:
        InputError: the archive is broken, has no wanted file, or exceeds a limit.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if _is_file(info.filename) and wanted(info.filename)]
            if len(infos) > MOST_MEMBERS:
                raise InputError("E122", path=source, what="zip", size=len(infos), largest=MOST_MEMBERS)
            if not infos:
                raise InputError("E124", path=source)
            left = LARGEST_WHOLE
            for info in infos:
                unpacked = _unpacked(archive, info, f"{source}#{info.filename}", largest)
                left -= len(unpacked) if isinstance(unpacked, bytes) else largest
                if left < 0:
                    raise InputError("E122", path=source, what="zip", size=LARGEST_WHOLE - left, largest=LARGEST_WHOLE)
                yield f"{source}#{info.filename}", unpacked
    except _BROKEN as error:
        raise InputError("E119", path=source, problem=f"zip: {error}") from error


def _is_file(name: str) -> bool:
    """Not a folder, not hidden, and with a name: `ZipInfo.is_dir` fails on an empty one."""
    return bool(name) and not name.endswith("/") and not _is_hidden(name)


def _is_hidden(name: str) -> bool:
    parts = (part for part in name.replace("\\", "/").split("/") if part not in _HERE)
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _unpacked(archive: ZipFile, info: ZipInfo, source: str, largest: int) -> bytes | InputError:
    if info.flag_bits & _ENCRYPTED:
        return InputError("E118", path=source)
    try:
        with archive.open(info) as file:
            content = file.read(largest + 1)
    except (*_BROKEN, RuntimeError) as error:
        return InputError("E119", path=source, problem=f"zip: {error}")
    if len(content) > largest:
        return InputError("E107", path=source, size=len(content), largest=largest)
    return content

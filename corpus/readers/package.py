"""Office packages (a zip of XML): the check before a parser sees one."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from ...errors import InputError

if TYPE_CHECKING:
    from zipfile import ZipInfo

LARGEST_WHOLE = 200_000_000
"""Bytes of all parts together, unpacked."""

LARGEST_PART = 20_000_000
"""Bytes of the part with the text, unpacked; an ad has 100,000."""

DEEPEST = 200
"""Elements inside each other; an ad in tables within text boxes has 60."""

_ENCRYPTED = 0x1
_XML = (".xml", ".rels")
_MANIFEST = "META-INF/manifest.xml"


def checked(content: bytes, main: str) -> bytes:
    """The part of a package that holds the text, once the package is known to be harmless.

    Args:
        content: of the file.
        main: the name of that part.

    Raises:
        InputError: a part is locked, too large or nested too deep, or declares entities.
    """
    try:
        with ZipFile(BytesIO(content)) as archive:
            _check_sizes(archive.infolist(), main)
            if _MANIFEST in archive.namelist() and b":encryption-data" in archive.read(_MANIFEST):
                raise InputError("E118")
            for info in archive.infolist():
                if info.filename.endswith(_XML):
                    _check_xml(archive.read(info))
            return archive.read(main)
    except (BadZipFile, KeyError, ExpatError) as error:
        raise InputError("E119", problem=error) from error


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """A checked package with another part in the place of one, and without pictures."""
    target = BytesIO()
    with ZipFile(BytesIO(content)) as archive, ZipFile(target, "w") as changed:
        for info in archive.infolist():
            if info.filename.endswith(_XML):
                changed.writestr(info.filename, part if info.filename == name else archive.read(info))
    return target.getvalue()


def _check_sizes(infos: list[ZipInfo], main: str) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in infos):
        raise InputError("E118")
    whole = sum(info.file_size for info in infos)  # zipfile reads no more than a part declares
    part = max((info.file_size for info in infos if info.filename.endswith(_XML)), default=0)
    for size, largest, what in ((whole, LARGEST_WHOLE, "zip"), (part, LARGEST_PART, main)):
        if size > largest:
            raise InputError("E122", what=what, size=size, largest=largest)


def _check_xml(part: bytes) -> None:
    """Refuses a part that declares a document type (and with it entities), or is nested too deep for any parser."""
    depth = 0

    def declared(*_: object) -> None:
        raise InputError("E119", problem="<!DOCTYPE")

    def opened(name: str, _: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise InputError("E122", what=f"<{name}>", size=depth, largest=DEEPEST)

    def closed(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.Parse(part, True)  # noqa: FBT003 -- expat takes no keywords

"""What a request brings: the fields of a form, a file, or JSON."""

from __future__ import annotations

import json
from asyncio import timeout
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, TypeVar

from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartParser

from ..errors import InputError
from .desk import INTENTIONS, Asked
from .guard import LARGEST_FORM

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Mapping

    from starlette.requests import Request

FIELDS = 10
"""Fields of a form; ours has four, and a button."""

PATIENCE = 60
"""Seconds within which all that is sent has to be there."""

MultiPartParser.spool_max_size = LARGEST_FORM  # or a file of more than a megabyte would lie on a disk for a while

T = TypeVar("T")


@asynccontextmanager
async def form_of(request: Request) -> AsyncIterator[FormData]:
    """The form that is sent, in memory.

    Raises:
        InputError: the form is too large, too slow, or in an encoding that no browser sends; some that Python knows
            take hours.
        HTTPException: the form is broken.
    """
    _, options = parse_options_header(request.headers.get("content-type"))
    if options.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise InputError("E602", problem="charset")
    form = await _in_time(request.form(max_files=1, max_fields=FIELDS, max_part_size=LARGEST_FORM))
    try:
        yield form
    finally:
        await form.close()


@asynccontextmanager
async def sent_by_program(request: Request) -> AsyncIterator[FormData | bytes]:
    """What a program sends: a form, or JSON that is not yet read.

    Raises:
        InputError: it is neither, too large, or too slow.
        HTTPException: the form is broken.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        async with form_of(request) as form:
            yield form
    elif kind == "application/json":
        yield await _in_time(request.body())
    else:
        raise InputError("E603", kind=kind or "–")


def asked_of(sent: FormData | bytes, source: str) -> Asked:
    """The ad in what was sent: in a form its file if there is one, else its text.

    Args:
        sent: a form with the fields `text`, `title`, `role` and `file`, or JSON with `text` and perhaps `title`.
        source: what stands for the name of a text.

    Raises:
        InputError: it is broken.
    """
    if isinstance(sent, bytes):
        fields = json_object(sent)
        if "text" not in fields:
            raise InputError("E602", problem="text")
        return Asked.of_text(_string(fields, "text"), source, _string(fields, "title"))
    title, intended = _string(sent, "title"), _string(sent, "role")
    if intended not in INTENTIONS:
        raise InputError("E602", problem="role")
    file, unchecked = _file_in(sent), _string(sent, "unchecked")
    if file is not None and not unchecked:
        # Some browsers send whole paths, and a name from elsewhere is no path on this machine.
        name = PureWindowsPath(file.filename or "").name or source
        return Asked(file.file.read(), name, title, intended, is_file=True)
    # Browsers send every line break as two characters, whatever was pasted.
    text = _string(sent, "text").replace("\r\n", "\n")
    asked = Asked.of_text(text, source, title, intended)
    return replace(asked, is_file=file is not None or unchecked == "file", to_check=False) if unchecked else asked


def _file_in(sent: FormData) -> UploadFile | None:
    """The file in a form; a field in which none was chosen has no name."""
    file = sent.get("file")
    return file if isinstance(file, UploadFile) and file.filename else None


def json_object(content: bytes | str) -> dict[str, object]:
    """The object in a piece of JSON.

    Raises:
        InputError: there is none.
    """
    try:
        fields = json.loads(content)
    except (ValueError, RecursionError) as error:  # nested without end
        raise InputError("E602", problem="JSON") from error
    if not isinstance(fields, dict):
        raise InputError("E602", problem="JSON")
    return fields


async def _in_time(coming: Awaitable[T]) -> T:
    try:
        async with timeout(PATIENCE):
            return await coming
    except TimeoutError as error:
        raise InputError("E610", seconds=PATIENCE) from error


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise InputError("E602", problem=name)
    return value

"""What a request brings: the fields of a form, a file, or JSON."""

from __future__ import annotations

import json
from pathlib import PureWindowsPath
from typing import TYPE_CHECKING

from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile

from ..corpus.readers.written import STDIN
from ..errors import InputError
from .desk import Asked
from .guard import LARGEST_FORM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

FIELDS = 10
"""Fields of a form; ours has three."""

LONGEST_TITLE = 1000
"""Characters of a title that is sent beside its ad."""


async def from_form(request: Request, source: str) -> Asked:
    """The ad in a form: its file if there is one, else its text.

    Args:
        request: with the fields `text`, `title` and `file`.
        source: what stands for the name of a text.

    Raises:
        InputError: the form is too large, or in an encoding that no browser sends; some that Python knows take hours.
        HTTPException: the form is broken.
    """
    _, options = parse_options_header(request.headers.get("content-type"))
    if options.get(b"charset", b"utf-8").lower() != b"utf-8":
        raise InputError("E602", problem="charset")
    async with request.form(max_files=1, max_fields=FIELDS, max_part_size=LARGEST_FORM) as form:
        title = _title(form)
        file = form.get("file")
        if isinstance(file, UploadFile) and file.filename:
            # Some browsers send whole paths, and a name from elsewhere is no path on this machine.
            return Asked(await file.read(), PureWindowsPath(file.filename).name or source, title)
        # Browsers send every line break as two characters, whatever was pasted.
        return Asked.of_text(_text(form).replace("\r\n", "\n"), source, title)


async def from_api(request: Request) -> Asked:
    """The ad a program sent: JSON with `text` and perhaps `title`, or a form with `file`.

    Raises:
        InputError: it is neither, too large, or broken.
        HTTPException: the form is broken.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return await from_form(request, STDIN)
    if kind != "application/json":
        raise InputError("E603", kind=kind or "–")
    try:
        fields = json.loads(await request.body())
    except (ValueError, RecursionError) as error:  # nested without end
        raise InputError("E602", problem="JSON") from error
    if not isinstance(fields, dict) or "text" not in fields:
        raise InputError("E602", problem="text")
    return Asked.of_text(_text(fields), STDIN, _title(fields))


def _text(fields: Mapping[str, object]) -> str:
    return _string(fields, "text")


def _title(fields: Mapping[str, object]) -> str:
    title = _string(fields, "title")
    if len(title) > LONGEST_TITLE:
        raise InputError("E602", problem=f"title > {LONGEST_TITLE}")
    return title


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise InputError("E602", problem=name)
    return value

"""What is refused: the error behind a problem, its status, and how a program is told."""

from __future__ import annotations

import os
import sys
import traceback
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from ..errors import InputError, JobclassError
from ..messages import error_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

STATUSES = {
    "E101": 500,
    "E103": 415,
    "E105": 413,
    "E107": 413,
    "E108": 404,
    "E112": 500,
    "E114": 500,
    "E120": 415,
    "E121": 415,
    "E122": 413,
    "E602": 400,
    "E603": 415,
    "E604": 421,
    "E605": 403,
    "E607": 415,
    "E608": 400,
    "E610": 408,
    "E612": 409,
    "E613": 409,
    "E614": 409,
    "E615": 409,
}
"""Status by error; all others say that what was sent can be read, but not worked with, as a text that is no ad."""

NO_AD = 422
BAD_REQUEST = 400


def status_of(error: JobclassError) -> int:
    """The status that goes with an error."""
    return STATUSES.get(error.code, NO_AD)


def error_of(problem: Exception, request: Request, source: str) -> tuple[JobclassError, int]:
    """The error behind a problem, and its status.

    Args:
        problem: what was raised.
        request: what it was raised by.
        source: what stands for the name of an input that is not known yet.
    """
    if isinstance(problem, JobclassError):
        return type(problem)(problem.code, **{"path": source} | problem.details), status_of(problem)
    if isinstance(problem, HTTPException):
        if problem.status_code == BAD_REQUEST:
            return InputError("E602", problem=problem.detail), BAD_REQUEST
        return InputError("E606", address=f"{request.method} {request.scope['path']}"), problem.status_code
    # Its text may quote the ad, and is shown to nobody but the one who asks for it.
    error = JobclassError("E114", problem=type(problem).__name__)
    sys.stderr.write(f"{error}\n")
    if os.environ.get("JOBCLASS_DEBUG"):
        traceback.print_exception(problem)
    return error, status_of(error)


def is_for_programs(request: Request) -> bool:
    """Whether a program asks, which gets its errors as JSON."""
    return str(request.scope["path"]).startswith(("/api/", "/healthz"))


def as_json(
    error: JobclassError, language: str, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """An error as a program gets it, with the line that the command line prints."""
    message = error_text(error.code, error.details, language)
    return JSONResponse({"error": {"code": error.code, "message": message}}, status or status_of(error), headers)

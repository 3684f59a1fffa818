"""What every site answers alike: explanations, the files beside the page, and why a request is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ..cli.render.explanation import explain
from ..errors import JobclassError
from ..messages import LANGUAGES
from .files import FILES
from .guard import Guard
from .refusals import BAD_REQUEST, as_json, error_of, is_for_programs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .frame import Frame
    from .guard import Hosts

OF_NO_AD = {"Cache-Control": "no-cache"}
"""Goes with what holds nothing of an ad. A browser keeps no page in memory if a part of it must not be stored, and
whoever goes back to the form would find it empty."""


class Shell:
    """What stands around the pages of a site.

    Args:
        frame: makes its pages.
        tool: the versions of program, rule set and model.
        language: of the pages, unless a request asks for another.
        problem: makes the page that says why a request was not answered.
    """

    def __init__(
        self, frame: Frame, tool: Mapping[str, str], language: str, problem: Callable[[JobclassError, str], str]
    ) -> None:
        self._frame = frame
        self._tool = dict(tool)
        self._language = language
        self._problem = problem

    def application(self, routes: Sequence[Route], hosts: Hosts) -> Guard:
        """A site behind its guard.

        Args:
            routes: its own addresses.
            hosts: the names it may be called by.
        """
        shared = [
            Route("/explain/{code}", self.explain),
            Route("/healthz", self.health),
            Route("/static/{name}", self.static),
        ]
        handlers = dict.fromkeys((JobclassError, HTTPException, Exception), self.refuse)
        handlers |= {ClientDisconnect: self.forget}
        return Guard(Starlette(routes=[*routes, *shared], exception_handlers=handlers), hosts, self.refuse)

    async def explain(self, request: Request) -> Response:
        """What a code means."""
        language = self.language_of(request)
        return HTMLResponse(self._frame.explanation(explain(request.path_params["code"], language), language))

    async def health(self, request: Request) -> Response:  # noqa: ARG002 -- every endpoint is called alike
        """That the program is there, and which it is."""
        return JSONResponse({"status": "ok", "tool": self._tool})

    async def static(self, request: Request) -> Response:
        """Styles, scripts and icon of the pages."""
        if (file := FILES.get(request.path_params["name"])) is None:
            raise HTTPException(404)
        return Response(file.content, media_type=file.kind, headers=OF_NO_AD)

    async def refuse(self, request: Request, problem: Exception) -> Response:
        """Why a request was not answered: one line for a program, a page for a person."""
        language = self.language_of(request)
        error, status = error_of(problem, request, self._frame.word("sent", language))
        headers = getattr(problem, "headers", None)  # such as the methods that are allowed
        if is_for_programs(request):
            return as_json(error, language, status, headers)
        return HTMLResponse(self._problem(error, language), status, headers)

    async def forget(self, request: Request, problem: Exception) -> Response:  # noqa: ARG002 -- handlers are called alike
        """Nothing for nobody: who asked has gone before all was sent."""
        return Response(status_code=BAD_REQUEST)

    def language_of(self, request: Request) -> str:
        """The language that a request asks for, or that of the site."""
        asked = request.query_params.get("lang", "")
        return asked if asked in LANGUAGES else self._language

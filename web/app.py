"""The application: which address answers what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from ..cli.render.explanation import explain
from ..cli.results import Refused
from ..corpus.readers.written import STDIN
from ..errors import JobclassError
from ..messages import LANGUAGES
from .desk import Desk
from .files import FILES
from .guard import Guard
from .pages import Pages
from .reading import asked_of, form_of, sent_by_program
from .refusals import BAD_REQUEST, as_json, error_of, is_for_programs, status_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.datastructures import FormData

    from ..classifier.labeller import Labeller
    from ..corpus.review.gate import Gate
    from .guard import Hosts

OF_NO_AD = {"Cache-Control": "no-cache"}
"""Goes with what holds nothing of an ad. A browser keeps no page in memory if a part of it must not be stored, and
whoever goes back to the form would find it empty."""


def application(labeller: Labeller, new_gate: Callable[[tuple[str, ...]], Gate], language: str, hosts: Hosts) -> Guard:
    """The application, behind its guard.

    Args:
        labeller: labels what is asked of `/api/label`.
        new_gate: makes the gate for one ad of the page, by the roles it is meant for; none if nothing was said.
        language: of the page, unless a request asks for another.
        hosts: the names it may be called by.
    """
    site = Site(Desk(labeller, new_gate), Pages(labeller.profile), language)
    routes = [
        Route("/", site.start),
        Route("/", site.check, methods=["POST"]),
        Route("/explain/{code}", site.explain),
        Route("/healthz", site.health),
        Route("/api/label", site.label, methods=["POST"]),
        Route("/static/{name}", site.static),
    ]
    handlers = dict.fromkeys((JobclassError, HTTPException, Exception), site.refuse) | {ClientDisconnect: site.forget}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), hosts, site.refuse)


class Site:
    """What stands behind the addresses.

    Args:
        desk: reads and labels ads.
        pages: says what it found.
        language: of the page, unless a request asks for another.
    """

    def __init__(self, desk: Desk, pages: Pages, language: str) -> None:
        self._desk = desk
        self._pages = pages
        self._language = language

    async def start(self, request: Request) -> Response:
        """The empty page."""
        return HTMLResponse(self._pages.start(self._language_of(request)), headers=OF_NO_AD)

    async def check(self, request: Request) -> Response:
        """The page with an ad that was checked."""
        language = self._language_of(request)
        async with form_of(request) as form:
            return await self._desk.in_turn(self._checked, form, language)

    def _checked(self, form: FormData, language: str) -> Response:
        asked = asked_of(form, self._pages.word("pasted", language))
        if not asked.to_check:
            return HTMLResponse(self._pages.start(language, asked))
        results = self._desk.checked(asked)
        if len(results) == 1 and isinstance(refused := results[0], Refused):
            page = self._pages.start(language, asked, error=refused.error)
            return HTMLResponse(page, status_of(refused.error))
        return HTMLResponse(self._pages.start(language, asked, results))

    async def label(self, request: Request) -> Response:
        """The verdict on an ad as JSON, as `jobclass label` prints it."""
        async with sent_by_program(request) as sent:
            return await self._desk.in_turn(self._labelled, sent, self._language_of(request))

    def _labelled(self, sent: FormData | bytes, language: str) -> Response:
        results = self._desk.labelled(asked_of(sent, STDIN))
        if len(results) == 1 and isinstance(refused := results[0], Refused):
            return as_json(refused.error, language)
        return Response(self._desk.as_json(results, language), media_type="application/json")

    async def explain(self, request: Request) -> Response:
        """What a code means."""
        language = self._language_of(request)
        return HTMLResponse(self._pages.explanation(explain(request.path_params["code"], language), language))

    async def health(self, request: Request) -> Response:  # noqa: ARG002 -- every endpoint is called alike
        """That the program is there, and which it is."""
        return JSONResponse({"status": "ok", "tool": self._desk.tool})

    async def static(self, request: Request) -> Response:
        """Styles, script and icon of the page."""
        if (file := FILES.get(request.path_params["name"])) is None:
            raise HTTPException(404)
        return Response(file.content, media_type=file.kind, headers=OF_NO_AD)

    async def refuse(self, request: Request, problem: Exception) -> Response:
        """Why a request was not answered: one line for a program, a page for a person."""
        language = self._language_of(request)
        error, status = error_of(problem, request, self._pages.word("sent", language))
        headers = getattr(problem, "headers", None)  # such as the methods that are allowed
        if is_for_programs(request):
            return as_json(error, language, status, headers)
        return HTMLResponse(self._pages.start(language, error=error), status, headers)

    async def forget(self, request: Request, problem: Exception) -> Response:  # noqa: ARG002 -- handlers are called alike
        """Nothing for nobody: who asked has gone before all was sent."""
        return Response(status_code=BAD_REQUEST)

    def _language_of(self, request: Request) -> str:
        asked = request.query_params.get("lang", "")
        return asked if asked in LANGUAGES else self._language

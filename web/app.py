"""The application of `jobclass serve`: which address answers what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..cli.results import Refused
from ..corpus.readers.written import STDIN
from .desk import Desk
from .frame import Frame
from .pages import Pages
from .reading import asked_of, form_of, sent_by_program
from .refusals import as_json, status_of
from .shell import OF_NO_AD, Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from ..classifier.labeller import Labeller
    from ..corpus.review.gate import Gate
    from .guard import Guard, Hosts


def application(labeller: Labeller, new_gate: Callable[[tuple[str, ...]], Gate], language: str, hosts: Hosts) -> Guard:
    """The application, behind its guard.

    Args:
        labeller: labels what is asked of `/api/label`.
        new_gate: makes the gate for one ad of the page, by the roles it is meant for; none if nothing was said.
        language: of the page, unless a request asks for another.
        hosts: the names it may be called by.
    """
    frame = Frame()
    pages = Pages(labeller.profile, frame)
    shell = Shell(frame, labeller.tool, language, lambda error, spoken: pages.start(spoken, error=error))
    site = Site(Desk(labeller, new_gate), pages, frame, shell)
    routes = [
        Route("/", site.start),
        Route("/", site.check, methods=["POST"]),
        Route("/api/label", site.label, methods=["POST"]),
    ]
    return shell.application(routes, hosts)


class Site:
    """What stands behind the addresses.

    Args:
        desk: reads and labels ads.
        pages: says what it found.
        frame: has the words.
        shell: knows the language of a request.
    """

    def __init__(self, desk: Desk, pages: Pages, frame: Frame, shell: Shell) -> None:
        self._desk = desk
        self._pages = pages
        self._frame = frame
        self._shell = shell

    async def start(self, request: Request) -> Response:
        """The empty page."""
        return HTMLResponse(self._pages.start(self._shell.language_of(request)), headers=OF_NO_AD)

    async def check(self, request: Request) -> Response:
        """The page with an ad that was checked."""
        language = self._shell.language_of(request)
        async with form_of(request) as form:
            return await self._desk.in_turn(self._checked, form, language)

    def _checked(self, form: FormData, language: str) -> Response:
        asked = asked_of(form, self._frame.word("pasted", language))
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
            return await self._desk.in_turn(self._labelled, sent, self._shell.language_of(request))

    def _labelled(self, sent: FormData | bytes, language: str) -> Response:
        results = self._desk.labelled(asked_of(sent, STDIN))
        if len(results) == 1 and isinstance(refused := results[0], Refused):
            return as_json(refused.error, language)
        return Response(self._desk.as_json(results, language), media_type="application/json")

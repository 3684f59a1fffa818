"""The application of `jobclass annotate`: which address answers what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from ...errors import InputError
from ..frame import Frame
from ..reading import form_of, json_object
from ..refusals import status_of
from ..shell import Shell
from .desk import CodingDesk
from .pages import CodingPages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from ...classifier.labeller import Labeller
    from ...corpus.coding.book import GoldBook
    from ...corpus.formats.spans import Annotated
    from ..guard import Guard, Hosts

SEE_OTHER = 303
UNPROCESSABLE = 422


def application(  # noqa: PLR0913 -- handed over once
    labeller: Labeller, ads: Sequence[Annotated], book: GoldBook, language: str, hosts: Hosts, coder: str = ""
) -> Guard:
    """The application, behind its guard.

    Args:
        labeller: for its rule set, and for where it cuts lines; it labels nothing.
        ads: what is to be coded.
        book: the gold file.
        language: of the page, unless a request asks for another.
        hosts: the names it may be called by.
        coder: who codes, if that is to be written down.
    """
    frame = Frame("annotation")
    pages = CodingPages(frame, labeller.profile, len(ads))
    shell = Shell(frame, labeller.tool, language, pages.refused)
    site = CodingSite(CodingDesk(ads, book, labeller.profile, labeller.headings, labeller.breaks, coder), pages, shell)
    routes = [
        Route("/", site.start),
        Route("/ad/{number}", site.ad),
        Route("/ad/{number}", site.save, methods=["POST"]),
    ]
    return shell.application(routes, hosts)


class CodingSite:
    """What stands behind the addresses.

    Args:
        desk: has the ads and their codings.
        pages: shows them.
        shell: knows the language of a request.
    """

    def __init__(self, desk: CodingDesk, pages: CodingPages, shell: Shell) -> None:
        self._desk = desk
        self._pages = pages
        self._shell = shell
        self._numbers = {str(number): number for number in range(1, desk.size + 1)}

    async def start(self, request: Request) -> Response:
        """The first ad that nobody has coded; the first of all, if all are coded."""
        number = await run_in_threadpool(self._desk.next_uncoded)
        return _to(number or 1, self._shell.language_of(request))

    async def ad(self, request: Request) -> Response:
        """An ad with its coding."""
        return await run_in_threadpool(self._shown, request)

    def _shown(self, request: Request) -> Response:
        place, saved = self._desk.place(self._number(request)), self._numbers.get(request.query_params.get("saved", ""))
        before = self._desk.place(saved) if saved else None
        return HTMLResponse(self._pages.ad(place, self._shell.language_of(request), saved=before))

    async def save(self, request: Request) -> Response:
        """The next ad, after one was saved; the same again, if it could not be saved."""
        async with form_of(request) as form:
            return await run_in_threadpool(self._saved, request, form)

    def _saved(self, request: Request, form: FormData) -> Response:
        number, language = self._number(request), self._shell.language_of(request)
        coding = form.get("coding")
        sent = json_object(coding if isinstance(coding, str) else "")
        try:
            problems = self._desk.save(number, sent)
        except InputError as error:
            if error.code in ("E602", "E615"):  # not what our page sends: nothing to go on with
                raise
            page = self._pages.ad(self._desk.place(number), language, sent=sent, error=error)
            return HTMLResponse(page, status_of(error))
        if problems:
            page = self._pages.ad(self._desk.place(number), language, sent=sent, problems=problems)
            return HTMLResponse(page, UNPROCESSABLE)
        return _to(self._desk.next_uncoded(number) or number, language, saved=number)

    def _number(self, request: Request) -> int:
        if (number := self._numbers.get(request.path_params["number"])) is None:
            raise HTTPException(404)
        return number


def _to(number: int, language: str, saved: int = 0) -> Response:
    told = f"&saved={saved}" if saved else ""
    return RedirectResponse(f"/ad/{number}?lang={language}{told}", SEE_OTHER)

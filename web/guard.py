"""The guard: who may ask, how much may be sent, and what every answer tells the browser.

A page on another site can make the browser of this machine send requests here. Such requests are told by the name
they call (a foreign name that was made to point to this machine) and by where they come from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request

from ..corpus.readers import formats, text
from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer carries, besides that nothing of it is kept; an answer that holds nothing of an ad may be."""

LARGEST_FORM = formats.LARGEST + text.LARGEST
"""Bytes of a form: a file, and the text beside it."""

LARGEST_OTHER = 2 * text.LARGEST
"""Bytes of anything else, such as JSON, which spells letters with up to six bytes."""

PASSED_OVER = 4 * formats.LARGEST
"""Bytes of a body too large that are thrown away, so that the browser stops sending and shows the answer."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})

_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^:\[\]@/]+)(?::\d{1,5})?")
_READING = ("GET", "HEAD")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The names the server may be called by.

    Attributes:
        names: besides those of the loopback address; an IPv6 address stands in brackets.
        any_address: whether any address will do, since the server listens on all of this machine. A foreign page can
            give its own name any address, but it cannot call an address its own.
    """

    names: frozenset[str] = frozenset()
    any_address: bool = False

    def know(self, host: str) -> bool:
        """Whether a `Host` header names this server, at whatever port."""
        if not (found := _HOST.fullmatch(host.lower())):
            return False
        return found[1] in LOOPBACK | self.names or (self.any_address and _is_address(found[1]))


class Guard:
    """Stands before the application.

    Args:
        app: the application.
        hosts: the names it may be called by.
        refuse: makes the answer to a request that is refused.
    """

    def __init__(self, app: ASGIApp, hosts: Hosts, refuse: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        self._app = app
        self._hosts = hosts
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or has it answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            self._check(scope["method"], headers)
        except InputError as error:
            answer = await self._refuse(Request(scope), error)
            await answer(scope, receive, _with_headers(send))
        else:
            await self._app(scope, _limited(receive, headers), _with_headers(send))

    def _check(self, method: str, headers: Headers) -> None:
        """Refuses a request that calls a foreign name, or comes from another site.

        Raises:
            InputError: it does.
        """
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._hosts.know(hosts[0]):
            raise InputError("E604", host=", ".join(hosts) or "–")
        if method not in _READING and not _is_own(headers, hosts[0]):
            raise InputError("E605", origin=headers.get("origin", headers.get("sec-fetch-site", "–")))


def _is_own(headers: Headers, host: str) -> bool:
    """Whether a request comes from a page of this server, or from no page at all, such as from a program."""
    if site := headers.get("sec-fetch-site"):  # browsers tell, and pages cannot forge it
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or origin.lower() in (f"http://{host.lower()}", f"https://{host.lower()}")


def _is_address(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(HEADERS)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sent


def _limited(receive: Receive, headers: Headers) -> Receive:
    """What receives a body and refuses it as soon as it is too large, before it is in memory."""
    is_form = headers.get("content-type", "").lower().startswith("multipart/form-data")
    largest = LARGEST_FORM if is_form else LARGEST_OTHER
    announced = headers.get("content-length", "")
    size = 0

    async def received() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        told = max(size, int(announced) if announced.isdecimal() else 0)
        if told > largest:
            await _pass_over(receive, message)
            raise InputError("E107", size=told, largest=largest)
        return message

    return received


async def _pass_over(receive: Receive, message: Message) -> None:
    passed = 0
    while message.get("more_body") and passed < PASSED_OVER:
        message = await receive()
        passed += len(message.get("body", b""))

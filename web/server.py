"""The server: an address of this machine to listen on, and the application behind it until somebody ends it."""

from __future__ import annotations

import errno
import logging
import os
import signal
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING, ClassVar

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from ..errors import InputError
from .guard import Hosts

if TYPE_CHECKING:
    from asyncio import Transport

    from starlette.types import ASGIApp

CONNECTIONS = 100
"""Connections at the same time; more are told to come back."""

PATIENCE = 5
"""Seconds that answers on their way get when the server is ended."""


class Connection(H11Protocol):
    """A connection that ends when nobody asks, or reads what was answered: uvicorn waits for both without end.

    What is sent behind the head is waited for by `reading.PATIENCE`.
    """

    patience: ClassVar[float] = 30
    """Seconds within which an answer has to be read and the whole head of the next request has to be there."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Waits for the first request."""
        super().connection_made(transport)
        self._waiting = self.loop.call_later(self.patience, self._end_unless_asked)

    def on_response_complete(self) -> None:
        """Waits for the next request."""
        super().on_response_complete()
        self._waiting.cancel()
        self._waiting = self.loop.call_later(self.patience, self._end_unless_asked)

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no longer."""
        self._waiting.cancel()
        super().connection_lost(exc)

    def _end_unless_asked(self) -> None:
        if self.cycle is None or self.cycle.response_complete:
            self.transport.abort()  # closing would wait until all that was written is read


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: a name or address of this machine.
        port: 0 for any that is free.

    Raises:
        InputError: the address is no address of this machine, or is in use.
    """
    address = f"{in_brackets(host)}:{port}"
    if not host:  # which would be every address of this machine
        raise InputError("E601", address=address, problem=os.strerror(errno.EADDRNOTAVAIL))
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:  # a name with an impossible part is a UnicodeError
        raise InputError("E601", address=address, problem=_problem_of(error)) from error


def address_of(listener: socket.socket, host: str) -> str:
    """The address to type into a browser on this machine."""
    return _address(listener, "localhost" if _is_any(bound_to(listener)) else in_brackets(host))


def address_elsewhere(listener: socket.socket, host: str) -> str:
    """The address to type into a browser on another machine."""
    return _address(listener, socket.gethostname() if _is_any(bound_to(listener)) else in_brackets(host))


def bound_to(listener: socket.socket) -> str:
    """The address that is listened on, whatever was typed: `127.1` is 127.0.0.1, and `0` is 0.0.0.0."""
    return str(listener.getsockname()[0])


def hosts_of(host: str, bound: str) -> Hosts:
    """The names the server may be called by.

    Args:
        host: what was asked to listen on.
        bound: the address it came to.
    """
    if _is_any(bound):
        return Hosts(frozenset({socket.gethostname().lower()}), any_address=True)
    return Hosts(frozenset({in_brackets(host).lower(), in_brackets(bound)}))


def is_private(bound: str) -> bool:
    """Whether only this machine can reach an address."""
    return ip_address(bound).is_loopback


def in_brackets(host: str) -> str:
    """A host as it stands in an address."""
    return f"[{host}]" if ":" in host else host


def prepared(app: ASGIApp) -> uvicorn.Server:
    """A server that ends quietly when it is interrupted, be it before it runs.

    Nothing is logged, since a log would keep what was sent.

    Args:
        app: the application.
    """
    config = uvicorn.Config(
        app,
        http=Connection,
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        ws="none",
        limit_concurrency=CONNECTIONS,
        timeout_graceful_shutdown=PATIENCE,
    )
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
    server = uvicorn.Server(config)
    signal.signal(signal.SIGINT, server.handle_exit)
    return server


def _is_any(bound: str) -> bool:
    """Whether an address stands for every address of this machine."""
    return ip_address(bound).is_unspecified


def _address(listener: socket.socket, name: str) -> str:
    return f"http://{name}:{listener.getsockname()[1]}/"


def _problem_of(error: OSError | UnicodeError) -> str:
    """What went wrong, without the address that the library puts behind it."""
    if isinstance(error, OSError) and not isinstance(error, socket.gaierror) and error.errno:
        return os.strerror(error.errno)
    return getattr(error, "strerror", "") or str(error)

"""The server: an address of this machine to listen on, and the application behind it until somebody ends it."""

from __future__ import annotations

import logging
import signal
import socket
from ipaddress import ip_address
from typing import TYPE_CHECKING

import uvicorn

from ..errors import InputError
from .guard import Hosts

if TYPE_CHECKING:
    from starlette.types import ASGIApp

CONNECTIONS = 100
"""Connections at the same time; more are told to come back."""

PATIENCE = 5
"""Seconds that answers on their way get when the server is ended."""


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Args:
        host: a name or address of this machine.
        port: 0 for any that is free.

    Raises:
        InputError: the address is no address of this machine, or is in use.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:  # a name with an impossible part is a UnicodeError
        problem = getattr(error, "strerror", "") or error
        raise InputError("E601", address=f"{in_brackets(host)}:{port}", problem=problem) from error


def address_of(listener: socket.socket, host: str) -> str:
    """The address to type into a browser on this machine."""
    name = "localhost" if _is(host, "is_unspecified") else in_brackets(host)
    return f"http://{name}:{listener.getsockname()[1]}/"


def hosts_of(host: str) -> Hosts:
    """The names the server may be called by when it listens on a host."""
    if _is(host, "is_unspecified"):
        return Hosts(frozenset({socket.gethostname().lower()}), any_address=True)
    return Hosts(frozenset({in_brackets(host).lower()}))


def is_private(host: str) -> bool:
    """Whether only this machine can reach a host."""
    return host == "localhost" or _is(host, "is_loopback")


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


def _is(host: str, kind: str) -> bool:
    try:
        return bool(getattr(ip_address(host), kind))
    except ValueError:  # a name
        return False

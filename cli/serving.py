"""A page on this machine, until somebody ends it: the address it stands at, the browser, and what has to be there."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from ..messages import entries, text

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from ..web.guard import Hosts

MODULES = ("filelock", "starlette.applications", "python_multipart", "uvicorn")
"""What the extra `web` brings."""

LOCAL = "127.0.0.1"
PORT = 8765

Host = Annotated[str, typer.Option(help="The address to listen on; only this machine reaches the default.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 is any that is free.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the page in a browser.")]


def ensure_installed(command: str) -> None:
    """Refuses to go on without the libraries that pages need.

    Args:
        command: that needs them, as the error names it.

    Raises:
        InputError: one is not installed.
    """
    from ..corpus.readers.extras import needed

    for module in MODULES:
        needed(module, "web", command)


def serve(made: Callable[[Hosts], ASGIApp], host: str, port: int, language: str, *, browser: bool) -> None:
    """Serves an application until it is interrupted.

    Args:
        made: makes the application, for the names it may be called by; the address is taken by then.
        host: what to listen on.
        port: 0 for any that is free.
        language: of what is said on the terminal.
        browser: whether to open the page.

    Raises:
        InputError: the address is no address of this machine, or is in use.
    """
    from ..web.server import address_elsewhere, address_of, bound_to, hosts_of, is_private, listening, prepared

    host = host.strip("[]")
    with listening(host, port) as listener, suppress(KeyboardInterrupt):
        bound = bound_to(listener)
        server = prepared(made(hosts_of(host, bound)))
        if not is_private(bound):
            typer.echo(_said("warning", language, address=address_elsewhere(listener, host)), err=True)
        address = address_of(listener, host)
        typer.echo(_said("serving", language, address=address))
        if browser and _has_display():
            _open(address)
        server.run([listener])


def _said(name: str, language: str, **values: object) -> str:
    return text(entries("page")["serve"], name, language, values)


def _has_display() -> bool:
    """Whether a browser could be seen; Windows and macOS always have a display."""
    shown = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in shown)


def _open(address: str) -> None:
    """Opens a browser beside the server, for which it may have to wait."""
    import webbrowser
    from threading import Thread

    Thread(target=webbrowser.open, args=(address,), daemon=True).start()

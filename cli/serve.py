"""`jobclass serve`: a web page on this machine, to check an ad before it is published."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from ..messages import entries, text
from .configuration import load_configuration
from .options import ConfigurationFile, Language, ModelFolder, checked_language, labeller_for

MODULES = ("starlette.applications", "python_multipart", "uvicorn")
"""What the extra `web` brings."""


def command(  # noqa: PLR0913 -- one argument for each option
    *,
    host: Annotated[str, typer.Option(help="The address to listen on; only this machine reaches the default.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on; 0 is any that is free.")] = 8765,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page in a browser.")] = False,
    model: ModelFolder = None,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Serves a page on this machine that checks ads: paste or drop one; Ctrl-C ends it."""
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    from ..corpus.readers.extras import needed

    for module in MODULES:
        needed(module, "web", "jobclass serve")
    from ..corpus.review.gate import Gate
    from ..corpus.review.silence import Silence
    from ..web.app import application
    from ..web.server import address_elsewhere, address_of, bound_to, hosts_of, is_private, listening, prepared

    host = host.strip("[]")
    with listening(host, port) as listener, suppress(KeyboardInterrupt):
        labeller = labeller_for(configuration, model)
        bound = bound_to(listener)

        def new_gate(roles: tuple[str, ...]) -> Gate:
            return Gate(labeller, Silence([configuration.ignored]), configuration.intended_or(roles))

        server = prepared(application(labeller, new_gate, language, hosts_of(host, bound)))
        if not is_private(bound):
            typer.echo(_said("warning", language, address=address_elsewhere(listener, host)), err=True)
        address = address_of(listener, host)
        typer.echo(_said("serving", language, address=address))
        if not no_browser and _has_display():
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

"""`jobclass serve`: a web page on this machine, to check an ad before it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .configuration import load_configuration
from .options import ConfigurationFile, Language, ModelFolder, checked_language, labeller_for
from .serving import LOCAL, PORT, Host, NoBrowser, Port, ensure_installed, serve

if TYPE_CHECKING:
    from ..corpus.review.gate import Gate
    from ..web.guard import Guard, Hosts


def command(  # noqa: PLR0913 -- one argument for each option
    *,
    host: Host = LOCAL,
    port: Port = PORT,
    no_browser: NoBrowser = False,
    model: ModelFolder = None,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Serves a page on this machine that checks ads: paste or drop one; Ctrl-C ends it."""
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    ensure_installed("jobclass serve")

    def made(hosts: Hosts) -> Guard:
        from ..corpus.review.gate import Gate
        from ..corpus.review.silence import Silence
        from ..web.app import application

        labeller = labeller_for(configuration, model)

        def new_gate(roles: tuple[str, ...]) -> Gate:
            return Gate(labeller, Silence([configuration.ignored]), configuration.intended_or(roles))

        return application(labeller, new_gate, language, hosts)

    serve(made, host, port, language, browser=not no_browser)

"""`jobclass annotate`: ads are coded by hand on a page of this machine."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations
from typing import TYPE_CHECKING, Annotated

import typer

from .configuration import load_configuration
from .options import ConfigurationFile, Language, checked_language, labeller_for
from .serving import LOCAL, PORT, Host, NoBrowser, Port, ensure_installed, serve

if TYPE_CHECKING:
    from ..web.guard import Guard, Hosts


def command(  # noqa: PLR0913 -- one argument for each option
    ads: Annotated[
        str, typer.Argument(metavar="ADS", help="What to code: a table, such as a sample, a file, folder or pattern.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The gold file (JSON Lines); what it holds is gone on with.")
    ],
    *,
    coder: Annotated[str, typer.Option(metavar="NAME", help="Who codes; written into every ad.")] = "",
    host: Host = LOCAL,
    port: Port = PORT,
    no_browser: NoBrowser = False,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Serves a page on this machine for coding ads by hand, one at a time, into a gold file; Ctrl-C ends it."""
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    ensure_installed("jobclass annotate")
    from ..corpus.coding.book import GoldBook
    from ..corpus.coding.intake import ads_at
    from ..corpus.readers.paths import is_folder
    from .output import ensure_apart

    # In a folder the gold may lie beside its ads: there it is passed over.
    ensure_apart([output], [*([] if is_folder(ads) else [ads]), *configuration.files])
    found = ads_at(ads, output)
    labeller = labeller_for(configuration)
    book = GoldBook(output, found, labeller.profile.codes, coder.strip())

    def made(hosts: Hosts) -> Guard:
        from ..web.annotation.app import application

        return application(labeller, found, book, language, hosts, coder.strip())

    serve(made, host, port, language, browser=not no_browser)

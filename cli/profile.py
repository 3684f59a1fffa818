"""`jobclass profile`: the rule set, readable; `jobclass profile compare`: an ad held against the profile of a role."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from ..classifier.ad import ROLES
from ..errors import InputError
from .configuration import load_configuration
from .options import ConfigurationFile, Language, checked_language, form_of, labeller_for, one_of

if TYPE_CHECKING:
    from ..corpus.readers.document import Document

FORMATS = ("text", "markdown", "html", "json")
ENDINGS = {".txt": "text", ".md": "markdown", ".html": "html", ".json": "json"}

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def command(
    context: typer.Context,
    *,
    output_format: Annotated[
        str,
        typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form of the output; else by the ending of -o."),
    ] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Prints the rule set, with what the configuration adds to it."""
    if context.invoked_subcommand is not None:
        return
    chosen = one_of("--format", output_format or form_of(output, ENDINGS, "text"), FORMATS)
    configuration = load_configuration(config)
    from ..classifier.profile import read_profile
    from .output import ensure_apart, opened
    from .render import profile

    ensure_apart([output], configuration.files)
    house = configuration.house
    with opened(output) as file:
        file.write(profile.FORMS[chosen](read_profile(house), house, checked_language(lang)) + "\n")


@app.command("compare")
def compare(  # noqa: PLR0913 -- one argument for each option
    path: Annotated[str, typer.Argument(metavar="AD", help="An ad; - is standard input.")],
    *,
    role: Annotated[str, typer.Option(metavar="|".join(ROLES), help="The role whose profile counts.")],
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="text|json", help="Form of the output.")
    ] = "text",
    title: Annotated[str, typer.Option(help="The title, if it does not stand in the text.")] = "",
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Holds an ad against the profile of a role: areas it covers, areas it lacks, duties of other roles."""
    chosen = one_of("--format", output_format, ("text", "json"))
    named = one_of("--role", role.strip().upper(), ROLES)
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    from ..corpus.review.coverage import coverage
    from .render import coverage as render

    labeller = labeller_for(configuration)
    verdict = labeller.label(only_document(path, title, "profile compare").ad)
    write = render.as_json if chosen == "json" else render.as_text
    typer.echo(write(coverage(verdict, named, labeller.profile), verdict, labeller.profile, language))


def only_document(path: str, title: str, asking: str) -> Document:
    """The one ad behind a path.

    Args:
        path: what the user named.
        title: its title, if the user gave it.
        asking: the command or option that takes one ad only, for the error.

    Raises:
        InputError: it cannot be read, or there are several.
    """
    from itertools import islice

    from ..corpus.readers.paths import Unreadable, read

    documents = list(islice(read(path, title), 2))
    if len(documents) != 1:
        raise InputError("E406", option=asking, path=path)
    if isinstance(documents[0], Unreadable):
        raise documents[0].error
    return documents[0]

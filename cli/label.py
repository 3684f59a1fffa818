"""`jobclass label`: ads in, verdicts out."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import JobclassError
from .configuration import load_configuration
from .options import FAILED, ConfigurationFile, Language, checked_language, one_of, report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..classifier.labeller import Labeller
    from .results import Result

RENDERERS = {"text": "text", "json": "json", "jsonl": "jsonl", "html": "html", "sarif": "sarif", "github": "github"}
"""Format and the module of `render/` that writes it; loaded when it is needed."""


def command(  # noqa: PLR0913 -- one argument for each option
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Text files or folders; - is standard input.")],
    output_format: Annotated[
        str, typer.Option("--format", "-f", metavar="|".join(RENDERERS), help="Form of the output.")
    ] = "text",
    title: Annotated[str, typer.Option(help="The title, if it does not stand in the text.")] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    model: Annotated[Path | None, typer.Option(help="A model folder instead of the packaged one.")] = None,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Labels ads and prints the verdicts in the order of the input; a bad input does not stop the others."""
    renderer = RENDERERS[one_of("--format", output_format, list(RENDERERS))]
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    from ..classifier.labeller import Labeller
    from ..models.store import load_model
    from .output import opened
    from .results import Refused

    labeller = Labeller.of_house(configuration.house, load_model(model) if model else None)
    refused: list[Refused] = []

    def watched() -> Iterator[Result]:
        for result in results(paths, title, labeller):
            if isinstance(result, Refused):
                refused.append(result)
                report(result.error)
            yield result

    with opened(output) as file:
        import_module(f".render.{renderer}", __package__).write(watched(), file, labeller.profile, language)
    if refused:
        raise typer.Exit(FAILED)


def results(paths: list[str], title: str, labeller: Labeller) -> Iterator[Result]:
    """Labels each input, one by one.

    Args:
        paths: files, folders or `-`, as the user gave them.
        title: the title of the ads, if given.
        labeller: does the work.
    """
    from ..corpus.readers.paths import Unreadable, read
    from .results import Labelled, Refused

    for path in paths:
        for document in read(path, title):
            if isinstance(document, Unreadable):
                yield Refused(document.source, document.error)
                continue
            try:
                yield Labelled(document.ad.source, labeller.label(document.ad))
            except JobclassError as error:
                yield Refused(document.ad.source, error)

"""Options that several commands share, the checks of their values, and how errors are shown."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import ConfigurationError, InputError
from ..messages import LANGUAGES, error_text, term
from ..messages.nearest import hint
from .settings_check import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..classifier.labeller import Labeller
    from ..errors import JobclassError
    from .configuration import Configuration

FAILED = 2
"""Exit status when the tool or an input failed."""

ModelFolder = Annotated[Path | None, typer.Option(help="A model folder instead of the packaged one.")]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="de|en", help="Language of messages; German if nothing is configured.")
]
ConfigurationFile = Annotated[
    Path | None,
    typer.Option("--config", help="A configuration file instead of the nearest jobclass.toml or pyproject.toml."),
]


def one_of(option: str, value: str, allowed: Sequence[str]) -> str:
    """The value, if it is allowed.

    Raises:
        InputError: it is not; the error names the nearest value that is.
    """
    if value in allowed:
        return value
    raise InputError("E109", option=option, value=value, allowed=", ".join(allowed), hint=hint(value, allowed))


def form_of(output: Path | None, endings: Mapping[str, str], otherwise: str) -> str:
    """The form that the ending of an output file asks for.

    Args:
        output: the file, if any.
        endings: the form by ending.
        otherwise: the form without a file, or of one without an ending.

    Raises:
        InputError: no form has this ending.
    """
    ending = output.suffix.lower() if output else ""
    if ending and ending not in endings:
        raise InputError("E515", path=output, endings=", ".join(endings))
    return endings.get(ending, otherwise)


def severity_named(option: str, value: str) -> int:
    """The severity by its name in the configuration or, in either language, in a report.

    Raises:
        InputError: there is no such severity.
    """
    said = {term("words", f"severity_{level}", language): level for language in LANGUAGES for level in LEVELS.values()}
    known = LEVELS | said
    return known[one_of(option, value.strip().casefold(), list(known))]


def checked_language(value: str | None) -> str:
    """The language, if jobclass speaks it; that of the configuration if the call names none.

    Raises:
        InputError: jobclass does not speak it.
    """
    return one_of("--lang", value, LANGUAGES) if value is not None else _configured_language()


def labeller_for(configuration: Configuration, model: Path | None = None) -> Labeller:
    """The labeller of a call: under the house of the configuration, with the packaged model or that of a folder.

    Args:
        configuration: of the call.
        model: a model folder; the packaged model if left out.

    Raises:
        ModelError: the folder holds no model that can be used.
        ProfileError: a cue of the house is wrong.
    """
    from ..classifier.labeller import Labeller
    from ..models.store import load_model

    return Labeller.of_house(configuration.house, load_model(model) if model else None)


def files_of(folder: Path | None) -> list[Path]:
    """All files in a folder that a call reads, such as a model or a corpus."""
    return [path for path in folder.rglob("*") if path.is_file()] if folder else []


def names_in(value: str) -> list[str]:
    """The names in a list with commas, such as columns."""
    return [name.strip() for name in value.split(",") if name.strip()]


def report(error: JobclassError) -> None:
    """Prints an error as one line on standard error, in the language of the call."""
    typer.echo(error_text(error.code, error.details, _language_of_call()), err=True)


def _language_of_call() -> str:
    """Read from the arguments themselves: an error may come before they are parsed."""
    arguments = [*sys.argv[1:], ""]
    said = (name for name in LANGUAGES if f"--lang={name}" in arguments or ("--lang", name) in pairwise(arguments))
    try:
        return next(said, None) or _configured_language()
    except ConfigurationError:  # it is reported itself
        return LANGUAGES[0]


def _configured_language() -> str:
    from .configuration import load_configuration  # which needs `hint`

    return load_configuration().language

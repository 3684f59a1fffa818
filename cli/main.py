"""The command `jobclass`: one file for each command, loaded when it is needed."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Annotated

import typer

from .. import __version__
from ..errors import JobclassError
from .options import FAILED, report

COMMANDS = {
    "label": "Labels ads: zones, duties with areas, role, role confusion.",
    "explain": "Explains a code: area, flag, note, role, zone or error.",
    "profile": "Prints the rule set.",
    "evaluate": "Compares verdicts with hand-coded ads.",
    "agree": "Measures how far coders agree.",
    "sample": "Draws ads for hand-coding, with the inclusion probability of each.",
    "convert": "Converts hand-coded ads between annotation formats.",
    "measure": "Measures role confusion over a labelled corpus, with corrected shares and intervals.",
    "train": "Builds the model from a training corpus.",
}
app = typer.Typer(
    name="jobclass",
    help="Reads German job ads, finds the duties and tells which role they belong to.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(*, wanted: bool) -> None:
    if wanted:
        from ..classifier.profile import load_profile
        from ..models.store import load_model

        model = load_model()
        typer.echo(
            f"jobclass {__version__} · profile {load_profile().version} · model {model.name} sha256:{model.digest[:16]}"
        )
        raise typer.Exit


_VERSION = typer.Option(
    "--version", callback=lambda value: _version(wanted=value), is_eager=True, help="Print the versions."
)


@app.callback()
def root(*, version: Annotated[bool, _VERSION] = False) -> None:
    """Reads German job ads, finds the duties and tells which role they belong to."""


for _name, _help in COMMANDS.items():
    app.command(_name, help=_help)(import_module(f".{_name}", __package__).command)


def main() -> None:
    """Runs the command line; errors are one line on standard error and exit status 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        app()
    except JobclassError as error:
        _fail(error)
    except BrokenPipeError:  # the reader of a pipe has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(FAILED) from None
    except Exception as error:
        if os.environ.get("JOBCLASS_DEBUG"):
            raise
        _fail(JobclassError("E114", problem=repr(error)))


def _fail(error: JobclassError) -> None:
    report(error)
    raise SystemExit(FAILED)

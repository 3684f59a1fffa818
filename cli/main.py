"""The command `jobclass`: one file for each command, loaded when it is needed."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import Annotated, NoReturn

import typer

from .. import __version__
from ..errors import JobclassError
from .options import FAILED, report
from .usage import UsageError, usage_error

COMMANDS = {
    "label": "Labels ads: zones, duties with areas, role, role confusion.",
    "check": "Checks ads before they are published; the exit status says whether they may pass.",
    "serve": "Serves a page on this machine that checks ads: paste or drop one.",
    "explain": "Explains a code: area, flag, note, role, zone or error.",
    "profile": "Prints the rule set; `compare` holds an ad against the profile of a role.",
    "evaluate": "Compares verdicts with hand-coded ads.",
    "agree": "Measures how far coders agree.",
    "annotate": "Serves a page on this machine for coding ads by hand.",
    "sample": "Draws ads for hand-coding, with the inclusion probability of each.",
    "convert": "Converts hand-coded ads between annotation formats.",
    "measure": "Measures role confusion over a labelled corpus, with corrected shares and intervals.",
    "train": "Builds the model from a training corpus.",
}
FEW_COLLECTIONS = 100_000
"""New objects between two searches for cycles: those of a start live on, and the usual 700 cost a twentieth of it."""
WITH_COMMANDS = ("profile",)
"""Commands that have commands of their own."""

app = typer.Typer(
    name="jobclass",
    help="Reads German job ads, finds the duties and tells which role they belong to.",
    invoke_without_command=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def root(
    context: typer.Context,
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the versions.")] = False,
) -> None:
    """Reads German job ads, finds the duties and tells which role they belong to."""
    if version:
        _print_versions()
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def _print_versions() -> None:
    from ..classifier.profile import load_profile
    from ..models.store import load_model

    model = load_model()
    typer.echo(
        f"jobclass {__version__} · profile {load_profile().version} · model {model.name} sha256:{model.digest[:16]}"
    )


for _name, _help in COMMANDS.items():
    _module = import_module(f".{_name}", __package__)
    if _name in WITH_COMMANDS:
        app.add_typer(_module.app, name=_name, help=_help)
    else:
        app.command(_name, help=_help)(_module.command)


def main() -> None:
    """Runs the command line; errors are one line on standard error and exit status 2."""
    gc.set_threshold(FEW_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        status = app(
            prog_name="jobclass", standalone_mode=False
        )  # errors of the call come here, to be told like all others
    except UsageError as error:
        if not str(error):  # no command at all: the help was shown
            raise SystemExit(FAILED) from None
        _fail(usage_error(error))
    except JobclassError as error:
        _fail(error)
    except BrokenPipeError:  # the reader of a pipe has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(FAILED) from None
    except Exception as error:
        if os.environ.get("JOBCLASS_DEBUG"):
            raise
        _fail(JobclassError("E114", problem=repr(error)))
    raise SystemExit(status if isinstance(status, int) else 0)


def _fail(error: JobclassError) -> NoReturn:
    report(error)
    raise SystemExit(FAILED)

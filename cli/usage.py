"""A call that cannot be understood: which error it is, and what was probably meant."""

from __future__ import annotations

import re
from typing import Any

import typer

from ..errors import InputError
from ..messages.nearest import hint

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What the parser raises for a wrong call; typer brings click under a name of its own, which changed once."""

_COMMAND = re.compile(r"No such command '([^']*)'")


def usage_error(error: Any) -> InputError:  # noqa: ANN401 -- the parser's classes have no public name
    """The error of a wrong call, with a code that `explain` knows.

    Args:
        error: what the parser raised.
    """
    context = error.ctx
    call = context.command_path if context else "jobclass"
    if found := _COMMAND.match(error.message):
        commands = list(context.command.commands) if context else []
        return InputError("E411", command=call, value=found[1], hint=hint(found[1], commands))
    if (option := getattr(error, "option_name", None)) is not None and "No such option" in error.message:
        known = [name for parameter in context.command.params for name in parameter.opts] if context else []
        return InputError("E412", command=call, value=option, hint=hint(option, known))
    return InputError("E410", command=call, problem=error.format_message().rstrip("."))

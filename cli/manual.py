"""The manual, made from the help of the commands: a man page and a reference in Markdown.

    python -m jobclass.cli.manual docs

writes both into a folder; a test holds that they are current.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from .. import __version__
from .main import app

if TYPE_CHECKING:
    from collections.abc import Iterator

MAN_PAGE = "jobclass.1"
REFERENCE = "commands.md"

OF_THE_PARSER = ("help", "install_completion", "show_completion")
"""Options every command of this kind has; their texts change with the version of the parser."""

STATUS = (
    ("0", "Done; nothing was found at or above the level of --fail-on."),
    ("1", "check found something at or above the level of --fail-on."),
    ("2", "The call, the configuration or an input failed; the other inputs were worked on."),
)
FILES = (("jobclass.toml", "The configuration, or the table [tool.jobclass] of pyproject.toml."),)
VARIABLES = (
    ("NO_COLOR", "No colours on a terminal."),
    ("JOBCLASS_DEBUG", "Shows the whole trace of an error in the program."),
)


@dataclass(frozen=True, slots=True)
class Help:
    """The help of one command: how it is called, what it does, its arguments and options."""

    call: str
    usage: str
    about: str
    parameters: tuple[tuple[str, str], ...]


def helps() -> Iterator[Help]:
    """The help of every command, the outermost first."""
    yield from _helps(typer.main.get_command(app), "jobclass", None)


def _helps(command: Any, call: str, parent: Any) -> Iterator[Help]:  # noqa: ANN401 -- the parser's classes have no public name
    context = command.make_context(call.rpartition(" ")[2], [], parent=parent, resilient_parsing=True)
    own = [parameter for parameter in command.params if parameter.name not in OF_THE_PARSER]
    arguments = [_named(parameter) for parameter in own if parameter.param_type_name == "argument"]
    inner = getattr(command, "commands", {})
    usage = " ".join([call, "[OPTION…]", *arguments, *(["COMMAND"] if inner else [])])
    parameters = tuple((_named(parameter), parameter.help or "") for parameter in own)
    yield Help(call, usage, " ".join((command.help or "").split()), parameters)
    for name, below in inner.items():
        yield from _helps(below, f"{call} {name}", context)


def _named(parameter: Any) -> str:  # noqa: ANN401 -- as above
    """An argument or option as it is written in a call."""
    if parameter.param_type_name == "argument":
        return str(parameter.metavar or parameter.name.upper())
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return ", ".join(sorted(parameter.opts, key=len)) + value


def as_markdown() -> str:
    """The reference: a section for each command."""
    lines = ["# Commands", "", "Made from the help of the commands by `python -m jobclass.cli.manual docs`."]
    lines += ["Every command knows `--help`; `jobclass --install-completion` completes them in the shell."]
    for found in helps():
        lines += ["", f"## {found.call}", "", found.about, "", "```text", found.usage, "```", ""]
        lines += ["| option | |", "| --- | --- |"] if found.parameters else []
        lines += [f"| `{_cell(name)}` | {_cell(said)} |" for name, said in found.parameters]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def as_man_page() -> str:
    """The man page, in the macros of man(7)."""
    first, *rest = helps()
    lines = [f'.TH JOBCLASS 1 "" "jobclass {__version__}"', ".SH NAME", f"jobclass \\- {_roff(first.about)}"]
    lines += [".SH SYNOPSIS", f".B {_roff(first.usage)}", ".SH OPTIONS", *_tagged(first.parameters), ".SH COMMANDS"]
    for found in rest:
        lines += [f".SS {_roff(found.usage)}", _roff(found.about), *_tagged(found.parameters)]
    for title, rows in (("EXIT STATUS", STATUS), ("FILES", FILES), ("ENVIRONMENT", VARIABLES)):
        lines += [f".SH {title}", *_tagged(rows)]
    return "\n".join([*lines, ""])


def _tagged(rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, said in rows:
        yield from (".TP", f".B {_roff(name)}", _roff(said))


def _roff(text: str) -> str:
    """A text in which roff finds nothing to obey."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def main() -> None:
    """Writes both into the folder that was named."""
    folder = Path(sys.argv[1])
    (folder / MAN_PAGE).write_text(as_man_page(), encoding="utf-8")
    (folder / REFERENCE).write_text(as_markdown(), encoding="utf-8")


if __name__ == "__main__":
    main()

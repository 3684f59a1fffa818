"""Prints what rich lays out, on a terminal or into a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from rich.console import RenderableType

_TRAILING_BLANKS = re.compile("(?<! ) ++$", re.MULTILINE)


def printed(parts: Iterable[RenderableType], file: TextIO, *, soft_wrap: bool = False) -> None:
    """Prints parts one by one; colours only on a terminal, and none if NO_COLOR is set.

    Args:
        parts: what is printed, each on rows of its own.
        file: where to.
        soft_wrap: rows may be longer than the terminal is wide.
    """
    console = Console(file=file, highlight=False, soft_wrap=soft_wrap)
    for part in parts:
        if console.is_terminal:
            console.print(part)
            continue
        with console.capture() as captured:
            console.print(part)
        # rich fills the last cell of a row, too; in a file nobody wants the blanks.
        file.write(_TRAILING_BLANKS.sub("", captured.get()))
        file.flush()

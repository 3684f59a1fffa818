"""A progress bar with rate and remaining time, on standard error."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Rate(ProgressColumn):
    """Rows a second, over the last half minute."""

    def render(self, task: Task) -> Text:
        """The rate, as soon as it is known."""
        return Text(f"{task.speed:.0f}/s" if task.speed else "–/s", style="progress.data.speed")


@contextmanager
def bar(total: int | None) -> Iterator[Callable[[int], object]]:
    """Shows a bar while the block runs.

    Args:
        total: rows there are to do, if that is known.

    Yields:
        What is to be told how many further rows are done.
    """
    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=total)
        yield lambda rows: shown.advance(task, rows)

"""Where results go: the terminal, or a file that appears only when it is complete and never replaces an input."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from errno import ENOENT, ENOTDIR
from itertools import combinations
from os import strerror
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING

from ..atomic import ensure_replaceable, replacing, told
from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO


def ensure_apart(outputs: Iterable[Path | None], inputs: Iterable[str | Path | None]) -> None:
    """Refuses outputs that would replace an input or cannot be written, before any work is done.

    What jobclass wrote into a folder that it now reads may be replaced: it is no input (`sources_of`).

    Args:
        outputs: the files that are to be written; None stands for standard output.
        inputs: all that is read, as the user named it.

    Raises:
        InputError: an output is an input under whatever name, another output, no file, or in no folder.
    """
    named = [str(path) for path in inputs if path is not None]
    files = [output for output in outputs if output is not None]
    for output in files:
        _ensure_file(output)
        if output.exists():
            _ensure_no_input(output, named)
    for one, other in combinations(files, 2):
        if realpath(one) == realpath(other) or (one.exists() and other.exists() and one.samefile(other)):
            raise InputError("E129", path=other)


def ensure_folder(output: Path) -> None:
    """Refuses, before any work is done, a folder to write to that is a file.

    Raises:
        InputError: it is one.
    """
    with told(output):
        if output.exists() and not output.is_dir():
            raise InputError("E112", path=output, problem=strerror(ENOTDIR))


def _ensure_file(output: Path) -> None:
    ensure_replaceable(output)
    with told(output):
        if not Path(realpath(output)).parent.is_dir():
            raise InputError("E112", path=output, problem=strerror(ENOENT))


def _ensure_no_input(output: Path, named: list[str]) -> None:
    from ..corpus.readers.paths import sources_of
    from ..corpus.readers.written import are_same, is_own

    own = is_own(output)  # in a folder it is no input then: only what is named itself is one
    for path in named:
        sources: Iterable[object] = [path] if own else sources_of(path)
        if any(isinstance(source, str) and are_same(source, output) for source in sources):
            raise InputError("E128", path=output)


@contextmanager
def opened(path: Path | None) -> Iterator[TextIO]:
    """A text file to write results to: standard output, or a file that appears when it is complete.

    Raises:
        InputError: the file cannot be written; an existing one is left as it was.
    """
    if path is None:
        yield sys.stdout
        sys.stdout.flush()
        return
    # A name of a file may hold bytes that are no text; JSON can spell them.
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", errors="backslashreplace") as file:
        yield file

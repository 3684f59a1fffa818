"""Formats that foreign parsers open: each document in a process of its own, with limits on time and memory.

A few hundred bytes of PDF can keep a parser busy for days or make it fill the memory, and no count of pages or objects
tells beforehand. A process can be ended on every system, whatever it does; a crash in it is one unreadable document.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from ...classifier.ad import Ad
from ...errors import InputError
from .document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS = 20
"""Wall clock for one document, on a busy machine too; the largest honest ones need 2."""

MEMORY = 1_000_000_000
"""Bytes of address space, where the system can limit it (Linux)."""


def reader(module: str) -> Callable[[bytes, str, str], Iterator[Document]]:
    """A reader that opens documents in a process of its own.

    Args:
        module: of this package, with a function `text_of(content: bytes) -> str` that renders a document.
    """

    def read(content: bytes, source: str, title: str) -> Iterator[Document]:
        yield Document(Ad(text_in_child(module, content, source), title, source))

    return read


def text_in_child(module: str, content: bytes, source: str) -> str:
    """What `text_of` of a module makes of a document.

    Raises:
        InputError: the module refused it, it broke the parser, or it took more than it may.
    """
    # -P: a file in the working folder that is named like a module is not imported.
    command = [sys.executable, "-P", "-m", __name__, module]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603 -- our own module in our own interpreter
    except subprocess.TimeoutExpired as error:
        raise InputError("E125", path=source, seconds=SECONDS) from error
    if done.returncode:
        raise InputError("E119", path=source, problem=f"{module}: exit {done.returncode}")
    answer = json.loads(done.stdout)
    if "error" in answer:
        raise InputError(answer["error"], **answer["details"]).at(source)
    return str(answer["text"])


def main() -> None:
    """The child: bytes on standard input, a JSON object with the text or the error on standard output."""
    _limit_memory()
    text_of = import_module(f".{sys.argv[1]}", __package__).text_of
    try:
        answer = {"text": text_of(sys.stdin.buffer.read())}
    except InputError as error:
        answer = {"error": error.code, "details": error.details}
    except MemoryError:
        answer = {"error": "E125", "details": {"seconds": SECONDS}}
    except Exception as error:  # noqa: BLE001 -- parsers meet hostile files and raise what they like
        answer = {"error": "E119", "details": {"problem": type(error).__name__}}
    sys.stdout.write(json.dumps(answer, default=str))


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):
        pass  # no such limit on this system: the time limit alone holds


if __name__ == "__main__":
    main()

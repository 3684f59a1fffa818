"""The files beside the page: styles, script and icon, read once; nothing else is ever served."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class File:
    """A file: its content and what it is."""

    content: bytes
    kind: str


def _read(folder: Traversable, name: str, kind: str) -> File:
    return File(folder.joinpath(name).read_bytes(), kind)


_OWN = files(__package__).joinpath("static")
_SHARED = files(__package__.rpartition(".")[0]).joinpath("cli", "render", "pages")

FILES = {
    "findings.css": _read(_SHARED, "findings.css", "text/css"),
    "coding.css": _read(_OWN, "coding.css", "text/css"),
    "coding.js": _read(_OWN, "coding.js", "text/javascript"),
    "page.css": _read(_OWN, "page.css", "text/css"),
    "page.js": _read(_OWN, "page.js", "text/javascript"),
    "icon.svg": _read(_OWN, "icon.svg", "image/svg+xml"),
}
"""Each file by the name it is asked for: `findings.css` is the style sheet of the reports."""

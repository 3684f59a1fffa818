"""Files as a published report names them."""

from __future__ import annotations

from os.path import abspath
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def short_names(paths: Sequence[Path]) -> dict[Path, str]:
    """Each file by its name, with as many folders before it as tell it from the others.

    So a report tells nothing of the machine it was made on, and is the same from whatever folder.

    Args:
        paths: of the files, absolute or relative.
    """
    parts = {path: Path(abspath(path)).parts[1:] for path in paths}  # noqa: PTH100 -- a link keeps its own name
    different = set(parts.values())
    return {path: _shortest(own, different - {own}) for path, own in parts.items()}


def _shortest(own: tuple[str, ...], others: set[tuple[str, ...]]) -> str:
    lengths = (n for n in range(1, len(own)) if all(other[-n:] != own[-n:] for other in others))
    return "/".join(own[-next(lengths, len(own)) :])

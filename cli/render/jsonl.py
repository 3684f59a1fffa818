"""Verdicts as JSON Lines: one object a line, as soon as it is there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from .json import values_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from ...classifier.profile import Profile
    from ..results import Result


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:  # noqa: ARG001 -- every renderer is called alike
    """Writes each result on a line of its own."""
    for result in results:
        file.write(json.dumps(values_of(result, language), ensure_ascii=False) + "\n")
        file.flush()

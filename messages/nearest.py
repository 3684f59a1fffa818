"""What was probably meant by a word that is not known."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def hint(value: str, known: Sequence[str]) -> str:
    """The nearest known value, or nothing; messages ask whether it was meant."""
    folded = {name.casefold(): name for name in known}
    near = get_close_matches(value.casefold(), folded, 1)
    return folded[near[0]] if near else ""

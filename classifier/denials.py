"""Denials: units that say what the post does not do, which are no duties though they stand among them.

Only units that hold nothing else: "Du planst die Beiträge, die Freigabe liegt nicht bei dir" is a duty.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from .pronouns import ADDRESSES, YOU
from .table import Table
from .words import bag, fold, in_one_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_END = r"(?=\s*(?:[^\w\s]|\Z))"
_CUT = re.compile(r"[:;.!?()]|\s[–—-]\s")


class _Denials(NamedTuple):
    """The lists of `denials.toml`, compiled."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    negations: frozenset[str]
    doubts: frozenset[str]
    joining: frozenset[str]


def is_denial(unit: str, words: Sequence[str]) -> bool:
    """Whether a unit says nothing but what the post does not do.

    Args:
        unit: its text.
        words: its folded words, known already: most units hold no negation, and are not looked at any further.
    """
    known = _denials()
    if known.negations.isdisjoint(words):
        return False
    text = fold(in_one_row(unit))
    found = known.before.match(text) or known.behind.search(text)
    if found is None:
        return False
    ahead, rest = text[: found.start()], text[found.end() :]
    return _is_one_clause(ahead, known.joining) and known.doubts.isdisjoint(bag(f"{ahead} {rest}"))


def _is_one_clause(ahead: str, joining: frozenset[str]) -> bool:
    """Whether all that stands ahead of a denial is what it denies: behind a comma only where it is a series."""
    series, _, last = ahead.rstrip(" ,").rpartition(",")
    return not _CUT.search(ahead) and (not series or not joining.isdisjoint(bag(last)))


@cache
def _denials() -> _Denials:
    """The packaged lists.

    Raises:
        ProfileError: a list is missing or wrong.
    """
    file = Table.read(files(__package__) / "denials.toml")
    behind, before = _any_of(file.strings("behind"), _END), _any_of(file.strings("before"), r"\b")
    negations, doubts, joining = (frozenset(file.strings(name)) for name in ("negations", "doubts", "joining"))
    return _Denials(behind, before, negations, doubts | YOU | ADDRESSES, joining)


def _any_of(denials: Iterable[str], end: str) -> re.Pattern[str]:
    """A pattern that finds any of some rows of words."""
    rows = (r"\s{1,3}".join(f"(?:{word})" for word in denial.split()) for denial in denials)
    return re.compile(rf"\b(?:{'|'.join(rows)}){end}")

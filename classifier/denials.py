"""Denials: units that say what the post does not do, which are no duties though they stand among them.

Only units that say nothing more than that, and perhaps who does it instead: "Du planst die Beiträge, die Freigabe liegt
nicht bei dir" is a duty.
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
    elsewhere: re.Pattern[str]
    negations: frozenset[str]
    doubts: frozenset[str]
    joining: frozenset[str]
    articles: frozenset[str]


def is_denial(unit: str, words: Sequence[str]) -> bool:
    """Whether a unit says nothing but what the post does not do, and perhaps who does it.

    Args:
        unit: its text.
        words: its folded words, known already: most units hold no negation, and are not looked at any further.
    """
    known = _denials()
    if known.negations.isdisjoint(words):
        return False
    text = fold(in_one_row(unit)).rstrip(" .!,;")
    if found := known.before.match(text):
        denied, rest = text[found.end() :], ""
    elif found := known.behind.search(text):
        denied, rest = text[: found.start()], text[found.end() :]
    else:
        return False
    if not (instead := known.elsewhere.match(rest)):
        return False
    parts = denied, rest[instead.end() :]
    return known.doubts.isdisjoint(bag(" ".join(parts))) and all(_is_one_clause(part, known) for part in parts)


def _is_one_clause(part: str, known: _Denials) -> bool:
    """Whether words say one thing: behind a comma they may only go on with a series that was not closed before."""
    series, _, last = part.rstrip(" ,").rpartition(",")
    before, behind = bag(series), bag(last)
    goes_on = known.joining.isdisjoint(before) and not known.joining.isdisjoint(behind)
    return not _CUT.search(part) and (not before or (goes_on and behind[0] not in known.articles))


@cache
def _denials() -> _Denials:
    """The packaged lists.

    Raises:
        ProfileError: a list is missing or wrong.
    """
    file = Table.read(files(__package__) / "denials.toml")
    words = {name: frozenset(file.strings(name)) for name in ("negations", "doubts", "joining", "articles")}
    return _Denials(
        behind=re.compile(rf"\b{_any_of(file.strings('behind'))}{_END}"),
        before=re.compile(rf"{_any_of(file.strings('before'))}\b"),
        elsewhere=re.compile(rf"\Z|\W{{1,3}}{_any_of(file.strings('elsewhere'))}\b"),
        **(words | {"doubts": words["doubts"] | YOU | ADDRESSES}),
    )


def _any_of(denials: Iterable[str]) -> str:
    """A part of a pattern that finds any of some rows of words."""
    rows = (r"\s{1,3}".join(f"(?:{word})" for word in denial.split()) for denial in denials)
    return f"(?:{'|'.join(rows)})"

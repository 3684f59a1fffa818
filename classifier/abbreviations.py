"""Tells a full stop that ends a sentence from one that shortens a word or follows a figure."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from .pronouns import SUBJECTS, WE, YOU
from .table import Table

_LETTERS = re.compile(r"(?<![^\W_])[^\W\d_](?:\.\s?[^\W\d_]){0,5}\.\Z")
_WORD = re.compile(r"(?<![^\W_])([^\W\d_]+)\.\Z")
_DAY = re.compile(r"(?<![^\s(/-])\d{1,2}\.\Z")
_MONTH = re.compile(r"\.\d{1,2}\.\Z")
_YEAR = re.compile(r"\d{4}\b")
_FIRST_WORDS = re.compile(r"\W*([^\W\d_]+)(?:\s+([^\W\d_]+))?(?:\s+([^\W\d_]+))?")
_LETTER = re.compile(r"[^\W\d_]")
_WHOSE = SUBJECTS | YOU | WE


class _Abbreviations(NamedTuple):
    """The lists of `abbreviations.toml`."""

    prefixes: frozenset[str]
    others: frozenset[str]
    endings: frozenset[str]
    before_figures: frozenset[str]
    closing: frozenset[str]


def ends_sentence(before: str, behind: str = "") -> bool:
    """Whether the mark that a stretch ends with can end a sentence.

    Args:
        before: the stretch, from the beginning of its sentence or as much as holds its last word.
        behind: what comes next, three words are enough.
    """
    before, behind = before.strip(), behind.strip()
    if day := _DAY.search(before):
        return day.start() > 0 and _begins_clause(behind)
    if _MONTH.search(before):
        return not _YEAR.match(behind)
    short, known = _short(before), _abbreviations()
    if not short or short in known.prefixes:
        return not short
    if _is_other(short, known) or (short in known.before_figures and behind[:1].isdigit()):
        return _begins_clause(behind) or (short in known.closing and _begins_with_whose(behind))
    return True


def _short(before: str) -> str:
    """What stands before the full stop, as the lists spell it: letters without blanks, a first word small."""
    if letters := _LETTERS.search(before):
        return "".join(letters.group().split())[:-1]
    if not (word := _WORD.search(before)):
        return ""
    found, known = word.group(1), _abbreviations()
    begins = not _LETTER.search(before[: word.start()])
    small = found[0].lower() + found[1:]
    return small if begins and (small in known.prefixes or small in known.others) else found


def _is_other(short: str, known: _Abbreviations) -> bool:
    return len(short.rpartition(".")[2]) == 1 or short in known.others or any(map(short.endswith, known.endings))


def _begins_clause(text: str) -> bool:
    """Whether a text begins with a subject and its verb, in either order: "Du planst", "Dabei planst du"."""
    found = _FIRST_WORDS.match(text)
    if found is None:
        return False
    first, second, third = found.groups("")
    return second.islower() and (first.casefold() in SUBJECTS or third.casefold() in SUBJECTS)


def _begins_with_whose(text: str) -> bool:
    first = _FIRST_WORDS.match(text)
    return first is not None and first[1].casefold() in _WHOSE


@cache
def _abbreviations() -> _Abbreviations:
    """The packaged lists.

    Raises:
        ProfileError: a list is missing or wrong.
    """
    file = Table.read(files(__package__) / "abbreviations.toml")
    return _Abbreviations(*(frozenset(file.strings(name)) for name in _Abbreviations._fields))

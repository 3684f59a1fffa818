"""Tells a full stop that ends a sentence from one that shortens a word or follows a figure."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from .pronouns import SUBJECTS
from .table import Table

_SHORT = re.compile(r"(?<![^\W_])([^\W\d_]+)\.\Z")
_DAY = re.compile(r"(?<![^\s(/-])\d{1,2}\.\Z")
_MONTH = re.compile(r"\.\d{1,2}\.\Z")
_CLAUSE = re.compile(r"\W*([^\W\d_]+)\s+[a-zäöüß]")


class _Abbreviations(NamedTuple):
    """The lists of `abbreviations.toml`."""

    always: frozenset[str]
    before_figures: frozenset[str]
    closing: frozenset[str]


def ends_sentence(before: str, behind: str = "") -> bool:
    """Whether the mark that a stretch ends with can end a sentence.

    Args:
        before: the stretch, some words of it are enough.
        behind: what comes next, two words are enough.
    """
    figure = behind.lstrip()[:1].isdigit()
    if _DAY.search(before) or (figure and _MONTH.search(before)):
        return False
    short = _SHORT.search(before)
    if not short:
        return True
    word, known = short.group(1), _abbreviations()
    if word in known.closing and _begins_clause(behind):
        return True
    forms = {word, word[0].lower() + word[1:]}
    return not (len(word) == 1 or forms & known.always or (figure and word in known.before_figures))


def _begins_clause(text: str) -> bool:
    """Whether a text begins with a subject and its verb: "Du planst"; not so "Ihr Team"."""
    clause = _CLAUSE.match(text)
    return clause is not None and clause.group(1).casefold() in SUBJECTS


@cache
def _abbreviations() -> _Abbreviations:
    """The packaged lists.

    Raises:
        ProfileError: a list is missing or wrong.
    """
    file = Table.read(files(__package__) / "abbreviations.toml")
    always, before_figures, closing = (frozenset(file.strings(name)) for name in _Abbreviations._fields)
    return _Abbreviations(always, before_figures, closing)

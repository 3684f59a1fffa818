"""Ignore comments, the silencers that stand in an ad itself: `<!-- jobclass: ignore F7 small team -->`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .findings import Rows
from .silencer import Silencer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..readers.document import Comment

_IGNORE = r"""[ \t]*jobclass[ \t]*:[ \t]*ignore\b[ \t]*+
    (?P<codes>(?:[A-Za-z]\d{1,2}\b[ \t,]{0,9}+){0,20}+)
    (?:[ \t:–]|-(?!->))*+(?P<reason>[^\r\n]{0,400}?)"""
_COMMENT = re.compile(_IGNORE, re.VERBOSE)
_IN_TEXT = re.compile(f"<!--{_IGNORE}-->", re.VERBOSE)


def without_comments(text: str, source: str) -> tuple[str, tuple[Silencer, ...]]:
    """The text of an ad with its ignore comments blanked, and the silencers they hold; offsets stay as they are.

    Args:
        text: the ad as its author wrote it.
        source: how the user named it.
    """
    rows = Rows(text)
    found: list[Silencer] = []
    for comment in _IN_TEXT.finditer(text):
        found += _silencers(comment, f"{source}:{rows.place(*comment.span()).line}")
    return _IN_TEXT.sub(lambda comment: re.sub(r"[^\r\n]", " ", comment[0]), text), tuple(found)


def silencers_of(comments: Iterable[Comment]) -> Iterator[Silencer]:
    """The silencers that comments of a page hold; what is no ignore comment is passed over."""
    for comment in comments:
        if ignore := _COMMENT.fullmatch(" ".join(comment.text.split())):
            yield from _silencers(ignore, comment.where)


def _silencers(comment: re.Match[str], where: str) -> Iterator[Silencer]:
    """One silencer for each code; without a code, one that silences nothing and is told."""
    for code in comment["codes"].replace(",", " ").upper().split() or [""]:
        yield Silencer("comment", where, code, reason=" ".join(comment["reason"].split()))

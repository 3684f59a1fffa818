"""N-Quads, as Web Data Commons publishes what pages of Common Crawl state: the German job postings, one row each.

The statements of a page stand together, each with the page's address. https://webdatacommons.org/structureddata/
"""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from ...classifier.language import is_german
from .cells import text_of
from .text_stream import Lines, opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from .rows import Row

NAMES = ("id", "title", "text", "date", "employer", "place")
"""Columns of the rows; the id is the address of the page."""

MOST_STATEMENTS = 100_000
"""Statements of a page that are looked at."""

POSTING = re.compile(r"https?://schema\.org/JobPosting")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

_NODE = r"(?:<([^<>\s]*)>|(_:\S+))"
_LITERAL = r'"((?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^<>\s]*>)?'
_STATEMENT = re.compile(rf"{_NODE}\s+<([^<>\s]*)>\s+(?:{_NODE}|{_LITERAL})\s+<([^<>\s]*)>\s*\.\s*$")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_LAST_CODE_POINT = 0x10FFFF


class Statement(NamedTuple):
    """A quad: what is said of a node, on which page; `property` is the last part of its address."""

    node: str
    property: str
    value: str
    page: str


class QuadsTable:
    """An N-Quads file, packed or not.

    Args:
        path: the file.
    """

    names = NAMES

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self) -> Iterator[Row]:
        """The German postings, page by page; statements that cannot be parsed are passed over."""
        with opened(self.path) as file:
            for page, statements in groupby(_statements(Lines(file, self.path)), lambda found: found.page):
                found = [row for row in _postings(islice(statements, MOST_STATEMENTS)) if is_german(str(row["text"]))]
                for number, row in enumerate(found, 1):
                    yield {"id": page if len(found) == 1 else f"{page}#{number}", **row}


def _statements(lines: Lines) -> Iterator[Statement]:
    for line in lines.or_errors():
        if isinstance(line, str) and (match := _STATEMENT.match(line)):
            address, blank, predicate, other, other_blank, literal, page = match.groups()
            value = other or other_blank or unescaped(literal or "")
            name = TYPE if predicate == TYPE else re.split(r"[/#]", predicate)[-1]
            yield Statement(address or blank, name, value, page)


def unescaped(literal: str) -> str:
    """A literal without its escapes."""

    def char(match: re.Match[str]) -> str:
        short, long, single = match.groups()
        if single:
            return _ESCAPED.get(single, single)
        code = int(short or long, 16)
        return chr(code) if code <= _LAST_CODE_POINT else "\ufffd"

    return _ESCAPE.sub(char, literal)


def _postings(statements: Iterator[Statement]) -> Iterator[dict[str, object]]:
    """The postings of a page, in the order their types are stated."""
    nodes: dict[str, dict[str, str]] = defaultdict(dict)
    postings: dict[str, None] = {}
    for statement in statements:
        nodes[statement.node].setdefault(statement.property, statement.value)
        if statement.property == TYPE and POSTING.fullmatch(statement.value):
            postings[statement.node] = None
    for node in postings:
        said = nodes[node]
        yield {
            "title": said.get("title", "").strip(),
            "text": text_of(said.get("description", "")),
            "date": said.get("datePosted"),
            "employer": _named(nodes, said.get("hiringOrganization", ""), ("name", "legalName")),
            "place": _named(nodes, said.get("jobLocation", ""), ("address", "addressLocality", "name")),
        }


def _named(nodes: Mapping[str, Mapping[str, str]], value: str, properties: tuple[str, ...]) -> str:
    """The words behind a value: itself if it is text, or what the node it points to says of itself."""
    for _ in properties:
        if value not in nodes:
            return value
        said = nodes[value]
        value = next((said[name] for name in properties if name in said), "")
    return value

"""What of a web page is not the ad: navigation, cookie banners, other jobs, footers, lists of links.

The words and thresholds are data (`boilerplate.toml`). Nothing is removed from the tree; the parts to pass over are
named, so that a walk can skip them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NO_LETTERS = re.compile(r"[^a-z]+")
_LEVELS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(("aside", "div", "menu", "ol", "p", "section", "table", "ul"))
_NEVER = frozenset(("html", "body", "main", "article"))


@dataclass(frozen=True, slots=True)
class _Rules:
    silent: frozenset[str]
    around: frozenset[str]
    roles: frozenset[str]
    names: re.Pattern[str]
    headings: frozenset[str]
    link_share: float
    fewest_links: int
    largest_share: float


@cache
def _rules() -> _Rules:
    values = tomllib.loads((files(__package__) / "boilerplate.toml").read_text(encoding="utf-8"))
    return _Rules(
        silent=frozenset(values["silent"]),
        around=frozenset(values["around"]),
        roles=frozenset(values["roles"]),
        names=re.compile(f"-(?:{'|'.join(map(re.escape, values['names']))})-"),
        headings=frozenset(values["headings"]),
        link_share=values["link_share"],
        fewest_links=values["fewest_links"],
        largest_share=values["largest_share"],
    )


@dataclass(slots=True)
class _Part:
    """What was counted of a subtree.

    Attributes:
        start: characters of the page before it.
        length: characters in it, blank text left out.
        linked: characters of these inside links.
        links: how many links.
        is_main: whether it holds the title or the main element of the page.
        heading: the first heading in it.
    """

    start: int
    length: int = 0
    linked: int = 0
    links: int = 0
    is_main: bool = False
    heading: HtmlElement | None = None


def left_out(root: HtmlElement) -> set[HtmlElement]:
    """The elements of a page whose subtrees are no part of the ad."""
    rules = _rules()
    silent = set(root.iter(*rules.silent))
    parts = _parts(root, silent)
    whole = parts[root].length
    named = {node for node, part in parts.items() if _is_boilerplate(node, part, whole, rules)}
    other = {node for heading in _other_headings(parts, rules) for node in _under(heading, parts, whole, rules)}
    return silent | named | other


def _parts(root: HtmlElement, silent: set[HtmlElement]) -> dict[HtmlElement, _Part]:
    """Counts every subtree in one walk."""
    from lxml.etree import iterwalk

    parts: dict[HtmlElement, _Part] = {}
    length = linked = links = open_links = 0
    walk = iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            parts[node] = _Part(length, linked=-linked, links=-links)
            if node in silent:
                walk.skip_subtree()
                continue
            open_links += node.tag == "a"
            links += node.tag == "a"
            size = _length(node.text)
        else:
            if node not in silent:
                open_links -= node.tag == "a"
                _close(parts, node, length, linked, links)
            size = _length(node.tail)
        length += size
        linked += size if open_links else 0
    return parts


def _length(text: str | None) -> int:
    return len(text) if text and not text.isspace() else 0


def _close(parts: dict[HtmlElement, _Part], node: HtmlElement, length: int, linked: int, links: int) -> None:
    part = parts[node]
    part.length = length - part.start
    part.linked += linked
    part.links += links
    if node.tag in _LEVELS:
        part.heading = node
    part.is_main = part.is_main or node.tag in ("h1", "main") or node.get("role") == "main"
    above = parts.get(node.getparent())
    if above is not None:
        above.is_main = above.is_main or part.is_main
        above.heading = above.heading if above.heading is not None else part.heading


def _is_boilerplate(node: HtmlElement, part: _Part, whole: int, rules: _Rules) -> bool:
    tag = node.tag
    if tag in rules.around or node.get("role") in rules.roles:
        return not part.is_main
    if tag == "button":  # one that opens a part of the page is that part's heading
        above = node.getparent()
        return not ("aria-expanded" in node.attrib or "aria-controls" in node.attrib or above.tag in _LEVELS)
    if part.length <= rules.largest_share * whole and (tag == "form" or _has_name(node, rules)):
        return True
    return tag in _BLOCKS and part.links >= rules.fewest_links and part.linked >= rules.link_share * part.length


def _has_name(node: HtmlElement, rules: _Rules) -> bool:
    name = f"{node.get('class', '')} {node.get('id', '')}"
    if name == " " or node.tag in _NEVER:
        return False
    return bool(rules.names.search("-" + _NO_LETTERS.sub("-", _CAMEL.sub("-", name).lower()) + "-"))


def _other_headings(parts: Mapping[HtmlElement, _Part], rules: _Rules) -> Iterator[HtmlElement]:
    for node, part in parts.items():
        if node.tag in _LEVELS and part.length and part.length < max(map(len, rules.headings)) * 2:
            words = " ".join("".join(islice(node.itertext(), 9)).split()).strip(" .:!…").casefold()
            if words in rules.headings:
                yield node


def _under(
    heading: HtmlElement, parts: Mapping[HtmlElement, _Part], whole: int, rules: _Rules
) -> Iterator[HtmlElement]:
    """The part of the page a heading opens: the element it begins, or else what follows it."""
    node = heading
    while (above := node.getparent()) is not None and above.tag not in _NEVER:
        part = parts[above]
        if part.heading is not heading or part.start != parts[heading].start:
            break
        if part.is_main or part.length > rules.largest_share * whole:
            break
        node = above
    yield node
    if parts[node].length > parts[heading].length:
        return
    for sibling in node.itersiblings():
        opened = parts[sibling].heading if sibling in parts else None
        if opened is not None and _LEVELS[opened.tag] <= _LEVELS[heading.tag]:
            return
        yield sibling

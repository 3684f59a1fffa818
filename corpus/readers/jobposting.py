"""Job postings that a page states for machines: schema.org `JobPosting` as JSON-LD or Microdata."""

from __future__ import annotations

import html
import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from ...errors import InputError
from .light_markdown import rows
from .tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

SECTIONS = {
    "description": "",
    "responsibilities": "Aufgaben",
    "qualifications": "Profil",
    "skills": "Profil",
    "jobBenefits": "Wir bieten",
}
"""Properties that hold text of the ad, in their order, and the heading each gets if it adds something."""

FACTS = {"date": "datePosted", "employer": "hiringOrganization", "place": "jobLocation"}
"""What a table knows of an ad besides, and the property that holds it."""

_NAMES = ("name", "legalName", "addressLocality")
"""Properties of an employer or a place that name it."""

SHORTEST = 300
"""Characters; a shorter posting is a teaser, the ad stands on the page (or behind a link, on a page of results)."""

MOST_ESCAPES = 3
"""How many times a description may be HTML-escaped; feeds do it twice at most."""

MOST_POSTINGS = 1000
"""On one page; a page of results has 100."""

LARGEST_JSON = 2_000_000
"""Characters of all JSON-LD of a page; a page of 100 postings has one million."""

_TYPE = "jobposting"
_TAG = re.compile(r"<\s*+(?:/\s*+)?[a-zA-Z]")
_ESCAPED_TAG = re.compile(r"&(?:amp;)*(?:lt|#60|#x3c);\s*+(?:/\s*+)?[a-zA-Z]", re.IGNORECASE)
_WRAPPING = re.compile(
    r"""^\s*+(?:/[/*]\s*+)?(?:<!--|<!\[CDATA\[)\s*+(?:\*/)?  # before the JSON
    | (?:/[/*]\s*+)?(?:-->|\]\]>)\s*+(?:\*/)?[\s;]*+$        # behind it
    | ;\s*+$""",
    re.VERBOSE,
)
# A string that is never closed is matched as well: else each quote in it would be tried as a beginning.
_STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))|,(?=\s*+[}\]])', re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_KNOWN_ESCAPES = frozenset('"\\/bfnrtu')


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting.

    Attributes:
        title: in one row.
        texts: by property, rendered.
        facts: values by the names of `FACTS`, as the page has them: texts, or records with the words inside.
    """

    title: str
    texts: Mapping[str, str]
    facts: Mapping[str, object] = field(default_factory=dict)

    def as_text(self) -> str:
        """The posting as one text: the title as heading, the description, and what other properties add to it."""
        found = [self.texts.get("description", "")]
        for name, heading in SECTIONS.items():
            text = self.texts.get(name, "")
            if text and _letters(text) not in _letters("".join(found)):
                found += [f"## {heading}", text]
        if self.title and _letters(self.title) not in _letters(found[0][: 3 * len(self.title)]):
            found.insert(0, f"# {self.title}")
        return "\n\n".join(row for row in found if row)


def stated(root: HtmlElement) -> list[tuple[str, str]]:
    """The postings of a page as pairs of text and title, each once: from JSON-LD, else from Microdata.

    Args:
        root: of the page.

    Raises:
        InputError: there are too many.
    """
    return [(text, posting.title) for text, posting in postings(root).items()]


def postings(root: HtmlElement) -> dict[str, Posting]:
    """The postings of a page by their text; as `stated`."""
    for source in (from_json_ld, from_microdata):
        found = list(islice(source(root), MOST_POSTINGS + 1))
        if len(found) > MOST_POSTINGS:
            raise InputError("E122", what="JobPosting", size=len(found), largest=MOST_POSTINGS)
        texts = {posting.as_text(): posting for posting in found}
        if whole := {text: posting for text, posting in texts.items() if len(text) >= SHORTEST}:
            return whole
    return {}


def from_json_ld(root: HtmlElement) -> Iterator[Posting]:
    """The postings in `<script type="application/ld+json">`: single, in arrays or graphs; broken JSON is mended."""
    scripts = [script.text for script in root.iter("script") if "ld+json" in script.get("type", "").lower()]
    if (size := sum(map(len, filter(None, scripts)))) > LARGEST_JSON:
        raise InputError("E122", what="JSON-LD", size=size, largest=LARGEST_JSON)
    for item in _items([_loaded(text) for text in scripts if text]):
        if _is_posting(item.get("@type")):
            texts = {name: _rendered(_text(item.get(name))) for name in SECTIONS}
            facts = {fact: item.get(name) for fact, name in FACTS.items()}
            yield Posting(_one_row(_rendered(_text(item.get("title")))), texts, facts)


def from_microdata(root: HtmlElement) -> Iterator[Posting]:
    """The postings in elements with `itemtype="https://schema.org/JobPosting"`."""
    for scope in root.iterfind(".//*[@itemtype]"):
        if _is_posting_item(scope):
            found: dict[str, list[str]] = defaultdict(list)
            for node in _properties(scope):
                for name in set(node.get("itemprop", "").split()):
                    found[name].append(_named(node) if name in FACTS.values() else _said(node))
            facts = {fact: found.pop(name, [""])[0] for fact, name in FACTS.items()}
            texts = {name: "\n\n".join(filter(None, values)) for name, values in found.items()}
            yield Posting(_one_row(texts.pop("title", "")), texts, facts)


def _is_posting_item(node: HtmlElement) -> bool:
    return any(_is_posting(kind) for kind in node.get("itemtype", "").split())


def _said(node: HtmlElement) -> str:
    return node.get("content") or node.get("datetime") or rows(node, set(node.iter("script", "style")))


def _named(node: HtmlElement) -> str:
    """A property in one row; of an item, what names that."""
    inner = (found for own in _NAMES for found in node.iterfind(f".//*[@itemprop='{own}']"))
    return _one_row(_said(next(inner, node)))


def _properties(scope: HtmlElement) -> Iterator[HtmlElement]:
    """The elements that state a property of this item; an item inside it, its employer, has a description too."""
    from lxml.etree import iterwalk

    walk = iterwalk(scope, events=("start",))
    for _, node in walk:
        if node is scope:
            continue
        named = set(node.get("itemprop", "").split())
        is_item = "itemscope" in node.attrib or "itemtype" in node.attrib
        states_fact = not named.isdisjoint(FACTS.values()) and not _is_posting_item(node)
        if states_fact or (not is_item and named & {"title", *SECTIONS}):
            yield node
        if states_fact or is_item or named & {"title", *SECTIONS}:
            walk.skip_subtree()


def _loaded(text: str) -> object:
    """JSON as pages write it: with line breaks in strings, comments around it, commas too many, stray backslashes."""
    text = _WRAPPING.sub("", text)
    for attempt in (text, _mended(text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _mended(text: str) -> str:
    known = _ESCAPE.sub(lambda found: found.group(found.group(1) not in _KNOWN_ESCAPES), text)
    return _STRING_OR_COMMA.sub(lambda found: found.group(1) or "", known)


def _items(value: object) -> Iterator[dict[str, object]]:
    """Every object of a JSON value, outer ones first."""
    stack = [value]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            yield node
            stack += [child for child in reversed(node.values()) if isinstance(child, (dict, list))]
        elif isinstance(node, list):
            stack += reversed(node)


def _is_posting(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(name, str) and re.split(r"[/:#]", name)[-1].lower() == _TYPE for name in kinds)


def _text(value: object) -> str:
    """A property as text; several values become items."""
    values = [text for item in (value if isinstance(value, list) else [value]) if (text := _single(item))]
    return "".join(f"<li>{text}</li>" for text in values) if len(values) > 1 else "".join(values)


def _single(value: object) -> str:
    """One value; HTML that was escaped becomes HTML again."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("description") or value.get("name")
    if not isinstance(value, str):
        return ""
    for _ in range(MOST_ESCAPES):
        if _TAG.search(value) or not _ESCAPED_TAG.search(value):
            break
        value = html.unescape(value)
    return value


def _rendered(text: str) -> str:
    """A property as rows; plain text keeps its line breaks."""
    return rows(parse(text)) if _TAG.search(text) else html.unescape(text).strip()


def _one_row(text: str) -> str:
    return " ".join(text.split()).strip("#* -")


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()

"""Time grows with the length of the input, not with its square: no pattern and no loop hangs on a hostile text.

Whatever may hang runs in a process of its own, under a hard limit: what is linear needs a hundredth of it.
"""

# ruff: noqa: T201 -- the child prints
from __future__ import annotations

import faulthandler
import pkgutil
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass
from importlib import import_module
from inspect import getsource
from itertools import chain, product
from re import _constants as code
from re import _parser as parser
from time import process_time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

LIMIT = 60
"""Seconds; on a text of a million characters even a square of the quickest steps takes longer."""

SHORT, LONG = 1000, 1_000_000
SUSPECT = 16
"""Times as long for a text of eight times the length: the long one is tried then. Nothing fails by this alone."""

USUAL = " \n-,.:aA0("
"""Characters that are tried even if a pattern does not name them: its classes may hold them."""


def modules() -> Iterator[ModuleType]:
    import jobclass

    for found in pkgutil.walk_packages(jobclass.__path__, "jobclass."):
        if found.name.split(".")[1] in {"atomic", "classifier", "cli", "corpus", "errors", "messages", "models", "web"}:
            yield import_module(found.name)


def inside(value: object) -> Iterator[re.Pattern]:
    """The patterns that a value is or holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from inside(list(value.values()))
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from chain.from_iterable(map(inside, value))
    elif is_dataclass(value) and not isinstance(value, type):
        yield from inside([getattr(value, field.name) for field in fields(value)])


def patterns() -> dict[re.Pattern, tuple[str, set[str]]]:
    """Every pattern of the package: its name, and the methods by which it is asked."""
    from jobclass.classifier.denials import _denials
    from jobclass.classifier.title import load_title_rules
    from jobclass.corpus.readers.boilerplate import _rules

    known = list(modules())
    sources = "\n".join(map(getsource, known))
    found = {}
    for module in known:
        for name, value in vars(module).items():
            for pattern in inside(value):
                asked = set(re.findall(rf"\b{name}\.(match|fullmatch|search|sub|split|find\w+)\(", sources))
                found[pattern] = (f"{module.__name__}.{name}", asked or {"search"})
    loaded = inside((load_title_rules(), _rules(), _denials()))
    return found | {pattern: ("rules", {"search"}) for pattern in loaded}


def ask(pattern: re.Pattern, methods: set[str], text: str) -> float:
    """The seconds it takes to ask a pattern for all it finds in a text."""
    said = text.encode("latin-1", "ignore") if isinstance(pattern.pattern, bytes) else text
    begin = process_time()
    for method in methods & {"match", "fullmatch"}:
        getattr(pattern, method)(said)
    if methods - {"match", "fullmatch"}:
        for _ in pattern.finditer(said):
            pass
    return process_time() - begin


def named(operator: object, value: object) -> str:
    """The characters that a part of a pattern names."""
    if operator in (code.LITERAL, code.NOT_LITERAL):
        return chr(value)
    if operator is code.RANGE:
        return "".join(map(chr, value))
    if operator is code.CATEGORY:
        return {code.CATEGORY_SPACE: " ", code.CATEGORY_DIGIT: "0", code.CATEGORY_WORD: "a"}.get(value, "")
    return "".join(named(*item) for item in value) if operator is code.IN else ""


REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


def under(operator: object, value: object) -> list:
    """The parts inside a part of a pattern."""
    if operator is code.BRANCH:
        return list(value[1])
    if operator in (code.SUBPATTERN, *REPEATS):
        return [value[-1]]
    if operator is code.ASSERT and value[0] > 0:
        return [value[1]]
    return [value] if operator is code.ATOMIC_GROUP else []


def sample(tree: object) -> str:
    """Something that a pattern matches, more or less."""
    said = ""
    for operator, value in tree:
        times = max(1, value[0]) if operator in REPEATS else 1
        if within := under(operator, value):
            said += times * sample(within[0])
        elif operator in (code.LITERAL, code.IN, code.ANY, code.NOT_LITERAL):
            positive = operator is code.LITERAL or (operator is code.IN and value[0][0] is not code.NEGATE)
            said += next(filter(str.isprintable, named(operator, value)), "a") if positive else "a"
    return said


def all_named(tree: object) -> Iterator[str]:
    """What each part of a pattern names."""
    for item in tree:
        yield named(*item)
        yield from chain.from_iterable(map(all_named, under(*item)))


def repeats(tree: object, before: str = "") -> Iterator[tuple[str, str]]:
    """For everything that may be repeated what stands before it, and what it matches."""
    for operator, value in tree:
        within = under(operator, value)
        if operator in REPEATS and value[1] > 1:
            yield before, sample(value[2])
        for part in within:
            yield from repeats(part, before)
        before += sample([(operator, value)])


def texts(pattern: re.Pattern) -> Iterator[Callable[[int], str]]:
    """Texts of any length that a pattern might choke on."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    of_parts = list(all_named(tree))
    every = dict.fromkeys(chain(USUAL, *of_parts))
    some = dict.fromkeys(chain(USUAL, *((part[:1] + part[-1:]) for part in of_parts)))
    found = dict(repeats(tree))
    yield from (lambda size, one=one: one * size for one in every)
    yield from (lambda size, two=two: "".join(two) * (size // 2) for two in product(some, repeat=2))
    yield from (lambda size, two=two: two[0] * size + two[1] for two in product(some, repeat=2))
    for before, pumped in product(found, dict.fromkeys(chain(some, found.values()))):
        yield lambda size, before=before, pumped=pumped: before + pumped * (size // max(1, len(pumped))) + "\0"
        yield lambda size, before=before, pumped=pumped: (before + pumped) * (size // max(1, len(before + pumped)))


def main() -> None:
    """The child: says which pattern it tries, and ends when one takes too long."""
    for pattern, (name, methods) in patterns().items():
        print(name, ascii(pattern.pattern), flush=True)
        for text in texts(pattern):
            faulthandler.dump_traceback_later(LIMIT, exit=True)
            if ask(pattern, methods, text(8 * SHORT)) > SUSPECT * ask(pattern, methods, text(SHORT)):
                print("   ", ascii(text(20)), flush=True)
                ask(pattern, methods, text(LONG))
    faulthandler.cancel_dump_traceback_later()
    print("all linear")


def child(*arguments: str, limit: int) -> str:
    """What a process of its own printed; it fails if it takes longer."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, timeout=limit)
    return (done.stdout + done.stderr)[-2000:]


def test_linear_patterns() -> None:
    said = child(__file__, limit=600)
    assert said.endswith("all linear\n"), said


HEADINGS = "from jobclass.classifier.headings import load_headings as headings\n"
LINES = HEADINGS + "from jobclass.classifier.lines import read_lines\n"
UNITS = (
    LINES
    + "from jobclass.classifier.duties import units\nduties = lambda text: units(read_lines(text, headings()), [True] * 9)\n"
)
PAGE = "from jobclass.corpus.readers import html\npage = lambda text: list(html.read(text.encode(), 'a', ''))\n"
JSON = PAGE + "json = lambda text: page(f'<html><script type=\"application/ld+json\">{text}</script>x')\n"
TITLE = "from jobclass.classifier.title import find_title, masked, read_title\n"
HOSTILE = {
    "comments before a page": "from jobclass.corpus.readers.detect import format_of\nformat_of(b'<!---->' * 60 + b'x')",
    "dashes in a title": TITLE + "read_title('Community Manager |' + 60 * '-')",
    "dashes in an early line": LINES + TITLE + "find_title(read_lines('Wir (m' + 60 * '-', headings()), ['intro'])",
    "dashes in a title that is masked": TITLE + "masked('Pflege', 'Manager |' + 60 * '-')",
    "blanks in a heading": HEADINGS + "headings().zones_of('Deine Aufgaben' + 40_000 * ' ' + 'xyz')",
    "blanks in a sentence": UNITS + "duties('Du planst' + 100_000 * ' ' + 'Posts.')",
    "dashes in a sentence": UNITS + "duties('Du planst; Posts' + 200_000 * '-' + 'Texte.')",
    "clauses": UNITS + "duties('Du ' + 20_000 * 'und testest es ' + '.')",
    "line ends": LINES + "read_lines('a' + 1_000_000 * '\\r' + 'b', headings())",
    "marks on a letter": "from jobclass.classifier.words import is_word\nis_word('a' + 60 * '\\u0301' + '!')",
    "signs without a blank": "from jobclass.classifier.words import words\nwords(20_000 * '☃(')",
    "blanks before JSON": JSON + "json(100_000 * ' ' + 'x')",
    "blanks behind JSON": JSON + "json('{}' + 100_000 * ' ' + 'x')",
    "backslashes in JSON": JSON + "json(400_000 * '\"\\\\')",
    "blanks in a tag of JSON": JSON + """json('{"@type": "JobPosting", "description": "<' + 200_000 * ' ' + '"}')""",
    "nested postings": PAGE + """page('<html>' + 500 * '<div itemtype=JobPosting>' + 90_000 * '<b>a</b>')""",
    "blanks in kept rows": PAGE + "page('<html><pre>a' + 400_000 * ' ' + 'b')",
    "blanks in an ignore comment": "from jobclass.corpus.review.comments import without_comments\n"
    "without_comments('<!-- jobclass: ignore' + 20_000 * ' ', 'a')",
    "columns of one name": "from jobclass.corpus.readers.rows import distinct\ndistinct(20_000 * ['x'])",
    "quotes that every line opens": "from jobclass.corpus.readers.delimited import records\n"
    "list(records(iter(40_000 * ['a\",\"x\\n']), ','))",
}  # fmt: skip
"""What hung."""


@pytest.mark.parametrize("script", HOSTILE.values(), ids=HOSTILE)
def test_linear_hostile_input(script: str) -> None:
    assert child("-c", script, limit=LIMIT) == ""


if __name__ == "__main__":
    main()

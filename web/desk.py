"""The desk: what was sent becomes documents, and these results; a few at a time, and nothing is kept."""

from __future__ import annotations

from asyncio import Semaphore
from dataclasses import dataclass
from io import StringIO
from itertools import combinations
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from starlette.concurrency import run_in_threadpool

from ..classifier.ad import ROLES
from ..cli.render import json
from ..cli.results import Refused, checked, labelled
from ..corpus.readers.detect import format_of
from ..corpus.readers.document import Unreadable
from ..corpus.readers.formats import is_table, read_content
from ..corpus.readers.text import LARGEST
from ..errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ..classifier.labeller import Labeller
    from ..cli.results import Result
    from ..corpus.readers.document import Document
    from ..corpus.review.gate import Gate

AT_ONCE = 2
"""Ads that are read and labelled at the same time; the next one waits."""

LONGEST_TITLE = 1000
"""Characters of a title that is sent beside its ad."""

INTENTIONS = {"+".join(roles): roles for count in range(len(ROLES) + 1) for roles in combinations(ROLES, count)}
"""What an ad may be meant to be, as `jobclass check --role` takes it; nothing leaves it to the configuration."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """An ad that was sent.

    Attributes:
        content: its bytes.
        source: the name of its file, or what stands for a text without one.
        title: its title, if given.
        intended: what it is meant to be, one of `INTENTIONS`.
        text: what was typed, to be shown again, unless it is larger than any ad.
        is_file: whether it came as a file.
        to_check: whether it shall be checked, or only shown again; a file is lost then: no browser sends one again.
    """

    content: bytes
    source: str
    title: str = ""
    intended: str = ""
    text: str = ""
    is_file: bool = False
    to_check: bool = True

    @classmethod
    def of_text(cls, text: str, source: str, title: str, intended: str = "") -> Asked:
        """A text that was typed or pasted; it is read as a file would be, so a page's source is read as a page."""
        shown = text if len(text) <= LARGEST else ""
        return cls(text.encode("utf-8", "replace"), source, title, intended, shown)


NOTHING = Asked(b"", "")
"""Nothing was sent."""


class Desk:
    """Reads and labels ads.

    Args:
        labeller: for programs.
        new_gate: makes a gate for one ad that is meant to be of some roles; a gate remembers what went through, and
            nothing shall be remembered.
    """

    def __init__(self, labeller: Labeller, new_gate: Callable[[tuple[str, ...]], Gate]) -> None:
        self._labeller = labeller
        self._new_gate = new_gate
        self._turns = Semaphore(AT_ONCE)

    async def in_turn(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Does a piece of work in a thread, as soon as it is its turn."""
        async with self._turns:
            return await run_in_threadpool(work, *args, **kwargs)

    def labelled(self, asked: Asked) -> list[Result]:
        """What `jobclass label` says of what was sent."""
        return [labelled(document, self._labeller) for document in _documents(asked)]

    def checked(self, asked: Asked) -> list[Result]:
        """What `jobclass check` says of what was sent; an empty form is told as one."""
        if not asked.is_file and not asked.content.strip():
            return [Refused(asked.source, InputError("E609"))]
        gate = self._new_gate(INTENTIONS[asked.intended])
        return [checked(document, gate) for document in _documents(asked)]

    def as_json(self, results: Sequence[Result], language: str) -> str:
        """Results as `jobclass label --format json` prints them."""
        file = StringIO()
        json.write(results, file, self._labeller.profile, language)
        return file.getvalue()


def _documents(asked: Asked) -> Iterator[Document | Unreadable]:
    """The ads in what was sent; collections of ads are left to the command line, which bounds what they cost."""
    if len(asked.title) > LONGEST_TITLE:
        yield Unreadable(asked.source, InputError("E608", path=asked.source, largest=LONGEST_TITLE))
    elif is_table(asked.source) or format_of(asked.content, asked.source) == "zip":
        yield Unreadable(asked.source, InputError("E607", path=asked.source))
    else:
        yield from read_content(asked.content, asked.source, asked.title)

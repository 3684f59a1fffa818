"""What texts come to, remembered: words, rows and duties recur within an ad and from ad to ad.

Every memory is bounded in number and in the length of its texts, so that it does not grow with the corpus or with an
odd ad. Nothing but time depends on it.
"""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = 1 << 15
"""Words remembered by each memory of words."""

ROWS = 1 << 14
"""Rows, lines and duties remembered by each memory of them."""

LONGEST = 1000
"""Characters; longer texts hardly ever recur."""

V = TypeVar("V")
Facts = TypeVarTuple("Facts")


class Memory(dict[str, V]):
    """What a function of one word returns; to look up a known word costs no call.

    There are two generations: when the younger is full, it becomes the older, and what was not asked for since then is
    forgotten. Threads may share it: at worst a word is asked for twice.

    Args:
        function: depends on the word alone.
    """

    def __init__(self, function: Callable[[str], V]) -> None:
        super().__init__()
        self._function = function
        self._older: dict[str, V] = {}

    def __reduce__(self) -> tuple[type[Memory[V]], tuple[Callable[[str], V]]]:
        return Memory, (self._function,)  # another process remembers for itself

    def __missing__(self, word: str) -> V:
        older = self._older  # another thread may put a new one in its place
        value = older[word] if word in older else self._function(word)
        if len(word) <= LONGEST:
            if len(self) >= WORDS // 2:
                self._older = dict(self)
                self.clear()
            self[word] = value
        return value


def remembered(function: Callable[[str, *Facts], V]) -> Callable[[str, *Facts], V]:
    """Lets a function of a row or a duty, and of other hashable facts, remember what it returned of late."""
    known = lru_cache(ROWS)(function)

    @wraps(function)
    def recalled(text: str, /, *facts: *Facts) -> V:
        return (known if len(text) <= LONGEST else function)(text, *facts)

    return recalled

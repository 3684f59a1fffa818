"""Silence: a finding that somebody accepted does not count, and a silencer that silences nothing is told.

There are three kinds: a comment in the ad (`comments.py`), an entry of the configuration's list, and an entry of a
baseline file (`baseline.py`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .findings import Finding
    from .silencer import Silencer


class Silencers(Protocol):
    """A list of silencers that is kept apart from the ads."""

    def for_source(self, source: str) -> Sequence[Silencer]:
        """Those that concern an ad."""


@dataclass(frozen=True, slots=True)
class IgnoreList:
    """The silencers of a configuration.

    Attributes:
        entries: patterns over paths, each with its silencers; in a pattern `*` stands for anything, slashes included.
        folder: what the patterns are relative to.
    """

    entries: Sequence[tuple[str, Silencer]]
    folder: Path

    def for_source(self, source: str) -> Sequence[Silencer]:
        """Those whose pattern fits the path of an ad."""
        path = path_from(source, self.folder)
        return [silencer for pattern, silencer in self.entries if fnmatchcase(path, pattern)]


class Silence:
    """Silences findings and remembers which silencers did something.

    Args:
        lists: what is kept apart from the ads.
    """

    def __init__(self, lists: Iterable[Silencers]) -> None:
        self._lists = tuple(lists)
        self._used: dict[Silencer, bool] = {}

    def applied(self, source: str, findings: Sequence[Finding], comments: Sequence[Silencer]) -> tuple[Finding, ...]:
        """The findings of an ad, those that somebody accepted marked with the first silencer that fits.

        Args:
            source: the ad.
            findings: what was found in it.
            comments: the silencers in the ad itself.
        """
        met = [*comments, *(silencer for known in self._lists for silencer in known.for_source(source))]
        for silencer in met:
            self._used[silencer] = self._used.get(silencer, False) or any(
                found.meant_by(silencer) for found in findings
            )
        return tuple(replace(found, silencer=next(filter(found.meant_by, met), None)) for found in findings)

    @property
    def unused(self) -> tuple[Silencer, ...]:
        """The silencers that concerned an ad and silenced nothing."""
        return tuple(silencer for silencer, used in self._used.items() if not used)


def path_from(source: str, folder: Path) -> str:
    """The path of a source relative to a folder, with slashes on every system."""
    try:
        return Path(os.path.relpath(source, folder)).as_posix()
    except ValueError:  # another drive of a Windows machine
        return Path(source).as_posix()

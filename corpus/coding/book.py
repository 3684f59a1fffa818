"""The gold file that is coded into: it is read anew when it has changed, and written whole after every ad."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from os.path import realpath
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from filelock import FileLock

from ...atomic import told, write
from ...errors import InputError
from ..gold import gold_row, read_gold, text_of
from ..readers.cells import text_of as rendered
from .coding import CODER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ..formats.spans import Annotated
    from ..gold import GoldAd

UNCODED = ""
"""The version of an ad that nobody has coded."""

PATIENCE = 10
"""Seconds that a save waits for another program to finish its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A coded ad, and its row in the file."""

    gold: GoldAd
    row: bytes

    @classmethod
    def of(cls, gold: GoldAd) -> Entry:
        """The entry of a gold ad; JSON can spell what no text can hold."""
        return cls(gold, gold_row(gold).encode(errors="backslashreplace") + b"\n")

    @property
    def version(self) -> str:
        """Tells this coding from every other."""
        return sha256(self.row).hexdigest()[:16]


class GoldBook:
    """The coded ads among those that are to be coded.

    Args:
        path: the gold file; it need not be there yet.
        ads: all ads that are to be coded; the file has their order.
        codes: the area codes of the rule set.
        coder: who codes, if that is to be written down.

    Raises:
        InputError: the file holds something else than codings of these ads, or those of another person.
    """

    def __init__(self, path: Path, ads: Sequence[Annotated], codes: Collection[str], coder: str = "") -> None:
        self._path = path
        self._ads = {ad.id: ad for ad in ads}
        self._codes = codes
        self._coder = coder
        self._lock = Lock()
        self._state: tuple[int, ...] | None = None
        self._entries: dict[str, Entry] = {}
        self._refresh()

    def entries(self) -> dict[str, Entry]:
        """The coded ads by id, as they stand in the file now.

        Raises:
            InputError: somebody made something else of the file.
        """
        with self._lock:
            self._refresh()
            return self._entries

    def save(self, gold: GoldAd, version: str) -> None:
        """Writes an ad into the file.

        Args:
            gold: the coded ad.
            version: of the coding it takes the place of; `UNCODED` if there was none.

        Raises:
            InputError: there is a newer coding of this ad, or the file cannot be written; it is left as it was.
        """
        with self._lock, _alone(self._path):
            self._refresh()
            found = self._entries.get(gold.id)
            if (found.version if found else UNCODED) != version:
                raise InputError("E613", path=self._path, id=gold.id)
            entries = self._entries | {gold.id: Entry.of(gold)}
            ordered = {name: entries[name] for name in self._ads if name in entries}
            write(self._path, b"".join(entry.row for entry in ordered.values()))
            self._entries, self._state = ordered, self._state_of_file()

    def _refresh(self) -> None:
        state = self._state_of_file()
        if state != self._state:
            found = read_gold(self._path, self._codes) if state else ()
            self._entries = {gold.id: Entry.of(gold) for gold in map(self._own, found)}
            self._state = state

    def _own(self, gold: GoldAd) -> GoldAd:
        """The gold ad, if it is one of those that are coded here.

        Raises:
            InputError: it is not.
        """
        ad = self._ads.get(gold.id)
        if (
            ad is None
            or ad.title != gold.title.strip()
            or ad.text not in (gold.text, text_of(gold), rendered(gold.text))
        ):
            raise InputError("E612", path=self._path, id=gold.id)
        coder = gold.extra.get(CODER)
        if self._coder and coder != ad.extra.get(CODER) and coder != self._coder:
            raise InputError("E614", path=self._path, id=gold.id, coder=coder)
        return gold

    def _state_of_file(self) -> tuple[int, ...] | None:
        """What changes when somebody writes the file; None if there is none.

        Raises:
            InputError: nobody can tell; codings out of reach must not be taken for none, and written over.
        """
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise InputError("E101", path=self._path, problem=error.strerror or error) from error
        return status.st_mtime_ns, status.st_size, status.st_ino


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keeps other programs that code into the same file from reading it before this one has written it.

    Raises:
        InputError: no lock can be had beside the file.
    """
    file = Path(realpath(path))
    with told(path):
        file.parent.stat()  # a lock would make a folder that has gone anew, and the gold in it begin anew
        with FileLock(file.with_name(f".{file.name}.lock"), PATIENCE):
            yield

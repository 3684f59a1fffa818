"""The training corpus that was written for this project: single duties, single lines, whole ads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InputError
from .gold import GoldAd, GoldDuty, GoldLine, read_gold
from .json_lines import lines, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator


MOST_TASKS = 0.5
"""Share of its lines up to which tasks may fill an ad that shows where they stand."""


@dataclass(frozen=True, slots=True)
class WrittenDuty:
    """A single duty and who wrote it."""

    duty: GoldDuty
    author: str


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """A single line that is no duty, its kind, and who wrote it."""

    line: GoldLine
    kind: str
    author: str


@dataclass(frozen=True, slots=True)
class TrainingCorpus:
    """All training material, in a fixed order.

    Attributes:
        digest: SHA-256 over the files.
    """

    duties: tuple[WrittenDuty, ...]
    lines: tuple[WrittenLine, ...]
    ads: tuple[GoldAd, ...]
    digest: str

    @property
    def authors(self) -> tuple[str, ...]:
        """Every hand that wrote for the corpus, sorted."""
        hands = {d.author for d in self.duties} | {x.author for x in self.lines} | {author_of(ad) for ad in self.ads}
        return tuple(sorted(hands))

    def without(self, authors: frozenset[str]) -> TrainingCorpus:
        """The corpus without some hands."""
        return TrainingCorpus(
            tuple(d for d in self.duties if d.author not in authors),
            tuple(x for x in self.lines if x.author not in authors),
            tuple(ad for ad in self.ads if author_of(ad) not in authors),
            self.digest,
        )

    def with_surroundings(self) -> TrainingCorpus:
        """The corpus with those ads only that say at least as much beside their tasks.

        The others teach what duties mean; of where duties stand they give a wrong idea.
        """
        return replace(self, ads=tuple(ad for ad in self.ads if _tasks(ad) <= MOST_TASKS * len(ad.lines)))


def _tasks(ad: GoldAd) -> int:
    return sum(line.zone == "duties" for line in ad.lines)


def author_of(ad: GoldAd) -> str:
    """Who wrote a training ad."""
    return str(ad.extra.get("author", ""))


def load_corpus(folder: Path | None = None) -> TrainingCorpus:
    """Reads a training corpus: `duties/*.jsonl`, `lines/*.jsonl` and `ads/*.jsonl` (gold format).

    Args:
        folder: where it lies; the packaged corpus if left out.

    Raises:
        InputError: the folder holds no corpus, or a record is wrong; the error names file and line.
    """
    if folder is None:
        with as_file(files(__package__) / "training") as packaged:
            return load_corpus(Path(packaged))
    names = {part: sorted((folder / part).glob("*.jsonl")) for part in ("duties", "lines", "ads")}
    if not any(names.values()):
        raise InputError("E111", path=folder)
    return TrainingCorpus(
        duties=tuple(_duty(row, where) for file in names["duties"] for row, where in _rows(file)),
        lines=tuple(_line(row, where) for file in names["lines"] for row, where in _rows(file)),
        ads=tuple(ad for file in names["ads"] for ad in read_gold(file)),
        digest=_digest([file for part in names.values() for file in part], folder),
    )


def _rows(file: Path) -> Iterator[tuple[dict[str, Any], str]]:
    for where, row in lines(file):
        yield parsed(row, where), where


def _duty(row: dict[str, Any], where: str) -> WrittenDuty:
    try:
        duty = GoldDuty(row["text"], tuple(row["areas"]), row["grade"], row.get("platform", ""))
        return WrittenDuty(duty, row["author"])
    except (KeyError, TypeError) as error:
        raise InputError("E110", where=where, problem=repr(error)) from error


def _line(row: dict[str, Any], where: str) -> WrittenLine:
    try:
        return WrittenLine(GoldLine(row["text"], row["zone"]), row["kind"], row["author"])
    except (KeyError, TypeError) as error:
        raise InputError("E110", where=where, problem=repr(error)) from error


def _digest(paths: list[Path], folder: Path) -> str:
    total = sha256()
    for path in paths:
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()

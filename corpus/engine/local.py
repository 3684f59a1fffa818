"""The local engine: a table is labelled by the processes of one machine, in order, resumable, in bounded memory."""

from __future__ import annotations

import gc
import os
import time
from array import array
from dataclasses import dataclass
from functools import cache
from itertools import islice
from threading import Thread
from typing import TYPE_CHECKING

from ...atomic import replacing
from ...errors import InputError
from ..bulk import label_batch
from ..readers.paths import PARTS
from .batches import conformed
from .order import labeller_of
from .parts import Parts, open_parts
from .write import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    import pyarrow as pa

    from ...classifier.house import House
    from ..bulk import Wishes
    from ..readers.columns import Columns
    from .order import Order

FEW_COLLECTIONS = 100_000
"""New objects between two searches for cycles: what a process remembers lives on, and is searched each time."""

SHOWN = 3
"""Ids of ads without a verdict that the summary names."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of the ads.

    Attributes:
        rows: how many there were.
        errors: how many got no verdict; `first` the ids of the first of these.
        repeated: how many have the id of an earlier one; `first_repeated` the first of these ids.
    """

    rows: int
    errors: int
    first: tuple[str, ...]
    repeated: int = 0
    first_repeated: str = ""


def parts_folder(output: Path) -> Path:
    """Where the work for an output is kept until it is complete."""
    return output.with_name(output.name + PARTS)


def label_tables(  # noqa: PLR0913 -- what, where to, in which form, and how
    order: Order, output: Path, form: str, *, jobs: int, resume: bool, advance: Callable[[int], object]
) -> Summary:
    """Labels tables into one table; an existing file is replaced only by a complete one.

    Args:
        order: what is to be labelled and how.
        output: the file to write.
        form: `parquet`, `csv` or `jsonl`.
        jobs: processes, at most; a small table gets fewer.
        resume: whether work that an interrupted run left is used.
        advance: told the number of rows whenever some are done.

    Raises:
        InputError: kept work stands in the way or does not fit, a file cannot be written, a process was ended.
    """
    schema = order.schema()
    parts = open_parts(parts_folder(output), order.manifest(), resume=resume)
    count = 0
    for rows in _labelled(order, schema, parts, jobs):
        count += 1
        advance(rows)
    summary = assemble(output, form, schema, parts, count)
    parts.remove()
    return summary


def _labelled(order: Order, schema: pa.Schema, parts: Parts, jobs: int) -> Iterator[int]:
    """Makes the parts that are missing; gives the number of rows of every part, in order."""
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import BrokenProcessPool

    share = _Share(order.wishes, order.model, order.house, schema, parts, os.getpid())
    tasks = (
        delayed(_kept)(batch.num_rows) if parts.has(number) else delayed(label_part)(share, number, columns, batch)
        for number, (columns, batch) in enumerate(_batches(order))
    )
    if order.rows is not None:
        jobs = max(1, min(jobs, order.rows // order.size))  # a small table is not worth a process
    try:
        yield from Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)(tasks)
    except BrokenProcessPool as error:
        raise InputError("E153", folder=parts.folder) from error


def _batches(order: Order) -> Iterator[tuple[Columns, pa.RecordBatch]]:
    for item in order.inputs:
        prefix = f"{item.paths[0]}#" if len(order.inputs) > 1 else ""
        for batch in item.batches(order.size, order.wishes.language, prefix):
            yield item.columns, batch


@dataclass(frozen=True, slots=True)
class _Share:
    """What all parts have in common."""

    wishes: Wishes
    model: Path | None
    house: House
    schema: pa.Schema
    parts: Parts
    parent: int


def label_part(share: _Share, number: int, columns: Columns, batch: pa.RecordBatch) -> int:
    """The work of a process: one part."""
    if os.getpid() != share.parent:
        _as_worker(share.parent)
        gc.freeze()  # joblib searches for cycles after every part; what is remembered holds none
    labelled = label_batch(batch, labeller_of(share.model, share.house), columns, share.wishes)
    share.parts.write(number, conformed(labelled, share.schema))
    return int(batch.num_rows)


@cache
def _as_worker(parent: int) -> None:
    """Prepares a process that another one started, once."""
    gc.set_threshold(FEW_COLLECTIONS)
    Thread(target=_end_with, args=[parent], daemon=True).start()


def _end_with(parent: int) -> None:
    """Ends this process soon after the one that started it, so that a killed run leaves none behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _kept(rows: int) -> int:
    """The work for a part that is there already."""
    return rows


def assemble(output: Path, form: str, schema: pa.Schema, parts: Parts, count: int) -> Summary:
    """Puts the parts together, in order, in a file that takes its name when it is complete.

    Raises:
        InputError: it cannot be written; the parts stay.
    """
    tally = _Tally()
    with replacing(output) as temporary:
        WRITERS[form](temporary, schema, tally.counted(parts.read(count)))
    repeated, first_repeated = tally.ids.repeated(parts.read(count))
    return Summary(tally.rows, tally.errors, tuple(tally.first), repeated, first_repeated)


class _Tally:
    """Counts rows and errors as they pass."""

    def __init__(self) -> None:
        self.rows = self.errors = 0
        self.first: list[str] = []
        self.ids = _Ids()

    def counted(self, parts: Iterator[pa.Table]) -> Iterator[pa.Table]:
        from pyarrow import compute

        for part in parts:
            wrong = part.column("id").filter(compute.is_valid(part.column("error")))
            self.rows += part.num_rows
            self.errors += len(wrong)
            if len(self.first) < SHOWN:
                self.first += map(str, wrong.to_pylist()[: SHOWN - len(self.first)])
            self.ids.add(part)
            yield part


class _Ids:
    """Finds ids that stand twice; of each it remembers eight bytes, and as many again while it looks."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, part: pa.Table) -> None:
        """Remembers the ids of a part."""
        self._hashes.extend(map(hash, part.column("id").to_pylist()))

    def repeated(self, parts: Iterable[pa.Table]) -> tuple[int, str]:
        """How many ads have the id of an earlier one, and the first such id.

        Args:
            parts: the same parts again, read only if there is one.
        """
        import numpy as np

        hashes = np.frombuffer(self._hashes, dtype=np.int64)
        order = np.argsort(hashes, kind="stable")
        again = order[1:][hashes[order[1:]] == hashes[order[:-1]]]
        if not len(again):
            return 0, ""
        names = (name for part in parts for name in part.column("id").to_pylist())
        return len(again), str(next(islice(names, int(again.min()), None)))

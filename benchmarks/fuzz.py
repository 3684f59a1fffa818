"""Mutated files of every format through the readers: no traceback, no hang, no memory over a gigabyte.

    python benchmarks/fuzz.py [--tables] [--count 100000] [--first 0] [--jobs 2] [--label 50]

Input N is always the same (`mutations.py`), so that a finding can be repeated with `--first N --count 1`. The parsers
that `label` starts in a process of their own run here in the worker, which is such a process; what stops a worker is
given to the real reader afterwards, which must refuse it. Exit status 1 if anything was found.
"""

from __future__ import annotations

import faulthandler
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import chain
from os import chdir
from pathlib import Path
from resource import RLIMIT_AS, RUSAGE_SELF, getrusage, setrlimit
from typing import TYPE_CHECKING

import pyarrow as pa
from mutations import EXAMPLES, documents, mutated, tables

from jobclass import Ad, Labeller
from jobclass.corpus import bulk, inputs, write
from jobclass.corpus.readers import detect, formats, isolated, paths
from jobclass.corpus.readers.document import Document, Unreadable
from jobclass.errors import InputError, JobclassError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterator

    from pyarrow import RecordBatch

    from jobclass.classifier.ad import Verdict

EXAMPLE = EXAMPLES / "community-manager.txt"
CHUNK = 500
SECONDS = 30
"""For one input; twice what the slowest admitted page needs on a busy machine."""

MEGABYTES = 1000
BATCH = 50
"""Rows of a table that go together in bulk."""

ISOLATED = ("pdf", "docx", "odt", "rtf")


def in_process(module: str) -> Callable[[bytes, str, str], Iterator[Document]]:
    """A reader of `isolated` without the process of its own; refuses what the child would refuse."""

    def read(content: bytes, source: str, title: str) -> Iterator[Document]:
        try:
            text = import_module(f"jobclass.corpus.readers.{module}").text_of(content)
        except InputError:
            raise
        except Exception as error:
            raise InputError("E119", path=source, problem=type(error).__name__) from error
        yield Document(Ad(text, title, source))

    return read


def read_document(name: str, content: bytes, labeller: Labeller | Reading) -> Iterator[str]:
    """What `label` makes of a file with one ad."""
    for result in formats.read_content(content, name):
        yield outcome_of(detect.format_of(content, name), result, labeller)


def read_table(name: str, content: bytes, labeller: Labeller | Reading) -> Iterator[str]:
    """What `label` makes of a table, row by row and in bulk; in a folder of the worker's own."""
    path = Path(name)
    path.write_bytes(content)
    for result in paths.read(name):
        yield outcome_of(path.suffix, result, labeller)
    try:
        for table in inputs.prepare([name], {})[0]:
            for batch in table.batches(BATCH, "de"):
                yield from _in_bulk(path.suffix, bulk.label_batch(batch, labeller, table.columns))
    except InputError as error:
        yield f"{path.suffix} in bulk {error.code}"


def _in_bulk(kind: str, batch: RecordBatch) -> Iterator[str]:
    """What became of the rows of a batch, once it is valid and every writer has taken it."""
    batch.validate(full=True)
    for ending, writer in write.WRITERS.items():
        writer(Path(f"out.{ending}"), batch.schema, [pa.Table.from_batches([batch])])
    for error in batch.column("error").to_pylist():
        if error and error.startswith("E147"):
            raise AssertionError(error)
        yield f"{kind} in bulk {error.split()[0] if error else 'read'}"


def outcome_of(kind: str, result: Document | Unreadable, labeller: Labeller | Reading) -> str:
    """What became of an ad in words; whatever people would get to see of it can be written."""
    if isinstance(result, Unreadable):
        str(result.error)
        return f"{kind} {result.error.code}"
    f"{result.ad.source}{result.ad.title}{result.ad.text}".encode()
    try:
        labeller.label(result.ad)
    except JobclassError as error:
        return f"{kind} label {error.code}"
    return f"{kind} read"


class Reading:
    """In the place of a labeller where only reading is looked at: judges every ad as it judged the first."""

    def __init__(self, labeller: Labeller) -> None:
        self._verdict = labeller.label(Ad(EXAMPLE.read_text("utf-8")))

    def label(self, ad: Ad) -> Verdict:  # noqa: ARG002 -- every labeller is called alike
        """A verdict, whatever the ad."""
        return self._verdict


def run_chunk(chosen: Namespace) -> None:
    """The worker: reads inputs, labels some of them, and writes each number before it begins."""
    _limit_memory()
    formats.READERS.update({name: in_process(name) for name in ISOLATED})
    labeller = Labeller()
    reading = Reading(labeller)
    seeds, read = (tables(), read_table) if chosen.tables else (documents(), read_document)
    chdir(chosen.worker.parent)
    with chosen.worker.open("w", buffering=1) as file:
        for number in range(chosen.first, chosen.first + chosen.count):
            file.write(f"at {number}\n")
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            begin = time.monotonic()
            asked = labeller if chosen.label and number % chosen.label == 0 else reading
            for outcome in read(*mutated(number, seeds), asked):
                file.write(f"= {outcome}\n")
            file.write(f"took {time.monotonic() - begin:.3f}\n")
        file.write(f"memory {getrusage(RUSAGE_SELF).ru_maxrss // 1000}\n")
        file.write("done\n")


def _limit_memory() -> None:
    setrlimit(RLIMIT_AS, (2 * MEGABYTES * 1_000_000,) * 2)  # the address space is larger than the memory


def watched(first: int, count: int, chosen: Namespace) -> tuple[Counter[str], list[str], float, int]:
    """Runs a chunk in workers until it is done; what stops a worker is shown and given to the real reader."""
    outcomes, findings, slowest, peak, end = Counter[str](), [], 0.0, 0, first + count
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        while first < end:
            command = [sys.executable, __file__, "--worker", str(log), "--first", str(first)]
            command += ["--count", str(end - first), "--label", str(chosen.label), *["--tables"] * chosen.tables]
            stopped = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- this script
            rows = log.read_text().splitlines() if log.exists() else []
            outcomes.update(row[2:] for row in rows if row.startswith("= "))
            slowest = max(chain([slowest], (float(row.split()[1]) for row in rows if row.startswith("took "))))
            if rows and rows[-1] == "done":
                memory = int(rows[-2].split()[1])
                findings += [f"inputs {first} to {end}: {memory} MB"] if memory > MEGABYTES else []
                peak = max(peak, memory)
                break
            number = int(next((row.split()[1] for row in reversed(rows) if row.startswith("at ")), first))
            findings += _finding(number, stopped.stderr, of_tables=chosen.tables)
            outcomes["stopped a worker"] += 1
            first = number + 1
    print(f"to {end}: {slowest:.1f} s, {peak} MB, {len(findings)} findings", file=sys.stderr, flush=True)
    return outcomes, findings, slowest, peak


def _finding(number: int, trace: str, *, of_tables: bool) -> list[str]:
    """What the real reader makes of an input that stopped a worker: a finding, unless it refuses it in time."""
    name, content = mutated(number, tables() if of_tables else documents())
    if of_tables or detect.format_of(content, name) not in ISOLATED:
        return [f"input {number} ({name}):\n{trace}"]
    begin = time.monotonic()
    results = list(formats.read_content(content, name))
    took = time.monotonic() - begin
    refused = all(isinstance(result, Unreadable) for result in results)
    return [] if refused and took < isolated.SECONDS + 10 else [f"input {number} ({name}), {took:.0f} s:\n{trace}"]


def main() -> int:
    """Prints what became of the inputs; 1 if anything was found."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tables", action="store_true", help="tables instead of documents")
    parser.add_argument("--count", type=int, default=100_000, help="inputs")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--jobs", type=int, default=2, help="workers at a time")
    parser.add_argument("--label", type=int, default=50, help="label every n-th ad that was read; 0 for none")
    parser.add_argument("--worker", type=Path, help="(internal) log of the worker that runs")
    chosen = parser.parse_args()
    if chosen.worker:
        run_chunk(chosen)
        return 0
    begin = time.monotonic()
    starts = range(chosen.first, chosen.first + chosen.count, CHUNK)
    end = chosen.first + chosen.count
    with ThreadPoolExecutor(chosen.jobs) as pool:
        chunks = list(pool.map(lambda first: watched(first, min(CHUNK, end - first), chosen), starts))
    outcomes = sum((chunk[0] for chunk in chunks), Counter[str]())
    findings = [finding for chunk in chunks for finding in chunk[1]]
    print("\n".join(f"{count:>8}  {outcome}" for outcome, count in sorted(outcomes.items())))
    slowest, peak = max(chunk[2] for chunk in chunks), max(chunk[3] for chunk in chunks)
    print(f"\n{chosen.count} inputs in {time.monotonic() - begin:.0f} s, slowest {slowest:.1f} s, {peak} MB")
    print(f"{len(findings)} findings")
    print("\n".join(findings))
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())

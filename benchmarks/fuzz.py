"""Mutated files of every format through the readers: no traceback, no hang, no memory over a gigabyte.

    python benchmarks/fuzz.py [--count 100000] [--first 0] [--jobs 2] [--label 50]

Input N is made from one of the examples by a generator seeded with N, so that a finding can be repeated with
`--first N --count 1`. Packages (DOCX, ODT, zip) are also mutated inside, since a broken zip tells nothing about what is
in it. The parsers that `label` starts in a process of their own run here in the worker, which is such a process;
what stops a worker is given to the real reader afterwards, which must refuse it. Exit status 1 if anything was found.
"""

from __future__ import annotations

import faulthandler
import re
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from io import BytesIO
from itertools import chain
from pathlib import Path
from random import Random
from resource import RLIMIT_AS, RUSAGE_SELF, getrusage, setrlimit
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from jobclass.classifier.ad import Ad
from jobclass.corpus.readers import detect, formats, isolated
from jobclass.corpus.readers.document import Document, Unreadable
from jobclass.errors import InputError, JobclassError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
CHUNK = 500
SECONDS = 30
"""For one input; twice what the slowest admitted page needs on a busy machine."""

MEGABYTES = 1000
ISOLATED = ("pdf", "docx", "odt", "rtf")
PACKED = 0.8
"""Share of the packages that are mutated inside."""

CUT_OFF = 0.05
"""Share of the files that end early."""

HOSTILE = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", "\u202e\u200f".encode(), b"\xed\xa0\x80", b"\r\n\r\n"),
    *(
        b"&#xD800;",
        b"&lt;",
        b"<div>" * 500,
        b"</div>" * 50,
        b"<table><tr><td>" * 50,
        b"<!--",
        b"<![CDATA[",
        b"<script>",
    ),
    *(b"<plaintext>", b"- " * 500, b"[" * 2000, b'{"@type":"JobPosting","description":', b"\\ud800", b"<w:p>" * 100),
    *(b"% obj << /Kids [1 0 R] >>", b"{\\rtf1{\\" * 100, b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", b"-1", b"99999999999"),
    *(b"%s", b"\xf0\x9f\x98\x80" * 50, b"A" * 5000),
)
_ELEMENT = re.compile(rb"(<((?:w|text|table|draw):[\w-]+)\b[^<>]*(?<!/)>)((?:(?!</?\2\b).)*?)(</\2>)", re.DOTALL)


def seeds() -> list[tuple[str, bytes]]:
    """The examples: name and content."""
    return [(str(path), path.read_bytes()) for path in sorted(EXAMPLES.rglob("*")) if path.suffix in formats.ENDINGS]


def mutated(number: int, examples: list[tuple[str, bytes]]) -> tuple[str, bytes]:
    """Input N: its name and content."""
    random = Random(number)  # noqa: S311 -- repeatable, no secret
    name, content = random.choice(examples)
    if content.startswith(b"PK") and random.random() < PACKED:
        return name, _mutated_inside(content, random, examples)
    return name, _mutated(content, random, examples)


def _mutated(content: bytes, random: Random, examples: list[tuple[str, bytes]]) -> bytes:
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        start, length = random.randrange(len(content) + 1), int(random.expovariate(1 / 40))
        other = random.choice(examples)[1]
        cut = random.randrange(len(other))
        middle = random.choice(
            (
                b"",
                random.randbytes(length),
                bytes(byte ^ (1 << random.randrange(8)) for byte in content[start : start + length]),
                content[start : start + length] * random.choice((2, 50)),
                random.choice(HOSTILE),
                other[cut : cut + 20 * length],
            )
        )
        content = content[:start] + middle + content[start + random.choice((0, length)) :]
    return content[: random.randrange(len(content) + 1)] if random.random() < CUT_OFF else content


def _mutated_inside(content: bytes, random: Random, examples: list[tuple[str, bytes]]) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(target, "w", ZIP_DEFLATED) as changed:
        names = package.namelist()
        victim = random.choice(
            [name for name in names if "content" in name or "document" in name or "numbering" in name] or names
        )
        for name in names:
            part = package.read(name)
            mutate = random.choice((_mutated, _rearranged)) if name == victim else None
            changed.writestr(name, mutate(part, random, examples) if mutate else part)
    return target.getvalue()


def _rearranged(content: bytes, random: Random, examples: list[tuple[str, bytes]]) -> bytes:
    """XML that stays well-formed: elements repeated, removed or put inside each other, texts of other examples."""
    for _ in range(random.choice((1, 2, 8))):
        elements = list(_ELEMENT.finditer(content))
        if not elements:
            break
        element = random.choice(elements)
        whole, opening, inner, closing = (element.group(part) for part in (0, 1, 3, 4))
        foreign = escape(random.choice(examples)[1][:2000].decode("latin-1")).encode("ascii", "ignore")
        changed = random.choice(
            (
                b"",
                whole * random.choice((2, 200)),
                opening * 150 + inner + closing * 150,
                opening + foreign + closing,
            )
        )
        content = content[: element.start()] + changed + content[element.end() :]
    return content


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


def run_chunk(first: int, count: int, label_every: int, log: Path) -> None:
    """The worker: reads inputs, labels some of them, and writes each number before it begins."""
    _limit_memory()
    formats.READERS.update({name: in_process(name) for name in ISOLATED})
    labeller = import_module("jobclass").Labeller() if label_every else None
    examples = seeds()
    with log.open("w", buffering=1) as file:
        for number in range(first, first + count):
            file.write(f"at {number}\n")
            faulthandler.dump_traceback_later(SECONDS, exit=True)
            begin = time.monotonic()
            name, content = mutated(number, examples)
            for result in formats.read_content(content, name):
                outcome = detect.format_of(content, name) + " read"
                if isinstance(result, Unreadable):
                    outcome = f"{detect.format_of(content, name)} {result.error.code}"
                    str(result.error)
                else:
                    result.ad.text.encode()
                    if labeller and number % label_every == 0:
                        try:
                            labeller.label(result.ad)
                        except JobclassError as error:
                            outcome = f"label {error.code}"
                file.write(f"= {outcome}\n")
            file.write(f"took {time.monotonic() - begin:.3f}\n")
        file.write(f"memory {getrusage(RUSAGE_SELF).ru_maxrss // 1000}\n")
        file.write("done\n")


def _limit_memory() -> None:
    setrlimit(RLIMIT_AS, (2 * MEGABYTES * 1_000_000,) * 2)  # the address space is larger than the memory


def watched(first: int, count: int, label_every: int) -> tuple[Counter[str], list[str], float, int]:
    """Runs a chunk in workers until it is done; what stops a worker is shown and given to the real reader."""
    outcomes, findings, slowest, peak, end = Counter[str](), [], 0.0, 0, first + count
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        while first < end:
            command = [sys.executable, __file__, "--worker", str(log), "--first", str(first)]
            command += ["--count", str(end - first), "--label", str(label_every)]
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
            findings += _finding(number, stopped.stderr)
            outcomes["stopped a worker"] += 1
            first = number + 1
    print(f"to {end}: {slowest:.1f} s, {peak} MB, {len(findings)} findings", file=sys.stderr, flush=True)
    return outcomes, findings, slowest, peak


def _finding(number: int, trace: str) -> list[str]:
    """What the real reader makes of an input that stopped a worker: a finding, unless it refuses it in time."""
    name, content = mutated(number, seeds())
    if detect.format_of(content, name) not in ISOLATED:
        return [f"input {number} ({name}):\n{trace}"]
    begin = time.monotonic()
    results = list(formats.read_content(content, name))
    took = time.monotonic() - begin
    refused = all(isinstance(result, Unreadable) for result in results)
    return [] if refused and took < isolated.SECONDS + 10 else [f"input {number} ({name}), {took:.0f} s:\n{trace}"]


def main() -> int:
    """Prints what became of the inputs; 1 if anything was found."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=100_000, help="inputs")
    parser.add_argument("--first", type=int, default=0, help="number of the first one")
    parser.add_argument("--jobs", type=int, default=2, help="workers at a time")
    parser.add_argument("--label", type=int, default=50, help="label every n-th ad that was read; 0 for none")
    parser.add_argument("--worker", type=Path, help="(internal) log of the worker that runs")
    chosen = parser.parse_args()
    if chosen.worker:
        run_chunk(chosen.first, chosen.count, chosen.label, chosen.worker)
        return 0
    begin = time.monotonic()
    starts = range(chosen.first, chosen.first + chosen.count, CHUNK)
    end = chosen.first + chosen.count
    with ThreadPoolExecutor(chosen.jobs) as pool:
        chunks = list(pool.map(lambda first: watched(first, min(CHUNK, end - first), chosen.label), starts))
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

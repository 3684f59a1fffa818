"""What labelling a table costs: rate, processor time, memory over the run, and what larger tables would need.

    python benchmarks/scale.py [--ads 20000] [--jobs 1 2]

Each run is the command itself, Parquet to Parquet, in a process of its own. Processor time is that of all its
processes, so the figure per core holds on a busy machine as well; the time on the clock does not. Linux only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import ArgumentParser
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from _shared import table
from composed import composed_ads
from pyarrow import parquet

PAUSE = 0.5
"""Seconds between two looks at the processes."""

MEGABYTE = 1_000_000
TICKS = os.sysconf("SC_CLK_TCK")
PAGE_SIZE = os.sysconf("SC_PAGE_SIZE")


@dataclass(slots=True)
class Run:
    """A run as it was observed.

    Attributes:
        seconds: on the clock.
        processor: seconds of processor time by process.
        memory: for each look, the resident bytes of the largest process.
    """

    seconds: float = 0.0
    processor: dict[int, float] = field(default_factory=dict)
    memory: list[int] = field(default_factory=list)

    def look(self, leader: int) -> None:
        """Notes time and memory of a process and its children."""
        largest = 0
        for process in family_of(leader):
            try:
                fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            self.processor[process] = (int(fields[11]) + int(fields[12])) / TICKS
            largest = max(largest, int(fields[21]) * PAGE_SIZE)
        self.memory.append(largest)

    def peak(self, begin: float, end: float) -> float:
        """The most memory a process had in a stretch of the run, in megabytes."""
        length = len(self.memory)
        return max(self.memory[int(begin * length) : max(int(end * length), 1)]) / MEGABYTE


def family_of(leader: int) -> list[int]:
    """A process and its descendants."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found = [leader]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found


def write_ads(path: Path, count: int) -> int:
    """Writes a Parquet file of composed ads, and tells how many characters they have."""
    schema = pa.schema([("id", pa.string()), ("title", pa.string()), ("text", pa.string()), ("year", pa.int32())])
    ads, total = composed_ads(), 0
    with parquet.ParquetWriter(path, schema) as writer:
        for start in range(0, count, 1000):
            own = list(islice(ads, min(1000, count - start)))
            total += sum(len(ad.text) for ad in own)
            rows = [
                {"id": str(start + number), "title": ad.title, "text": ad.text, "year": 2015 + number % 10}
                for number, ad in enumerate(own)
            ]
            writer.write_batch(pa.RecordBatch.from_pylist(rows, schema=schema))
    return total


def observed(source: Path, output: Path, jobs: int) -> Run:
    """Runs the command and watches it."""
    run, start = Run(), time.perf_counter()
    command = [sys.executable, "-m", "jobclass", "label", str(source), "-o", str(output), "-j", str(jobs)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:  # noqa: S603 -- our own command
        while process.poll() is None:
            run.look(process.pid)
            time.sleep(PAUSE)
    run.seconds = time.perf_counter() - start
    return run


def main() -> None:
    """Measures and prints."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--ads", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    arguments = parser.parse_args()
    rows = []
    with TemporaryDirectory() as folder:
        source, output = Path(folder) / "ads.parquet", Path(folder) / "labelled.parquet"
        characters = write_ads(source, arguments.ads)
        for jobs in arguments.jobs:
            run = observed(source, output, jobs)
            processor = sum(run.processor.values())
            million = processor / arguments.ads * 1e6 / 3600
            rows.append(
                [
                    str(jobs),
                    f"{arguments.ads / run.seconds:.0f}",
                    f"{arguments.ads / processor:.0f}",
                    f"{million:.2f}",
                    " / ".join(f"{run.peak(quarter / 4, (quarter + 1) / 4):.0f}" for quarter in range(4)),
                    f"{output.stat().st_size / arguments.ads:.0f}",
                ]
            )
        print(f"{arguments.ads} ads of {characters / arguments.ads:.0f} characters, {os.cpu_count()} cores,", end=" ")
        print(f"load {os.getloadavg()[1]:.1f}, input {source.stat().st_size / arguments.ads:.0f} bytes an ad\n")
    head = [
        "processes",
        "ads/s (clock)",
        "ads/s of one core",
        "core hours per million",
        "MB by quarter",
        "bytes/ad out",
    ]
    print(table(head, rows))


if __name__ == "__main__":
    main()

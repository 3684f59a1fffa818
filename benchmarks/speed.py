"""Speed, start, cost against length and memory, each beside its peer in the same run.

    python benchmarks/speed.py GOLD [--passes 10] [--only rate|start|length|memory]

"First met": every ad is new, but both sides have read a third of the training corpus before, as in a large run. "Met
before": the best time of each ad over several passes, as for the ads that job boards publish again and again; the best
and not the mean, since other programs on the machine only ever add time. All figures are processor time.
"""

from __future__ import annotations

import os
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import spacy
from _shared import gold_ads, table

from jobclass import Ad, Labeller
from jobclass.corpus.training import load_corpus
from jobclass.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "community-manager.txt"
STARTS = 10
LENGTHS = (60_000, 240_000, 960_000)
NEW_WORDS, NEW_ADS = 150, 500
"""Words that no ad had before, in each of so many ads: more than the memories hold."""


def labelled(ad: Ad, labeller: Labeller) -> None:
    """Labels an ad; one that is refused has cost its time, too."""
    with suppress(InputError):
        labeller.label(ad)


def timed(work: Callable[[Ad], object], ad: Ad) -> float:
    """Processor seconds."""
    begin = process_time()
    work(ad)
    return process_time() - begin


def rate(ads: Sequence[Ad], passes: int) -> str:
    """Ads a second with a full verdict, beside spaCy tokenising the same ads."""
    labeller, tokenise = Labeller(), spacy.blank("de")
    works: dict[str, Callable[[Ad], object]] = {
        "jobclass: full verdict": lambda ad: labelled(ad, labeller),
        'spacy.blank("de"): tokens': lambda ad: tokenise(ad.text),
    }
    for gold in load_corpus().ads[::3]:
        for work in works.values():
            work(Ad(gold.text, gold.title))
    times = {name: [[timed(work, ad) for ad in ads]] for name, work in works.items()}
    for _ in range(passes):
        for name, work in works.items():
            times[name].append([timed(work, ad) for ad in ads])
    first = {name: len(ads) / sum(rows[0]) for name, rows in times.items()}
    best = {name: len(ads) / sum(map(min, zip(*rows, strict=True))) for name, rows in times.items()}
    ours, peer = works
    found = [[name, f"{first[name]:.0f}", f"{best[name]:.0f}"] for name in works]
    ratio = ["ratio (aim: 1)", f"{first[ours] / first[peer]:.2f}", f"{best[ours] / best[peer]:.2f}"]
    return table(["ads a second, one core", "first met", "met before"], [*found, ratio])


def start() -> str:
    """Whole processes: `jobclass label` of one ad beside `import spacy`."""
    commands = {
        "jobclass label": [sys.executable, "-m", "jobclass", "label", str(EXAMPLE)],
        "import spacy": [sys.executable, "-c", "import spacy"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS + 1):
        for name, command in commands.items():
            times[name].append(process_seconds(command))
    found = {name: median(values[1:]) for name, values in times.items()}  # the first compiles modules
    rows = [[name, f"{seconds:.2f}"] for name, seconds in found.items()]
    ours, peer = found.values()
    return table(
        [f"start, seconds, median of {STARTS}", ""], [*rows, ["ratio (aim: at most 1.3)", f"{ours / peer:.2f}"]]
    )


def process_seconds(command: Sequence[str]) -> float:
    """Processor seconds of a process, with compiled modules as after an installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = os.times()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 -- our own commands
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def length() -> str:
    """Seconds for one ad of a length, in several shapes."""
    ad = EXAMPLE.read_text(encoding="utf-8")
    prose = " ".join(ad.split())
    shapes = {
        "the example, again and again": ad + "\n\n",
        "the same in one row": prose + " ",
        "the same without full stops": prose.replace(".", "").replace(":", "") + " ",
        "semicolons": "Du planst Posts und erstellst Inhalte, steuerst Kampagnen; ",
    }
    labeller = Labeller()
    rows = []
    for name, shape in shapes.items():
        texts = [(shape * (size // len(shape) + 1))[:size] for size in LENGTHS]
        rows.append([name, *(f"{timed(lambda ad: labelled(ad, labeller), Ad(text)):.2f}" for text in texts)])
    return table(["seconds, by characters", *(f"{size:,}" for size in LENGTHS)], rows)


def memory() -> str:
    """Resident memory while ads come by with words that none had before."""
    labeller, random = Labeller(), Random(0)  # noqa: S311 -- variety, no secret
    rows = []
    for batch in range(4):
        for ad in strange_ads(random):
            labelled(ad, labeller)
        rows.append([f"{(batch + 1) * NEW_ADS:,}", f"{resident():.0f}"])
    return table([f"ads with {NEW_WORDS} new words each", "MB"], rows)


def strange_ads(random: Random) -> Iterator[Ad]:
    """The example, with duties full of words that do not exist."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for _ in range(NEW_ADS):
        words = ["".join(random.choices("abdeginorstuz", k=12)).capitalize() for _ in range(NEW_WORDS)]
        rows = ["- Planung und Pflege von " + " ".join(words[n : n + 5]) for n in range(0, NEW_WORDS, 5)]
        yield Ad(text.replace("Deine Aufgaben", "Deine Aufgaben\n" + "\n".join(rows)))


def resident() -> float:
    """Megabytes of this process that are in memory now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def main() -> None:
    """Prints the tables."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, metavar="GOLD", help="a gold file, for its texts")
    parser.add_argument("--passes", type=int, default=10)
    parser.add_argument("--only", choices=["rate", "start", "length", "memory"])
    chosen = parser.parse_args()
    parts: dict[str, Callable[[], str]] = {
        "rate": lambda: rate([Ad(gold.text, gold.title) for gold in gold_ads(chosen.gold)], chosen.passes),
        "start": start,
        "length": length,
        "memory": memory,
    }
    for name, part in parts.items():
        if chosen.only in (None, name):
            print(part(), end="\n\n", flush=True)


if __name__ == "__main__":
    main()

"""Any number of ads for measurements, composed from our own corpus: no two are alike, and all are plausible."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from jobclass.corpus.training import load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTIONS = (
    ("Wer wir sind", "company", 3),
    ("Deine Aufgaben", "", 0),
    ("Das bringst du mit", "profile", 6),
    ("Wir bieten", "offer", 6),
    ("Bewerbung", "apply", 3),
)
"""Heading, zone and number of lines of the parts of an ad; the duties stand under the empty zone."""

FEWEST_DUTIES, MOST_DUTIES = 4, 10
PAGE = """<!doctype html><html><head><title>{title}</title><style>.a{{color:red}}</style>
<script>var a = 1;</script></head><body>
<nav><ul><li><a href="/">Start</a></li><li><a href="/jobs">Jobs</a></li><li><a href="/k">Kontakt</a></li></ul></nav>
<main><h1>{title}</h1>{body}</main>
<footer><p><a href="/i">Impressum</a> <a href="/d">Datenschutz</a></p></footer></body></html>"""


class Composed(NamedTuple):
    """An ad for measurements."""

    title: str
    text: str

    def as_page(self) -> str:
        """The ad as a web page with navigation and footer."""
        rows = []
        for row in self.text.splitlines():
            if row.startswith("## "):
                rows.append(f"<h2>{escape(row[3:])}</h2>")
            else:
                rows.append(f"<li>{escape(row.removeprefix('- '))}</li>")
        return PAGE.format(title=escape(self.title), body="\n".join(rows))


def composed_ads(seed: int = 1) -> Iterator[Composed]:
    """Ads without end, always the same for a seed."""
    random = Random(seed)  # noqa: S311 -- material for measurements, no secret
    corpus = load_corpus()
    titles = [ad.title for ad in corpus.ads if ad.title]
    duties = [written.duty.text for written in corpus.duties]
    lines: dict[str, list[str]] = defaultdict(list)
    for written in corpus.lines:
        lines[written.line.zone].append(written.line.text)
    number = 0
    while True:
        number += 1
        rows = []
        for heading, zone, size in SECTIONS:
            wanted = size or random.randint(FEWEST_DUTIES, MOST_DUTIES)
            rows += [
                f"## {heading}",
                *(f"- {text}" for text in random.choices(lines[zone] if zone else duties, k=wanted)),
            ]
        rows.append(f"- Kennziffer {random.randrange(10**6)}-{number}")
        yield Composed(random.choice(titles), "\n".join(rows))

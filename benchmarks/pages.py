"""Pages to text, and to a verdict, against trafilatura on the same pages in one run.

    pip install trafilatura lxml_html_clean
    python benchmarks/pages.py [--rounds 5]

The pages are made from our own ads (training corpus) as job boards dress them: menus, tracking scripts, cookie banner,
other jobs, footer; every third one states its ad as JSON-LD too. "Duties" is the share of the ads' duties whose words
all stand in the text, in their order; "around" the share of sentences around the ad that got into it.
"""

from __future__ import annotations

import html
import json
import re
from argparse import ArgumentParser
from functools import partial
from itertools import groupby
from random import Random
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, NamedTuple

import trafilatura
from _shared import table

from jobclass import Ad, Labeller
from jobclass.classifier.lines import read_lines
from jobclass.classifier.words import bag
from jobclass.corpus.readers.html import read
from jobclass.corpus.training import load_corpus
from jobclass.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jobclass.classifier.headings import Headings
    from jobclass.corpus.gold import GoldAd

SEED = 0
PAGES = 200
AROUND = (
    "Wir verwenden Cookies und ähnliche Techniken, um unsere Seiten zu verbessern.",
    "Steuerung aller Kampagnen bei Google Ads für unsere Kunden in der ganzen Region",
    "Betreuung unseres Onlineshops und Versand des wöchentlichen Newsletters",
    "Alle Rechte vorbehalten. Angaben ohne Gewähr.",
)


class Page(NamedTuple):
    """A page, what an ideal reader finds, and the ad it was made from."""

    html: str
    duties: Sequence[str]


def page_of(ad: GoldAd, headings: Headings, random: Random, *, states: bool) -> Page:
    """An ad dressed as a page of a job board."""
    inner = body_of(ad, headings)
    links = "".join(f'<li><a class="link-{n}" href="/{n}">Bereich {n}</a></li>' for n in range(random.randint(20, 80)))
    tracking = json.dumps({f"key{n}": random.random() for n in range(random.randint(50, 2000))})
    posting = json.dumps(
        {"@context": "https://schema.org", "@type": "JobPosting", "title": ad.title, "description": inner}
    )
    stated = f'<script type="application/ld+json">{posting}</script>' if states else ""
    cards = "".join(f'<div class="card"><h4><a href="/j">Stelle</a></h4><p>{text}</p></div>' for text in AROUND[1:3])
    return Page(
        f"""<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>{html.escape(ad.title)}</title>{stated}
        <style>{".a { color: red }" * 200}</style><script>window.data = {tracking}</script></head><body>
        <div class="cookie-banner"><p>{AROUND[0]}</p><button>Ja</button></div>
        <header><nav><ul>{links}</ul></nav></header>
        <main><div class="row"><div class="col"><article class="job">{inner}</article></div></div></main>
        <section class="more"><h3>Ähnliche Jobs</h3>{cards}</section>
        <footer><ul>{links}</ul><p>{AROUND[3]}</p></footer><script>start({tracking})</script></body></html>""",
        [duty.text for duty in ad.duties],
    )


def body_of(ad: GoldAd, headings: Headings) -> str:
    """The text of an ad as HTML: headings, lists and paragraphs as the line reader sees them."""
    parts = []
    for is_item, lines in groupby(read_lines(ad.text, headings), lambda line: line.kind == "item"):
        tag = {"heading": "h2", "item": "li", "text": "p"}
        written = "".join(f"<{tag[line.kind]}>{html.escape(line.text)}</{tag[line.kind]}>" for line in lines)
        parts.append(f"<ul>{written}</ul>" if is_item else written)
    return f"<h1>{html.escape(ad.title)}</h1>" + "".join(parts)


def ours(page: str) -> str:
    """The text by our reader."""
    return "\n".join(document.ad.text for document in read(page.encode(), "page.html", ""))


def theirs(page: str, *, fast: bool) -> str:
    """The text by trafilatura."""
    return trafilatura.extract(page, fast=fast) or ""


def labelled(page: str, labeller: Labeller) -> str:
    """The verdict on the page, by our reader and labeller; its text."""
    text = ours(page)
    try:
        return labeller.label(Ad(text)).text
    except InputError:
        return ""


def row(name: str, pages: Sequence[Page], extract: Callable[[str], str], rounds: int) -> list[str]:
    """Time of one processor per page (median of the rounds), and what got into the text."""
    times, texts = [], [""]
    for _ in range(rounds):
        begin = process_time()
        texts = [extract(page.html) for page in pages]
        times.append((process_time() - begin) / len(pages) * 1000)
    words = [" ".join(bag(text)) for text in texts]
    duties = [" ".join(bag(duty)) in text for page, text in zip(pages, words, strict=True) for duty in page.duties]
    around = [" ".join(bag(re.sub(r"\.$", "", part))) in text for text in words for part in AROUND]
    return [name, f"{median(times):.2f}", f"{sum(duties) / len(duties):.3f}", f"{sum(around) / len(around):.3f}"]


def main() -> None:
    """Prints a table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="times that each reads all pages")
    chosen = parser.parse_args()
    random, labeller = Random(SEED), Labeller()  # noqa: S311 -- repeatable, no secret
    ads = random.sample(load_corpus().ads, PAGES)
    pages = [page_of(ad, labeller.headings, random, states=n % 3 == 0) for n, ad in enumerate(ads)]
    readers: dict[str, Callable[[str], str]] = {
        "trafilatura.extract": partial(theirs, fast=False),
        "trafilatura.extract, fast": partial(theirs, fast=True),
        "jobclass, page to text": ours,
        "jobclass, page to verdict": partial(labelled, labeller=labeller),
    }
    print(f"{len(pages)} pages, {sum(len(page.html) for page in pages) / len(pages) / 1000:.0f} kB each\n")
    rows = [row(name, pages, extract, chosen.rounds) for name, extract in readers.items()]
    print(table(["reader", "ms a page", "duties", "around"], rows))


if __name__ == "__main__":
    main()

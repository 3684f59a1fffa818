"""Robustness: the same ad in another guise gets the same verdict, within a stated tolerance."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

import pytest

from jobclass import Ad
from jobclass.corpus.gold import read_gold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jobclass.classifier.ad import Verdict
    from jobclass.classifier.labeller import Labeller
    from jobclass.corpus.gold import GoldAd

BULLET = re.compile(r"^(\s*)[-*•·–]\s+", re.MULTILINE)
FIRM = re.compile(r"\b([A-ZÄÖÜ][\w&-]+) (?:GmbH|AG|SE|KG|eG|e\. ?V\.)")


def other_firm(ad: GoldAd) -> str:
    text = ad.text
    for name in sorted(set(FIRM.findall(text))):
        text = text.replace(name, "Zwirnmüller")
    return text


def benefits_first(ad: GoldAd) -> str:
    sections = [(zone, [line.text for line in lines]) for zone, lines in groupby(ad.lines, key=lambda line: line.zone)]
    benefits = [section for section in sections if section[0] == "offer"]
    others = [section for section in sections if section[0] != "offer"]
    place = next((number for number, (zone, _) in enumerate(others) if zone == "duties"), len(others))
    return "\n".join(line for _, lines in [*others[:place], *benefits, *others[place:]] for line in lines)


# What is changed; the least share of ads with the same role, and of duties with the same words and codes.
GUISES: dict[str, tuple[Callable[[GoldAd], str], float, float]] = {
    "bullets": (lambda ad: BULLET.sub(r"\1• ", ad.text), 1.0, 0.99),
    "check marks": (lambda ad: BULLET.sub(r"\1✔ ", ad.text), 1.0, 0.99),
    "dashes": (lambda ad: ad.text.replace(" – ", " - "), 1.0, 0.99),
    "carriage returns": (lambda ad: ad.text.replace("\n", "\r\n"), 1.0, 1.0),
    "decomposed umlauts": (lambda ad: unicodedata.normalize("NFD", ad.text), 1.0, 0.98),
    "gender colon": (lambda ad: re.sub(r"(?<=\w):in(nen)?\b", r"*in\1", ad.text), 1.0, 0.95),
    "gender mark": (lambda ad: ad.text.replace("(m/w/d)", "(w/m/x)"), 1.0, 0.99),
    "another firm": (other_firm, 1.0, 0.9),
    "benefits before duties": (benefits_first, 0.95, 0.9),
}


@pytest.fixture(scope="module")
def ads(repository: Path) -> list[GoldAd]:
    return list(read_gold(repository / "corpus" / "evaluation" / "confusion.jsonl"))


@pytest.fixture(scope="module")
def verdicts(ads: list[GoldAd], labeller: Labeller) -> list[Verdict]:
    return [labeller.label(Ad(ad.text, ad.title)) for ad in ads]


def coded(verdict: Verdict) -> Counter[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The duties as words and codes, whatever form the umlauts have."""
    words = (tuple(re.findall(r"\w+", unicodedata.normalize("NFC", duty.text).casefold())) for duty in verdict.duties)
    return Counter(zip(words, (duty.codes for duty in verdict.duties), strict=True))


@pytest.mark.parametrize("guise", GUISES)
def test_robustness_another_guise_the_same_verdict(
    guise: str, ads: list[GoldAd], verdicts: list[Verdict], labeller: Labeller
) -> None:
    change, least_roles, least_duties = GUISES[guise]
    changed = [(Ad(change(ad), ad.title), verdict) for ad, verdict in zip(ads, verdicts, strict=True)]
    pairs = [(labeller.label(ad), verdict) for ad, verdict in changed if ad.text != verdict.text]
    assert pairs
    assert sum(found.role == wanted.role for found, wanted in pairs) >= least_roles * len(pairs)
    kept = sum((coded(found) & coded(wanted)).total() for found, wanted in pairs)
    most = sum(max(coded(found).total(), coded(wanted).total()) for found, wanted in pairs)
    assert kept >= least_duties * most

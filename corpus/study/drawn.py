"""Gold as a part of the corpus: which gold ads stand in the labelled table, and what each of them stands for.

A gold ad stands in the table if a row has its id and its title. It belongs to the groups of that row, whatever its own
fields say. Rows were drawn, with the probability `inclusion`; counted are ads of which copies were dropped. An ad that
stands there m times can be drawn m times, so each time it is drawn it counts for 1 / (m · inclusion) ads (M. Sirken,
JASA 1970; P. Lavallée, Indirect Sampling, 2007), and copies that were drawn make one gold ad: as the table is rid of
copies, so is gold, and without a bias towards what is copied often. Copies are taken to be coded alike; the coding is
that of the earliest row. Where the table is a sample itself, its own `inclusion` is in that of gold and is taken out
again: the table is measured as it stands, or by its column `weight`. Gold from elsewhere is rid of its own copies.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .duplicates import duplicates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .coded import CodedAd
    from .labelled import LabelledAd, Row
    from .tally import Overview


@dataclass(frozen=True, slots=True)
class Support:
    """The gold that estimates rest on.

    Attributes:
        ads: every gold ad once, with the weight it counts with.
        drawn: those that were drawn from the table with a known probability; empty if that of some is not known.
        copies: gold ads that are copies of others, and count with them.
        foreign: gold ads that do not stand in the table; error rates alone can be learned from them.
        unknown: gold ads of the table without `inclusion`.
        weighted: whether gold ads count by different probabilities.
    """

    ads: Sequence[CodedAd] = ()
    drawn: Sequence[CodedAd] = ()
    copies: int = 0
    foreign: int = 0
    unknown: int = 0
    weighted: bool = False


def titles_of(gold: Sequence[CodedAd]) -> dict[str, tuple[str, str]]:
    """The titles a row with the id of a gold ad may have: as coded, and as the tool reads it."""
    return {ad.true.id: (ad.true.title, ad.found.title) for ad in gold}


def support(gold: Sequence[CodedAd], seen: Overview, first: Mapping[int, LabelledAd]) -> Support:
    """Gold without copies, weighed for the corpus.

    Args:
        gold: hand-coded ads with their labels.
        seen: what the first reading of the table found.
        first: the ads of the table that gold ads are, or are copies of, by number.
    """
    inside = [ad for ad in gold if ad.true.id in seen.places]
    foreign = [ad for ad in gold if ad.true.id not in seen.places]
    unknown = sum(ad.inclusion is None for ad in inside)
    parts = _known(inside), _known(foreign)
    drawn, others = _once(parts[0], seen, first), _without_copies(parts[1], seen.duplicates.mode)
    return Support(
        [*_level(drawn), *_level(others)],
        [] if unknown else drawn,
        len(gold) - len(drawn) - len(others),
        len(foreign),
        unknown,
        any(len({ad.inclusion for ad in part}) > 1 for part in parts),
    )


def _known(gold: Sequence[CodedAd]) -> Sequence[CodedAd]:
    """The same ads; `inclusion` says nothing of any if it is not known of all."""
    known = all(ad.inclusion is not None for ad in gold)
    return gold if known else [replace(ad, inclusion=None) for ad in gold]


def _once(gold: Sequence[CodedAd], seen: Overview, first: Mapping[int, LabelledAd]) -> list[CodedAd]:
    """The gold ads of the table, each once, in the groups and with the weight of the ad that was counted for it."""
    group = seen.duplicates.group
    times = Counter(group)
    found: dict[int, list[CodedAd]] = {}
    for ad in sorted(gold, key=lambda ad: seen.places[ad.true.id]):
        found.setdefault(group[seen.places[ad.true.id]], []).append(ad)
    result = []
    for number, copies in found.items():
        counted, ad = first[number], copies[0]
        weight = counted.weight * sum(counted.inclusion / (copy.inclusion or 1.0) for copy in copies) / times[number]
        true, labelled = replace(ad.true, fields=counted.fields), replace(ad.found, fields=counted.fields)
        result.append(replace(ad, true=true, found=labelled, weight=weight))
    return result


def _without_copies(gold: Sequence[CodedAd], mode: str) -> list[CodedAd]:
    """Gold from elsewhere, of copies the first."""
    same = duplicates(map(_row_of, gold), mode).group
    return [
        replace(ad, weight=ad.weight / (ad.inclusion or 1.0))
        for number, ad in enumerate(gold)
        if same[number] == number
    ]


def _row_of(ad: CodedAd) -> Row:
    """What a labelled table would hold of a gold ad, as far as copies are known by it."""
    return {"title": ad.found.title, "duties": [{"text": duty.text} for duty in ad.found.duties]}


def _level(gold: Sequence[CodedAd]) -> list[CodedAd]:
    """The same ads with a mean weight of one: gold from the table and gold from elsewhere count by their numbers."""
    mean = sum(ad.weight for ad in gold) / len(gold) if gold else 1.0
    return [replace(ad, weight=ad.weight / mean) for ad in gold]

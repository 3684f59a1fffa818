"""Gold laid beside labels for measuring: each hand-coded ad twice in the same shape, as it is and as it is labelled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ...classifier.ad import Ad
from ...classifier.flags import severity_of
from ...classifier.role import shares_of_duties
from ...errors import InputError
from ..evaluate import gold_flags
from ..gold import completed, matched_duties, text_of
from ..prevalence import Gold
from .labelled import LabelledAd, LabelledDuty, title_group
from .questions import counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ...classifier.ad import Verdict
    from ...classifier.labeller import Labeller
    from ...classifier.profile import Profile
    from ..gold import GoldAd
    from .questions import Question


@dataclass(frozen=True, slots=True)
class CodedAd:
    """A gold ad as it was coded and as it is labelled, with the duties that match and how many ads it stands for.

    Attributes:
        weight: what the ad counts in its corpus; `inclusion` the probability it was drawn with, if that is known.
        title_read: whether nobody coded the roles of its title, so that they were read by the tool's own rules.
    """

    true: LabelledAd
    found: LabelledAd
    pairs: tuple[tuple[int, int], ...]
    weight: float = 1.0
    inclusion: float | None = None
    title_read: bool = False


def coded_ads(gold: Iterable[GoldAd], labeller: Labeller) -> tuple[list[CodedAd], int]:
    """Gold ads with their labels, and how many the labeller refused.

    Args:
        gold: hand-coded ads; fields `inclusion` and `weight`, if there, say how many ads each stands for.
        labeller: the one the corpus was labelled with.

    Raises:
        InputError: `inclusion` is no probability, or `weight` no positive number.
    """
    found, refused = [], 0
    for coded in gold:
        ad = completed(coded, labeller.titles)
        try:
            verdict = labeller.label(Ad(text_of(ad), ad.title, ad.id))
        except InputError:
            refused += 1
            continue
        pairs = matched_duties([duty.text for duty in ad.duties], [duty.text for duty in verdict.duties])
        true, labelled = gold_as_labelled(ad, labeller.profile), verdict_as_labelled(verdict)
        found.append(
            CodedAd(true, labelled, tuple(pairs), weight_of(ad), inclusion_of(ad), "title_roles" in ad.left_out)
        )
    return found, refused


def weight_of(ad: GoldAd) -> float:
    """What a gold ad counts in its corpus; 1 if it does not say."""
    return _positive(ad, "weight", float("inf")) or 1.0


def inclusion_of(ad: GoldAd) -> float | None:
    """The probability a gold ad was drawn with, if it says so."""
    return _positive(ad, "inclusion", 1.0)


def _positive(ad: GoldAd, name: str, most: float) -> float | None:
    """A field that is a positive number, at most so large; None if it is not there."""
    said = ad.extra.get(name)
    if said in (None, ""):
        return None
    try:
        value = float(str(said))
    except ValueError:
        value = 0.0
    if not (0 < value <= most and value < float("inf")):
        raise InputError("E522", id=ad.id, field=name, value=said)
    return value


def gold_as_labelled(ad: GoldAd, profile: Profile) -> LabelledAd:
    """A gold ad in the shape of a labelled one; flags follow from the coded duties."""
    flags = gold_flags(ad, profile)
    severity = severity_of(flags)
    codes = [profile.counted(duty.areas) for duty in ad.duties]
    return LabelledAd(
        ad.id,
        ad.title,
        title_group(ad.title_roles),
        ad.role,
        tuple(LabelledDuty(duty.text, duty.areas, duty.platform) for duty in ad.duties),
        shares_of_duties([duty.text for duty in ad.duties], codes, profile).shares,
        {flag.code: flag.severity for flag in flags},
        severity,
        severity >= profile.thresholds["flags"]["confusion"],
    )


def verdict_as_labelled(verdict: Verdict) -> LabelledAd:
    """A verdict in the shape of a labelled ad."""
    return LabelledAd(
        verdict.source,
        verdict.title.text,
        title_group(verdict.title.roles),
        verdict.role,
        tuple(LabelledDuty(duty.text, duty.codes, duty.platform) for duty in verdict.duties),
        verdict.shares.shares,
        {flag.code: flag.severity for flag in verdict.flags},
        verdict.severity,
        verdict.confusion,
    )


def gold_of(question: Question, gold: Sequence[CodedAd]) -> Gold:
    """What gold says about a question."""
    size = len(question.categories) + 1
    found, true, pairs = [], [], []
    for ad in gold:
        labelled, coded = counts(question, ad.found), counts(question, ad.true)
        found.append(labelled or [0.0] * size)
        true.append(coded or [0.0] * size)
        if question.unit == "duties":
            pairs.append(_pair_table(question, ad, size))
    rows = np.array(found).reshape(-1, size), np.array(true).reshape(-1, size)
    inside = (rows[0][:, -1] > 0) & (rows[1][:, -1] > 0)
    weights = np.array([ad.weight for ad in gold])
    return Gold(*rows, weights, inside, np.array(pairs))


def _pair_table(question: Question, ad: CodedAd, size: int) -> Any:  # noqa: ANN401 -- an array
    """Duties of one gold ad by true category (rows; last: invented) and found category (columns; last: missed)."""
    table = np.zeros((size, size))
    true = [question.place(ad.true, duty) for duty in ad.true.duties]
    found = [question.place(ad.found, duty) for duty in ad.found.duties]
    matched = dict(ad.pairs)
    for number, place in enumerate(true):
        other = found[matched[number]] if number in matched else None
        if place is not None or other is not None:
            table[-1 if place is None else int(place), -1 if other is None else int(other)] += 1
    for number in set(range(len(found))) - set(matched.values()):
        if (place := found[number]) is not None:
            table[-1, int(place)] += 1
    return table


def check_tool(table: str, labeller: Labeller) -> None:
    """Checks that gold is labelled as the corpus was: a correction holds for one model only.

    Raises:
        InputError: it is not.
    """
    own = " · ".join(f"{name} {labeller.tool[name]}" for name in ("version", "profile", "model"))
    if table and table != own:
        raise InputError("E521", table=table, own=own)

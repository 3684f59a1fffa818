"""Steering: whether a post that only makes content also steers it (codebook 7.1 and C18).

Content for social media alone is a Social Media Manager's post only if some duty plans, posts, looks after a channel or
steers a campaign; mere performing, filming, designing or writing is none of the three roles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ad import family_of
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .ad import Shares
    from .profile import Profile

CHANNEL = "SH.kanal"
"""The shared code of looking after a channel."""


def is_missing(
    texts: Sequence[str], codes: Sequence[Sequence[str]], shares: Shares, profile: Profile, content_only: float
) -> bool:
    """Whether an ad is about content alone and no duty steers it.

    Args:
        texts: the duties.
        codes: their codes.
        shares: the sums over the duties.
        profile: the rule set.
        content_only: with at most this share of duties that are evidence for a role, an ad is about content alone.
    """
    leaning = sum(shares.label_scores.values()) > shares.evidence
    if not leaning or shares.evidence > content_only * shares.n:
        return False
    return not any(_steers(text, own, profile) for text, own in zip(texts, codes, strict=True))


def _steers(text: str, codes: Sequence[str], profile: Profile) -> bool:
    if any(code == CHANNEL or family_of(code) == "SMM" for code in codes):
        return True
    return any(family_of(code) == "SH" for code in codes) and bool(profile.steering.find(bag(text)))


def as_none(probabilities: Mapping[str, float], unsteered: float) -> dict[str, float]:
    """Probabilities of the roles, with a share of the Social Media Manager's given to none.

    Args:
        probabilities: of each role.
        unsteered: the share.
    """
    moved = unsteered * probabilities["SMM"]
    return {**probabilities, "SMM": probabilities["SMM"] - moved, "none": probabilities["none"] + moved}

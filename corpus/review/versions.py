"""Two versions of an ad: which duties came, went or changed their role, and whether the new one is better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ...classifier.ad import family_of
from ...classifier.flags import NO_CONFUSION
from ..gold import matched_duties

if TYPE_CHECKING:
    from ...classifier.ad import Duty, Flag, Verdict

Judgement = Literal["better", "same", "worse"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from one version of an ad to the next.

    Attributes:
        old, new: the two verdicts.
        came, went: duties that only one version has.
        moved: duties of both that belong to other roles than before.
        solved, raised: flags that only one version has; a changed severity is both.
        judgement: whether the new version is more consistent than the old one.
    """

    old: Verdict
    new: Verdict
    came: tuple[Duty, ...]
    went: tuple[Duty, ...]
    moved: tuple[tuple[Duty, Duty], ...]
    solved: tuple[Flag, ...]
    raised: tuple[Flag, ...]
    judgement: Judgement


def compare(old: Verdict, new: Verdict) -> Difference:
    """Compares two versions of an ad; duties are the same if their words overlap enough (word F1 of 0.8).

    Better is the version with the lower severity; of two with the same, the one with fewer and lighter findings.
    """
    pairs = matched_duties([duty.text for duty in old.duties], [duty.text for duty in new.duties])
    kept_old, kept_new = {before for before, _ in pairs}, {after for _, after in pairs}
    both = [(old.duties[before], new.duties[after]) for before, after in pairs]
    flags_old, flags_new = ({(flag.code, flag.severity): flag for flag in v.flags} for v in (old, new))
    return Difference(
        old=old,
        new=new,
        came=tuple(duty for number, duty in enumerate(new.duties) if number not in kept_new),
        went=tuple(duty for number, duty in enumerate(old.duties) if number not in kept_old),
        moved=tuple((before, after) for before, after in both if _families(before) != _families(after)),
        solved=tuple(flag for key, flag in flags_old.items() if key not in flags_new),
        raised=tuple(flag for key, flag in flags_new.items() if key not in flags_old),
        judgement=_judged(_weight(old), _weight(new)),
    )


def _families(duty: Duty) -> set[str]:
    return {family_of(code) for code in duty.codes}


def _weight(verdict: Verdict) -> tuple[int, int]:
    """How bad a version is: the severity of the ad, then the sum over its findings."""
    return verdict.severity, sum(flag.severity for flag in verdict.flags if flag.code not in NO_CONFUSION)


def _judged(old: tuple[int, int], new: tuple[int, int]) -> Judgement:
    return "same" if old == new else "better" if new < old else "worse"

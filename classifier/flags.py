"""Flags of role confusion, exactly by section 9 of the codebook.

Thresholds come from the profile, severities from the codebook's table.

Each flag is one function from the facts of an ad to a finding or None; within a flag the rows of the codebook's table
are checked from top to bottom and the first that holds counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .ad import ROLES, Flag, Title, family_of
from .title import inversions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from .ad import CodedDuty, Role, Shares
    from .profile import Profile
    from .role import RuleRole
    from .title import TitleRules

STEERING = ("SMM.strategie", "SMM.koordination", "SMM.change", "SMM.qualitaet", "SMM.schnittstelle")
ENTRY_LEVELS = ("Praktikum", "Werkstudent", "Ausbildung/Volontariat", "Junior/Assistenz")
FIRM = 2
"""Severity from which a finding is worded as one; below it is a hint."""

NO_CONFUSION = ("F10", "H1")
"""Reported, but no role confusion: they do not count for the severity of the ad."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What flags need of an ad.

    Attributes:
        duties: the coded duties.
        shares: the sums over them.
        role: the role the flags are held against (P in the codebook).
        involved: the roles of a mixture.
        title: the roles the duties are held against (T in the codebook): those of the title, or the intended ones.
        named: the roles the title itself names, where others are intended.
        level: the level in the title.
        inverted: duties or lines that set a community manager above a social media manager; None if no text does.
        thresholds: the table `flags` of the profile.
        offline_other: the bound of codebook 7.2 for H1.
        lines: the texts of all lines; `titles` what titles mean. By them `inverted` is found anew for another title.
        severities: those that a house gives to flags, None for a flag it turned off.
    """

    duties: Sequence[CodedDuty]
    shares: Shares
    role: Role
    involved: tuple[str, ...]
    title: tuple[str, ...]
    level: str
    inverted: tuple[int, ...] | None
    thresholds: Mapping[str, float]
    offline_other: float
    named: tuple[str, ...] | None = None
    lines: Sequence[str] = ()
    titles: TitleRules | None = None
    severities: Mapping[str, int | None] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        """Whether there is enough hard evidence for F1, F2, F6 and F7 (reading rule f)."""
        return self.shares.evidence >= self.thresholds["evidence"]

    def reaches(self, value: float, threshold: str) -> bool:
        """`>=` against a threshold of the profile, for values that are sums of halves and thirds."""
        return value >= self.thresholds[threshold] - 1e-9

    def with_code(self, *codes: str) -> tuple[int, ...]:
        """The duties that carry one of the codes."""
        return tuple(n for n, duty in enumerate(self.duties) if not set(codes).isdisjoint(duty.codes))

    def with_family(self, *families: str) -> tuple[int, ...]:
        """The duties that carry a code of one of the families."""
        return tuple(n for n, duty in enumerate(self.duties) if any(family_of(c) in families for c in duty.codes))


def facts_of(  # noqa: PLR0913 -- one argument for each thing that flags rest on
    duties: Sequence[CodedDuty],
    ruled: RuleRole,
    named: Title,
    lines: Sequence[str],
    profile: Profile,
    titles: TitleRules,
    intended: tuple[str, ...] = (),
) -> Facts:
    """What flags need of an ad.

    Args:
        duties: the coded duties.
        ruled: the sums over them, and the role the flags are held against.
        named: what the title names.
        lines: the texts of all lines.
        profile: the rule set.
        titles: what titles mean.
        intended: the roles the ad is meant for, if known.
    """
    return Facts(
        duties=duties,
        shares=ruled.shares,
        role=ruled.role,
        involved=ruled.involved,
        title=intended or named.roles,
        named=named.roles if intended else None,
        level=named.level,
        inverted=inversions([duty.text for duty in duties], lines, named, titles),
        thresholds=profile.thresholds["flags"],
        offline_other=profile.thresholds["role"]["offline_other"],
        lines=lines,
        titles=titles,
        severities=profile.severities,
    )


def under_title(facts: Facts, roles: tuple[str, ...]) -> tuple[Flag, ...]:
    """The flags of an ad if its title named other roles.

    Args:
        facts: of the ad as it is.
        roles: those the other title names.
    """
    if roles == facts.title:
        return find(facts)
    texts = [duty.text for duty in facts.duties]
    inverted = inversions(texts, facts.lines, Title("", roles), facts.titles) if facts.titles else None
    return find(replace(facts, title=roles, inverted=inverted))


def find(facts: Facts) -> tuple[Flag, ...]:
    """All flags of an ad, in the order of the codebook, with the severities a house gives them.

    Those that the house turned off are gone, and a note stays a note.
    """
    given = [(flag, facts.severities.get(flag.code, flag.severity)) for flag in _found(facts)]
    return tuple(
        replace(flag, severity=severity if flag.severity else 0) for flag, severity in given if severity is not None
    )


def _found(facts: Facts) -> tuple[Flag, ...]:
    if facts.role == "notcodable":
        return ()
    homonym = _homonym(facts)
    flags = [flag for check in CHECKS if (flag := check(facts)) is not None]
    if homonym is not None:
        flags = [flag for flag in flags if flag.code not in ("F1", "F8", "F9")] + [homonym]
    return tuple(flags)


def roles_of(flag: Flag, involved: tuple[str, ...]) -> tuple[str, ...]:
    """The roles that a finding is about: those it names, else those behind the role of the ad."""
    return tuple(flag.values["roles"].split()) if "roles" in flag.values else involved


def severity_of(flags: Sequence[Flag]) -> int:
    """The severity of an ad: the highest of all flags but those that are no confusion."""
    return max((flag.severity for flag in flags if flag.code not in NO_CONFUSION), default=0)


def _f1_title(facts: Facts) -> Flag | None:
    """The title and the duties disagree."""
    if not facts.title:
        return None
    if facts.role == "none":
        return Flag("F1", 2, facts.with_family("N", "SH") or tuple(range(len(facts.duties))))
    if not facts.enough:
        return None
    if facts.role == "mixed":
        return (
            Flag("F1", 3, facts.with_family(*facts.involved)) if set(facts.involved).isdisjoint(facts.title) else None
        )
    if facts.role in facts.title:
        return None
    low = all(not facts.reaches(facts.shares.shares[role], "title_share") for role in facts.title)
    return Flag("F1", 3 if low else 2, facts.with_family(facts.role))


def _f2_several_roles(facts: Facts) -> Flag | None:
    """Duties of several roles."""
    shares, weights = facts.shares.shares, facts.shares.weights
    strong = [r for r in ROLES if facts.reaches(shares[r], "role_share") and facts.reaches(weights[r], "role_weight")]
    if not facts.enough or len(strong) < 2:  # noqa: PLR2004 -- two roles make a mixture
        return None
    if len(strong) == len(ROLES):
        severity = 3
    elif "OM" in strong:
        severity = 2
    else:
        severity = 2 if facts.reaches(min(shares[role] for role in strong), "even_share") else 1
    if set(strong) <= set(facts.title):
        severity = max(1, severity - 1)
    return Flag("F2", severity, facts.with_family(*strong), {"roles": " ".join(strong)})


def _f3_inverted(facts: Facts) -> Flag | None:
    """A community manager is set above a social media manager."""
    return None if facts.inverted is None else Flag("F3", 3, facts.inverted)


def _f4_strategy(facts: Facts) -> Flag | None:
    """A community manager with the full social media strategy."""
    if facts.title != ("CM",) and not (facts.title == () and facts.role == "CM"):
        return None
    strategy = facts.with_code("SMM.strategie")
    if not strategy:
        return None
    if all(facts.duties[n].grade == "U" for n in strategy):
        return Flag("F4", 1, strategy)
    steering = facts.with_code("SMM.koordination", "SMM.qualitaet", "SMM.change")
    steering = tuple(n for n in steering if facts.duties[n].grade != "U")
    return Flag("F4", 3 if steering else 2, tuple(sorted({*strategy, *steering})))


def _f5_without_steering(facts: Facts) -> Flag | None:
    """A social media manager without any steering duty."""
    if facts.title != ("SMM",) or facts.with_code(*STEERING):
        return None
    duties = tuple(range(len(facts.duties)))
    if facts.level in ENTRY_LEVELS:
        return Flag("F5", 1, duties)
    outweighed = any(facts.reaches(facts.shares.shares[role], "dominant_share") for role in ("CM", "OM"))
    return Flag("F5", 3 if outweighed else 2, duties)


def _f6_marketing(facts: Facts) -> Flag | None:
    """Online marketing under a title of another role."""
    if not facts.title or "OM" in facts.title or not facts.enough:
        return None
    duties = facts.with_family("OM")
    beyond_paid = [
        n for n in duties if any(c.startswith("OM.") and c != "OM.paidsocial" for c in facts.duties[n].codes)
    ]
    heavy_enough = facts.reaches(facts.shares.weights["OM"], "role_weight")
    if heavy_enough and facts.reaches(facts.shares.shares["OM"], "dominant_share"):
        return Flag("F6", 3, duties)
    if (heavy_enough and facts.reaches(facts.shares.shares["OM"], "role_share")) or len(beyond_paid) > 1:
        return Flag("F6", 2, duties)
    if beyond_paid:
        return Flag("F6", 1, tuple(beyond_paid))
    return Flag("F6", 0, duties) if duties else None


def _f7_social_under_marketing(facts: Facts) -> Flag | None:
    """Social media or community work under an online marketing title."""
    if facts.title != ("OM",) or not facts.enough:
        return None
    community = facts.with_family("CM")
    if facts.reaches(facts.shares.shares["CM"], "role_share") and facts.reaches(
        facts.shares.weights["CM"], "community_weight"
    ):
        return Flag("F7", 2, community)
    strategy = tuple(n for n in facts.with_code("SMM.strategie") if facts.duties[n].grade != "U")
    if strategy:
        return Flag("F7", 2, strategy)
    if facts.reaches(facts.shares.shares["SMM"], "role_share"):
        return Flag("F7", 1, facts.with_family("SMM"))
    return None


def _f8_foreign(facts: Facts) -> Flag | None:
    """Many duties of other professions."""
    part = facts.shares.weights["N"] / facts.shares.n
    if not facts.title or not facts.reaches(part, "foreign_light"):
        return None
    return Flag("F8", 2 if facts.reaches(part, "foreign_heavy") else 1, facts.with_family("N"))


def _f9_service_desk(facts: Facts) -> Flag | None:
    """A service desk that is called community."""
    service = facts.with_code("CM.support", "N.service")
    if facts.title != ("CM",) or facts.with_code("CM.dialog", "CM.aufbau", "CM.engagement"):
        return None
    return Flag("F9", 2, service) if facts.reaches(len(service) / facts.shares.n, "service_share") else None


def _f10_level(facts: Facts) -> Flag | None:
    """Responsibility that does not go with the level; no role confusion."""
    if facts.level not in ENTRY_LEVELS:
        return None
    leading = tuple(
        n
        for n, duty in enumerate(facts.duties)
        if duty.grade == "V" and any(c == "SMM.strategie" or c.endswith(".fuehrung") for c in duty.codes)
    )
    return Flag("F10", 2 if facts.level == "Praktikum" else 1, leading) if leading else None


def _r1_intended(facts: Facts) -> Flag | None:
    """The title does not name the role the ad is meant for; only where an intended role was given."""
    if facts.named is None or set(facts.named) == set(facts.title):
        return None
    return Flag("R1", 2 if facts.named else 1)


def _homonym(facts: Facts) -> Flag | None:
    """A community manager of a place: all community duties offline, or none at all."""
    community = facts.with_family("CM")
    if "CM" not in facts.title or facts.role != "none":
        return None
    if any(facts.duties[n].platform != "offline" for n in community):
        return None
    if facts.shares.weights["SMM"] + facts.shares.weights["OM"] >= facts.offline_other:
        return None
    space = facts.with_code("N.raum", "N.service", "N.event", "N.admin")
    if not community and not facts.with_code("N.raum"):
        return None
    return Flag("H1", 0, tuple(sorted({*community, *space})))


CHECKS: tuple[Callable[[Facts], Flag | None], ...] = (
    _f1_title,
    _f2_several_roles,
    _f3_inverted,
    _f4_strategy,
    _f5_without_steering,
    _f6_marketing,
    _f7_social_under_marketing,
    _f8_foreign,
    _f9_service_desk,
    _f10_level,
    _r1_intended,
)

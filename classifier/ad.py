"""The types that travel through the pipeline: an ad goes in, a verdict comes out.

All offsets count code points of `Ad.text`; `ad.text[span.start:span.end]` is the quote, always.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

Zone = Literal["title", "company", "intro", "duties", "profile", "offer", "apply", "other"]
Kind = Literal["heading", "item", "text"]
Grade = Literal["V", "A", "U"]
Platform = Literal["", "extern", "eigen", "intern", "offline", "unklar"]
Role = Literal["CM", "SMM", "OM", "mixed", "none", "notcodable"]
By = Literal["both", "rules", "model"]

ZONES: tuple[Zone, ...] = get_args(Zone)
GRADES: tuple[Grade, ...] = get_args(Grade)
PLATFORMS: tuple[Platform, ...] = get_args(Platform)
JUDGED_ROLES: tuple[Role, ...] = ("CM", "SMM", "OM", "mixed", "none")
ROLES = ("CM", "SMM", "OM")
FAMILIES = (*ROLES, "SH", "N")


@cache
def family_of(code: str) -> str:
    """The family of an area code: `CM` of `CM.dialog`."""
    return code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Ad:
    """A job ad as a reader delivers it.

    Attributes:
        text: the decoded file for plain text, the rendered text for other formats.
        title: the title if it is known apart from the text, else empty.
        source: where the ad comes from, as the user named it.
    """

    text: str
    title: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an ad, or one sentence of a line that holds several: what gets a zone.

    Attributes:
        start: offset of its first character, bullet marks included.
        end: offset behind its last character.
        text: the words without bullet, heading and emphasis marks at either end.
        text_start: offset of `text`.
        kind: heading, item or text, by mark or look.
        depth: nesting of an item or level of a heading, from 0.
        opens: whether it begins a row of the layout (a later sentence of the same row does not).
    """

    start: int
    end: int
    text: str
    text_start: int
    kind: Kind
    depth: int = 0
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the ad: a duty that was found, before anything is known about it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words a decision rests on; `rule` names the rule, or is `model` where the trained weights decided."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a duty: its code, the calibrated probability, the basis of the rule set and who says so."""

    code: str
    probability: float
    basis: str
    by: By


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of the ad with its areas, the governing one first."""

    start: int
    end: int
    text: str
    areas: tuple[Area, ...]
    grade: Grade = "A"
    platform: Platform = ""
    evidence: tuple[Evidence, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The area codes, the governing one first."""
        return tuple(area.code for area in self.areas)


@dataclass(frozen=True, slots=True)
class CodedDuty:
    """What roles and flags rest on in a duty."""

    codes: tuple[str, ...]
    grade: str = "A"
    platform: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ZonedLine:
    """A line with its zone."""

    start: int
    end: int
    zone: Zone
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """The title, the roles it names (a set, in the order CM, SMM, OM) and the level."""

    text: str
    roles: tuple[str, ...] = ()
    level: str = ""


@dataclass(frozen=True, slots=True)
class Shares:
    """The arithmetic of codebook 7.2 over the duties of an ad.

    Attributes:
        weights: weight of each family (CM, SMM, OM, SH, N), in duties.
        shares: share of each role in the hard evidence, 0 to 1; all 0 without any.
        label_scores: weights plus half the shared duties that lean to a role.
        n: number of duties.
    """

    weights: Mapping[str, float]
    shares: Mapping[str, float]
    label_scores: Mapping[str, float]
    n: int

    @property
    def evidence(self) -> float:
        """R: the hard weight of the three roles."""
        return sum(self.weights[role] for role in ROLES)


@dataclass(frozen=True, slots=True)
class Flag:
    """A finding: code, severity 0 (note) to 3 (heavy), and the duties it rests on, by index."""

    code: str
    severity: int
    duties: tuple[int, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fitting:
    """A title that fits.

    Attributes:
        roles: those it stands for; empty for another profession.
        names: what it is called: roles, `content` for content work that steers nothing, `service` or `none` of them.
    """

    roles: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is known about an ad.

    Attributes:
        role: the calibrated decision.
        roles_involved: the roles of a mixed ad, or the one role; empty for none.
        unclear: whether the decision's probability is below the stated confidence.
        rule_role: the role by the codebook's arithmetic.
        rule_involved: the roles behind `rule_role`.
        severity: the highest severity of a confusion flag.
        confusion: severity is 2 or more.
        notes: codes of notes that `explain` knows.
        intended: the roles the ad is meant for, where the caller said so.
        fitting: the title that fits the duties; None if no title does, or if there are no findings.
    """

    source: str
    text: str
    title: Title
    role: Role
    roles_involved: tuple[str, ...]
    unclear: bool
    rule_role: Role
    rule_involved: tuple[str, ...]
    probabilities: Mapping[str, float]
    shares: Shares
    lines: tuple[ZonedLine, ...]
    duties: tuple[Duty, ...]
    flags: tuple[Flag, ...]
    severity: int
    confusion: bool
    notes: tuple[str, ...]
    tool: Mapping[str, str]
    intended: tuple[str, ...] = ()
    fitting: Fitting | None = None

"""The worked ads A to H of the codebook (section 11): from duty codes to label, shares, flags and severity."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from jobclass.classifier.ad import CodedDuty
from jobclass.classifier.flags import Facts, find, severity_of
from jobclass.classifier.profile import Profile
from jobclass.classifier.role import all_offline, rule_role, shares_of, weights_of


@dataclass(frozen=True)
class Worked:
    """A worked ad and what the codebook says of it."""

    duties: list[str]
    title: tuple[str, ...]
    role: str
    shares: dict[str, float]
    flags: dict[str, int]
    severity: int
    involved: tuple[str, ...] = ()
    level: str = ""
    social: bool = True


D = [
    "SMM.koordination A", "SMM.strategie V", "OM.sea A", "OM.seo A", "OM.email A", "SH.content A",
]  # fmt: skip

WORKED = {
    "A": Worked(
        ["SMM.strategie V", "SMM.koordination A", "SH.content A", "CM.dialog A", "SMM.monitoring A", "OM.paidsocial A", "SMM.schnittstelle A"],
        ("SMM",), "SMM", {"SMM": 4 / 6, "CM": 1 / 6, "OM": 1 / 6}, {"F6": 0}, 0,
    ),
    "B": Worked(
        ["SMM.strategie V", "SMM.koordination V", "SMM.qualitaet V", "SH.content A", "CM.dialog A", "SMM.monitoring A"],
        ("CM",), "SMM", {"SMM": 0.8, "CM": 0.2, "OM": 0}, {"F1": 2, "F4": 3}, 3,
    ),
    "C": Worked(
        ["CM.engagement A", "CM.dialog A", "CM.support A", "CM.monitoring A", "SH.kanal A"],
        ("SMM",), "CM", {"CM": 1, "SMM": 0, "OM": 0}, {"F1": 3, "F5": 3}, 3,
    ),
    "D": Worked(D, ("SMM", "OM"), "mixed", {"SMM": 0.4, "OM": 0.6, "CM": 0}, {"F2": 1}, 1, involved=("SMM", "OM")),
    "E": Worked(D, ("SMM",), "mixed", {"SMM": 0.4, "OM": 0.6, "CM": 0}, {"F2": 2, "F6": 3}, 3, involved=("SMM", "OM")),
    "F": Worked(
        ["N.raum A", "CM.dialog A offline", "CM.engagement A offline", "N.admin A", "N.admin A"],
        ("CM",), "none", {"CM": 1, "SMM": 0, "OM": 0}, {"H1": 0}, 0, social=False,
    ),
    "G": Worked(
        ["OM.kampagnen A", "OM.sea+OM.seo A", "SMM.koordination A", "OM.webanalyse A", "OM.email A", "SH.zusammenarbeit A"],
        ("OM",), "OM", {"OM": 0.8, "SMM": 0.2, "CM": 0}, {}, 0,
    ),
    "H": Worked(
        ["SH.content U", "SH.trends U", "SH.kanal A", "N.redaktion A"],
        (), "SMM", {"CM": 0, "SMM": 0, "OM": 0}, {}, 0, level="Werkstudent",
    ),
    "H, titled": Worked(
        ["SH.content U", "SH.trends U", "SH.kanal A", "N.redaktion A"],
        ("SMM",), "SMM", {"CM": 0, "SMM": 0, "OM": 0}, {"F5": 2}, 2,
    ),
}  # fmt: skip


def coded(row: str) -> CodedDuty:
    codes, grade, *platform = row.split()
    return CodedDuty(tuple(codes.split("+")), grade, platform[0] if platform else "")


def facts(worked: Worked, profile: Profile) -> Facts:
    duties = [coded(row) for row in worked.duties]
    leans = {code: area.lean for code, area in profile.areas.items()}
    shares = shares_of([duty.codes for duty in duties], leans, social=worked.social)
    offline = all_offline([duty.codes for duty in duties], [duty.platform for duty in duties])
    role, involved = rule_role(shares, profile.thresholds["role"], offline=offline)
    return Facts(
        duties, shares, role, involved, worked.title, worked.level, None,
        profile.thresholds["flags"], profile.thresholds["role"]["offline_other"],
    )  # fmt: skip


@pytest.mark.parametrize("name", WORKED)
def test_flags_worked_ads(name: str, profile: Profile) -> None:
    worked = WORKED[name]
    found = facts(worked, profile)
    assert found.role == worked.role
    assert found.shares.shares == pytest.approx(worked.shares)
    if worked.involved:
        assert set(found.involved) == set(worked.involved)
    flags = find(found)
    assert {flag.code: flag.severity for flag in flags} == worked.flags
    assert severity_of(flags) == worked.severity


@pytest.mark.parametrize("name", [name for name, worked in WORKED.items() if worked.flags])
def test_flags_quote_duties(name: str, profile: Profile) -> None:
    for flag in find(facts(WORKED[name], profile)):
        assert flag.duties
        assert all(0 <= number < len(WORKED[name].duties) for number in flag.duties)


@dataclass(frozen=True)
class Case:
    """An ad made to raise one flag."""

    duties: list[str]
    title: tuple[str, ...]
    flag: str
    severity: int | None
    level: str = ""
    inverted: tuple[int, ...] | None = field(default=None)


CASES = [
    Case(["N.pr A"] * 4 + ["SMM.koordination A"], ("SMM",), "F1", 2),
    Case(["SMM.strategie V", "SMM.koordination A", "CM.dialog A", "CM.engagement A"], ("SMM", "CM"), "F2", 1),
    Case(["SMM.strategie V", "SMM.koordination A", "SMM.change A", "CM.dialog A", "CM.engagement A"], (), "F2", 2),
    Case(
        ["SMM.strategie V", "SMM.koordination A", "SMM.change A", "SMM.change A", "CM.dialog A", "CM.engagement A"],
        (),
        "F2",
        1,
    ),
    Case(["SMM.strategie V", "SMM.change A", "CM.dialog A", "CM.aufbau A", "OM.seo A", "OM.sea A"], (), "F2", 3),
    Case(["SMM.fuehrung V", "CM.dialog A", "CM.engagement A"], ("CM",), "F3", 3, inverted=(0,)),
    Case(["SMM.strategie V", "CM.dialog A", "CM.engagement A", "CM.aufbau A"], ("CM",), "F4", 2),
    Case(["SMM.strategie U", "CM.dialog A", "CM.engagement A", "CM.aufbau A"], ("CM",), "F4", 1),
    Case(["CM.aufbau V", "CM.dialog A", "CM.engagement A", "SMM.koordination A"], ("CM",), "F4", None),
    Case(["SH.content A", "SH.kanal A", "SH.content A"], ("SMM",), "F5", 1, level="Praktikum"),
    Case(["SMM.strategie V", "SMM.koordination A", "OM.seo A"], ("SMM",), "F6", 1),
    Case(["SMM.strategie V"] * 5 + ["OM.seo A", "OM.email A"], ("SMM",), "F6", 2),
    Case(["OM.sea A", "OM.seo A", "OM.email A", "CM.dialog A"], ("OM",), "F7", 2),
    Case(["OM.sea A", "OM.seo A", "OM.email A", "SMM.strategie A"], ("OM",), "F7", 2),
    Case(["OM.sea A", "OM.seo A", "SMM.koordination A"], ("OM",), "F7", 1),
    Case(["N.pr A", "N.event A", "SMM.strategie V", "SMM.koordination A", "SMM.change A"], ("SMM",), "F8", 1),
    Case(["CM.support A", "N.service A", "N.service A", "N.admin A"], ("CM",), "F9", 2),
    Case(["CM.support A", "N.service A", "N.service A", "CM.dialog A"], ("CM",), "F9", None),
    Case(["SMM.strategie V", "SH.content A", "SH.kanal A"], (), "F10", 2, level="Praktikum"),
    Case(["SMM.strategie V", "SH.content A", "SH.kanal A"], (), "F10", 1, level="Werkstudent"),
    Case(["SMM.strategie U", "SH.content A", "SH.kanal A"], (), "F10", None, level="Praktikum"),
    Case(["N.raum A", "N.admin A", "N.raum A"], ("CM",), "H1", 0),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.flag}-{case.severity}")
def test_flags_each_row_of_the_table(case: Case, profile: Profile) -> None:
    worked = Worked(case.duties, case.title, "", {}, {}, 0, level=case.level)
    found = facts(worked, profile)
    if case.inverted is not None:
        values = {name: getattr(found, name) for name in Facts.__dataclass_fields__}
        found = Facts(**values | {"inverted": case.inverted})
    severities = {flag.code: flag.severity for flag in find(found)}
    assert severities.get(case.flag) == case.severity


@pytest.mark.parametrize(
    ("codes", "weights"),
    [
        (["CM.dialog", "CM.engagement"], {"CM": 1}),
        (["CM.dialog", "OM.paidsocial"], {"CM": 0.5, "OM": 0.5}),
        (["SMM.koordination", "SH.content"], {"SMM": 1}),
        (["N.service", "CM.support"], {"CM": 0.5, "N": 0.5}),
        (["SH.content", "N.redaktion"], {"SH": 0.5, "N": 0.5}),
    ],
)
def test_role_weights_of_a_duty(codes: list[str], weights: dict[str, float]) -> None:
    assert weights_of(codes) == weights

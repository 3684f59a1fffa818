from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobclass.classifier import flags, role
from jobclass.classifier.ad import ROLES, Ad, Area, CodedDuty, Duty, Flag, Title, Verdict
from jobclass.classifier.advice import split, worded
from jobclass.classifier.fitting import fitting
from jobclass.classifier.flags import FIRM, Facts
from jobclass.classifier.labeller import Labeller
from jobclass.classifier.profile import load_profile
from jobclass.classifier.title import load_title_rules, read_title
from jobclass.messages import term

PROFILE = load_profile()
CODES = st.lists(st.sampled_from(PROFILE.codes), min_size=1, max_size=5, unique=True)
LEAD = "Du führst unseren Social Media Manager."
TITLES = [title for count in range(4) for title in combinations(ROLES, count)]


def facts_of(coded: list[CodedDuty], title: tuple[str, ...], lines: Iterable[str] = ()) -> Facts:
    """The facts of given duties under a title that names given roles."""
    named = Title("title", title)
    return flags.facts_of(coded, role.by_rule(coded, PROFILE), named, list(lines), PROFILE, load_title_rules())


def judged(facts: Facts) -> Verdict:
    """A verdict on given facts."""
    found = flags.find(facts)
    severity = flags.severity_of(found)
    spans = tuple(
        Duty(0, 0, duty.text, tuple(Area(code, 1.0, "K", "both") for code in duty.codes), "A", "")
        for duty in facts.duties
    )
    return Verdict(
        source="", text="", title=Title("title", facts.title), role=facts.role, roles_involved=facts.involved,
        unclear=False, rule_role=facts.role, rule_involved=facts.involved, probabilities={}, shares=facts.shares,
        lines=(), duties=spans, flags=found, severity=severity, confusion=severity >= FIRM, notes=(), tool={},
        fitting=fitting(facts, found) if found else None,
    )  # fmt: skip


def title_of(verdict: Verdict, language: str = "de") -> str:
    """The words of the title that fits."""
    names = verdict.fitting.names if verdict.fitting else ()
    return f" {term('words', 'and', language)} ".join(term("words", f"fitting_{name}", language) for name in names)


def duties(*rows: str) -> list[CodedDuty]:
    return [CodedDuty(tuple(row.split("+")), text=f"Aufgabe {number}") for number, row in enumerate(rows)]


def firm(found: Iterable[Flag]) -> set[str]:
    return {flag.code for flag in found if flag.severity >= FIRM}


@st.composite
def facts(draw: st.DrawFn) -> Facts:
    codes = st.lists(st.sampled_from(draw(CODES)), min_size=1, max_size=2, unique=True)
    coded = st.builds(CodedDuty, codes.map(tuple), st.sampled_from("VAU"), st.sampled_from(["", "eigen", "offline"]))
    lines = draw(st.sampled_from([[], [LEAD]]))
    return facts_of(draw(st.lists(coded, min_size=3, max_size=10)), draw(st.sampled_from(TITLES)), lines)


@given(facts())
@settings(max_examples=1000, deadline=None)
def test_fitting_title_brings_no_firm_finding_of_its_own(facts: Facts) -> None:
    """Of 40,000 random ads some hundreds were advised a title that stopped them at the next check."""
    verdict = judged(facts)
    found, before = fitting(facts, verdict.flags), firm(verdict.flags)

    def after(roles: tuple[str, ...]) -> set[str]:
        return firm(flags.under_title(facts, roles))

    if found is None:
        others = [title for title in TITLES if title != facts.title]
        assert facts.lines or all(after(title) - before or "F1" in after(title) for title in others)
        return
    for language in ("de", "en"):
        assert set(read_title(title_of(judged(facts), language)).roles) <= set(found.roles)
    named = tuple(name for name in found.names if name in ROLES)
    accepted = {"F2"} if facts.role == "none" and not found.roles else set()
    assert after(named) <= (before | accepted) - {"F1"}
    said = {item.flag.code for item in worded(verdict, "en") if "ends this, too" in item.advice}
    assert not said & after(named)


@given(facts())
@settings(max_examples=1000, deadline=None)
def test_fitting_none_is_said_alike(facts: Facts) -> None:
    """Where F1 advised several ads, no split was shown, and a light F2 called the mixture usual."""
    verdict = judged(facts)
    said = {item.flag.code: item.advice for item in worded(verdict, "de")}
    several = "mehrere Anzeigen" in said.get("F1", "")
    assert several <= (len([part for part in split(verdict, "de") if part.role]) > 1)
    if "F1" in said and verdict.fitting is None:
        assert several == bool(split(verdict, "de"))
    assert not (several and "kleinen Teams" in said.get("F2", ""))


@pytest.mark.parametrize(
    ("title", "rows", "brought", "fitting_title"),
    [
        (("OM",), ["CM.dialog"] * 5 + ["SMM.strategie"], "F4", "„Community Manager“ und „Social Media Manager“"),
        (("SMM",), ["CM.support"] * 5, "F9", "ein Titel des Kundenservice"),
        (("SMM",), ["OM.seo"] * 5 + ["SMM.strategie"], "F7", "„Social Media Manager“ und „Online Marketing Manager“"),
        (("OM",), ["CM.dialog"] * 6 + ["OM.seo", "OM.sea"], "F6", "„Community Manager“ und „Online Marketing Manager“"),
    ],
)
def test_fitting_title_names_what_would_be_found_next(
    title: tuple[str, ...], rows: list[str], brought: str, fitting_title: str
) -> None:
    facts = facts_of(duties(*rows), title)
    verdict = judged(facts)
    assert "F1" in firm(verdict.flags)
    assert brought in firm(flags.under_title(facts, (verdict.rule_role,)))
    assert title_of(verdict) == fitting_title


def test_fitting_none_where_every_title_brings_something() -> None:
    facts = facts_of(duties(*["CM.dialog"] * 5, "OM.sea", "OM.seo"), ("OM",), [LEAD])
    verdict = judged(replace(facts, severities={"F2": 1}))
    assert verdict.fitting is None
    said = {item.flag.code: item.advice for item in worded(verdict, "de")}
    assert said["F1"].startswith("Kein Titel passt zu allen Aufgaben: mehrere Anzeigen daraus machen")
    assert said["F2"].startswith("Kein Titel passt zu allen Aufgaben")
    assert {part.role: part.duties for part in split(verdict, "de")} == {"CM": (0, 1, 2, 3, 4), "OM": (5, 6)}
    assert not any("()" in advice for advice in said.values())


def test_fitting_none_and_nothing_to_split() -> None:
    verdict = judged(facts_of(duties(*["CM.dialog"] * 5), ("OM",), [LEAD]))
    assert verdict.fitting is None
    (said,) = (item.advice for item in worded(verdict, "de") if item.flag.code == "F1")
    assert said == "Kein Titel passt zu allen Aufgaben: die Aufgaben an den Titel anpassen."
    assert split(verdict, "de") == ()


def test_fitting_another_profession_need_not_name_a_mixture() -> None:
    """The mixture is a hint while the title names its roles, and a finding without; the ad is another profession."""
    foreign = ["N.admin"] * 10
    facts = facts_of(duties("CM.dialog", "CM.aufbau", "SMM.strategie", "OM.sea", "OM.seo", *foreign), ROLES)
    verdict = judged(facts)
    assert "F2" in firm(flags.under_title(facts, ())) - firm(verdict.flags)
    assert title_of(verdict) == "ein Titel des eigentlichen Berufs"


def test_fitting_holds_the_lead_against_another_title() -> None:
    """A community manager who leads the social media manager is inverted (F3), whatever the title was before."""
    facts = facts_of(duties(*["CM.dialog"] * 5, "OM.sea"), ("OM",), [LEAD])
    found = flags.find(facts)
    assert "F3" not in firm(found)
    assert "F3" in firm(flags.under_title(facts, ("CM",)))
    title = fitting(facts, found)
    assert title is None or title.roles != ("CM",)


def test_fitting_verdict_holds_plain_values(labeller: Labeller) -> None:
    """A verdict held all that flags rest on, compiled patterns among it."""
    rows = ["Moderation der Community", "Beantwortung von Kommentaren", "Dialog mit den Mitgliedern"]
    verdict = labeller.label(Ad("Online Marketing Manager\n\nDeine Aufgaben\n" + "".join(f"- {r}\n" for r in rows)))
    assert verdict.flags
    assert verdict.fitting is not None
    assert json.loads(json.dumps(asdict(verdict)))["fitting"] == {"roles": ["CM"], "names": ["CM"]}

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from jobclass.classifier.ad import Ad, Flag, Verdict
from jobclass.classifier.advice import fitting_title, worded
from jobclass.classifier.labeller import Labeller
from jobclass.messages import entries

TEXTS = ("name", "message", "message_light", "reason", "advice", "advice_light", "explain")


@pytest.fixture(scope="module")
def verdict(labeller: Labeller, examples: Path) -> Verdict:
    return labeller.label(Ad((examples / "all-in-one.txt").read_text()))


@pytest.mark.parametrize("code", list(entries("flags")))
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("severity", [0, 1, 2, 3])
@pytest.mark.parametrize("intended", [(), ("SMM",)])
def test_advice_every_flag_is_worded_in_every_severity(
    code: str, language: str, severity: int, intended: tuple[str, ...], verdict: Verdict
) -> None:
    (item,) = worded(replace(verdict, flags=(Flag(code, severity, (0, 1)),), intended=intended), language)
    for said in (item.name, item.message, item.reason, item.advice):
        assert said
        assert "{" not in said
    light, firm = (worded(replace(verdict, flags=(Flag(code, n, (0,)),)), language)[0] for n in (1, 2))
    assert (light.message, light.advice) != (firm.message, firm.advice) or code == "H1"


@pytest.mark.parametrize("code", list(entries("flags")))
def test_advice_names_bvcm_only_where_it_is_the_basis(code: str) -> None:
    entry = entries("flags")[code]
    for key in TEXTS:
        for text in entry[key].values():
            claims = re.search(r"\b(?:[Nn]ach|[Bb]y(?: the)?) BVCM|BVCM (?:says|describes|means)", text)
            assert not claims or "B" in entry["basis"], (key, text)


@pytest.mark.parametrize("code", list(entries("flags")))
def test_advice_placeholders_are_the_same_in_both_languages(code: str) -> None:
    for key, value in entries("flags")[code].items():
        if isinstance(value, dict):
            german, english = (set(re.findall(r"{(\w+)}", value[language])) for language in ("de", "en"))
            assert german == english, key


@pytest.mark.parametrize(
    ("flag", "title", "fitting"),
    [
        (Flag("F4", 2, (0,)), "Community Manager", "„Community Manager“ und „Social Media Manager“"),
        (
            Flag("F2", 3, (0,), {"roles": "CM SMM OM"}),
            "",
            "„Community Manager“, „Social Media Manager“ und „Online Marketing Manager“",
        ),
    ],
)
def test_advice_names_a_title_that_would_end_the_finding(
    flag: Flag, title: str, fitting: str, labeller: Labeller
) -> None:
    text = """Deine Aufgaben
- Du beantwortest Kommentare und Nachrichten unserer Mitglieder
- Du moderierst Diskussionen in unserer Community
- Du gewinnst neue Mitglieder für unsere Community
- Du verantwortest unsere Social-Media-Strategie
"""
    verdict = labeller.label(Ad(text, title))
    assert verdict.rule_role == "CM"
    assert fitting_title(flag, verdict, "de") == fitting

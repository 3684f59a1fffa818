from __future__ import annotations

from collections.abc import Callable

import pytest

from jobclass.classifier.labeller import Labeller
from jobclass.cli.render import html, review, text
from jobclass.cli.render.roles import leaning, shares_of
from jobclass.cli.results import Labelled

Written = Callable[..., str]
CONTENT = """Social Media Manager (m/w/d)

Deine Aufgaben
- Du drehst Reels für Instagram
- Du textest Posts für unsere Kanäle
- Du postest täglich Storys
- Du antwortest auf Kommentare unserer Fans
"""


@pytest.mark.parametrize("renderer", [text, review, html])
def test_roles_are_named_alike_wherever_they_are_shown(
    renderer: object, written: Written, check: Callable[..., Labelled]
) -> None:
    said = written(renderer, "de", [check(CONTENT)])
    assert "Rolle im Gesamtbild" in said
    assert "Rolle nach Regeln" in said


def test_roles_shares_are_shown_only_with_enough_evidence(check: Callable[..., Labelled], labeller: Labeller) -> None:
    verdict = check(CONTENT).verdict
    assert verdict.shares.shares["CM"] == 1.0
    assert verdict.rule_role == "SMM"
    assert shares_of(verdict, labeller.profile) == {}
    assert leaning(verdict, "de") == "Geteilte Aufgaben (SH) zählen halb für SMM."
    more = check(
        CONTENT + "- Du moderierst unsere Gruppe\n- Du planst den Redaktionsplan\n- Du gibst Posts frei\n"
    ).verdict
    assert set(shares_of(more, labeller.profile)) == {"CM", "SMM", "OM"}


def test_roles_the_signs_are_explained_once(written: Written, check: Callable[..., Labelled]) -> None:
    assert written(text, "de", [check(CONTENT), check(CONTENT)]).count("SH geteilt:") == 1


def test_roles_an_ad_with_too_few_duties_is_never_announced_as_clean(
    written: Written, check: Callable[..., Labelled]
) -> None:
    short = check("Community Manager (m/w/d)\n\nDeine Aufgaben\n- Du moderierst unsere Gruppe\n")
    for renderer in (text, review):
        said = written(renderer, "de", [short])
        assert "Nicht beurteilt." in said
        assert "Keine Rollenverwechslung" not in said

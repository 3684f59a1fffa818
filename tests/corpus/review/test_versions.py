from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.classifier.ad import Ad, Verdict
from jobclass.classifier.labeller import Labeller
from jobclass.corpus.review.versions import compare


@pytest.fixture(scope="module")
def old(labeller: Labeller, examples: Path) -> Verdict:
    return labeller.label(Ad((examples / "community-manager.txt").read_text(), source="old"))


def changed(old: Verdict, labeller: Labeller, *changes: tuple[str, str]) -> Verdict:
    text = old.text
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return labeller.label(Ad(text, source="new"))


def test_versions_the_same_ad_is_the_same(old: Verdict) -> None:
    found = compare(old, old)
    assert (found.judgement, found.came, found.went, found.moved, found.solved, found.raised) == (
        "same",
        (),
        (),
        (),
        (),
        (),
    )


def test_versions_a_fitting_title_is_better(old: Verdict, labeller: Labeller) -> None:
    found = compare(old, changed(old, labeller, ("Community Manager (m/w/d)", "Social Media Manager (m/w/d)")))
    assert found.judgement == "better"
    assert [flag.code for flag in found.solved] == ["F1", "F4"]
    assert (found.came, found.went) == ((), ())
    assert compare(found.new, found.old).judgement == "worse"


def test_versions_tell_which_duties_came_and_went(old: Verdict, labeller: Labeller) -> None:
    found = compare(
        old,
        changed(
            old,
            labeller,
            ("- Freigabe aller Beiträge vor der Veröffentlichung", "- Betreuung unserer Google-Ads-Konten"),
        ),
    )
    assert [duty.text for duty in found.went] == ["Freigabe aller Beiträge vor der Veröffentlichung"]
    assert [duty.codes[0] for duty in found.came] == ["OM.sea"]


def test_versions_tell_which_duties_changed_their_role(old: Verdict, labeller: Labeller) -> None:
    longer = (
        "Du verantwortest unsere Social-Media-Strategie und entwickelst sie weiter",
        "Du verantwortest unsere Community-Strategie und entwickelst sie weiter",
    )
    ((before, after),) = compare(old, changed(old, labeller, longer)).moved
    assert (before.codes[0], after.codes[0]) == ("SMM.strategie", "CM.aufbau")

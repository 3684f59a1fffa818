from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.classifier.ad import Ad, family_of
from jobclass.classifier.labeller import Labeller
from jobclass.corpus.review.coverage import coverage


@pytest.mark.parametrize("role", ["CM", "SMM", "OM"])
def test_coverage_tells_every_area_of_the_role_and_every_duty_once(
    role: str, labeller: Labeller, examples: Path
) -> None:
    verdict = labeller.label(Ad((examples / "all-in-one.txt").read_text()))
    found = coverage(verdict, role, labeller.profile)
    areas = {code for code in labeller.profile.codes if family_of(code) == role}
    assert {*found.covered, *found.lacking} == areas
    assert not set(found.covered) & set(found.lacking)
    elsewhere = {code for of_family in found.elsewhere.values() for code in of_family}
    assert {*found.covered, *elsewhere} == {code for duty in verdict.duties for code in duty.codes}
    assert role not in found.elsewhere

"""Steering: content alone is no role unless some duty steers it (codebook C18)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from jobclass.classifier import steering
from jobclass.classifier.role import shares_of_duties

if TYPE_CHECKING:
    from jobclass.classifier.profile import Profile

MADE = ["Reels für Instagram drehen", "Texte für den Blog schreiben", "Produkte vor der Kamera zeigen"]


def _is_missing(texts: list[str], codes: list[tuple[str, ...]], profile: Profile) -> bool:
    shares = shares_of_duties(texts, codes, profile)
    return steering.is_missing(texts, codes, shares, profile, profile.thresholds["decision"]["content_only"])


def test_steering_is_missing_where_content_is_only_made(profile: Profile) -> None:
    assert _is_missing(MADE, [("SH.content",)] * 3, profile)


@pytest.mark.parametrize(
    ("duty", "codes"),
    [
        ("Planung der Beiträge im Redaktionsplan", ("SH.content",)),
        ("Veröffentlichung der Clips", ("SH.content",)),
        ("Accountpflege", ("SH.kanal",)),
        ("Freigabe der Beiträge", ("SMM.qualitaet",)),
    ],
)
def test_steering_one_duty_is_enough(duty: str, codes: tuple[str, ...], profile: Profile) -> None:
    assert not _is_missing([*MADE, *MADE, duty], [("SH.content",)] * 6 + [codes], profile)


def test_steering_does_not_matter_where_a_role_has_evidence(profile: Profile) -> None:
    assert not _is_missing(MADE, [("SH.content",), ("OM.sea",), ("OM.seo",)], profile)


def test_steering_does_not_matter_without_content(profile: Profile) -> None:
    assert not _is_missing(["Regale auffüllen", "Kasse bedienen"], [("N.vertrieb",), ("N.service",)], profile)


def test_steering_missing_moves_probability_to_none() -> None:
    moved = steering.as_none({"CM": 0.1, "SMM": 0.6, "OM": 0.1, "mixed": 0.1, "none": 0.1}, 0.5)
    assert moved["SMM"] == pytest.approx(0.3)
    assert moved["none"] == pytest.approx(0.4)
    assert sum(moved.values()) == pytest.approx(1)

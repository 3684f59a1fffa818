"""What the area model is shown of a duty: itself, and what the rest of its ad speaks of (codebook C7 to C9)."""

from __future__ import annotations

import pytest

from jobclass.classifier import areas
from jobclass.classifier.profile import Profile

GENERAL = "Erstellung von Auswertungen"
OF_SEARCH = "Du optimierst unsere Website für Google (SEO)"
OF_FORUM = "Du moderierst unser Forum"


def signals(profile: Profile, *duties: str) -> list[set[str]]:
    """The signals of each duty of an ad."""
    seen = areas.examples([areas.read(duty, profile) for duty in duties], [""] * len(duties))
    return [set(example.signals) for example in seen]


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([OF_SEARCH], "rest OM.seo 4"),
        ([OF_SEARCH, OF_FORUM], "rest OM.seo 2"),
        ([OF_SEARCH, *[OF_FORUM] * 9], None),
    ],
)
def test_areas_examples_tell_what_the_rest_names(others: list[str], expected: str | None, profile: Profile) -> None:
    general = signals(profile, GENERAL, *others)[0]
    assert {signal for signal in general if signal.startswith("rest OM.seo")} == ({expected} if expected else set())


def test_areas_examples_leave_the_duty_itself_out_of_the_rest(profile: Profile) -> None:
    of_search, of_forum = signals(profile, OF_SEARCH, OF_FORUM)
    assert "rest OM.seo 4" in of_forum
    assert "rest OM.seo 4" not in of_search


def test_areas_examples_know_no_rest_of_a_lone_duty(profile: Profile) -> None:
    (alone,) = signals(profile, OF_SEARCH)
    assert not any(signal.startswith("rest ") for signal in alone)


@pytest.mark.parametrize(
    ("other", "expected"),
    [("Betreuung unseres Instagram-Kanals", "social True"), ("Lektorat der Bücher", "social False")],
)
def test_areas_examples_tell_whether_any_duty_names_social_media(other: str, expected: str, profile: Profile) -> None:
    assert all(expected in found for found in signals(profile, GENERAL, other))

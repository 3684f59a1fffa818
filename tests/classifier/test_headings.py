from __future__ import annotations

import pytest

from jobclass.classifier.headings import Headings


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Deine Aufgaben", "duties"), ("IHRE AUFGABEN:", "duties"), ("👉 Deine Aufgaben bei der Muster GmbH", "duties"),
        ("Ihr Profil", "profile"), ("Das bringst du mit!", "profile"), ("Wir bieten Ihnen", "offer"), ("Über uns", "company"),
        ("What you'll do", "duties"), ("What you’ll do", "duties"),
    ],
)  # fmt: skip
def test_headings_announce_a_zone(text: str, zone: str, headings: Headings) -> None:
    assert headings.zones_of(text)[0] == zone


def test_headings_ambiguous_ones_say_so(headings: Headings) -> None:
    assert set(headings.zones_of("Was dich erwartet")) == {"duties", "offer"}


@pytest.mark.parametrize("text", ["", "Du planst unsere Kampagnen.", "- - -", "Aufgaben " * 20])
def test_headings_unknown_text_announces_nothing(text: str, headings: Headings) -> None:
    assert headings.zones_of(text) == ()

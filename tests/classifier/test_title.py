from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.headings import Headings
from jobclass.classifier.lines import read_lines
from jobclass.classifier.title import find_title, masked, plain, read_title


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Community Manager (m/w/d)", {"CM"}), ("Online Community Manager*in", {"CM"}), ("Community Management", {"CM"}),
        ("Corporate Community Manager (gn)", {"CM"}), ("Foren-Manager/in", {"CM"}), ("Community Moderator", {"CM"}),
        ("Social-Media-Manager:in", {"SMM"}), ("Social Media Managerin", {"SMM"}), ("Head of Social Media", {"SMM"}),
        ("Social-Media-Koordinator_in (all genders)", {"SMM"}), ("Werkstudent Social Media Management", {"SMM"}),
        ("Teamlead Social Media", {"SMM"}),
        ("Online Marketing Manager (w/m/x)", {"OM"}), ("SEO-Manager", {"OM"}), ("Junior SEA", {"OM"}), ("Growth Marketing", {"OM"}),
        ("Praktikum Online-Marketing", {"OM"}), ("Paid Social Manager", {"OM"}), ("Google Ads Manager", {"OM"}),
        ("Social Media & Community Manager", {"CM", "SMM"}), ("Online Marketing und Social Media Manager", {"OM", "SMM"}),
        ("Social Media Marketing Manager", {"OM", "SMM"}),
        ("Social- und Community-Manager (m/w/d)", {"CM", "SMM"}), ("Online Marketing / Social Media (m/w/d)", {"OM", "SMM"}),
        ("Social Media und Online-Marketing", {"OM", "SMM"}), ("Online Marketing mit Schwerpunkt Social Media Ads", {"OM"}),
        ("Influencer Relations Manager", set()), ("Content Manager", set()), ("Social-Media-Redakteur", set()),
        ("Werkstudent Social Media", set()), ("Social Media & Content Creator", set()), ("PR-Manager", set()),
        ("E-Commerce Manager", set()), ("CRM Manager", set()), ("Mitarbeiter Marketing", set()), ("Pflegefachkraft (m/w/d)", set()),
    ],
)  # fmt: skip
def test_title_roles_follow_the_codebooks_table(title: str, roles: set[str]) -> None:
    assert set(read_title(title).roles) == roles


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("Praktikum Social Media", "Praktikum"), ("Werkstudent:in Community Management", "Werkstudent"), ("Trainee Online Marketing", "Ausbildung/Volontariat"),
        ("Junior Community Manager", "Junior/Assistenz"), ("Marketingassistenz (m/w/d)", "Junior/Assistenz"), ("Executive Assistant", ""),
        ("Senior SEO Manager", "Senior"), ("Pflegefachkraft für unser Seniorenzentrum", ""), ("Head of Social Media", "Lead/Head"), ("Projektleiter Marketing", ""), ("Social Media Manager", ""),
    ],
)  # fmt: skip
def test_title_level(title: str, level: str) -> None:
    assert read_title(title).level == level


@pytest.mark.parametrize(
    "title",
    ["Community Manager (m/w/d)", "Community-Manager/-in", "Community Manager:in", "Community Manager*in", "Community Manager_in", "Community Manager (all genders)", "COMMUNITY MANAGER m/w/d"],
)  # fmt: skip
def test_title_gender_forms_do_not_matter(title: str) -> None:
    assert plain(title) == "community manager"


def test_title_is_found_in_the_text(headings: Headings) -> None:
    lines = read_lines("Muster GmbH sucht\n\nCommunity Manager (m/w/d)\n\nDeine Aufgaben\n- A", headings)
    assert find_title(lines, ["company"] * len(lines)) == "Community Manager (m/w/d)"


def test_title_is_found_above_a_gender_mark_of_its_own_row(headings: Headings) -> None:
    lines = read_lines("Community Manager:in\n(all genders)\n\nDeine Aufgaben\n- A", headings)
    assert find_title(lines, ["title"] * 2 + ["duties"] * (len(lines) - 2)) == "Community Manager:in"


@pytest.mark.parametrize("text", ["Als Community Manager hilfst du", "Als COMMUNITY MANAGER hilfst du"])
def test_title_is_masked(text: str) -> None:
    assert masked(text, "Community Manager (m/w/d)") == "Als die Stelle hilfst du"


@given(
    text=st.text(st.sampled_from("SsſKkKIiİıßẞµμa "), max_size=30),
    title=st.text(st.sampled_from("SsſKkKIiİıßẞµμa"), min_size=4, max_size=5),
)
def test_title_is_masked_wherever_case_alone_differs(text: str, title: str) -> None:
    assert masked(text, title) == re.sub(re.escape(title), "die Stelle", text, flags=re.IGNORECASE)

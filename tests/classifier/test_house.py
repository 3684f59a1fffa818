from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from jobclass.classifier.ad import Ad, Verdict
from jobclass.classifier.house import House
from jobclass.classifier.labeller import Labeller
from jobclass.errors import ProfileError


def labelled(house: House, text: str, title: str = "") -> Verdict:
    return Labeller.of_house(house).label(Ad(text, title))


@pytest.fixture(scope="module")
def text(examples: Path) -> str:
    return (examples / "community-manager.txt").read_text()


def test_house_without_choices_is_the_packaged_labeller(labeller: Labeller, text: str) -> None:
    assert House().mark == ""
    nothing = House(cues={"CM.dialog": ()}, headings={"duties": ()}, thresholds={"role": {}})
    assert nothing.mark == ""
    assert labelled(House(), text) == labeller.label(Ad(text))


def test_house_is_known_by_its_choices_also_in_another_process() -> None:
    one, same = (House(cues={"CM.dialog": ("netzgespräch",)}) for _ in range(2))
    assert len({one, same, House()}) == 2
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 -- our own value, as joblib hands it over


def test_house_cue_governs_the_duty_and_is_marked(text: str) -> None:
    verdict = labelled(
        House(cues={"CM.aufbau": ("gartenfunk",)}), text.replace("Freigabe aller Beiträge", "Gartenfunk für Beiträge")
    )
    duty = verdict.duties[2]
    assert (duty.codes[0], duty.areas[0].basis, duty.areas[0].by) == ("CM.aufbau", "house", "rules")
    (word,) = [item for item in duty.evidence if item.rule == "CM.aufbau/house"]
    assert verdict.text[word.start : word.end] == "Gartenfunk"
    assert verdict.tool["profile"].startswith("bvcm-1.1+house.")


def test_house_never_speaks_for_bvcm(text: str) -> None:
    verdict = labelled(House(cues={"CM.aufbau": ("redaktionsplan",)}), text)
    bases = {area.code: area.basis for area in verdict.duties[1].areas}
    assert bases["CM.aufbau"] == "house"
    assert bases["SMM.koordination"] == "B"


def test_house_heading_opens_a_zone(text: str) -> None:
    changed = text.replace("Deine Aufgaben", "Gartenzwerge")
    verdict = labelled(House(headings={"duties": ("Gartenzwerge",)}), changed)
    assert {line.text: line.zone for line in verdict.lines}["Gartenzwerge"] == "duties"


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Digital Community Lead (m/w/d)", ("SMM",)),
        ("Stellv. Digital-Community-Lead", ("SMM",)),
        ("Community Manager (m/w/d)", ("CM",)),
        ("Kanalwart*in", ("CM", "OM")),
    ],
)
def test_house_titles_win(title: str, roles: tuple[str, ...], text: str) -> None:
    house = House(titles={"Digital Community Lead": ("SMM",), "Kanalwart": ("CM", "OM"), "(m/w/d)": ("OM",)})
    assert labelled(house, text, title).title.roles == roles


@pytest.mark.parametrize(
    ("given", "found"), [({}, {"F1": 2, "F4": 3}), ({"F4": 1}, {"F1": 2, "F4": 1}), ({"F4": None, "F2": 3}, {"F1": 2})]
)
def test_house_severities(given: dict[str, int | None], found: dict[str, int], text: str) -> None:
    verdict = labelled(House(severities=given), text)
    assert {flag.code: flag.severity for flag in verdict.flags} == found
    assert verdict.severity == max(found.values())


def test_house_severity_leaves_a_note_a_note(examples: Path) -> None:
    verdict = labelled(House(severities={"H1": 3}), (examples / "coworking.txt").read_text())
    assert {flag.code: flag.severity for flag in verdict.flags} == {"H1": 0}


def test_house_neutral_area_speaks_for_no_role(examples: Path) -> None:
    text = (examples / "all-in-one.txt").read_text()
    plain, neutral = labelled(House(), text), labelled(House(neutral=frozenset({"OM.sea"})), text)
    assert neutral.shares.weights["OM"] == plain.shares.weights["OM"] - 1
    assert neutral.shares.weights["SH"] == plain.shares.weights["SH"] + 1
    assert neutral.duties == plain.duties  # what a duty is does not change, only what it counts


def test_house_threshold(text: str) -> None:
    assert labelled(House(thresholds={"role": {"fewest_duties": 7}}), text).rule_role == "notcodable"


def test_house_cue_too_short_is_refused(text: str) -> None:
    with pytest.raises(ProfileError, match="E305"):
        labelled(House(cues={"CM.dialog": ("ab",)}), text)


def test_house_cue_that_no_text_can_hold_is_refused(text: str) -> None:
    with pytest.raises(ProfileError, match="E309"):
        labelled(House(cues={"OM.email": ("E-Mail-Marketing",)}), text)


@pytest.mark.parametrize(
    ("title", "intended", "flags"),
    [
        ("Community Manager", ("SMM",), {"R1": 2}),
        ("Mitarbeiter Kommunikation", ("SMM",), {"R1": 1}),
        ("Social Media Manager", ("CM",), {"F1": 2, "F4": 3, "R1": 2}),
        ("Social Media Manager", ("SMM",), {}),
    ],
)
def test_intended_role_takes_the_place_of_the_title(
    title: str, intended: tuple[str, ...], flags: dict[str, int], labeller: Labeller, text: str
) -> None:
    verdict = labeller.label(Ad(text, title), intended)
    assert {flag.code: flag.severity for flag in verdict.flags} == flags

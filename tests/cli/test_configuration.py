from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.classifier.ad import ZONES
from jobclass.classifier.house import House
from jobclass.classifier.profile import Profile
from jobclass.cli.configuration import Configuration, load_configuration
from jobclass.cli.settings_check import BOUNDS, ORDERED, defaults
from jobclass.errors import ConfigurationError
from jobclass.messages import entries


def loaded(text: str, folder: Path) -> Configuration:
    (folder / "jobclass.toml").write_text(text)
    return load_configuration(folder / "jobclass.toml")


def test_configuration_defaults_change_nothing(tmp_path: Path) -> None:
    found = loaded("", tmp_path)
    assert (found.language, found.fail_on, found.baseline, found.house) == ("de", 2, None, House())
    assert found.intended("ad.txt") == ()


def test_configuration_the_default_file_copied_changes_nothing(tmp_path: Path, repository: Path) -> None:
    found = loaded((repository / "cli" / "jobclass.toml").read_text(), tmp_path)
    profile = {group: dict(values) for group, values in found.house.thresholds.items()}
    assert found.house == House(thresholds=profile)


def test_configuration_default_file_knows_everything_that_can_be_set(profile: Profile) -> None:
    assert set(defaults()["flags"]) == set(entries("flags"))
    assert set(defaults()["headings"]) == set(ZONES)
    assert defaults()["thresholds"] == {group: dict(values) for group, values in profile.thresholds.items()}


def test_configuration_default_thresholds_are_possible(profile: Profile) -> None:
    every = {key: value for values in profile.thresholds.values() for key, value in values.items()}
    assert set(BOUNDS) <= set(every)
    assert all(BOUNDS.get(key, (0, 1))[0] <= value <= BOUNDS.get(key, (0, 1))[1] for key, value in every.items())
    assert all(every[lower] <= every[upper] for lower, upper in ORDERED)


def test_configuration_every_switch(tmp_path: Path) -> None:
    found = loaded(
        """
language = "en"
fail-on = "heavy"
baseline = "accepted.json"
paid-social = "neutral"
[flags]
F1 = "on"
F2 = "light"
F6 = "off"
[roles]
"ads/cm/*" = "CM"
"ads/*" = "SMM + CM"
[titles]
"Digital Community Lead" = "CM"
[headings]
duties = ["Dein Spielfeld"]
[cues]
"CM.dialog" = ["netzgespräch"]
[[ignore]]
path = "old/*"
codes = ["F7", "F8"]
reason = "alt"
[thresholds.flags]
foreign_light = 0.4
""",
        tmp_path,
    )
    assert (found.language, found.fail_on, found.baseline) == ("en", 3, tmp_path / "accepted.json")
    assert found.intended(str(tmp_path / "ads" / "cm" / "x.txt")) == ("CM",)
    assert found.intended(str(tmp_path / "ads" / "y.txt")) == ("CM", "SMM")
    assert [silencer.code for silencer in found.ignored.for_source(str(tmp_path / "old" / "z.txt"))] == ["F7", "F8"]
    assert found.house == House(
        cues={"CM.dialog": ("netzgespräch",)},
        headings={"duties": ("Dein Spielfeld",)},
        titles={"Digital Community Lead": ("CM",)},
        severities={"F2": 1, "F6": None},
        thresholds={"flags": {"foreign_light": 0.4}},
        neutral=frozenset({"OM.paidsocial"}),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\nfail_on = 'x'", ["E402", "jobclass.toml:2", "fail-on?"]),
        ("fail-on = 'medim'", ["E403", ":1", "medium?"]),
        ("fail-on = 3", ["E403", ":1", "light | medium | heavy"]),
        ("[flags]\nF11 = 'on'", ["E402", ":2", "F1?"]),
        ("[flags]\nF1 = 'of'", ["E403", ":2", "off?"]),
        ("[flags]\nF1 = true", ["E403", ":2", "flags.F1"]),
        ("[headings]\nduty = ['x']", ["E402", ":2", "duties?"]),
        ("[headings]\nduties = 'x'", ["E403", ":2"]),
        ("[headings]\nduties = [3]", ["E403", ":2"]),
        ("headings = 3", ["E403", ":1"]),
        ("[roles]\n'a/*' = 'SMN'", ["E403", ":2", "SMM?"]),
        ("[titles]\nx = 3", ["E403", ":2"]),
        ("[cues]\n'CM.dialgo' = ['x']", ["E402", ":2", "CM.dialog?"]),
        ("[cues]\n'CM.dialog' = ['ab']", ["E405", ":2", "'ab'"]),
        ("[cues]\n'OM.email' = ['E-Mail-Marketing']", ["E409", ":2", "'E-Mail-Marketing'", "e mail marketing"]),
        ("[cues]\n'CM.dialog' = 'netzgespräch'", ["E403", ":2"]),
        ("[cues]\n'CM.dialog' = [{a = 1}]", ["E403", ":2"]),
        ("[thresholds.flags]\nevidense = 1", ["E402", ":2", "evidence?"]),
        ("[thresholds.flag]\nevidence = 1", ["E402", ":1", "flags?"]),
        ("[thresholds.flags]\nforeign_light = 30", ["E404", ":2", "0 … 1"]),
        ("[thresholds.flags]\nforeign_light = 0.9", ["E404", ":2", "foreign_heavy"]),
        ("[thresholds.flags]\nevidence = nan", ["E404", ":2"]),
        ("[thresholds.flags]\nevidence = true", ["E403", ":2"]),
        ("[thresholds.role]\nfewest_duties = 2.5", ["E403", ":2"]),
        ("[[ignore]]\n[[ignore]]\ncodes = ['F12']", ["E403", ":3", "F1"]),
        ("[[ignore]]\ncode = 'F1'", ["E402", ":2", "codes?"]),
        ("ignore = 'x'", ["E403", ":1"]),
        ("ignore = ['x']", ["E403", ":1"]),
        ("[[ignore]]\npath = 3", ["E403", ":2"]),
    ],
)
def test_configuration_errors_name_line_and_cure(text: str, said: list[str], tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as caught:
        loaded(text, tmp_path)
    assert all(part in str(caught.value) for part in said), str(caught.value)

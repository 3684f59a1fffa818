from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobclass.classifier.profile import Profile

CallIt = Callable[..., Any]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_profile_every_form_has_every_area(form: str, language: str, call: CallIt, profile: Profile) -> None:
    out = call("profile", "-f", form, "--lang", language).out
    assert all(code in out for code in profile.codes)


def test_profile_shows_what_the_house_adds(call: CallIt, tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text('[cues]\n"CM.dialog" = ["netzgespräch"]')
    found = json.loads(call("profile", "-f", "json", "--config", tmp_path / "own.toml").out)
    assert found["version"].startswith("bvcm-1.1+house.")
    assert {area["code"]: area["house"] for area in found["areas"]}["CM.dialog"] == ["netzgespräch"]


@pytest.mark.parametrize("form", ["text", "json"])
def test_profile_compare_tells_covered_lacking_and_foreign(form: str, call: CallIt, examples: Path) -> None:
    out = call("profile", "compare", examples / "community-manager.txt", "--role", "cm", "-f", form).out
    if form == "json":
        found = json.loads(out)
        assert (found["covered"], "CM.aufbau" in found["lacking"]) == ({"CM.dialog": [4]}, True)
        assert found["elsewhere"]["SMM"]["SMM.strategie"] == [0]
    else:
        assert "1 von 6 Bereichen" in out
        assert "SMM.strategie" in out


def test_profile_compare_claims_no_bvcm_profile_for_online_marketing(call: CallIt, examples: Path) -> None:
    out = call("profile", "compare", examples / "all-in-one.txt", "--role", "OM").out
    assert "Online Marketing, ohne BVCM-Profil" in out.splitlines()[0]

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jobclass.classifier.advice import SEVERITIES
from jobclass.classifier.profile import Profile
from jobclass.cli.main import app
from jobclass.cli.render.explanation import explain, known_codes
from jobclass.errors import InputError
from jobclass.messages import entries, error_text, term


@pytest.mark.parametrize("language", ["de", "en"])
def test_explain_knows_every_code(language: str, profile: Profile) -> None:
    codes = known_codes()
    assert {
        *profile.codes,
        *entries("flags"),
        *entries("notes"),
        *entries("errors"),
        "CM",
        "mixed",
        "duties",
        "V",
        "B",
        "house",
    } <= set(codes.values())
    for code in codes.values():
        lines = explain(code, language).splitlines()
        assert lines[0].startswith(code)
        assert len(lines) > 1


def test_explain_ignores_case_and_suggests_the_nearest() -> None:
    assert explain("cm.DIALOG", "de").startswith("CM.dialog")
    with pytest.raises(InputError) as caught:
        explain("CM.dialgo", "de")
    assert "CM.dialog?" in str(caught.value)


@pytest.mark.parametrize("language", ["de", "en"])
def test_explain_knows_the_words_of_the_report(language: str) -> None:
    words = [term("words", name, language) for name in (*SEVERITIES, "unclear", "role_judged", "role_by_rules")]
    words += [term(group, name, language) for group in ("roles", "bases") for name in entries("terms")[group]]
    for word in (*words, "SH", "N", term("words", "not_judged", language)):
        assert len(explain(word, language).splitlines()) > 1


def test_explain_tells_both_meanings_of_unclear() -> None:
    assert all(said in explain("unklar", "de") for said in ("Plattform", "Bei einer Rolle"))


@pytest.mark.parametrize(("said", "near"), [("Titl", "Titel"), ("N8", "N"), ("schwehr", "schwer"), ("CMM", "CM")])
def test_explain_asks_whether_a_word_of_the_language_was_meant(said: str, near: str) -> None:
    with pytest.raises(InputError) as caught:
        explain(said, "de")
    assert error_text(caught.value.code, caught.value.details, "de").endswith(f"Meintest du {near}?")


def test_explain_says_bvcm_only_of_bvcm(profile: Profile) -> None:
    for code, area in profile.areas.items():
        text = explain(code, "de")
        assert ("BVCM [B]" in text) == (area.basis == "B")
        assert (area.basis == "B") == (area.family in ("CM", "SMM"))


@pytest.mark.parametrize("language", ["de", "en"])
def test_profile_prints_every_area(language: str, profile: Profile) -> None:
    result = CliRunner().invoke(app, ["profile", "--lang", language])
    assert result.exit_code == 0
    assert all(code in result.stdout for code in profile.codes)


def test_main_version_names_profile_and_model() -> None:
    result = CliRunner().invoke(app, ["--version"])
    assert "bvcm-1.1" in result.stdout
    assert "sha256:" in result.stdout


def test_evaluate_prints_every_figure(tmp_path: Path, repository: Path) -> None:
    rows = (repository / "corpus" / "training" / "ads" / "a.jsonl").read_text().splitlines()[:6]
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(rows))
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--draws", "20", "--format", "json"])
    found = json.loads(result.stdout)
    assert found["ads"] == 6
    assert {"zone accuracy", "duties F1", "family macro-F1", "areas micro-F1", "role accuracy", "confusion F1"} <= set(
        found["figures"]
    )
    assert all(
        f["low"] <= f["value"] <= f["high"]
        for name, f in found["figures"].items()
        if "calibration" not in name and f["value"] == f["value"]
    )


def test_messages_have_both_languages() -> None:
    for group in ("errors", "flags", "notes"):
        for code, entry in entries(group).items():
            for key, value in entry.items():
                if isinstance(value, dict):
                    assert set(value) == {"de", "en"}, (code, key)

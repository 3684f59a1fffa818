from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jobclass.cli.check import ENDINGS, RENDERERS

CallIt = Callable[..., Any]
CONFUSED, CONSISTENT = "community-manager.txt", "social-media-manager.txt"


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path) -> Path:
    """A folder with one confused ad and without a configuration of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ad.txt").write_text((examples / CONFUSED).read_text())
    return tmp_path


@pytest.fixture
def ad(nowhere: Path) -> Path:
    return nowhere / "ad.txt"


@pytest.mark.parametrize(
    ("name", "options", "status"),
    [
        (CONFUSED, [], 1),
        (CONFUSED, ["--fail-on", "heavy"], 1),
        (CONFUSED, ["--fail-on", "schwer"], 1),
        (CONSISTENT, ["--fail-on", "Leicht"], 0),
        (CONFUSED, ["--exit-zero"], 0),
        (CONSISTENT, ["--fail-on", "light"], 0),
        (CONSISTENT, ["--role", "CM"], 1),
        (CONSISTENT, ["--role", "cm"], 1),
        ("coworking.txt", ["--fail-on", "light"], 0),
        ("missing.txt", ["--exit-zero"], 2),
    ],
)
def test_check_exit_status(name: str, options: list[str], status: int, call: CallIt, examples: Path) -> None:
    assert call("check", examples / name, *options).status == status


def test_check_is_concise_where_nobody_watches(call: CallIt) -> None:
    lines = call("check", "ad.txt").out.splitlines()
    assert lines == [
        "ad.txt:1:1: F1 mittel Der Titel nennt Community Manager, die Aufgaben beschreiben Social Media Manager.",
        "ad.txt:8:3: F4 schwer Eine Community-Stelle verantwortet die Social-Media-Strategie.",
        "1 Anzeige geprüft, 1 mit Befunden (1 schwer, 1 mittel).",
    ]


def test_check_text_gives_the_reason_and_the_way_out(call: CallIt, examples: Path) -> None:
    out = call("check", examples / CONFUSED, "-f", "text", "--lang", "en").out
    for said in ("F4 heavy", "„Du verantwortest unsere Social-Media-Strategie", "Why: ", "Way out: ", "1 ad checked"):
        assert said in out


@pytest.mark.parametrize(("form", "said"), [("text", "\nN1 Weniger"), ("concise", "short.txt:1:1: N1 Hinweis Weniger")])
def test_check_says_when_too_little_was_found(form: str, said: str, call: CallIt, nowhere: Path) -> None:
    (nowhere / "short.txt").write_text("Community Manager (m/w/d)\n\nDeine Aufgaben\n- Du moderierst unsere Gruppe\n")
    outcome = call("check", "short.txt", "-f", form)
    assert f"{said} als drei Aufgaben" in outcome.out
    assert "Keine Anzeige geprüft. Nicht beurteilt (weniger als drei Aufgaben): 1." in outcome.out
    assert outcome.status == 0


def test_check_bad_input_never_loses_good_input(call: CallIt, examples: Path) -> None:
    outcome = call("check", "missing.txt", examples / CONFUSED)
    assert outcome.status == 2
    assert outcome.err.startswith("E101")
    assert "F4" in outcome.out
    assert "Nicht lesbar: 1." in outcome.out


def test_check_the_summary_counts_ads(call: CallIt, examples: Path) -> None:
    last = call("check", examples / CONFUSED, examples / CONSISTENT, "missing.txt").out.splitlines()[-1]
    assert last == "2 Anzeigen geprüft, 1 mit Befunden (1 schwer, 1 mittel). Nicht lesbar: 1."
    assert call("check", "missing.txt").out == "Keine Anzeige geprüft. Nicht lesbar: 1.\n"


@pytest.mark.parametrize("chosen", sorted(set(RENDERERS) - {"text", "concise"}))
def test_check_tells_programs_the_summary_on_standard_error(chosen: str, call: CallIt) -> None:
    outcome = call("check", "ad.txt", "-f", chosen)
    assert "1 Anzeige geprüft" in outcome.err
    assert "1 Anzeige geprüft" not in outcome.out


@pytest.mark.parametrize(
    ("ending", "begin"),
    [(".json", "{"), (".csv", "source,"), (".html", "<!DOCTYPE"), (".sarif", "{"), (".xml", "<?xml")],
)
def test_check_the_ending_of_the_output_chooses_the_form(ending: str, begin: str, call: CallIt) -> None:
    assert ENDINGS[ending] in RENDERERS
    assert call("check", "ad.txt", "-o", f"out{ending}").out == ""
    assert Path(f"out{ending}").read_text().startswith(begin)


def test_check_a_baseline_accepts_what_is_known_and_only_that(call: CallIt, ad: Path) -> None:
    assert call("check", "ad.txt", "--baseline", "b.json", "--write-baseline").status == 0
    accepted = call("check", "ad.txt", "--baseline", "b.json")
    assert (accepted.status, accepted.err) == (0, "")
    assert "Nicht gezählt, weil akzeptiert: 2 (Baseline 2)." in accepted.out
    ad.write_text(ad.read_text().replace("Freigabe aller", "Abnahme der"))
    assert call("check", "ad.txt", "--baseline", "b.json").status == 1
    pruned = call("check", "ad.txt", "--baseline", "b.json", "--prune-baseline")
    assert "Akzeptierte Befunde: 0." in pruned.err
    assert json.loads(Path("b.json").read_text())["findings"] == []


def test_check_a_baseline_needs_a_file(call: CallIt) -> None:
    assert call("check", "ad.txt", "--write-baseline").err.startswith("E407")
    assert call("check", "ad.txt", "--baseline", "missing.json").err.startswith("E408")


def test_check_unused_silencers_are_told_with_what_was_meant(call: CallIt, ad: Path, nowhere: Path) -> None:
    ad.write_text("<!-- jobclass: ignore F44 -->\n" + ad.read_text())
    (nowhere / "jobclass.toml").write_text('[[ignore]]\npath = "ad.txt"\ncodes = ["F4", "F9"]\nreason = "so"')
    outcome = call("check", "ad.txt", "--fail-on", "heavy")
    assert outcome.status == 0
    used = [line for line in outcome.err.splitlines() if " F4 " in line]
    comment, listed = outcome.err.splitlines()
    assert (used, comment) == (
        [],
        "Überflüssig: F44 in ad.txt:1 unterdrückt nichts mehr. Streiche den Eintrag. Meintest du F4?",
    )
    assert "jobclass.toml:1" in listed
    assert "F9" in listed


def test_check_a_comment_silences_in_a_web_page(call: CallIt, ad: Path) -> None:
    rows = "".join(f"<p>{row}</p>\n" for row in ad.read_text().splitlines())
    Path("ad.html").write_text(f"<html><body>\n<!-- jobclass: ignore F4, F9 as agreed -->\n{rows}</body></html>")
    outcome = call("check", "ad.html", "--fail-on", "heavy")
    assert (outcome.status, "F4" in outcome.out) == (0, False)
    assert "(Kommentar 1)" in outcome.out
    assert "F9 in ad.html:2" in outcome.err
    assert call("check", "ad.html", "--diff", "ad.txt", "--fail-on", "heavy").status == 0


def test_check_flag_wins_over_file_and_file_over_default(call: CallIt, nowhere: Path) -> None:
    (nowhere / "pyproject.toml").write_text(
        '[tool.jobclass]\nlanguage = "en"\nfail-on = "light"\n[tool.jobclass.flags]\nF4 = "off"\nF1 = "light"'
    )
    outcome = call("check", "ad.txt")
    assert (outcome.status, "F4" in outcome.out, "1 ad checked, 1 with findings (1 light)." in outcome.out) == (
        1,
        False,
        True,
    )
    assert call("check", "ad.txt", "--fail-on", "medium").status == 0
    assert "1 Anzeige geprüft" in call("check", "ad.txt", "--lang", "de").out


def test_check_a_wrong_configuration_is_one_line_in_the_right_language(call: CallIt, nowhere: Path) -> None:
    (nowhere / "jobclass.toml").write_text('language = "en"\n[flags]\nF99 = "on"')
    for arguments in (("check", "ad.txt"), ("label", "ad.txt"), ("profile",)):
        outcome = call(*arguments)
        assert (outcome.status, outcome.err.count("\n")) == (2, 1)
        assert outcome.err.startswith("E402")


def test_check_intended_role_by_path(call: CallIt, nowhere: Path) -> None:
    (nowhere / "jobclass.toml").write_text('[roles]\n"*.txt" = "SMM"')
    assert [line.split()[1] for line in call("check", "ad.txt").out.splitlines()[:-1]] == ["R1"]
    assert "F4" in call("check", "ad.txt", "--role", "CM").out


def test_check_json_keeps_the_contract_and_adds_the_place(call: CallIt, ad: Path, repository: Path) -> None:
    from jsonschema import Draft202012Validator

    schema = Draft202012Validator(json.loads((repository / "classifier" / "verdict.schema.json").read_text()))
    ad.write_text("<!-- jobclass: ignore F1 gewollt -->\n" + ad.read_text())
    verdict = json.loads(call("check", "ad.txt", "-f", "json", "--role", "CM").out)
    schema.validate(verdict)
    assert verdict["intended"] == ["CM"]
    first, second = verdict["flags"]
    assert first["silenced"] == {"by": "comment", "reason": "gewollt"}
    assert (second["line"], second["column"], second["silenced"]) == (9, 3, None)
    assert ad.read_text()[second["start"] : second["end"]] == verdict["duties"][0]["text"]


def test_check_diff_says_what_changed(call: CallIt, ad: Path, examples: Path) -> None:
    ad.write_text(ad.read_text().replace("Community Manager (m/w/d)", "Social Media Manager (m/w/d)"))
    outcome = call("check", "ad.txt", "--diff", examples / CONFUSED)
    assert outcome.status == 0
    assert "besser (Rollenverwechslung: schwer → keine)" in outcome.out
    assert "erledigt  F4 schwer" in outcome.out
    found = json.loads(call("check", "ad.txt", "--diff", examples / CONFUSED, "-f", "json").out)
    assert call("check", "ad.txt", "--diff", examples / CONFUSED, "-o", "diff.txt").out == ""
    assert "besser" in Path("diff.txt").read_text()
    assert (found["judgement"], [flag["code"] for flag in found["solved"]]) == ("better", ["F1", "F4"])


@pytest.mark.parametrize("arguments", [["ad.txt", "ad.txt", "--diff", "ad.txt"], ["ad.txt", "--diff", "."]])
def test_check_diff_needs_one_ad_on_each_side(arguments: list[str], call: CallIt, ad: Path, nowhere: Path) -> None:
    (nowhere / "other.txt").write_text(ad.read_text())
    assert call("check", *arguments).err.startswith("E406")

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jobclass.classifier.profile import Profile
from jobclass.cli.main import app
from jobclass.corpus.coders import Agreement, agreements, common_ads, disagreements, untitled
from jobclass.corpus.gold import GoldAd, GoldDuty, GoldLine, gold_row
from jobclass.errors import InputError

DUTIES = ("Planung der Beiträge", "Antworten auf Kommentare", "Auswertung der Zahlen", "Pflege der Gruppe")
CODES = ("SMM.koordination", "CM.dialog", "SMM.monitoring", "CM.aufbau")


def coded(number: int, codes: tuple[str, ...] = CODES, role: str = "CM") -> GoldAd:
    lines = ("Community Manager", *DUTIES)
    return GoldAd(
        id=str(number),
        title=lines[0],
        format="text",
        text="\n".join(lines),
        lines=tuple(GoldLine(text, "duties" if text in DUTIES else "title") for text in lines),
        duties=tuple(GoldDuty(text, (code,)) for text, code in zip(DUTIES, codes, strict=True)),
        role=role,  # type: ignore[arg-type]  # a role of the codebook
        title_roles=("CM",),
    )


def by_name(found: list[Agreement]) -> dict[str, Agreement]:
    return {item.part: item for item in found}


def test_coders_perfect_agreement_is_one(profile: Profile) -> None:
    ads = [coded(1), coded(2, CODES[::-1], "SMM"), coded(3, role="none")]
    found = by_name(agreements(common_ads([ads, ads]), profile, draws=20))
    assert {name: item.agreement.value for name, item in found.items() if item.agreement.value == item.agreement.value} == {
        name: pytest.approx(1) for name in found if found[name].agreement.value == found[name].agreement.value
    }  # fmt: skip
    assert {"role", "areas", "zone", "borders, exact", "borders, by words", "area CM.dialog", "severity"} <= set(found)
    assert found["role"].kappa == 1


def test_coders_codes_are_compared_on_agreed_units_only(profile: Profile) -> None:
    first = [coded(1), coded(2)]
    second = [replace(ad, duties=ad.duties[:3]) for ad in first]
    found = by_name(agreements(common_ads([first, second]), profile, draws=20))
    assert found["areas"].units == 6
    assert found["areas"].agreement.value == 1
    assert found["borders, exact"].agreement.value == pytest.approx(2 * 6 / (8 + 6))


def test_coders_three_with_a_missing_ad(profile: Profile) -> None:
    codings = [[coded(1), coded(2, role="SMM")], [coded(1), coded(2, role="SMM")], [coded(1)], [coded(9)]]
    ads = common_ads(codings)
    assert [[ad is not None for ad in of_ad] for of_ad in ads] == [
        [True, True, True, False],
        [True, True, False, False],
    ]
    role = by_name(agreements(ads, profile, draws=20))["role"]
    assert (role.units, role.agreement.value) == (2, 1)
    assert role.kappa != role.kappa  # kappa is for two coders


def test_coders_intervals_repeat_and_enclose(profile: Profile) -> None:
    first = [coded(number, role="CM" if number % 2 else "SMM") for number in range(20)]
    second = [replace(ad, role="none") if number % 5 == 0 else ad for number, ad in enumerate(first)]
    ads = common_ads([first, second])
    role = by_name(agreements(ads, profile, draws=200))["role"]
    assert role == by_name(agreements(ads, profile, draws=200))["role"]
    assert role.agreement.low < role.agreement.value < role.agreement.high


def test_coders_disagreements_quote_the_duty() -> None:
    first, second = coded(1), replace(coded(1, ("SH.kanal", *CODES[1:])), role="none")
    found = disagreements(common_ads([[first], [second]]))
    assert found["role"] == [("1", ("CM", "none"))]
    assert found["areas"] == [("1", (DUTIES[0], "SMM.koordination", "SH.kanal"))]


def test_coders_a_title_that_is_left_out_is_no_title_without_a_role(profile: Profile) -> None:
    coded_titles = [replace(coded(number), title_roles=("CM",) if number % 2 else ()) for number in range(6)]
    bare = [replace(ad, title_roles=(), left_out=("title_roles", "level")) for ad in coded_titles]
    second = [*coded_titles[:4], *bare[4:]]
    ads = common_ads([coded_titles, second])
    found = by_name(agreements(ads, profile, draws=20))
    assert (untitled(ads), found["title roles"].units, found["level"].units) == (2, 4, 4)
    assert found["title roles"].agreement.value == 1
    assert untitled(common_ads([coded_titles, second, coded_titles])) == 0


def test_coders_flags_rest_on_the_title_as_it_is_read_where_nobody_coded_it(profile: Profile) -> None:
    """Without its title an ad had no F1 for one coder and had it for the other."""
    first = [coded(number, ("OM.seo", "OM.sea", "OM.email", "OM.seo"), "OM") for number in range(4)]
    bare = [replace(ad, title_roles=(), left_out=("title_roles", "level")) for ad in first]
    found = by_name(agreements(common_ads([[*first, coded(9)], [*bare, coded(9)]]), profile, draws=20))
    assert (found["flag F1"].cases, found["flag F1"].agreement.value, found["severity"].agreement.value) == (4, 1, 1)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path in paths:
        path.write_text("".join(gold_row(coded(number)) + "\n" for number in range(3)), encoding="utf-8")
    return list(map(str, paths))


def test_agree_json_has_no_nan(files: list[str]) -> None:
    result = CliRunner().invoke(app, ["agree", *files, "--draws", "10", "--format", "json"])
    assert result.exit_code == 0
    assert json.loads(result.stdout, parse_constant=pytest.fail)["ads"] == 3


def test_agree_says_how_many_titles_nobody_coded(files: list[str]) -> None:
    path = Path(files[0])
    first, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    values = json.loads(first)
    del values["title_roles"]
    path.write_text("".join([json.dumps(values) + "\n", *others]), encoding="utf-8")
    said, told = (
        CliRunner().invoke(app, ["agree", *files, "--draws", "10", "--lang", "en", "-f", form]).stdout
        for form in ("text", "json")
    )
    assert "1 of 3 ads are left out of the agreement on titles" in said
    assert json.loads(told)["untitled"] == 1


@pytest.mark.parametrize(("language", "word"), [("de", "nicht deuten"), ("en", "do not interpret")])
def test_agree_marks_few_cases(files: list[str], language: str, word: str) -> None:
    result = CliRunner().invoke(app, ["agree", *files, "--draws", "10", "--lang", language])
    assert word in result.stdout


def test_agree_needs_two_files_with_common_ads(files: list[str], tmp_path: Path) -> None:
    other = tmp_path / "c.jsonl"
    other.write_text(gold_row(coded(99)) + "\n")
    for arguments, code in (([files[0]], "E502"), ([files[0], str(other)], "E503")):
        result = CliRunner().invoke(app, ["agree", *arguments])
        assert isinstance(result.exception, InputError)
        assert result.exception.code == code

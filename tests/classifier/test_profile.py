from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest
import tomli

from jobclass.classifier.ad import FAMILIES
from jobclass.classifier.areas import read
from jobclass.classifier.profile import FAMILY_FILES, Profile, load_profile
from jobclass.errors import ProfileError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged rule set, to be spoiled."""
    with as_file(files("jobclass.classifier") / "profile") as packaged:
        shutil.copytree(packaged, tmp_path / "profile")
    return tmp_path / "profile"


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


def refused(folder: Path) -> str:
    with pytest.raises(ProfileError) as caught:
        load_profile(folder)
    return str(caught.value)


def test_profile_has_all_codes_with_texts_in_two_languages(profile: Profile) -> None:
    assert len(profile.codes) == 44
    for area in profile.areas.values():
        assert area.family in FAMILIES
        assert set(area.name) == set(area.definition) == {"de", "en"}
        assert area.source
        assert area.rules or area.family in ("N", "SH")


def test_profile_leans_follow_the_codebook(profile: Profile) -> None:
    leaning = {code for code, area in profile.areas.items() if area.lean == "SMM"}
    assert leaning == {"SH.content", "SH.kanal", "SH.trends", "SH.influencer"}


def test_profile_digest_changes_with_a_file(folder: Path, profile: Profile) -> None:
    assert load_profile(folder).digest == profile.digest
    other = folder.with_name("other")
    shutil.copytree(folder, other)
    spoil(other, "profile.toml", "best_lead = 0.10", "best_lead = 0.11")
    assert load_profile(other).digest != profile.digest


def test_profile_digest_is_that_of_a_copy_in_another_folder(folder: Path, profile: Profile) -> None:
    assert load_profile(folder.rename(folder.with_name("ours"))).digest == profile.digest


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("cm.toml", 'family = "CM"', 'familie = "CM"', ["cm.toml", "family"]),
        ("cm.toml", 'code = "CM.dialog"', 'code = "SMM.dialog"', ["cm.toml", "code", "SMM.dialog"]),
        ("smm.toml", "needs = [", "kneads = [", ["smm.toml", "needs"]),
        ("om.toml", 'basis = "S4"', 'basis = "X"', ["om.toml", "basis", "B or S4"]),
        ("cm.toml", 'needs = ["', 'needs = ["gibtesnicht|', ["CM.", "gibtesnicht", "concepts/"]),
        ("cm.toml", 'needs = ["', 'needs = ["@alltag|', ["CM.", "'@alltag'", "groups.toml"]),
        ("none.toml", '"@berufsalltag"', '"@alltag"', ["N.", "'@alltag'", "groups.toml"]),
        ("groups.toml", '"kunde"', '"kundde"', ["groups.toml berufsalltag", "'kundde'", "concepts/"]),
        ("concepts/social.toml", 'kind = "object"', 'kind = "thing"', ["social.toml [social]", "kind"]),
        ("concepts/web.toml", "cues = [", 'cues = ["ab", ', ["web.toml [newsletter]", "'ab'", "^"]),
        ("platforms.toml", "cues = [", 'cues = ["ab", ', ["platforms.toml [", "'ab'", "^"]),
        ("profile.toml", "best_lead = 0.10", 'best_lead = "viel"', ["profile.toml", "best_lead", "a number"]),
        ("none.toml", "family", "[[", ["none.toml"]),
    ],
)  # fmt: skip
def test_profile_errors_name_file_key_and_cure(name: str, old: str, new: str, said: list[str], folder: Path) -> None:
    spoil(folder, name, old, new)
    message = refused(folder)
    assert all(word in message for word in said), message


def test_profile_unknown_keys_suggest_the_nearest(folder: Path) -> None:
    text = (folder / "cm.toml").read_text()
    (folder / "cm.toml").write_text(text.replace("[[area.rule]]\n", '[[area.rule]]\nunles = ["presse"]\n', 1))
    assert "'unles'" in (message := refused(folder))
    assert "'unless'" in message


@pytest.mark.parametrize("name", ["grades.toml", "concepts/"])
def test_profile_missing_part(name: str, folder: Path) -> None:
    (folder / name).rename(folder / "elsewhere")
    assert name in refused(folder)


def test_profile_groups_stand_for_their_concepts(folder: Path, profile: Profile) -> None:
    duty = "Planung und Auswertung der Pflegedokumentation"
    (hit,) = read(duty, profile).hits
    assert [duty[start:end] for start, end in hit.spans] == ["Planung", "Auswertung", "Pflegedokumentation"]
    spoil(folder, "groups.toml", '"@handlungen", "ausfuehren"', '"ausfuehren"')
    hits = read(duty, load_profile(folder)).hits
    assert (0, len("Planung")) not in [span for hit in hits for span in hit.spans]


def test_profile_groups_may_stand_in_needs(folder: Path) -> None:
    duty = "Wir planen gern"
    assert not read(duty, load_profile(folder)).hits
    with (folder / "cm.toml").open("a") as file:
        file.write('\n[[area.rule]]\nneeds = ["newsletter|@handlungen"]\n')
    other = folder.rename(folder.with_name("other"))
    (hit,) = read(duty, load_profile(other)).hits
    assert hit.spans == ((4, 10),)


def test_profile_rules_name_nothing_that_excludes_them(folder: Path) -> None:
    groups: dict[str, list[str]] = {}
    for name, names in tomli.loads((folder / "groups.toml").read_text()).items():
        groups[f"@{name}"] = [one for given in names for one in groups.get(given, [given])]
    for name in FAMILY_FILES:
        for area in tomli.loads((folder / name).read_text())["area"]:
            for rule in area.get("rule", []):
                excluded = {one for given in rule.get("unless", []) for one in groups.get(given, [given])}
                named = {*rule.get("also", []), *(one for need in rule["needs"] for one in need.split("|"))}
                assert not named & excluded - set(rule.get("instead", {})), (area["code"], rule)


def test_profile_refuses_a_concept_in_two_files(folder: Path) -> None:
    with (folder / "concepts" / "web.toml").open("a") as file:
        file.write('[social]\nkind = "object"\ncues = ["facebook"]\n')
    message = refused(folder)
    assert all(word in message for word in ("web.toml", "social.toml", "'social'"))


def test_profile_order_and_file_of_concepts_do_not_matter(folder: Path, profile: Profile) -> None:
    concepts = []
    for file in sorted((folder / "concepts").glob("*.toml")):
        concepts += file.read_text().split("\n[")[1:]
        file.unlink()
    (folder / "concepts" / "all.toml").write_text("\n".join(f"[{concept}" for concept in reversed(concepts)))
    turned = load_profile(folder)
    for example in (example for area in profile.areas.values() for example in area.examples):
        assert read(example, turned) == read(example, profile)

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.title import load_title_rules
from jobclass.corpus.gold import (
    GoldAd,
    GoldDuty,
    GoldLine,
    aligned_zones,
    completed,
    gold_row,
    matched_duties,
    read_gold,
    read_gold_files,
    word_f1,
)
from jobclass.errors import InputError
from jobclass.messages import error_text

TEXT = st.text(min_size=1, max_size=30)
ADS = st.builds(
    GoldAd,
    id=TEXT,
    title=TEXT,
    format=st.sampled_from(["text", "markdown", "html"]),
    text=TEXT,
    lines=st.lists(st.builds(GoldLine, TEXT, st.sampled_from(["title", "duties", "offer"])), max_size=3).map(tuple),
    duties=st.lists(
        st.builds(GoldDuty, TEXT, st.just(("CM.dialog",)), st.sampled_from("VAU"), st.sampled_from(["", "extern"])),
        max_size=3,
    ).map(tuple),
    role=st.sampled_from(["CM", "mixed", "none"]),
    roles_involved=st.just(("CM",)),
    extra=st.dictionaries(st.sampled_from(["author", "remark"]), TEXT),
)


@given(ADS)
def test_gold_round_trip(tmp_path_factory: pytest.TempPathFactory, ad: GoldAd) -> None:
    file = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    file.write_text(gold_row(ad) + "\n", encoding="utf-8")
    assert list(read_gold(file)) == [ad]


ROW: dict[str, object] = {"id": "ad-7", "title": "", "text": "x", "lines": [], "duties": [], "role": "none"}


def refused(row: object, folder: Path) -> InputError:
    """What reading a gold file says whose second line is a row."""
    file = folder / "gold.jsonl"
    file.write_text("\n" + (row if isinstance(row, str) else json.dumps(row)) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(read_gold(file))
    return caught.value


@pytest.mark.parametrize(
    ("change", "field", "cure"),
    [
        ({"role": "boss"}, "role", "mixed"),
        ({"format": "pdf"}, "format", "markdown"),
        ({"title_roles": ["cm"]}, "title_roles", "CM?"),
        ({"roles_involved": ["SM"]}, "roles_involved", "SMM?"),
        ({"level": "Azubi"}, "level", "Ausbildung/Volontariat"),
        ({"lines": [{"text": "x", "zone": "duty"}]}, "lines[1].zone", "duties?"),
        ({"duties": [{"text": "x", "areas": []}]}, "duties[1].areas", '["…"]'),
        ({"duties": [{"text": "x", "areas": "SH.content"}]}, "duties[1].areas", '["…"]'),
        ({"duties": [{"text": "x", "areas": ["SH.contnt"]}]}, "duties[1].areas", "SH.content?"),
        ({"duties": [{"text": "x", "areas": ["X.contnt"]}]}, "duties[1].areas", "CM.dialog, "),
        ({"duties": [{"text": "x", "areas": ["SH.content"], "grade": "B"}]}, "duties[1].grade", "V, A, U"),
        ({"duties": [{"text": "x", "areas": ["CM.dialog"], "platform": "external"}]}, "duties[1].platform", "extern?"),
        ({"duties": [{"text": 5, "areas": ["SH.content"]}]}, "duties[1].text", '"…"'),
        ({"duties": ["x"]}, "duties[1]", "{…}"),
        ({"lines": "x"}, "lines", "[{…}]"),
        ({"title": 5}, "title", '"…"'),
    ],
)
def test_gold_wrong_values_name_line_ad_field_and_cure(
    change: dict[str, object], field: str, cure: str, tmp_path: Path
) -> None:
    error = refused(ROW | change, tmp_path)
    assert (error.code, error.details["field"]) == ("E508", field)
    said = error_text(error.code, error.details, "de")
    assert "gold.jsonl:2, Anzeige 'ad-7'" in said
    assert cure in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"id": "ad-7"}, "title"),
        (ROW | {"lines": [{"text": "x"}]}, "lines[1].zone"),
        (ROW | {"duties": [{"areas": ["SH.content"]}]}, "duties[1].text"),
    ],
)
def test_gold_missing_fields_are_named(row: dict[str, object], field: str, tmp_path: Path) -> None:
    error = refused(row, tmp_path)
    assert (error.code, error.details["id"], error.details["field"]) == ("E509", "ad-7", field)


@pytest.mark.parametrize("row", ["{", "[]", "5"])
def test_gold_lines_that_are_no_object_are_refused(row: str, tmp_path: Path) -> None:
    assert refused(row, tmp_path).code == "E110"


def test_gold_fields_that_may_be_left_out_may_be_null(tmp_path: Path) -> None:
    duty = {"text": "x", "areas": ["SH.content"], "grade": None, "platform": None}
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(ROW | {"source": None, "level": None, "duties": [duty], "company": None}))
    (ad,) = read_gold(file)
    assert (ad.source, ad.level, ad.duties[0].grade, dict(ad.extra)) == ("", "", "A", {"company": None})


def test_gold_zones_are_aligned_by_words() -> None:
    gold = [
        GoldLine("# Deine Aufgaben", "duties"),
        GoldLine("- Planung der Posts", "duties"),
        GoldLine("Wir bieten Obst", "offer"),
    ]
    assert aligned_zones(gold, ["Deine Aufgaben Planung", "der Posts", "Wir bieten Obst", "ganz anderes"]) == [
        "duties", "duties", "offer", None,
    ]  # fmt: skip


def test_gold_duties_match_once_and_best_first() -> None:
    gold = ["Planung der Posts", "Pflege der Kanäle"]
    found = ["Pflege der Kanäle", "Planung der Posts", "Planung der vielen Posts"]
    assert matched_duties(gold, found) == [(0, 1), (1, 0)]


def test_gold_word_f1() -> None:
    assert word_f1("a b c d", "a b c") == pytest.approx(6 / 7)
    assert word_f1("a", "b") == 0


def test_gold_an_ad_stands_once_in_a_file_and_in_all_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(json.dumps(ROW), encoding="utf-8")
    second.write_text("\n" + json.dumps(ROW), encoding="utf-8")
    assert len(list(read_gold_files([first]))) == 1
    with pytest.raises(InputError, match="E526") as caught:
        list(read_gold_files([first, second]))
    assert {"ad-7", f"{second}:2", f"{first}:1"} <= {str(value) for value in caught.value.details.values()}
    first.write_text(2 * (json.dumps(ROW) + "\n"), encoding="utf-8")
    with pytest.raises(InputError, match="E526"):
        list(read_gold(first))


@pytest.mark.parametrize(
    ("change", "roles", "level"),
    [
        ({}, ("SMM",), "Werkstudent"),
        ({"title_roles": None, "level": ""}, ("SMM",), ""),
        ({"title_roles": [], "level": "Junior/Assistenz"}, (), "Junior/Assistenz"),
    ],
)
def test_gold_title_that_nobody_coded_is_read(
    change: dict[str, object], roles: tuple[str, ...], level: str, tmp_path: Path
) -> None:
    """An empty list is a coding: the title names no role. A field that is left out is none."""
    file = tmp_path / "gold.jsonl"
    title = "Werkstudent Social Media Manager (m/w/d)"
    for row in (ROW | change | {"title": title}, ROW | change | {"lines": [{"text": title, "zone": "title"}]}):
        file.write_text(json.dumps(row), encoding="utf-8")
        (ad,) = read_gold(file)
        full = completed(ad, load_title_rules())
        assert (full.title_roles, full.level) == (roles, level)
        file.write_text(gold_row(ad), encoding="utf-8")
        assert list(read_gold(file)) == [ad]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_gold_may_tell_what_follows_from_its_coding(mark: str, tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    row = ROW | {"rule_role": "none", "flags": [], "severity": 0}
    file.write_text(mark + json.dumps(row) + "\n", encoding="utf-8")
    (ad,) = read_gold(file)
    assert (ad.id, ad.extra["rule_role"]) == ("ad-7", "none")

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.corpus.gold import GoldAd, GoldDuty, GoldLine, aligned_zones, gold_row, matched_duties, read_gold, word_f1
from jobclass.errors import InputError

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


@pytest.mark.parametrize(
    "change",
    [
        {"role": "boss"},
        {"lines": [{"text": "x", "zone": "task"}]},
        {"duties": [{"text": "x", "areas": []}]},
        {"format": "pdf"},
    ],
)
def test_gold_wrong_values_name_the_line(change: dict[str, object], tmp_path: Path) -> None:
    row = {"id": "1", "title": "", "text": "x", "lines": [], "duties": [], "role": "none"} | change
    file = tmp_path / "gold.jsonl"
    file.write_text("\n" + json.dumps(row) + "\n")
    with pytest.raises(InputError) as caught:
        list(read_gold(file))
    assert caught.value.code == "E110"
    assert "gold.jsonl:2" in str(caught.value)


@pytest.mark.parametrize("row", ["{", "[]", '{"id": "1"}'])
def test_gold_broken_records_are_refused(row: str, tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(row)
    with pytest.raises(InputError):
        list(read_gold(tmp_path / "gold.jsonl"))


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

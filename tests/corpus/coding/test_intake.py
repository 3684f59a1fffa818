from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobclass.corpus.coding.intake import ads_at
from jobclass.errors import InputError

ROW = {"id": "1", "title": "SEO Manager", "text": "Du optimierst die Website."}


def table(folder: Path, *rows: dict[str, object]) -> str:
    path = folder / "sample.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_intake_keeps_what_a_sample_says_and_leaves_judgements_behind(tmp_path: Path) -> None:
    judged = {"role": "OM", "duties": [], "probabilities": {"OM": 1.0}, "flags": [], "level": "Senior"}
    (ad,) = ads_at(table(tmp_path, ROW | {"inclusion": 0.25, "stratum": "SEO", "year": 2024} | judged))
    assert (ad.id, ad.title, ad.text) == ("1", "SEO Manager", "Du optimierst die Website.")
    assert ad.extra == {"inclusion": 0.25, "stratum": "SEO", "year": 2024}
    assert (ad.role, ad.duties, ad.level) == ("", (), "")


def test_intake_reads_files_and_folders_and_passes_over_the_gold(examples: Path, tmp_path: Path) -> None:
    for name in ("nurse", "coworking"):
        (tmp_path / f"{name}.txt").write_text((examples / f"{name}.txt").read_text())
    (tmp_path / "gold.jsonl").write_text("{}")
    ads = ads_at(str(tmp_path), tmp_path / "gold.jsonl")
    assert [ad.id for ad in ads] == [str(tmp_path / "coworking.txt"), str(tmp_path / "nurse.txt")]
    assert all(ad.source == ad.id for ad in ads)


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "E535"), ([ROW, ROW], "E526"), ([ROW | {"text": " "}], "E102"), ([{"id": "1", "name": "x"}], "E535")],
)
def test_intake_refuses_what_cannot_be_coded(rows: list[dict[str, object]], code: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        ads_at(table(tmp_path, *rows))
    assert error.value.code == code


def test_intake_refuses_the_same_id_in_two_tables(tmp_path: Path) -> None:
    table(tmp_path, ROW)
    (tmp_path / "more.jsonl").write_text(json.dumps(ROW))
    with pytest.raises(InputError, match="E526"):
        ads_at(str(tmp_path))


def test_intake_refuses_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "ad.txt").write_text(" \n")
    with pytest.raises(InputError, match="E102"):
        ads_at(str(tmp_path / "ad.txt"))


def test_intake_refuses_a_table_without_ads(tmp_path: Path) -> None:
    (tmp_path / "ads.csv").write_text("id,title,text\n")
    with pytest.raises(InputError, match="E611"):
        ads_at(str(tmp_path / "ads.csv"))

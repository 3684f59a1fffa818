from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from jobclass.corpus.study.labelled import labelled_ad, rows, title_group, tool_of, value_of, was_refused
from jobclass.errors import InputError

ROW = {
    "id": "1",
    "title": "Community Manager",
    "role": "SMM",
    "title_roles": ["CM"],
    "shares": {"CM": 0.2, "SMM": 0.8, "OM": 0.0},
    "flags": [{"code": "F4", "severity": 3, "duties": [0]}],
    "severity": 3,
    "confusion": True,
    "duties": [{"start": 0, "end": 5, "text": "Posts planen", "areas": [{"code": "SMM.koordination"}, {"code": "SH.content"}], "platform": "extern"}],
    "tool": {"version": "1", "profile": "p", "model": "m"},
    "date": "2021-03-01",
}  # fmt: skip


def written(path: Path) -> Path:
    if path.suffix == ".parquet":
        parquet.write_table(pa.Table.from_pylist([ROW]), path)
    elif path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, ROW)
            writer.writeheader()
            writer.writerow(
                {name: value if isinstance(value, str) else json.dumps(value) for name, value in ROW.items()}
            )
    else:
        path.write_text(json.dumps([ROW] if path.suffix == ".json" else ROW), encoding="utf-8")
    return path


@pytest.mark.parametrize("ending", ["parquet", "jsonl", "json", "csv"])
def test_labelled_every_format_gives_the_same_ad(ending: str, tmp_path: Path) -> None:
    (row,) = rows(written(tmp_path / f"table.{ending}"))
    ad = labelled_ad(row, ["year"])
    assert (ad.title_group, ad.role, ad.severity, ad.confusion, ad.weight) == ("CM", "SMM", 3, True, 1.0)
    assert ad.duties[0].codes == ("SMM.koordination", "SH.content")
    assert ad.duties[0].family == "SMM"
    assert ad.flags == {"F4": 3}
    assert ad.fields == {"year": "2021"}
    assert tool_of(row) == "version 1 · profile p · model m"


def test_labelled_verdicts_have_a_title_of_parts() -> None:
    ad = labelled_ad(ROW | {"title": {"text": "Social Media & Community Manager", "roles": ["CM", "SMM"]}})
    assert (ad.title, ad.title_group) == ("Social Media & Community Manager", "double")


@pytest.mark.parametrize(("roles", "group"), [([], "other"), (["OM"], "OM"), (["CM", "OM"], "double")])
def test_labelled_title_groups(roles: list[str], group: str) -> None:
    assert title_group(roles) == group


def test_labelled_title_of_an_unlabelled_table_is_read() -> None:
    assert value_of({"title": "Social Media Manager (m/w/d)"}, "title") == "SMM"


def test_labelled_refused_rows() -> None:
    assert was_refused({"role": None, "error": "E102"})
    assert was_refused({"source": "x", "error": {"code": "E102"}})
    assert not was_refused(ROW)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"severity": None}, "E511"), ({"weight": -1}, "E511"), ({"duties": [{"text": "x", "areas": []}]}, "E511")],
)
def test_labelled_wrong_rows_are_named(change: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as caught:
        labelled_ad(ROW | change, where="7")
    assert caught.value.code == code
    assert "7" in str(caught.value)


def test_labelled_missing_columns_are_named() -> None:
    with pytest.raises(InputError, match="'duties'"):
        labelled_ad({name: value for name, value in ROW.items() if name != "duties"})


@pytest.mark.parametrize(
    ("name", "content"), [("x.docx", ""), ("x.jsonl", "{"), ("x.jsonl", "[]"), ("x.json", "[1]"), ("x.parquet", "PAR1")]
)
def test_labelled_unreadable_tables(name: str, content: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError):
        list(rows(tmp_path / name))

from __future__ import annotations

import csv
import gzip
import io
import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from jobclass.corpus.study.labelled import (
    date_of,
    dated,
    ensure_column,
    labelled_ad,
    rows,
    title_group,
    tool_of,
    value_of,
    was_refused,
)
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


@pytest.mark.parametrize(
    ("row", "date"),
    [
        ({"date": "2020-01-02", "Datum": "2021-01-01", "year": 2019}, "2020-01-02"),
        ({"Date": "2020-01-02", "datePosted": "2021-01-01"}, "2020-01-02"),
        ({"Datum": "2020-01-02", "published": "2021-01-01"}, "2020-01-02"),
        ({"Date": "2021-01-01", "date": "2020-01-02"}, "2020-01-02"),
        ({"date": "", "Date": "2020-01-02", "published": "2021-01-01"}, "2020-01-02"),
        ({"date": "", "published": "2012-01-01"}, "2012-01-01"),
        ({"date": None, "published": "2021-01-01", "Jahr": 2019.0}, "2021-01-01"),
        ({"date": None, "Jahr": 2019.0}, "2019"),
        ({"published": "2021-01-01", "datePosted": "2021-01-01"}, "2021-01-01"),
        ({"Datum": "3.4.2021", "year": 2019}, "3.4.2021"),
        ({"Datum": "", "published": "2021-01-01"}, "2021-01-01"),
        ({"title": "Community Manager"}, ""),
    ],
)
def test_labelled_date_of_a_row(row: dict[str, object], date: str) -> None:
    assert date_of(row) == date


def test_labelled_year_is_not_guessed_of_two_dates() -> None:
    row = {"published": "3.4.2021", "datePosted": "2020-12-01"}
    for empty in ({}, {"date": ""}, {"Datum": None}):
        with pytest.raises(InputError, match="E527"):
            value_of(row | empty, "year")
    assert [value_of(found, "year") for found in dated([row], "datePosted")] == ["2020"]


def test_labelled_chosen_date_tells_the_year() -> None:
    """A column `year` went before the column that was chosen."""
    row = {"year": 1999, "Date": "1998-01-01", "Datum": "1997-01-01", "posted": "2010-05-01"}
    (found,) = dated([row], "posted")
    assert (value_of(found, "year"), value_of(found, "date"), date_of(found)) == ("2010", "2010-05-01", "2010-05-01")
    (empty,) = dated([row | {"posted": ""}], "posted")
    assert (value_of(empty, "year"), value_of(empty, "date"), date_of(empty)) == ("?", "?", "")


def test_labelled_column_that_no_row_has(tmp_path: Path) -> None:
    table = tmp_path / "ads.jsonl"
    table.write_text('{"id": 1}\n{"posted": "2010"}\n', encoding="utf-8")
    ensure_column(table, "posted")
    with pytest.raises(InputError, match="E141"):
        ensure_column(table, "Posted")


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


AD = "Aufgaben: Beiträge über Köln planen, Gespräche führen."


def _raw(path: Path) -> None:
    """Three ads, as people keep them: one broken, where a format can hold a broken row."""
    cells = [("id", "title", "text"), ("a", "Straße; Weg", AD), ("b", "", f'"{AD}" | Büro'), ("c", "Öl", AD)]
    kind = path.name.partition(".")[2]
    if kind == "xlsx":
        book = pytest.importorskip("openpyxl").Workbook()
        for row in cells:
            book.active.append(row)
        book.save(path)
        return
    separator, encoding = {
        "csv": (",", "utf-8"),
        "pipe.csv": ("|", "utf-8"),
        "semicolon.csv": (";", "utf-8-sig"),
        "windows.csv": (";", "cp1252"),
        "wide.csv": (";", "utf-16"),
        "tsv": ("\t", "utf-8"),
        "csv.gz": (",", "utf-8"),
    }[kind]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([*cells, ["d"]])
    data = out.getvalue().encode(encoding)
    path.write_bytes(gzip.compress(data) if kind.endswith("gz") else data)


@pytest.mark.parametrize(
    "name",
    ["csv", "pipe.csv", "semicolon.csv", "windows.csv", "wide.csv", "tsv", "csv.gz", "xlsx"],
)
def test_labelled_rows_are_those_that_label_reads(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"ads.{name}"
    _raw(path)
    found = list(rows(path, lenient=True))
    assert [row.get("id") for row in found] == ["a", "b", "c", *([] if name == "xlsx" else [None])]
    assert [row["text"] for row in found[:3]] == [AD, f'"{AD}" | Büro', AD]
    assert (found[0]["title"], found[1]["title"]) == ("Straße; Weg", None)
    if name != "xlsx":
        assert found[3] == {"error": "E142"}
        with pytest.raises(InputError, match=r"E511 .*#4"):
            list(rows(path))


def test_labelled_csv_with_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "labelled.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.DictWriter(file, ROW, delimiter=";")
        writer.writeheader()
        writer.writerow({name: value if isinstance(value, str) else json.dumps(value) for name, value in ROW.items()})
    (row,) = rows(path)
    assert labelled_ad(row) == labelled_ad(ROW)


@pytest.mark.parametrize("content", [{**ROW, "rule_role": "SMM"}, {"id": "1", "text": AD, "duties": [{"text": "x"}]}])
def test_labelled_one_object_is_one_row(content: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(content))
    assert list(rows(path)) == [content]


def test_labelled_lists_of_a_service_are_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "search.json"
    path.write_text(json.dumps({"stellenangebote": [{"refnr": "1", "beruf": "x"}], "maxErgebnisse": 1}))
    assert list(rows(path)) == [{"refnr": "1", "beruf": "x"}]


def test_labelled_tables_survive_other_programs(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    path, through = tmp_path / "labelled.csv", tmp_path / "through.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*ROW, "error", "year"])
        writer.writeheader()
        row = ROW | {"year": 2021}
        writer.writerow({name: value if isinstance(value, str) else json.dumps(value) for name, value in row.items()})
        writer.writerow({"id": "2", "error": "E102 leer"})
    pandas.read_csv(path).to_csv(through)
    first, second = rows(through)
    assert first["severity"] == "3.0"
    assert replace(labelled_ad(first), id="1") == labelled_ad(ROW)
    assert (value_of({"year": 2021.0}, "year"), tool_of(first)) == ("2021", tool_of(ROW))
    assert was_refused(second)


def test_labelled_a_severity_that_is_no_whole_number_is_refused() -> None:
    with pytest.raises(InputError, match="E511"):
        labelled_ad(ROW | {"severity": "2.5"})


def test_labelled_nested_values_that_became_text_are_told() -> None:
    with pytest.raises(InputError, match="E511 7: "):
        tool_of({"id": "7", "tool": "{'version': '1'}"})


@pytest.mark.parametrize(("written", "truth"), [("False", False), ("0", False), (1.0, True), ("true", True)])
def test_labelled_truth_values_of_other_programs(written: object, truth: bool) -> None:  # noqa: FBT001 -- a case
    assert labelled_ad({**ROW, "confusion": written}).confusion is truth


@pytest.mark.parametrize("change", [{"confusion": "FALSCH"}, {"title_roles": "CM, SMM"}])
def test_labelled_what_is_no_truth_value_or_list_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(InputError) as raised:
        labelled_ad({**ROW, **change})
    assert raised.value.code == "E511"

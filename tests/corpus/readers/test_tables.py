from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from jobclass import Ad, Labeller
from jobclass.cli.main import app
from jobclass.corpus.readers.paths import Document, Unreadable, is_table, read
from jobclass.corpus.readers.tables import FORMATS

Rows = list[dict[str, object]]


def write_csv(path: Path, rows: Rows) -> None:
    import csv

    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t" if path.suffix == ".tsv" else ",")
        writer.writeheader()
        writer.writerows(rows)


def write_jsonl(path: Path, rows: Rows) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def write_json(path: Path, rows: Rows) -> None:
    path.write_text(json.dumps({"jobs": rows}))


def write_parquet(path: Path, rows: Rows) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.Table.from_pylist(rows), path)


def write_xlsx(path: Path, rows: Rows) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in [list(rows[0]), *(list(row.values()) for row in rows)]:
        book.active.append(row)
    book.save(path)


WRITERS: dict[str, Callable[[Path, Rows], None]] = {
    ".csv": write_csv, ".tsv": write_csv, ".json": write_json, ".jsonl": write_jsonl, ".ndjson": write_jsonl,
    ".parquet": write_parquet, ".xlsx": write_xlsx,
}  # fmt: skip


@pytest.fixture(scope="module")
def rows(examples: Path) -> Rows:
    return [
        {
            "Referenz": "x",
            "refnr": file.stem,
            "Beschreibung": file.read_text(),
            "Firma": "Muster GmbH",
            "quelle": "eigene",
        }
        for file in sorted(examples.glob("*.txt"))
    ]


@pytest.mark.parametrize("ending", WRITERS)
def test_tables_of_every_format_give_the_same_documents(ending: str, rows: Rows, tmp_path: Path) -> None:
    path = tmp_path / f"ads{ending}"
    WRITERS[ending](path, rows)
    found = [document for document in read(str(path)) if isinstance(document, Document)]
    assert [document.ad.text for document in found] == [row["Beschreibung"] for row in rows]
    assert [document.ad.source for document in found] == [f"{path}#{row['refnr']}" for row in rows]
    assert found[0].record == {"employer": "Muster GmbH", "Referenz": "x", "quelle": "eigene"}


def test_tables_every_format_is_known_by_its_ending() -> None:
    assert all(is_table(f"ads{ending}") and is_table(f"ads{ending.upper()}") for ending in FORMATS)
    assert is_table("ads.csv.gz")
    assert is_table("crawl.warc.gz")
    assert not is_table("ad.txt")
    assert not is_table("csv")


def test_tables_rows_without_an_id_get_their_number_and_bad_rows_their_place(tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text("id,title,text\na,T,Text\n,,Text\nkaputt\n,,\n")
    found = list(read(str(path), title="Ersatz"))
    assert [item.ad.source if isinstance(item, Document) else item.source for item in found] == [f"{path}#{name}" for name in ("a", 2, 3, 4)]  # fmt: skip
    assert [item.ad.title for item in found if isinstance(item, Document)] == ["T", "Ersatz", "Ersatz"]
    assert isinstance(found[2], Unreadable)


def test_tables_a_cell_that_is_too_large_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "ads.jsonl"
    write_jsonl(path, [{"text": "x" * 4_000_001}, {"text": "y"}])
    large, small = read(str(path))
    assert isinstance(large, Unreadable)
    assert large.error.code == "E143"
    assert isinstance(small, Document)


def test_tables_in_a_folder_are_read_beside_text_files(tmp_path: Path, rows: Rows, examples: Path) -> None:
    write_jsonl(tmp_path / "b.jsonl", rows[:2])
    (tmp_path / "a.txt").write_text((examples / "nurse.txt").read_text())
    assert len(list(read(str(tmp_path)))) == 3


def test_tables_without_text_column_are_one_error(tmp_path: Path) -> None:
    (tmp_path / "ads.csv").write_text("eins,zwei\n1,2\n3,4\n")
    (only,) = read(str(tmp_path / "ads.csv"))
    assert isinstance(only, Unreadable)
    assert (only.source, only.error.code) == (str(tmp_path / "ads.csv"), "E140")


def test_tables_label_by_named_columns_and_keep_the_contract(tmp_path: Path, rows: Rows, repository: Path) -> None:
    path = tmp_path / "ads.jsonl"
    write_jsonl(path, [{"A": row["Beschreibung"], "B": 7, "C": "Community Manager"} for row in rows[:2]])
    arguments = ["label", str(path), "-f", "json", "--text-column", "A", "--id-column", "B", "--title-column", "C"]
    result = CliRunner().invoke(app, arguments)
    schema = Draft202012Validator(json.loads((repository / "classifier" / "verdict.schema.json").read_text()))
    verdicts = json.loads(result.stdout)
    for verdict in verdicts:
        schema.validate(verdict)
        assert (verdict["source"], verdict["title"]["text"]) == (f"{path}#7", "Community Manager")


def test_tables_what_travels_along_stands_under_record(tmp_path: Path, rows: Rows) -> None:
    path = tmp_path / "ads.jsonl"
    write_jsonl(path, [rows[0] | {"Jahr": 2024, "liste": [1, {"a": "ü"}]}])
    verdict = json.loads(CliRunner().invoke(app, ["label", str(path), "-f", "jsonl"]).stdout)
    assert verdict["record"] == {
        "date": 2024, "employer": "Muster GmbH", "Referenz": "x", "quelle": "eigene", "liste": '[1, {"a": "ü"}]',
    }  # fmt: skip


def test_tables_a_missing_extra_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    (tmp_path / "ads.parquet").touch()
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (only,) = read(str(tmp_path / "ads.parquet"))
    assert isinstance(only, Unreadable)
    assert 'pip install "jobclass[bulk]"' in str(only.error)


@pytest.mark.parametrize("ending", FORMATS)
def test_tables_that_are_missing_are_one_error(ending: str, tmp_path: Path) -> None:
    (only,) = read(str(tmp_path / f"fehlt{ending}"))
    assert isinstance(only, Unreadable)
    assert only.error.code == "E101"


@pytest.mark.parametrize("name", ["stellen.csv", "ads.tsv", "ads.json", "ads.jsonl", "ads.parquet", "ads.xlsx"])
def test_tables_the_same_ads_get_the_same_verdicts_from_every_table(
    name: str, examples: Path, labeller: Labeller
) -> None:
    if name.endswith(".xlsx"):
        pytest.importorskip("openpyxl")
    documents = [document for document in read(str(examples / "tables" / name)) if isinstance(document, Document)]
    for document, plain in zip(documents, ("community-manager", "all-in-one", "nurse"), strict=True):
        found = labeller.label(document.ad)
        wanted = labeller.label(Ad((examples / f"{plain}.txt").read_text(encoding="utf-8")))
        assert [(duty.text, duty.codes) for duty in found.duties] == [(duty.text, duty.codes) for duty in wanted.duties]
        assert [flag.code for flag in found.flags] == [flag.code for flag in wanted.flags]
        assert found.role == wanted.role

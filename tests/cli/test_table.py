from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jobclass.cli.main import app
from jobclass.cli.table import is_wanted
from jobclass.corpus.engine.inputs import prepare

parquet = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    path = tmp_path_factory.mktemp("cli") / "ads.csv"
    with path.open("w", newline="", encoding="cp1252", errors="replace") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["refnr", "Stellenbeschreibung", "Firma"])
        writer.writerows(
            [name, (examples / f"{name}.txt").read_text(), "Muster GmbH"] for name in ("nurse", "all-in-one")
        )
        writer.writerow(["leer", "", ""])
    return path


@pytest.mark.parametrize("name", ["out.parquet", "out.csv", "out.jsonl", "OUT.CSV"])
def test_table_the_ending_names_the_format(name: str, table: Path, tmp_path: Path) -> None:
    output = tmp_path / name
    result = CliRunner().invoke(app, ["label", str(table), "-o", str(output), "-j", "1"])
    assert result.exit_code == 0
    assert result.stderr.startswith(f"E152 {output}: 1 von 3")
    ((labelled,), _) = prepare([str(output)], {"text": "role"})
    rows = [row for batch in labelled.batches(10, "de") for row in batch.to_pylist()]
    assert [(row["id"], row["role"] or None) for row in rows] == [
        ("nurse", "none"),
        ("all-in-one", "mixed"),
        ("leer", None),
    ]


def test_table_on_standard_output(table: Path) -> None:
    result = CliRunner().invoke(app, ["label", str(table), "-f", "csv", "--with-text"])
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["employer"] for row in rows] == ["Muster GmbH", "Muster GmbH", ""]
    assert "Pflege" in rows[0]["text"]


def test_table_of_files_has_their_paths_as_ids(examples: Path, tmp_path: Path) -> None:
    paths = sorted(map(str, examples.glob("*.txt")))
    output = tmp_path / "out.parquet"
    assert CliRunner().invoke(app, ["label", *paths, "-o", str(output)]).exit_code == 0
    assert parquet.read_table(output).column("id").to_pylist() == paths


def test_table_an_input_that_cannot_be_opened_does_not_stop_the_others(table: Path, tmp_path: Path) -> None:
    other = tmp_path / "andere.csv"
    other.write_text("eins,zwei\n1,2\n")
    result = CliRunner().invoke(app, ["label", str(other), str(table), "-o", str(tmp_path / "out.csv"), "--lang", "en"])
    assert result.exit_code == 2
    assert "E140" in result.stderr
    assert (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("arguments", [["-f", "parquet"], ["--resume"], ["-f", "csv", "--resume"]])  # fmt: skip
def test_table_options_that_need_a_table(arguments: list[str], table: Path) -> None:
    result = CliRunner().invoke(app, ["label", str(table), *arguments])
    assert getattr(result.exception, "code", "") == "E154"


@pytest.mark.parametrize(
    ("output_format", "output", "paths", "wanted"),
    [
        ("", None, ["ads.csv"], False),
        ("csv", None, ["ad.txt"], True),
        ("", "out.parquet", ["ad.txt"], True),
        ("", "out.csv", ["-"], True),
        ("", "out.jsonl", ["ads.csv"], True),
        ("", "out.jsonl", ["ads.csv", "ad.txt"], False),
        ("jsonl", "out.jsonl", ["ads.csv"], False),
        ("json", "out.csv", ["ads.csv"], False),
        ("", "out.txt", ["ads.csv"], False),
    ],
)
def test_table_is_wanted_by_format_or_ending(
    output_format: str, output: str | None, paths: list[str], wanted: object
) -> None:
    assert is_wanted(output_format, Path(output) if output else None, paths) is wanted


def test_table_without_rows_gives_one_without_rows(tmp_path: Path) -> None:
    (tmp_path / "ads.csv").write_text("id,text,year\n")
    result = CliRunner().invoke(app, ["label", str(tmp_path / "ads.csv"), "-o", str(tmp_path / "out.parquet")])
    assert result.exit_code == 0
    found = parquet.read_table(tmp_path / "out.parquet")
    assert (found.num_rows, found.column_names[-1]) == (0, "date")


def test_table_libraries_are_not_loaded_for_a_text_file(examples: Path) -> None:
    code = (
        f"import sys; sys.argv = ['jobclass', 'label', {str(examples / 'nurse.txt')!r}, '-f', 'json']\n"
        "from jobclass.cli.main import main\n"
        "main_exit = None\n"
        "try:\n    main()\nexcept SystemExit as exit:\n    assert not exit.code\n"
        "assert not {'pyarrow', 'openpyxl', 'joblib', 'fastwarc', 'pandas'} & set(sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_table_rows_follow_the_configuration_of_the_house(table: Path, tmp_path: Path) -> None:
    (tmp_path / "jobclass.toml").write_text("[flags]\nF1 = 'off'\nF2 = 'off'\nF6 = 'light'\n")
    arguments = ["label", str(table), "-o", str(tmp_path / "out.parquet"), "--config", str(tmp_path / "jobclass.toml")]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    row = parquet.read_table(tmp_path / "out.parquet").to_pylist()[1]
    assert [flag["code"] for flag in row["flags"]] == ["F6"]
    assert (row["severity"], row["confusion"]) == (1, False)
    assert "+house." in row["tool"]["profile"]


def test_table_verdicts_take_the_form_of_the_ending(examples: Path, tmp_path: Path) -> None:
    for name in ("out.json", "out.jsonl"):
        CliRunner().invoke(app, ["label", str(examples / "nurse.txt"), "-o", str(tmp_path / name)])
        assert json.loads((tmp_path / name).read_text())["schema"] == "jobclass/verdict/1"


def test_table_ids_stored_as_fractions_are_whole(examples: Path, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    ads, output = tmp_path / "ads.parquet", tmp_path / "out.csv"
    text = (examples / "nurse.txt").read_text()
    parquet.write_table(pa.table({"id": [1.0, 2.0, None], "text": [text] * 3}), ads)
    assert CliRunner().invoke(app, ["label", str(ads), "-o", str(output), "-j", "1"]).stderr == ""
    assert [row["id"] for row in csv.DictReader(output.read_text().splitlines())] == ["1", "2", "3"]


def test_table_ids_that_stand_twice_are_told(examples: Path, tmp_path: Path, call: Callable[..., Any]) -> None:
    text = (examples / "nurse.txt").read_text()
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i in ("x", "y", "2")))
    (tmp_path / "c.jsonl").write_text("".join(json.dumps({"id": i, "text": text}) + "\n" for i in ("2", None)))
    paths, output = [str(tmp_path / name) for name in ("a.jsonl", "b.jsonl")], tmp_path / "out.csv"
    outcome = call("label", *paths, "-o", output, "-j", "1", "--lang", "en")
    assert (outcome.status, outcome.err.count("\n")) == (0, 1)
    assert outcome.err.startswith(f"E159 {output}: 3 ads have an id that was taken already (first x)")
    assert call("label", tmp_path / "c.jsonl", "-o", output, "-j", "1").err.startswith(f"E159 {output}: 1 Anzeigen")


@pytest.mark.parametrize("name", ["out.parquet", "out.jsonl"])
def test_table_a_folder_with_a_file_that_cannot_be_read_fails(name: str, examples: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ads"
    folder.mkdir()
    (folder / "ad.txt").write_text((examples / "nurse.txt").read_text())
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    output = tmp_path / name
    assert CliRunner().invoke(app, ["label", str(folder), "-o", str(output), "-j", "1"]).exit_code == 2
    assert output.exists()


def test_table_that_breaks_off_fails(examples: Path, tmp_path: Path, call: Callable[..., Any]) -> None:
    path, output = tmp_path / "ads.jsonl.gz", tmp_path / "out.parquet"
    row = json.dumps({"id": "x", "text": (examples / "nurse.txt").read_text()}) + "\n"
    path.write_bytes(gzip.compress(row.encode()) + gzip.compress(row.encode())[:200])
    assert call("label", path, "-o", output, "-j", "1").status == 2


MEMORY_POOL = """
from jobclass.cli.main import app
app({arguments!r}, standalone_mode=False)
import pyarrow
print(pyarrow.default_memory_pool().backend_name)
"""


@pytest.mark.parametrize(
    ("chosen", "expected"), [({}, "system"), ({"ARROW_DEFAULT_MEMORY_POOL": "mimalloc"}, "mimalloc")]
)
def test_table_memory_comes_from_the_system_unless_the_user_says(
    chosen: dict[str, str], expected: str, examples: Path, tmp_path: Path
) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ARROW_DEFAULT_MEMORY_POOL"}
    arguments = ["label", str(examples / "nurse.txt"), "-o", str(tmp_path / "out.parquet"), "-j", "1"]
    command = [sys.executable, "-c", MEMORY_POOL.format(arguments=arguments)]
    result = subprocess.run(command, env=environment | chosen, capture_output=True, text=True, check=True)
    assert result.stdout.split()[-1] == expected

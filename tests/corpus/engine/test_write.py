from __future__ import annotations

import csv
from pathlib import Path

import pytest

from jobclass.corpus.engine.write import write_csv

pa = pytest.importorskip("pyarrow")


def test_write_csv_no_spreadsheet_runs_an_ad(tmp_path: Path) -> None:
    row = {"id": "@7", "title": '=HYPERLINK("http://x")', "degree": "-33.2", "shift": -1, "text": "- Du planst"}
    table = pa.Table.from_pylist([row])
    write_csv(tmp_path / "out.csv", table.schema, [table])
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        (found,) = csv.DictReader(file)
    guarded = {"id": "'@7", "title": '\'=HYPERLINK("http://x")'}
    assert found == row | guarded | {"shift": "-1"}  # numbers stay numbers, and offsets count in the text

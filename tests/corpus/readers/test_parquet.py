from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.corpus.readers.parquet import ParquetTable
from jobclass.errors import InputError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def test_parquet_rows_come_in_order_across_row_groups(tmp_path: Path) -> None:
    path = tmp_path / "ads.parquet"
    pq.write_table(pa.table({"id": list(range(1200)), "text": ["a"] * 1200}), path, row_group_size=700)
    table = ParquetTable(path)
    assert (table.names, table.size) == (("id", "text"), 1200)
    assert [row["id"] for row in table.rows() if isinstance(row, dict)] == list(range(1200))


def test_parquet_times_in_nanoseconds_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "ads.parquet"
    pq.write_table(pa.table({"text": ["a"], "at": pa.array([1], pa.timestamp("ns"))}), path)
    (row,) = ParquetTable(path).rows()
    assert isinstance(row, dict)
    assert str(row["at"]) == "1970-01-01 00:00:00.000000001"  # pandas, where it is installed, has a type for it


def test_parquet_broken_utf_8_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "ads.parquet"
    broken = pa.array([b"gut", b"f\xc3r"]).view(pa.string())
    nested = pa.StructArray.from_arrays([broken], ["name"])
    pq.write_table(pa.table({"text": broken, "employer": nested}), path)
    rows = list(ParquetTable(path).rows())
    assert rows == [{"text": "gut", "employer": {"name": "gut"}}, {"text": "f\ufffdr", "employer": None}]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"x" * 100 + b"PAR1"])
def test_parquet_that_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "ads.parquet").write_bytes(content)
    with pytest.raises(InputError, match="E144"):
        _ = ParquetTable(tmp_path / "ads.parquet").names

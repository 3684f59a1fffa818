from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.corpus import batches
from jobclass.corpus.batches import built, conformed, gathered, merged, numbered, until_broken
from jobclass.corpus.bulk import NUMBER, PROBLEM
from jobclass.errors import InputError

pa = pytest.importorskip("pyarrow")


@given(st.lists(st.integers(0, 30), max_size=20), st.integers(1, 40))
def test_batches_gathered_keep_all_rows_in_order(sizes: list[int], size: int) -> None:
    ends = [sum(sizes[: number + 1]) for number in range(len(sizes))]
    small = [
        pa.RecordBatch.from_pydict({"n": pa.array(range(end - own, end), pa.int64())})
        for own, end in zip(sizes, ends, strict=True)
    ]
    found = list(gathered(small, size))
    assert [n for batch in found for n in batch.column("n").to_pylist()] == list(range(sum(sizes)))
    assert all(batch.num_rows >= size for batch in found[:-1])


def test_batches_heavy_rows_fill_a_batch_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "HEAVIEST", 100)
    rows = [{"text": "x" * 60} for _ in range(6)]
    assert [batch.num_rows for batch in built(rows, pa.schema([("text", pa.string())]), 500)] == [2, 2, 2]


def test_batches_numbers_go_on_from_batch_to_batch() -> None:
    two = [pa.RecordBatch.from_pydict({"text": ["a", "b"]})] * 2
    found = [number for batch in numbered(two, "ads.csv#") for number in batch.column(NUMBER).to_pylist()]
    assert found == ["ads.csv#1", "ads.csv#2", "ads.csv#3", "ads.csv#4"]


def test_batches_a_broken_file_ends_with_the_reason() -> None:
    schema = pa.schema([("text", pa.string()), (PROBLEM, pa.string())])

    def broken() -> object:
        yield pa.RecordBatch.from_pylist([{"text": "a"}], schema=schema)
        raise InputError("E101", path="ads.csv.gz", problem="CRC")

    rows = [row for batch in until_broken(broken(), schema, str) for row in batch.to_pylist()]  # type: ignore[arg-type]
    assert [row["text"] for row in rows] == ["a", None]
    assert rows[1][PROBLEM].startswith("E101 ads.csv.gz")


def test_batches_keep_the_rows_before_a_break() -> None:
    def rows() -> Iterator[dict[str, object]]:
        yield {"text": "a"}
        yield {"text": "b"}
        raise InputError("E144", path="crawl.warc", kind="WARC", problem="cut off")

    schema = pa.schema([("text", pa.string()), (PROBLEM, pa.string())])
    whole = until_broken(built(rows(), schema, 500), schema, str)
    assert [row["text"] for batch in whole for row in batch.to_pylist()] == ["a", "b", None]


def test_batches_of_several_tables_get_one_schema() -> None:
    left = pa.RecordBatch.from_pydict({"id": ["a"], "year": [2024], "tags": [["x"]], "n": pa.array([1], pa.int32())})
    right = pa.RecordBatch.from_pydict({"id": ["b"], "year": ["2025"], "tags": ["y"], "n": [2.5], "own": [True]})
    schema = merged([left.schema, right.schema])
    rows = [conformed(batch, schema).to_pylist()[0] for batch in (left, right)]
    assert rows == [
        {"id": "a", "year": "2024", "tags": '["x"]', "n": 1.0, "own": None},
        {"id": "b", "year": "2025", "tags": "y", "n": 2.5, "own": True},
    ]

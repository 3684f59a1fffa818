from __future__ import annotations

import json
import tracemalloc
from pathlib import Path

import pytest

from jobclass.corpus.readers import json_rows
from jobclass.corpus.readers.json_rows import JsonLinesTable, JsonTable
from jobclass.errors import InputError


def test_json_lines_keys_may_differ_and_bad_lines_keep_their_place(tmp_path: Path) -> None:
    path = tmp_path / "ads.jsonl"
    path.write_text(
        '{"id": 1, "text": "a"}\n\n{"id": 2, "te\n[1]\n{"text": "c", "ort": "Ulm"}\n' + "[" * 100_000 + "\n"
    )
    table = JsonLinesTable(path)
    assert table.names == ("id", "text", "ort")
    assert ["E142" if isinstance(row, InputError) else row["text"] for row in table.rows()] == ["a", "E142", "E142", "c", "E142"]  # fmt: skip


POSTING = {"@type": "JobPosting", "title": "T", "description": "D", "jobLocation": [{"@type": "Place"}]}


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ([{"a": 1}, {"b": 2}], [{"a": 1}, {"b": 2}]),
        ({"stellenangebote": [{"a": 1}], "facetten": {"x": 1}, "maxErgebnisse": 1}, [{"a": 1}]),
        (POSTING, [POSTING]),
        ({"@graph": [{"@type": "WebSite", "name": "x"}, POSTING]}, [POSTING]),
        ({"a": 1}, [{"a": 1}]),
    ],
)
def test_json_finds_the_records(content: object, rows: list[object], tmp_path: Path) -> None:
    path = tmp_path / "ads.json"
    path.write_text(json.dumps(content))
    assert list(JsonTable(path).rows()) == rows


@pytest.mark.parametrize("content", ["", "{", "[" * 100_000, "kein JSON"])
def test_json_that_cannot_be_read(content: str, tmp_path: Path) -> None:
    path = tmp_path / "ads.json"
    path.write_text(content)
    with pytest.raises(InputError, match="E144"):
        _ = JsonTable(path).names


def test_json_rows_that_are_no_objects(tmp_path: Path) -> None:
    path = tmp_path / "ads.json"
    path.write_text('[{"text": "a"}, 3]')
    good, bad = JsonTable(path).rows()
    assert good == {"text": "a"}
    assert isinstance(bad, InputError)


def test_json_names_can_be_stored(tmp_path: Path) -> None:
    path = tmp_path / "ads.jsonl"
    path.write_text('{"te\\ud800xt": "a"}\n')
    assert JsonLinesTable(path).names == ("te?xt",)


def test_json_a_short_file_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "ads.json"
    path.write_text('[{"a": 1}]')
    tracemalloc.start()
    assert list(JsonTable(path).rows()) == [{"a": 1}]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000


def test_json_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "BLOCK", 10)
    monkeypatch.setattr(json_rows, "LARGEST_JSON", 100)
    path = tmp_path / "ads.json"
    for size, code in ((100, "E144"), (101, "E145"), (1000, "E145")):
        path.write_text("x" * size)
        with pytest.raises(InputError, match=code):
            list(JsonTable(path).rows())

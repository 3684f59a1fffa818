from __future__ import annotations

import csv
import gzip
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.corpus.readers import text_stream
from jobclass.corpus.readers.delimited import DelimitedTable, records, separator_of
from jobclass.corpus.readers.rows import distinct
from jobclass.errors import InputError


def codes(table: DelimitedTable) -> list[object]:
    return [row.code if isinstance(row, InputError) else row["id"] for row in table.rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_delimited_finds_the_separator_in_spite_of_commas_in_the_text(separator: str) -> None:
    out = StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerows(
        [["id", "text", "ort"], *[[n, f"Tee, Kaffee; und | mehr\n\tin {n}, Zeilen", "Ulm"] for n in range(9)]]
    )
    assert separator_of(out.getvalue()) == separator


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_delimited_reads_every_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_bytes("id;Text\n1;„Größe“ – schön\n".encode(encoding))
    assert list(DelimitedTable(path).rows()) == [{"id": "1", "Text": "„Größe“ – schön"}]


def test_delimited_reads_gzip(tmp_path: Path) -> None:
    path = tmp_path / "ads.tsv.gz"
    path.write_bytes(gzip.compress(b"id\ttext\n1\ta, b\n"))
    assert list(DelimitedTable(path).rows()) == [{"id": "1", "text": "a, b"}]


@pytest.mark.parametrize("part", [slice(10), slice(-4)])
def test_delimited_a_broken_gzip_is_refused(part: slice, tmp_path: Path) -> None:
    path = tmp_path / "ads.csv.gz"
    path.write_bytes(gzip.compress(b"id,text\n1,a\n" * 100)[part] + b"\xff" * 40)
    with pytest.raises(InputError, match="E101"):
        list(DelimitedTable(path).rows())


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("id,text\n1,a\n2\n3,c\n", ["1", "E142", "3"]),  # too few cells
        ("id,text\n1,a\n2,b,zu viel\n3,c,,\n", ["1", "E142", "3"]),  # too many; padding is none
        ('id,text\n1,"nie zu\n2,b\n3,c\n', ["E142", "2", "3"]),  # a quote that is never closed
        ('id,text\n1,"Tee "und" Kaffee"\n2,b\n', ["E142", "2"]),  # quotes that are not doubled
        ('id,text\n1,"a\n2,b\n3","c\n4,d\n5","e\n', ["E142", "2", "E142", "4", "E142"]),  # each goes on in the next
        ('id,text\n\n1,"a\n\nb"\n\n2,b\n', ["1", "2"]),  # blank rows are none
    ],
)
def test_delimited_a_bad_row_does_not_cost_the_others(content: str, found: list[str], tmp_path: Path) -> None:
    path = tmp_path / "ads.csv"
    path.write_text(content)
    assert codes(DelimitedTable(path)) == found


def test_delimited_a_row_that_is_too_long_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_stream, "LARGEST_ROW", 1000)
    path = tmp_path / "ads.csv"
    path.write_text(f"id,text\n1,a\n2,{'b' * 5000}\n3,c\n")
    assert codes(DelimitedTable(path)) == ["1", "E143", "3"]


def test_delimited_an_open_quote_before_a_row_that_is_too_long_does_not_cost_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_stream, "LARGEST_ROW", 1000)
    path = tmp_path / "ads.csv"
    path.write_text(f'id,text\n1,"a\n2,b\n3,c\n4,{"d" * 5000}\n5,e\n')
    assert codes(DelimitedTable(path)) == ["E143", "2", "3", "E143", "5"]


@given(st.text('ab,"\n', max_size=60))
def test_delimited_a_line_that_was_read_again_gives_what_it_gives_alone(text: str) -> None:
    def found(lines: list[str]) -> list[object]:
        return [row.code if isinstance(row, InputError) else row for row in records(iter(lines), ",")]

    lines = ("1" + text).splitlines(keepends=True)
    whole = found(lines)
    if whole[0] == "E142":
        assert whole[1:] == found(lines[1:])


def test_delimited_names_are_distinct_and_never_empty(tmp_path: Path) -> None:
    assert distinct(["", "a", "a", " a ", "column_1"]) == ("column_1", "a", "a_2", "a_3", "column_1_2")
    (tmp_path / "leer.csv").touch()
    with pytest.raises(InputError, match="E144"):
        _ = DelimitedTable(tmp_path / "leer.csv").names


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8")), min_size=2, max_size=2), max_size=8
    )
)
def test_delimited_reads_what_python_writes(rows: list[list[str]]) -> None:
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    assert list(records(iter(StringIO(out.getvalue(), newline="")), ",")) == rows

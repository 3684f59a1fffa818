from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from jobclass.corpus.readers import xlsx
from jobclass.corpus.readers.xlsx import XlsxTable
from jobclass.errors import InputError

openpyxl = pytest.importorskip("openpyxl")


def workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Anzeigen")  # the first sheet stays empty
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_xlsx_reads_the_first_sheet_with_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "ads.xlsx", [], ["id", "Text", "Datum"], [1, "a\nb", datetime(2025, 1, 2)], [], [2, "c"])  # noqa: DTZ001 -- Excel knows no zones
    table = XlsxTable(path)
    assert table.names == ("id", "Text", "Datum")
    assert list(table.rows()) == [
        {"id": 1, "Text": "a\nb", "Datum": "2025-01-02T00:00:00"},
        {"id": 2, "Text": "c", "Datum": None},
    ]


def part_replaced(path: Path, name: str, content: str) -> Path:
    """A copy of a workbook with another part."""
    copy = path.with_name("hostile.xlsx")
    with ZipFile(path) as old, ZipFile(copy, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return copy


SHEET = "xl/worksheets/sheet2.xml"
HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def test_xlsx_a_row_number_beyond_excel_does_not_hang(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="99999999999"><c r="A99999999999"><v>2</v></c></row>'
    path = part_replaced(workbook(tmp_path / "ads.xlsx", ["text"]), SHEET, f"{HEAD}{rows}</sheetData></worksheet>")
    assert list(XlsxTable(path).rows()) == []


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_xlsx_entities_are_refused(part: str, tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bombe">]><worksheet>&b;</worksheet>'
    path = part_replaced(workbook(tmp_path / "ads.xlsx", ["text"]), part, bomb)
    with pytest.raises(InputError, match="E144"):
        list(XlsxTable(path).rows())


def test_xlsx_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "LARGEST_UNPACKED", 1000)
    with pytest.raises(InputError, match="E145"):
        _ = XlsxTable(workbook(tmp_path / "ads.xlsx", ["text"], ["a"])).names


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04kaputt", b"\xd0\xcf\x11\xe0altes Excel"])
def test_xlsx_that_is_none(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "ads.xlsx").write_bytes(content)
    with pytest.raises(InputError, match="E144"):
        _ = XlsxTable(tmp_path / "ads.xlsx").names

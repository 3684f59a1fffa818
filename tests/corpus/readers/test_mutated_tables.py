"""Broken tables of every format: whatever the bytes are, what comes out is documents and errors with a code."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from jobclass.corpus.engine.inputs import prepare
from jobclass.corpus.readers.paths import Document, Unreadable, read
from jobclass.errors import InputError

pa = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
openpyxl = pytest.importorskip("openpyxl")

TOKENS = (
    *(b'"', b"\n", b"\r\n", b",", b";", b"\t", b"\0", b"\xff\xfe", b"{", b"[", b"]", b"}", b"\\ud800", b"\\", b"&b;"),
    *(b'<!DOCTYPE a [<!ENTITY b "c">]>', b"PAR1", b"PK", b"99999999999999999999", b"NaN", b"-1", b"_:", b"<", b"> ."),
)
ROUNDS = 60


def mutated(content: bytes, random: Random) -> bytes:
    """Content with some bytes put in, taken out, changed, doubled or cut off."""
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        at, chance = random.randrange(len(content) + 1), random.random()
        if chance < 0.3:
            content = content[:at] + random.choice(TOKENS) * random.choice((1, 3, 200)) + content[at:]
        elif chance < 0.5:
            content = content[:at] + content[at + random.choice((1, 5, 100, 2000)) :]
        elif chance < 0.8:
            content = content[:at] + bytes([random.randrange(256)]) + content[at + 1 :]
        elif chance < 0.9:
            content = content[:at]
        else:
            other = random.randrange(len(content) + 1)
            content = content[:at] + content[other : other + 2000] + content[at:]
    return content


@pytest.fixture(scope="module")
def tables(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A table of each format with the same rows."""
    folder = tmp_path_factory.mktemp("tables")
    rows = [{"id": file.stem, "text": file.read_text(), "Ort": "Köln"} for file in sorted(examples.glob("*.txt"))]
    parquet.write_table(pa.Table.from_pylist(rows), folder / "ads.parquet")
    (folder / "ads.json").write_text(json.dumps(rows))
    (folder / "ads.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    cells = [list(rows[0]), *(list(row.values()) for row in rows)]
    (folder / "ads.csv").write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in cells))
    book = openpyxl.Workbook()
    for row in cells:
        book.active.append(row)
    book.save(folder / "ads.xlsx")
    quads = f"_:a <http://schema.org/description> {json.dumps(rows[0]['text'])} <https://a.example/> .\n"
    kind = (
        "_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/JobPosting> <https://a.example/> .\n"
    )
    (folder / "ads.nq").write_text((kind + quads) * 3)
    return folder


@pytest.mark.parametrize("ending", ["parquet", "json", "jsonl", "csv", "xlsx", "nq"])
def test_mutated_tables_give_documents_and_errors(ending: str, tables: Path, tmp_path: Path) -> None:
    random = Random(ending)  # noqa: S311 -- mutations, no secret
    whole = (tables / f"ads.{ending}").read_bytes()
    path = tmp_path / f"ads.{ending}"
    assert all(isinstance(item, Document) for item in read(str(tables / f"ads.{ending}")))
    for _ in range(ROUNDS):
        path.write_bytes(mutated(whole, random))
        assert all(isinstance(item, (Document, Unreadable)) for item in read(str(path)))
        with suppress(InputError):
            for table in prepare([str(path)], {})[0]:
                assert sum(batch.num_rows for batch in table.batches(50, "de")) >= 0

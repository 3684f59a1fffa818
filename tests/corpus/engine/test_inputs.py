from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from jobclass.corpus.bulk import NUMBER, PROBLEM
from jobclass.corpus.engine.inputs import prepare
from jobclass.errors import InputError

pa = pytest.importorskip("pyarrow")


def jsonl(path: Path, *rows: object) -> str:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_inputs_types_come_from_a_first_reading(tmp_path: Path) -> None:
    rows = [
        {"text": 1, "whole": 1, "real": 1, "truth": True, "mixed": 1, "nested": {"a": 1}, "huge": 2**70, "never": None},
        {"text": "a", "whole": None, "real": 0.5, "mixed": "x", "late": 3},
    ]
    ((only,), refused) = prepare([jsonl(tmp_path / "a.jsonl", *rows)], {})
    types = {field.name: str(field.type) for field in only.schema}
    assert types == {"text": "string", "whole": "int64", "real": "double", "truth": "bool", "mixed": "string", "nested": "string", "huge": "string", "never": "string", "late": "int64"}  # fmt: skip
    assert (refused, only.rows) == ([], 2)
    (batch,) = only.batches(10, "de")
    assert batch.column("mixed").to_pylist() == ["1", "x"]
    assert batch.column("huge").to_pylist() == [str(2**70), None]


def test_inputs_rows_that_cannot_be_read_say_why_and_which(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,a\nkaputt\n3,c\n")
    ((only,), _) = prepare([str(path)], {})
    (batch,) = only.batches(10, "en")
    assert batch.column(NUMBER).to_pylist() == ["1", "2", "3"]
    good, bad, _ = batch.column(PROBLEM).to_pylist()
    assert good is None
    assert bad.startswith(f"E142 {path}#2: the row cannot be read")


def test_inputs_documents_that_cannot_be_read_keep_their_own_place(tmp_path: Path) -> None:
    good, bad = tmp_path / "a.txt", tmp_path / "b.eml"
    good.write_text("Ihre Aufgaben: Pflege der Kanäle", encoding="utf-8")
    bad.write_bytes(b"MIME-Version: 1.0\nContent-Type: image/png\n\nx")
    ((only,), _) = prepare([str(good), str(bad)], {})
    (batch,) = only.batches(10, "de")
    assert batch.column(PROBLEM).to_pylist()[1].startswith(f"E102 {bad}: ")


def test_inputs_a_file_that_breaks_off_keeps_its_good_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    rows = [{"id": str(number), "text": "a" * 5000 + str(number)} for number in range(300)]
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    ((only,), _) = prepare([str(path)], {})
    path.write_bytes(path.read_bytes()[:-200])
    problems = [problem for batch in only.batches(50, "de") for problem in batch.column(PROBLEM).to_pylist()]
    assert problems[0] is None
    assert problems[-1].startswith("E101")


def test_inputs_documents_and_tables_may_be_mixed(tmp_path: Path, examples: Path) -> None:
    table = jsonl(tmp_path / "a.jsonl", {"text": "a"})
    folder = tmp_path / "ads"
    folder.mkdir()
    for name in ("nurse", "coworking"):
        (folder / f"{name}.txt").write_text((examples / f"{name}.txt").read_text())
    inputs, refused = prepare([str(folder), table, str(tmp_path / "fehlt.csv"), str(examples / "nurse.txt")], {})
    assert [item.rows for item in inputs] == [2, 1, 1]
    assert [error.code for error in refused] == ["E101"]
    (batch,) = inputs[2].batches(10, "de")
    assert batch.column("id").to_pylist() == [str(examples / "nurse.txt")]


def test_inputs_an_unreadable_document_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "bild.txt").write_bytes(bytes(range(256)) * 10)
    ((only,), _) = prepare([str(tmp_path)], {})
    (batch,) = only.batches(10, "de")
    (row,) = batch.to_pylist()
    assert row["id"].endswith("bild.txt")
    assert row[PROBLEM].startswith("E103")


def test_inputs_nothing_readable_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E140"):
        prepare([jsonl(tmp_path / "a.jsonl", {"eins": 1})], {})


def test_inputs_digest_depends_on_the_content_alone(tmp_path: Path) -> None:
    one, same, other = (jsonl(tmp_path / f"{name}.jsonl", {"text": text}) for name, text in (("a", "x"), ("b", "x"), ("c", "y")))  # fmt: skip
    digests = [item.digest() for item in prepare([one, same, other], {})[0]]
    assert digests[0] == digests[1] != digests[2]


def test_inputs_a_crawl_is_not_read_beforehand(tmp_path: Path, examples: Path) -> None:
    node = "_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/JobPosting> <https://a.example/> ."
    text = json.dumps((examples / "nurse.txt").read_text())
    path = tmp_path / "jobs.nq"
    path.write_text(f"{node}\n_:a <http://schema.org/description> {text} <https://a.example/> .\n")
    ((only,), _) = prepare([str(path)], {})
    assert only.rows is None
    (batch,) = only.batches(10, "de")
    assert batch.column("id").to_pylist() == ["https://a.example/"]

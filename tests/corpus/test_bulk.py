from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from jobclass import Ad, Labeller
from jobclass.cli.render.json import as_values
from jobclass.cli.results import Labelled
from jobclass.corpus.bulk import NUMBER, PROBLEM, RENDERED, Wishes, label_batch, output_schema, verdict_schema
from jobclass.corpus.readers.columns import Columns
from jobclass.corpus.readers.tree import MOST_TAGS

pa = pytest.importorskip("pyarrow")

COLUMNS = Columns("Text", "Titel", "Nr", date="Jahr", employer="Firma")


@pytest.fixture(scope="module")
def texts(examples: Path) -> list[str]:
    return [file.read_text() for file in sorted(examples.glob("*.txt"))]


def batch_of(texts: Sequence[object], **more: object) -> object:
    return pa.RecordBatch.from_pydict({"Text": texts, "Nr": list(range(len(texts))), **more})


def test_bulk_a_row_has_the_values_of_the_verdict_as_json(texts: list[str], labeller: Labeller) -> None:
    rows = label_batch(batch_of(texts), labeller, COLUMNS).to_pylist()
    for number, (row, text) in enumerate(zip(rows, texts, strict=True)):
        wanted = as_values(Labelled("", labeller.label(Ad(text))), "de")
        title = wanted.pop("title")
        assert isinstance(title, dict)
        assert (row["id"], row["title"], row["title_roles"], row["level"]) == (str(number), *title.values())
        assert row["n_duties"] == len(row["duties"])
        assert row["error"] is None
        assert row["notes"] == [note["code"] for note in wanted["notes"]]  # type: ignore[attr-defined]
        for name in ("role", "roles_involved", "probabilities", "rule_role", "shares", "weights", "severity", "confusion", "tool"):  # fmt: skip
            assert row[name] == wanted[name]
        for name in ("flags", "duties"):
            for own, other in zip(row[name], wanted[name], strict=True):  # type: ignore[call-overload]
                assert own == {key: other[key] for key in own}
                assert set(other) - set(own) <= {"message", "advice", "evidence"}


def test_bulk_the_schema_is_stable() -> None:
    described = {
        field.name: str(field.type).replace("element: ", "").replace("item: ", "") for field in verdict_schema()
    }
    assert described == {
        "id": "string",
        "title": "string",
        "role": "string",
        "roles_involved": "list<string>",
        "probabilities": "struct<CM: double, SMM: double, OM: double, mixed: double, none: double>",
        "rule_role": "string",
        "shares": "struct<CM: double, SMM: double, OM: double>",
        "weights": "struct<CM: double, SMM: double, OM: double, SH: double, N: double>",
        "flags": "list<struct<code: string, severity: int32, duties: list<int32>>>",
        "severity": "int32",
        "confusion": "bool",
        "title_roles": "list<string>",
        "level": "string",
        "n_duties": "int32",
        "duties": "list<struct<start: int32, end: int32, text: string, areas: list<struct<code: string, probability: double, basis: string, by: string>>, grade: string, platform: string>>",
        "notes": "list<string>",
        "error": "string",
        "tool": "struct<version: string, profile: string, model: string>",
    }  # fmt: skip


def test_bulk_offsets_count_in_the_text_that_travels_along(texts: list[str], labeller: Labeller) -> None:
    html = "<h2>Aufgaben</h2><ul><li>Planung der <b>Social-Media</b>-Kanäle &amp; Reels</li><li>Moderation des Forums</li></ul>"
    batch = label_batch(batch_of([*texts, html]), labeller, COLUMNS, Wishes(with_text=True))
    for row in batch.to_pylist():
        assert row["n_duties"] > 0
        for duty in row["duties"]:
            assert row["text"][duty["start"] : duty["end"]] == duty["text"]


def test_bulk_a_bad_row_keeps_its_place(texts: list[str], labeller: Labeller) -> None:
    bad = ["", None, "You will manage the community and you are the voice of our brand. " * 5, "x" * 4_000_001]
    batch = batch_of([texts[0], *bad, texts[1]], Titel=["a", "b", None, "d", "e", "f"])
    rows = label_batch(batch, labeller, COLUMNS, Wishes(language="en", title="Ersatz")).to_pylist()
    assert [(row["error"] or "")[:4] for row in rows] == ["", "E102", "E102", "E104", "E143", ""]
    assert [row["title"] for row in rows] == ["a", "b", "Ersatz", "d", "e", "f"]
    assert {name for row in rows[1:5] for name, value in row.items() if value is not None} == {"id", "title", "error"}
    assert rows[3]["error"] == "E104 3: the text is not German. jobclass reads German job ads only."


def test_bulk_every_error_names_its_row(texts: list[str], labeller: Labeller) -> None:
    page = "<p>" + "<b></b>" * MOST_TAGS + texts[0]
    rows = label_batch(batch_of([texts[0], page]), labeller, COLUMNS).to_pylist()
    assert rows[1]["error"].startswith("E122 1: ")
    nameless = label_batch(pa.RecordBatch.from_pydict({"Text": [page]}), labeller, Columns("Text")).to_pylist()
    assert nameless[0]["error"].startswith("E122 ?: ")


def test_bulk_an_unexpected_error_stays_in_its_row(texts: list[str]) -> None:
    class Broken(Labeller):
        def label(self, ad: Ad, *_: object) -> object:  # type: ignore[override]
            if ad.source == "0":
                raise ZeroDivisionError
            return super().label(ad)

    first, second = label_batch(batch_of(texts[:2]), Broken(), COLUMNS).to_pylist()
    assert first["error"].startswith("E147 0: ")
    assert second["role"]


def test_bulk_other_columns_travel_behind_with_their_types(texts: list[str], labeller: Labeller) -> None:
    batch = batch_of(
        texts[:1],
        role=["eigene"],
        Jahr=pa.array([date(2025, 3, 1)]),
        Firma=[{"@type": "Organization", "name": "Muster GmbH"}],
        Liste=[[1, 2]],
    )
    found = label_batch(batch, labeller, COLUMNS)
    assert found.schema == output_schema(batch.schema, COLUMNS, Wishes())  # type: ignore[attr-defined]
    others = dict(list(found.to_pylist()[0].items())[len(verdict_schema()) :])
    assert others == {"date": date(2025, 3, 1), "employer": "Muster GmbH", "role_input": "eigene", "Liste": [1, 2]}
    assert list(others) == ["date", "employer", "role_input", "Liste"]


def test_bulk_numbers_and_problems_of_a_reader(texts: list[str], labeller: Labeller) -> None:
    batch = pa.RecordBatch.from_pydict({"Text": [texts[0], None], NUMBER: ["1", "2"], PROBLEM: [None, "E142 kaputt"]})
    rows = label_batch(batch, labeller, COLUMNS).to_pylist()
    assert [(row["id"], row["error"]) for row in rows] == [("1", None), ("2", "E142 kaputt")]
    assert NUMBER not in rows[0]


def test_bulk_a_result_survives_json(texts: list[str], labeller: Labeller) -> None:
    rows = label_batch(batch_of([*texts, "halb \ud83d"][:-1]), labeller, COLUMNS).to_pylist()
    assert json.loads(json.dumps(rows)) == rows


def test_bulk_a_text_that_was_read_already_is_taken_as_it_is(texts: list[str], labeller: Labeller) -> None:
    text = texts[0] + "\nTee &amp; <b>Kaffee</b>"
    batch = pa.RecordBatch.from_pydict({RENDERED: [text]})
    (row,) = label_batch(batch, labeller, Columns(RENDERED), Wishes(with_text=True)).to_pylist()
    assert row["text"] == text


def test_bulk_broken_utf_8_is_no_reason_to_stop(texts: list[str], labeller: Labeller) -> None:
    broken = pa.array([texts[0].encode() + b"\xc3", texts[1].encode()]).view(pa.string())
    batch = label_batch(pa.RecordBatch.from_arrays([broken, broken], ["Text", "Firma"]), labeller, COLUMNS)
    batch.validate(full=True)
    assert [row["error"] for row in batch.to_pylist()] == [None, None]

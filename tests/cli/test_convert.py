from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jobclass.cli.main import app
from jobclass.corpus.gold import read_gold


@pytest.mark.parametrize("name", ["prodigy", "label-studio", "docbin"])
def test_convert_there_and_back(name: str, repository: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = (repository / "corpus" / "evaluation" / "confusion.jsonl").read_text(encoding="utf-8").splitlines()[:5]
    gold.write_text("\n".join(rows), encoding="utf-8")
    there, back = tmp_path / "there", tmp_path / "back.jsonl"
    assert CliRunner().invoke(app, ["convert", str(gold), "-o", str(there), "--to", name]).exit_code == 0
    assert CliRunner().invoke(app, ["convert", str(there), "-o", str(back), "--from", name]).exit_code == 0
    assert list(read_gold(back)) == list(read_gold(gold))


@pytest.mark.parametrize(("language", "said"), [("de", "Das Format trägt nicht: "), ("en", "does not carry: ")])
def test_convert_says_what_is_dropped(language: str, said: str, repository: Path, tmp_path: Path) -> None:
    gold = repository / "corpus" / "evaluation" / "confusion.jsonl"
    interface = tmp_path / "interface.xml"
    result = CliRunner().invoke(
        app,
        ["convert", str(gold), "-o", str(tmp_path / "x"), "--to", "doccano", "--lang", language, "--interface", str(interface)],
    )  # fmt: skip
    assert said in result.stderr
    assert "CM.dialog" in interface.read_text()


def test_convert_brings_a_sample_into_a_tool(tmp_path: Path, examples: Path, call: Callable[..., Any]) -> None:
    table, sample, tasks = tmp_path / "ads.csv", tmp_path / "sample.jsonl", tmp_path / "tasks.json"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = [
            ("id", "title", "text"),
            *((n, "", (examples / f"{n}.txt").read_text()) for n in ("nurse", "all-in-one")),
        ]
        csv.writer(file, delimiter=";").writerows(rows)
    assert call("sample", table, "-n", "2", "-o", sample).status == 0
    assert call("convert", sample, "--to", "label-studio", "-o", tasks).err.startswith(f"E536 {sample}:1")
    assert call("convert", sample, "--from", "ads", "--to", "gold", "-o", tasks).err.startswith("E109 --to")
    assert call("convert", sample, "--from", "ads", "--to", "label-studio", "-o", tasks).status == 0
    found = json.loads(tasks.read_text(encoding="utf-8"))
    assert [(task["data"]["id"], task["data"]["extra"]["inclusion"]) for task in found] == [
        ("nurse", 1.0),
        ("all-in-one", 1.0),
    ]

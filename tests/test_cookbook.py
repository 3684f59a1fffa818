"""The cookbook runs as it is written, on fewer ads."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from jobclass import Ad, Labeller
from jobclass.cli.main import app
from jobclass.cli.render.json import as_values
from jobclass.corpus.gold import read_gold

FEWER = {"20000": "120", "400": "40"}
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def labelled(labeller: Labeller, ads: Path, table: Path) -> None:
    """What `label` does with a table; it has tests of its own."""
    rows = []
    for ad in read_gold(ads):
        values = as_values(labeller.label(Ad(ad.text, ad.title, ad.id)), "de")
        rows.append(
            {**values, "id": ad.id, "source": ad.source, **{name: ad.extra[name] for name in ("year", "place", "date")}}
        )
        del rows[-1]["lines"]
    parquet.write_table(pa.Table.from_pylist(rows), table)


def test_cookbook_runs(repository: Path, labeller: Labeller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for language, block in BLOCK.findall((repository / "docs" / "research.md").read_text(encoding="utf-8")):
        if language == "python":
            exec(block, {})  # noqa: S102 -- the cookbook is ours
            continue
        for line in block.splitlines():
            words = [FEWER.get(word, word) for word in shlex.split(line)]
            if words[:2] == ["jobclass", "label"]:
                labelled(labeller, Path(words[2]), Path(words[4]))
            elif words[0] == "jobclass":
                result = CliRunner().invoke(app, [*words[1:], *(["--draws", "100"] if words[1] != "sample" else [])])
                assert result.exit_code == 0, (line, result.exception)
            else:
                subprocess.run([sys.executable, *words[1:]], check=True)
    gold = [json.loads(line) for line in Path("gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(gold) == 40
    assert all(0 < ad["inclusion"] <= 1 for ad in gold)
    assert {file.name for file in tmp_path.iterdir()} >= {"report.html", "report.csv", "report.parquet", "report.cff", "evaluation.html"}  # fmt: skip

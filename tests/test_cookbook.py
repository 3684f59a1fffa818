"""The cookbook runs as it is written, on fewer ads."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jobclass.cli.main import app

FEWER = {"20000": "120", "400": "40"}
BLOCK = re.compile(r"^```(sh|python)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_cookbook_runs(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for language, block in BLOCK.findall((repository / "docs" / "research.md").read_text(encoding="utf-8")):
        if language == "python":
            exec(block, {})  # noqa: S102 -- the cookbook is ours
            continue
        for line in block.splitlines():
            words = [FEWER.get(word, word) for word in shlex.split(line)]
            if words[0] == "jobclass":
                fewer = [] if words[1] in ("label", "sample", "convert") else ["--draws", "100"]
                result = CliRunner().invoke(app, [*words[1:], *fewer])
                assert result.exit_code == 0, (line, result.exception)
            else:
                subprocess.run([sys.executable, *words[1:]], check=True)
    gold = [json.loads(line) for line in Path("gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(gold) == 40
    assert all(0 < ad["inclusion"] <= 1 for ad in gold)
    assert {file.name for file in tmp_path.iterdir()} >= {"report.html", "report.csv", "report.parquet", "report.cff", "evaluation.html"}  # fmt: skip

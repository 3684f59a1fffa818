"""The command: a real process that serves, and ends when it is told to."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

Call = Callable[..., Any]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.jsonl"
    path.write_text(json.dumps({"id": "1", "title": "SEO Manager", "text": "Du optimierst die Website."}) + "\n")
    return path


def test_annotate_answers_until_it_is_interrupted(serving: Call, sample: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    with serving(str(sample), "-o", str(gold), "--lang", "en", command="annotate") as served:
        with urlopen(served.address) as answer:  # noqa: S310 -- our own address
            page = answer.read().decode()
        assert "Ad 1 of 1" in page
        served.process.send_signal(signal.SIGINT)
        out, err = served.process.communicate(timeout=60)
    assert (served.process.returncode, out, err, gold.exists()) == (0, "", "", False)


@pytest.mark.parametrize(
    ("gold", "code"),
    [
        ("sample.jsonl", "E128"),
        ("no/gold.jsonl", "E112"),
        ("other.jsonl", "E612"),
        ("ben.jsonl", "E614"),
        ("broken.jsonl", "E110"),
    ],
)
def test_annotate_refuses_in_one_line_a_file_it_must_not_write(
    gold: str, code: str, call: Call, sample: Path, tmp_path: Path
) -> None:
    row = json.loads(sample.read_text()) | {"lines": [], "duties": [], "role": "OM", "coder": "ben"}
    (tmp_path / "other.jsonl").write_text(json.dumps(row | {"id": "2"}))
    (tmp_path / "ben.jsonl").write_text(json.dumps(row))
    (tmp_path / "broken.jsonl").write_text("{")
    outcome = call("annotate", sample, "-o", tmp_path / gold, "--coder", "anna", "--no-browser", "--port", "0")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.err.startswith(f"{code} ")


def test_annotate_goes_on_with_gold_that_lies_beside_its_ads(serving: Call, tmp_path: Path) -> None:
    (tmp_path / "ad.txt").write_text("SEO Manager\n- Du optimierst die Website")
    gold = {"id": str(tmp_path / "ad.txt"), "title": "", "text": "SEO Manager\n- Du optimierst die Website"}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold | {"lines": [], "duties": [], "role": "notcodable"}))
    call = (str(tmp_path), "-o", str(tmp_path / "gold.jsonl"))
    with serving(*call, command="annotate") as served, urlopen(served.address) as answer:  # noqa: S310 -- our own address
        assert "1 von 1 kodiert" in answer.read().decode()


@pytest.mark.parametrize("name", ["no.jsonl", "n" * 300])
def test_annotate_refuses_ads_that_are_not_there(name: str, call: Call, tmp_path: Path) -> None:
    outcome = call("annotate", tmp_path / name, "-o", tmp_path / "gold.jsonl", "--no-browser")
    assert (outcome.status, outcome.err[:5], outcome.err.count("\n")) == (2, "E101 ", 1)


def test_annotate_names_what_is_missing_and_how_to_install_it(
    call: Call, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    outcome = call("annotate", sample, "-o", tmp_path / "gold.jsonl", "--no-browser", "--port", "0")
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert outcome.err.startswith("E146 jobclass annotate: ")
    assert 'pip install "jobclass[web]"' in outcome.err

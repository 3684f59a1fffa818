from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jobclass.cli.main import app
from jobclass.corpus.gold import GoldAd, GoldDuty, GoldLine, gold_row
from jobclass.errors import InputError

SENTENCE = "Du planst die Beiträge für unsere Kanäle und stimmst sie mit dem Vertrieb ab"


def corpus_of(folder: Path, code: str) -> Path:
    """A training corpus of one ad and one single duty, of a code."""
    lines = (GoldLine("Social Media Manager", "title"), GoldLine(SENTENCE, "duties"))
    text = "\n".join(line.text for line in lines)
    ad = GoldAd("1", lines[0].text, "text", text, lines, (GoldDuty(SENTENCE, ("SMM.koordination",)),), "notcodable")
    (folder / "ads").mkdir(parents=True)
    (folder / "ads" / "own.jsonl").write_text(gold_row(ad) + "\n", encoding="utf-8")
    duty = {"text": "Du schreibst den Plan für das Quartal", "areas": [code], "grade": "A", "author": "a"}
    (folder / "duties").mkdir()
    (folder / "duties" / "own.jsonl").write_text(json.dumps(duty) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("code", "apart", "said"),
    [("SMM.planung", False, "SMM.planung"), ("SMM.koordination", True, "shared with a real ad")],
)
def test_train_checks_a_corpus_of_ones_own(code: str, apart: bool, said: str, tmp_path: Path) -> None:  # noqa: FBT001 -- a case of the table
    corpus = corpus_of(tmp_path / "corpus", code)
    gold = ["--apart-from", str(corpus / "ads" / "own.jsonl")] if apart else []
    result = CliRunner().invoke(app, ["train", "--corpus", str(corpus), "-o", str(tmp_path / "model"), *gold])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E507"
    assert said in result.stderr
    assert not (tmp_path / "model").exists()

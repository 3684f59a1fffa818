from __future__ import annotations

import json
from pathlib import Path

import pytest

from jobclass.classifier.ad import Flag
from jobclass.corpus.review.baseline import Baseline, content_of, read_baseline
from jobclass.corpus.review.findings import Finding, Place
from jobclass.corpus.review.silencer import Silencer
from jobclass.errors import InputError

PLACE = Place(0, 1, 1, 1, 1, 2)
KNOWN = Finding(Flag("F2", 2), PLACE, "a" * 16)
NEW = Finding(Flag("F4", 3), PLACE, "b" * 16)
NOTE = Finding(Flag("H1", 0), PLACE, "c" * 16)
IN_TEXT = Finding(Flag("F6", 1), PLACE, "d" * 16, Silencer("comment", "ad.txt:1", "F6"))


def written(known: Baseline, findings: list[Finding], *, prune: bool = False) -> Baseline:
    content, _ = content_of(known, [(str(known.file.parent / "ad.txt"), findings)], prune=prune)
    known.file.write_text(content)
    return read_baseline(known.file)


def accepted(baseline: Baseline) -> set[str]:
    return {silencer.code for silencer in baseline.for_source(str(baseline.file.parent / "ad.txt"))}


def test_baseline_accepts_findings_but_no_notes_and_nothing_silenced_elsewhere(tmp_path: Path) -> None:
    assert accepted(written(Baseline(tmp_path / "b.json"), [KNOWN, NOTE, IN_TEXT])) == {"F2"}


def test_baseline_drops_what_is_gone_and_adds_what_is_new(tmp_path: Path) -> None:
    first = written(Baseline(tmp_path / "b.json"), [KNOWN])
    assert accepted(written(first, [NEW])) == {"F4"}


def test_baseline_pruning_only_shrinks(tmp_path: Path) -> None:
    first = written(Baseline(tmp_path / "b.json"), [KNOWN])
    assert accepted(written(first, [KNOWN, NEW], prune=True)) == {"F2"}
    assert accepted(written(first, [NEW], prune=True)) == set()


def test_baseline_keeps_reasons_and_other_ads(tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    rows = [
        {"path": "ad.txt", "code": "F2", "fingerprint": "a" * 16, "reason": "kleines Team"},
        {"path": "other.txt", "code": "F9", "fingerprint": "e" * 16, "reason": ""},
    ]
    file.write_text(json.dumps({"schema": "jobclass/baseline/1", "findings": rows}))
    again = written(read_baseline(file), [KNOWN, NEW])
    assert [silencer.reason for silencer in again.by_path["ad.txt"]] == ["kleines Team", ""]
    assert [silencer.code for silencer in again.by_path["other.txt"]] == ["F9"]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"schema": "x", "findings": []}',
        '{"schema": "jobclass/baseline/1", "findings": [3]}',
        '{"schema": "jobclass/baseline/1", "findings": [{"path": "a"}]}',
    ],
)
def test_baseline_another_file_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_text(content)
    with pytest.raises(InputError, match="E408"):
        read_baseline(file)


def test_baseline_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E408"):
        read_baseline(tmp_path / "b.json")

from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.classifier.ad import Flag
from jobclass.corpus.review.findings import Finding, Place
from jobclass.corpus.review.silence import IgnoreList, Silence, path_from
from jobclass.corpus.review.silencer import Silencer


def finding(code: str, fingerprint: str = "0" * 16) -> Finding:
    return Finding(Flag(code, 2), Place(0, 1, 1, 1, 1, 2), fingerprint)


def test_silence_marks_what_is_silenced_and_tells_what_is_not_used(tmp_path: Path) -> None:
    listed = Silencer("configuration", "jobclass.toml:1", "F2", reason="klein")
    elsewhere = Silencer("configuration", "jobclass.toml:9", "F3")
    silence = Silence([IgnoreList([("ads/*", listed), ("other/*", elsewhere)], tmp_path)])
    comment = Silencer("comment", "ad.txt:1", "F9")
    found = silence.applied(str(tmp_path / "ads" / "x" / "ad.txt"), [finding("F1"), finding("F2")], [comment])
    assert [item.silencer for item in found] == [None, listed]
    assert silence.unused == (comment,)  # the entry for other/* met no ad of its own


def test_silence_a_fingerprint_means_one_finding() -> None:
    silencer = Silencer("baseline", "b.json", "F2", fingerprint="a" * 16)
    assert finding("F2", "a" * 16).meant_by(silencer)
    assert not finding("F2", "b" * 16).meant_by(silencer)


def test_silence_paths_are_relative_with_slashes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert path_from("ads/x.csv#3", tmp_path) == "ads/x.csv#3"
    assert path_from("x.txt", tmp_path / "ads") == "../x.txt"

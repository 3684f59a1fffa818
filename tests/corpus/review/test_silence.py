from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.ad import Flag
from jobclass.corpus.review.findings import Finding, Place
from jobclass.corpus.review.silence import IgnoreList, Silence, path_from, without_comments
from jobclass.corpus.review.silencer import Silencer


def finding(code: str, fingerprint: str = "0" * 16) -> Finding:
    return Finding(Flag(code, 2), Place(0, 1, 1, 1, 1, 2), fingerprint)


@pytest.mark.parametrize(
    ("comment", "codes", "reason"),
    [
        ("<!-- jobclass: ignore F7 -->", ["F7"], ""),
        ("<!--jobclass:ignore F7,F10-->", ["F7", "F10"], ""),
        ("<!-- jobclass: ignore f7 F2 – kleines Team -->", ["F7", "F2"], "kleines Team"),
        ("<!-- jobclass: ignore F7: so gewollt -->", ["F7"], "so gewollt"),
        ("<!-- jobclass: ignore -->", [""], ""),
    ],
)
def test_silence_reads_comments(comment: str, codes: list[str], reason: str) -> None:
    text, found = without_comments(f"Titel\n{comment}\nText", "ad.txt")
    assert [silencer.code for silencer in found] == codes
    assert {(silencer.where, silencer.reason) for silencer in found} == {("ad.txt:2", reason)}
    assert text == f"Titel\n{' ' * len(comment)}\nText"


@pytest.mark.parametrize(
    "other",
    ["<!-- ignore F7 -->", "jobclass: ignore F7", "<!-- jobclass: check F7 -->", "<!-- jobclass: ignored F7 -->"],
)
def test_silence_leaves_other_text_alone(other: str) -> None:
    assert without_comments(other, "ad.txt") == (other, ())


@given(st.text(alphabet="<!-jobclas: ignreF7>\n\r", max_size=200))
def test_silence_blanking_keeps_every_offset(text: str) -> None:
    blanked, _ = without_comments(text, "ad.txt")
    assert len(blanked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, blanked, strict=True))


def test_silence_a_hostile_comment_costs_no_time() -> None:
    text = "<!-- jobclass: ignore " * 20_000
    assert without_comments(text, "ad.txt") == (text, ())


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

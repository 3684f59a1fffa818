from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.cli.render.names import short_names


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/home/me/ads.csv"], ["ads.csv"]),
        (["/home/me/ads.csv", "/home/me/gold.jsonl"], ["ads.csv", "gold.jsonl"]),
        (["/home/a/gold.jsonl", "/home/b/gold.jsonl", "/home/b/ads.csv"], ["a/gold.jsonl", "b/gold.jsonl", "ads.csv"]),
        (
            ["/a/x/gold.jsonl", "/b/x/gold.jsonl", "/b/y/gold.jsonl"],
            ["a/x/gold.jsonl", "b/x/gold.jsonl", "y/gold.jsonl"],
        ),
        (["/gold.jsonl", "/a/gold.jsonl"], ["gold.jsonl", "a/gold.jsonl"]),
    ],
)
def test_names_are_as_short_as_clashes_allow(paths: list[str], names: list[str]) -> None:
    assert list(short_names([Path(path) for path in paths]).values()) == names


def test_names_do_not_depend_on_how_a_path_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for typed in ("ads.csv", "./ads.csv", "sub/../ads.csv", str(tmp_path / "ads.csv")):
        found = short_names([Path(typed), Path("a/gold.jsonl"), tmp_path / "b" / "gold.jsonl"])
        assert list(found.values()) == ["ads.csv", "a/gold.jsonl", "b/gold.jsonl"]

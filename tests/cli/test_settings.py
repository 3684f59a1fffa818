from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.cli.settings import find_settings, line_of, read_settings
from jobclass.errors import ConfigurationError

TEXT = """# a comment
language = "de"

[flags]
F1 = "on"
"F2" = "off"

[thresholds.flags]
evidence = 2

[[ignore]]
path = "a"

[[ignore]]
codes = [
  "F1",
]
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("language",), 2),
        (("flags",), 4),
        (("flags", "F1"), 5),
        (("flags", "F2"), 6),
        (("flags", "F3"), 4),
        (("thresholds", "flags", "evidence"), 9),
        (("ignore", 0, "path"), 12),
        (("ignore", 1), 14),
        (("ignore", 1, "codes"), 15),
        (("nowhere",), 1),
    ],
)
def test_settings_tell_the_line_of_a_key(keys: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, keys) == line


def test_settings_are_those_of_the_nearest_folder(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "jobclass.toml").write_text('language = "en"')
    assert find_settings(inner).file == tmp_path / "jobclass.toml"
    (inner.parent / "pyproject.toml").write_text('[tool.other]\nx = 1\n[tool.jobclass]\nlanguage = "de"')
    found = find_settings(inner)
    assert (found.file, found.values) == (inner.parent / "pyproject.toml", {"language": "de"})
    assert found.where(("language",)).endswith("pyproject.toml:4")
    (inner.parent / "jobclass.toml").write_text("")
    assert find_settings(inner).file == inner.parent / "jobclass.toml"


def test_settings_a_project_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "jobclass.toml").write_text('language = "en"')
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.other]")
    assert find_settings(tmp_path / "a").values == {"language": "en"}


@pytest.mark.parametrize("content", [b"language = ", b"\xff\xfe\x00", b"x = 1\n" * 200_000])
def test_settings_unreadable_files_are_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "jobclass.toml").write_bytes(content)
    with pytest.raises(ConfigurationError, match="E401"):
        read_settings(tmp_path / "jobclass.toml")

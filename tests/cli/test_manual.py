from __future__ import annotations

import re
from pathlib import Path

import pytest

from jobclass.cli import manual


@pytest.fixture(scope="module")
def options() -> dict[str, set[str]]:
    """The options of each command."""
    return {
        found.call: set(re.findall(r"--?[a-z][a-z-]*", " ".join(name for name, _ in found.parameters)))
        for found in manual.helps()
    }


def test_manual_is_current(repository: Path) -> None:
    cure = "run: python -m jobclass.cli.manual docs"
    assert (repository / "docs" / manual.REFERENCE).read_text() == manual.as_markdown(), cure
    assert (repository / "docs" / manual.MAN_PAGE).read_text() == manual.as_man_page(), cure


def test_manual_every_command_and_option_has_a_help() -> None:
    for found in manual.helps():
        assert found.about, found.call
        assert all(said for _, said in found.parameters), found.call


@pytest.mark.parametrize("name", [".pre-commit-hooks.yaml", "action.yml", "README.md", "docs/check.md"])
def test_manual_knows_every_option_that_is_shown(name: str, repository: Path, options: dict[str, set[str]]) -> None:
    everywhere = {"--help", "--version"}
    for line in re.findall(
        r"jobclass (?:check|label|profile(?: compare)?|explain) .*", (repository / name).read_text()
    ):
        called = max((call for call in options if line.startswith(f"{call} ")), key=len)
        shown = set(re.findall(r"(?<=\s)--[a-z][a-z-]*", line.partition("#")[0]))
        assert shown <= options[called] | everywhere, line


@pytest.mark.parametrize("text", [".TH", "'x", "a\\b", "--option"])
def test_manual_man_page_obeys_nothing_in_a_text(text: str) -> None:
    assert not manual._roff(text).startswith((".", "'"))  # noqa: SLF001 -- the escape is the point
    assert "\\b" not in manual._roff(text)  # noqa: SLF001

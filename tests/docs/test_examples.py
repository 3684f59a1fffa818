"""What the docs show is what happens: every `$ jobclass …` runs, and says what stands below it."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobclass.cli.configuration import load_configuration

STATUS = "; echo $?"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(document: Path, language: str) -> list[str]:
    return [text for found, text in BLOCK.findall(document.read_text()) if found == language]


def calls(block: str) -> Iterator[tuple[str, str]]:
    """Each call of a console block with what it says."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, said = part.partition("\n")
        yield command, said


def pattern(said: str) -> str:
    """What the docs show as a pattern: `…` alone stands for any lines, at the end of a line for its rest."""
    rows = [r"(?:.*\n)*?" if row == "…" else re.escape(row).replace("…", ".*") + r"\n" for row in said.splitlines()]
    return "".join(rows)


@pytest.fixture(autouse=True)
def reader(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader's folder, with the examples in it."""
    shutil.copytree(repository / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize("name", ["check.md"])
def test_docs_examples_say_what_they_show(name: str, call: Callable[..., Any], repository: Path) -> None:
    found = blocks(repository / "docs" / name, "console")
    assert found
    for command, said in (pair for block in found for pair in calls(block)):
        program, *arguments = shlex.split(command.removesuffix(STATUS))
        assert program == "jobclass"
        outcome = call(*arguments)
        shown = outcome.out + (f"{outcome.status}\n" if command.endswith(STATUS) else "")
        assert re.fullmatch(pattern(said), shown), f"{command}\n{shown}"


def test_docs_readme_shows_what_labelling_prints(
    call: Callable[..., Any], repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    shown = blocks(repository / "README.md", "text")[0]
    assert call("label", "examples/community-manager.txt").out == shown


@pytest.mark.parametrize("name", ["check.md"])
def test_docs_configurations_are_valid(name: str, repository: Path, tmp_path: Path) -> None:
    found = blocks(repository / "docs" / name, "toml")
    assert found
    for block in found:
        (tmp_path / "jobclass.toml").write_text(block)
        load_configuration(tmp_path / "jobclass.toml")


def test_docs_readme_commands_on_the_examples_run(call: Callable[..., Any], repository: Path) -> None:
    lines = [line.partition("#")[0] for block in blocks(repository / "README.md", "sh") for line in block.splitlines()]
    shown = [part for line in lines for part in re.findall(r"jobclass (?:label|check|explain|profile)\b[^&|<]*", line)]
    runnable = [
        part for part in shown if "examples/" in part or part.startswith(("jobclass explain", "jobclass profile"))
    ]
    assert runnable
    for part in runnable:
        assert call(*shlex.split(part)[1:]).status in (0, 1), part

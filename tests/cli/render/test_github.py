from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jobclass.cli.render import github

Written = Callable[..., str]


def kinds(written: str) -> list[str]:
    return [line.split()[0].strip(":") for line in written.splitlines()]


def test_github_summary_first_then_the_gravest(written: Written) -> None:
    lines = written(github).splitlines()
    assert lines[0] == "::notice title=jobclass::Befunde: 8"
    assert lines[1].startswith("::error file=ads/x.txt,title=E102::E102")
    order = [{"::error": 0, "::warning": 1, "::notice": 2}[line.split()[0]] for line in lines[1:]]
    assert order == sorted(order)


def test_github_accepted_findings_are_left_out(written: Written) -> None:
    assert not [line for line in written(github).splitlines() if "b%C3%B6se" in line and "F1" in line]


def test_github_values_are_escaped(written: Written) -> None:
    line = next(line for line in written(github).splitlines() if "böse" in line)
    assert "file=ads/böse ad%25%2C.txt," in line
    assert re.match(r"::(error|warning|notice) file=[^:]*,line=\d+,endLine=\d+,col=\d+,title=[^:]*::[^\r\n]*$", line)


def test_github_no_more_than_it_shows(written: Written, check: Callable[..., Any], examples: Path) -> None:
    text = (examples / "community-manager.txt").read_text()
    many = [check(text, f"{number}.txt") for number in range(12)]
    lines = written(github, "en", many)
    assert lines.splitlines()[0] == "::notice title=jobclass::Findings: 24, not shown here: 4"
    assert [kinds(lines).count(kind) for kind in ("error", "warning", "notice")] == [10, 10, 1]


def test_github_an_ad_that_was_not_judged_is_a_notice(written: Written, check: Callable[..., Any]) -> None:
    short = check("Community Manager (m/w/d)\n\nDeine Aufgaben\n- Du moderierst unsere Gruppe\n")
    assert "line=1,title=nicht beurteilt::Weniger als drei Aufgaben" in written(github, "de", [short])

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

CallIt = Callable[..., Any]


@pytest.mark.parametrize(
    ("arguments", "code", "meant"),
    [
        (["chekc", "ad.txt"], "E411", "check?"),
        (["profile", "compar", "ad.txt"], "E411", "compare?"),
        (["check", "ad.txt", "--fail-an", "heavy"], "E412", "--fail-on?"),
        (["--vresion"], "E412", "--version?"),
        (["profile", "compare", "ad.txt", "--rol", "CM"], "E412", "--role?"),
        (["check"], "E410", "jobclass check --help"),
        (["train", "--jobs", "0"], "E410", "--jobs"),
        (["check", "ad.txt", "-f", "sarfi"], "E109", "sarif?"),
        (["check", "ad.txt", "--role", "SMN"], "E109", "SMM?"),
        (["check", "ad.txt", "--fail-on", "schwr"], "E109", "schwer?"),
        (["check", "ad.txt", "-o", "x.docx"], "E515", ".json, .jsonl, .csv, .html, .sarif, .xml, .txt"),
        (["label", "ad.txt", "-o", "x.xlsx"], "E515", ".json, .jsonl, .html, .sarif, .parquet, .csv, .txt"),
        (["evaluate", "gold.jsonl", "-o", "x.pdf"], "E515", ".txt, .json, .html"),
        (["profile", "-o", "x.docx"], "E515", ".txt, .md, .html, .json"),
        (["sample", "ads.jsonl", "-o", "x.xlsx"], "E515", ".jsonl"),
        (["explain", "CM.dialgo"], "E108", "CM.dialog?"),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_usage_mistakes_are_met_with_what_was_meant(
    arguments: list[str], code: str, meant: str, language: str, call: CallIt
) -> None:
    outcome = (
        call(*arguments, f"--lang={language}")
        if arguments[0] not in ("chekc", "--vresion", "train")
        else call(*arguments)
    )
    assert outcome.status == 2
    (line,) = outcome.err.splitlines()
    assert line.startswith(code)
    assert meant in line


def test_usage_without_a_command_shows_the_help(call: CallIt) -> None:
    outcome = call()
    assert (outcome.status, "check" in outcome.out) == (0, True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("jobclass che", "check"), ("jobclass check --fail", "--fail-on"), ("jobclass profile com", "compare")],
)
def test_usage_the_shell_completes(typed: str, meant: str, call: CallIt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_JOBCLASS_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", typed)
    monkeypatch.setenv("COMP_CWORD", str(typed.count(" ")))
    assert call().out.split() == [meant]

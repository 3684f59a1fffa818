from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO

import pytest

from jobclass.cli.render import concise, findings_csv
from jobclass.cli.results import Labelled, Result

Written = Callable[..., str]


def test_findings_csv_a_row_for_each_finding(written: Written, results: list[Result]) -> None:
    rows = list(csv.DictReader(StringIO(written(findings_csv))))
    found = [item for result in results if isinstance(result, Labelled) for item in result.findings or ()]
    assert [(row["code"], int(row["severity"]), row["fingerprint"]) for row in rows] == [
        (item.flag.code, item.flag.severity, item.fingerprint) for item in found
    ]
    assert [row["silenced"] for row in rows if row["silenced"]] == ["comment"]


@pytest.mark.parametrize("cell", ["=1+1", "+1+A1", "-1+A1", "@x", "\tx"])
def test_findings_csv_no_spreadsheet_runs_an_ad(cell: str) -> None:
    assert findings_csv.guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-33.2", "+1", "1", "a=b", "", -1, None])
def test_findings_csv_numbers_and_words_stay(cell: object) -> None:
    assert findings_csv.guarded(cell) == cell


def test_concise_is_a_line_for_each_finding_that_counts_and_each_note(written: Written, results: list[Result]) -> None:
    lines = written(concise, "en").splitlines()
    ads = [result for result in results if isinstance(result, Labelled)]
    findings = [item for ad in ads for item in ad.findings or () if not item.silencer]
    assert len(lines) == len(findings) + sum(len(ad.verdict.notes) for ad in ads)
    assert all(line.split(": ")[0].count(":") == 2 for line in lines)


@pytest.mark.parametrize("source", ["a\nb.txt", "a\x1b[31mb.txt"])
def test_concise_a_hostile_path_cannot_break_the_line(source: str) -> None:
    assert concise.shown(source).isprintable()

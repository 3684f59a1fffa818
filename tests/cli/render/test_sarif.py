from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from pydantic import BaseModel
from sarif_pydantic import Sarif

from jobclass.cli.render import sarif
from jobclass.cli.results import Labelled, Result
from jobclass.messages import entries

Written = Callable[..., str]


@pytest.fixture(scope="module")
def log(written: Written) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(written(sarif))
    return content


UNKNOWN_TO_THE_READER = {
    ".runs.columnKind", ".runs.invocations.toolExecutionNotifications", ".runs.results.suppressions",
}  # fmt: skip
"""Properties of the standard (3.14.17, 3.20.21 and 3.27.23) that the reader's own model leaves out."""


def strangers(model: BaseModel, where: str = "") -> Iterator[str]:
    """Properties that an independent model of SARIF 2.1.0 does not know; property bags may hold anything."""
    yield from (f"{where}.{name}" for name in model.model_extra or {} if "ropert" not in where)
    for name in type(model).model_fields:
        values = getattr(model, name)
        for value in values if isinstance(values, list) else [values]:
            if isinstance(value, BaseModel):
                yield from strangers(value, f"{where}.{name}")


def test_sarif_keeps_the_schema_of_the_standard(log: dict[str, Any]) -> None:
    """The schema is 2.1.0-rtm.5 as the MIT-licensed npm package @microsoft/jest-sarif ships it."""
    schema = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text())
    assert [(list(error.path), error.message) for error in Draft4Validator(schema).iter_errors(log)] == []


def test_sarif_is_read_by_an_independent_reader_without_loss(written: Written, log: dict[str, Any]) -> None:
    read = Sarif.model_validate_json(written(sarif))
    assert set(strangers(read)) == UNKNOWN_TO_THE_READER
    assert json.loads(read.model_dump_json(by_alias=True, exclude_none=True)) == log


def test_sarif_every_finding_is_a_result_with_a_rule_and_a_place(log: dict[str, Any], results: list[Result]) -> None:
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    found = [(result, item) for result in results if isinstance(result, Labelled) for item in result.findings or ()]
    assert len(run["results"]) == len(found)
    for row, (result, item) in zip(run["results"], found, strict=True):
        assert rules[row["ruleIndex"]]["id"] == row["ruleId"] == item.flag.code
        region = row["locations"][0]["physicalLocation"]["region"]
        quote = result.verdict.text[region["charOffset"] : region["charOffset"] + region["charLength"]]
        lines = result.verdict.text.splitlines()[region["startLine"] - 1 : region["endLine"]]
        assert lines[0][region["startColumn"] - 1 :].startswith(quote.partition("\n")[0])
        assert row["partialFingerprints"] == {"jobclass/v1": item.fingerprint}
        assert len(row["relatedLocations"]) == len(item.flag.duties)


def test_sarif_every_flag_is_a_rule_with_help(log: dict[str, Any]) -> None:
    rules = {rule["id"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    assert set(rules) == set(entries("flags"))
    assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules.values())


def test_sarif_accepted_findings_are_suppressed_with_the_reason(log: dict[str, Any]) -> None:
    suppressed = [row for row in log["runs"][0]["results"] if "suppressions" in row]
    assert [row["ruleId"] for row in suppressed] == ["F1"]
    assert suppressed[0]["suppressions"][0]["kind"] == "inSource"


def test_sarif_refused_inputs_are_notifications(log: dict[str, Any]) -> None:
    (invocation,) = log["runs"][0]["invocations"]
    assert not invocation["executionSuccessful"]
    assert [row["descriptor"]["id"] for row in invocation["toolExecutionNotifications"]] == ["E102"]


@pytest.mark.parametrize(
    ("source", "uri"),
    [
        ("ads/a b.txt", "ads/a%20b.txt"),
        ("/ads/ä.txt", "file:///ads/%C3%A4.txt"),
        ("ads.csv#17", "ads.csv#17"),
        ("-", "stdin"),
        ("a%b.txt", "a%25b.txt"),
        ("ads/C# Entwickler.txt", "ads/C%23%20Entwickler.txt"),
        ("/ads/C# Entwickler.txt", "file:///ads/C%23%20Entwickler.txt"),
        ("wer? wie?.txt", "wer%3F%20wie%3F.txt"),
        ("ads/C#.csv#Nr. 1#a", "ads/C%23.csv#Nr.%201%23a"),
        ("ads.zip#./C# Entwickler.txt", "ads.zip#./C%23%20Entwickler.txt"),
        ("-#2", "stdin#2"),
        ("b\udcf6se.txt", "b%F6se.txt"),
    ],
)
def test_sarif_paths_are_uris(source: str, uri: str) -> None:
    assert sarif.uri_of(source) == uri

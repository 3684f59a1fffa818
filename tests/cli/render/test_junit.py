from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element, fromstring

import pytest

from jobclass.cli.render import junit
from jobclass.cli.results import Labelled

Written = Callable[..., str]


@pytest.fixture(scope="module")
def suites(written: Written) -> Element:
    return fromstring(written(junit).encode())  # noqa: S314 -- we wrote it


def outcomes(suite: Element) -> list[tuple[str, str]]:
    return [(case.attrib["name"].split()[0], next((child.tag for child in case), "")) for case in suite]


def test_junit_every_ad_is_a_suite_with_its_findings(suites: Element) -> None:
    assert [outcomes(suite) for suite in suites] == [
        [("F1", "skipped"), ("F4", "failure")],
        [("F1", "failure"), ("F2", "failure"), ("F6", "failure")],
        [("F1", "failure"), ("F4", "failure")],
        [("jobclass", "")],
        [("H1", "system-out")],
        [("E102", "error")],
    ]


def test_junit_counts_are_right(suites: Element) -> None:
    for element in (suites, *suites):
        assert int(element.attrib["tests"]) == len(list(element.iter("testcase")))
        assert int(element.attrib["failures"]) == len(list(element.iter("failure")))
        assert int(element.attrib["errors"]) == len(list(element.iter("error")))
        assert int(element.attrib["skipped"]) == len(list(element.iter("skipped")))


def test_junit_failures_tell_place_quotes_and_way_out(suites: Element) -> None:
    text = suites[2][1][0].text
    assert text is not None
    assert text.startswith("ads/community-manager.txt:8:3\n")
    assert "- Du verantwortest unsere Social-Media-Strategie" in text


def test_junit_an_ad_that_was_not_judged_is_skipped(written: Written, check: Callable[..., Labelled]) -> None:
    short = check("Community Manager (m/w/d)\n\nDeine Aufgaben\n- Du moderierst unsere Gruppe\n")
    (suite,) = fromstring(written(junit, "de", [short]).encode())  # noqa: S314 -- we wrote it
    assert outcomes(suite) == [("jobclass", "skipped")]

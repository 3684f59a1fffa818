from __future__ import annotations

from dataclasses import replace

import pytest

from jobclass.cli.render.measurement import Shown, spans_of
from jobclass.cli.render.plots import forest
from jobclass.cli.render.report import as_page
from jobclass.corpus.measure import Estimate, Measurement
from jobclass.corpus.resampling import Interval
from jobclass.corpus.study.duplicates import Duplicates
from jobclass.corpus.study.questions import PLATFORMS
from jobclass.messages import phrase


def interval(value: float) -> Interval:
    return Interval(value, value - 0.01, value + 0.01)


def an_estimate(question: str, raw: float, adjusted: float | None, category: str = "yes", **change: object) -> Estimate:
    known = None if adjusted is None else interval(adjusted)
    found = Estimate(
        question, category, "", "", "ads", 100, 50, 50, interval(raw), known, None, few=False, ppi_few=False
    )
    return replace(found, **change)  # type: ignore[arg-type]  # what a case changes


def a_measurement(*estimates: Estimate, by: tuple[str, ...] = (), gold: int = 50) -> Shown:
    nothing = dict.fromkeys(
        ("refused", "gold_refused", "gold_copies", "gold_foreign", "gold_unknown", "titles_read", "seed"), 0
    )
    found = Measurement(
        estimates=[an_estimate("all three", 0.1, 0.1), *estimates],
        with_duplicates=[],
        rows=100,
        ads=100,
        weight=100,
        weighted=False,
        duplicates=Duplicates("near", (), 0, 0, 0, 0),
        different_titles={},
        tool="tool",
        gold_ads=gold,
        gold_weighted=False,
        by=by,
        **nothing,
    )
    return Shown(found, 100, {})


def test_report_groups_show_the_question_that_is_named() -> None:
    """Another question comes first; its shares stood under the name of confusion."""
    group = {"field": "board", "value": "A"}
    shown = a_measurement(
        an_estimate("mainly CM/SMM", 0.2, 0.2, **group),
        an_estimate("confusion/all", 0.5, 0.5, **group),
        an_estimate("confusion/all", 0.6, 0.6, field="board", value="B", few=True),
        by=("board",),
    )
    wanted = {"A": {"": interval(0.5)}, "B *": {"": interval(0.6)}}
    assert forest(wanted, phrase("questions", "confusion", "de")) in as_page(shown, "de")


def platforms(adjusted: float | None, **change: object) -> list[Estimate]:
    return [an_estimate("platform/CM", 0.25, adjusted, name, **change) for name in PLATFORMS]


@pytest.mark.parametrize(
    ("adjusted", "few", "gold", "said"),
    [(None, True, 50, ""), (0.35, True, 50, "35%*"), (0.35, False, 50, "35%<"), (None, False, 0, "25%<")],
)
def test_report_plots_show_no_raw_share_beside_gold(adjusted: float | None, few: bool, gold: int, said: str) -> None:  # noqa: FBT001 -- a case
    page = as_page(a_measurement(*platforms(adjusted, few=few), gold=gold), "de")
    assert (phrase("captions", "platform", "de") in page) == bool(said)
    assert said in page
    assert ("25%" in page) == (not gold)


def test_report_profile_of_areas_leaves_out_what_is_not_to_be_interpreted() -> None:
    known = [an_estimate(f"areas/{group}", 0.3, 0.4, "SH.content") for group in ("all", "CM")]
    few = [an_estimate(f"areas/{group}", 0.01, 1.0, "N.it", few=True) for group in ("all", "CM")]
    unknown = [an_estimate(f"areas/{group}", 0.01, None, "N.pr") for group in ("all", "CM")]
    assert as_page(a_measurement(*known, *few, *unknown), "de") == as_page(a_measurement(*known), "de")
    assert phrase("captions", "areas", "de") not in as_page(a_measurement(*few, *unknown), "de")


def test_report_marks_a_prediction_powered_share_with_little_gold() -> None:
    e = an_estimate("confusion/all", 0.5, 0.5, ppi=interval(0.4), ppi_gold_ads=12, ppi_few=True)
    assert spans_of(e, "de")["ppi"] == "40.0 [39.0, 41.0] *"
    assert "<td>50 (12)</td>" in as_page(a_measurement(replace(e, field="board", value="A"), by=("board",)), "de")
    assert "*" not in spans_of(replace(e, ppi_few=False), "de")["ppi"]

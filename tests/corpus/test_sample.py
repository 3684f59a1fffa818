from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from jobclass.cli.main import app
from jobclass.corpus.sample import allocated, draw, frame, inclusion_by_size, inclusion_of
from jobclass.errors import InputError

ROWS: list[dict[str, Any]] = [
    {
        "id": str(number),
        "title": "",
        "title_roles": ["CM"] if number % 20 == 0 else ["SMM"],
        "role": "none",
        "date": f"{2015 + number % 3}-02-01",
        "probabilities": {"CM": 0.99 if number % 2 else 0.5, "none": 0.01},
    }
    for number in range(200)
]


def test_sample_random_has_one_probability() -> None:
    drawn = draw(frame(ROWS, "random"), 50)
    assert len({item.row for item in drawn}) == 50
    assert {item.inclusion for item in drawn} == {0.25}


def test_sample_strata_of_equal_size_see_rare_titles() -> None:
    drawn = draw(frame(ROWS, "stratified", ["title"]), 20, "stratified")
    assert Counter(item.stratum for item in drawn) == {"CM": 10, "SMM": 10}
    assert {item.stratum: item.inclusion for item in drawn} == {"CM": 1.0, "SMM": 10 / 190}


def test_sample_strata_by_several_columns() -> None:
    drawn = draw(frame(ROWS, "stratified", ["title", "year"]), 60, "stratified", "proportional")
    assert {item.stratum for item in drawn} == {
        f"{title} · {year}" for title in ("CM", "SMM") for year in (2015, 2016, 2017)
    }
    assert sum(1 / item.inclusion for item in drawn) == pytest.approx(200)


def test_sample_uncertain_prefers_doubt_and_stays_unbiased() -> None:
    found = frame(ROWS, "uncertain")
    estimates = []
    for seed in range(200):
        drawn = draw(found, 40, "uncertain", seed=seed)
        assert len(drawn) == 40
        estimates.append(sum((ROWS[item.row]["title_roles"] == ["CM"]) / item.inclusion for item in drawn))
    unsure = [item for item in draw(found, 40, "uncertain") if ROWS[item.row]["probabilities"]["CM"] == 0.5]
    assert len(unsure) > 30
    assert np.mean(estimates) == pytest.approx(10, abs=4 * np.std(estimates) / np.sqrt(200))


@given(st.lists(st.floats(0.01, 10), min_size=1, max_size=40), st.integers(1, 40))
def test_sample_inclusion_adds_up(sizes: list[float], count: int) -> None:
    count = min(count, len(sizes))
    inclusion = inclusion_by_size(np.array(sizes), count)
    assert inclusion.sum() == pytest.approx(count)
    assert (inclusion <= 1 + 1e-9).all()


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 30), min_size=1),
    st.integers(1, 60),
    st.sampled_from(["equal", "proportional"]),
)
def test_sample_allocation_adds_up(sizes: dict[str, int], count: int, allocation: str) -> None:
    found = allocated(sizes, count, allocation)
    assert sum(found.values()) == min(count, sum(sizes.values()))
    assert all(found[name] <= sizes[name] for name in sizes)
    assert all(found.values()) or count < len(sizes)


def test_sample_same_seed_same_ads() -> None:
    found = frame(ROWS, "random")
    assert draw(found, 30, seed=3) == draw(found, 30, seed=3) != draw(found, 30, seed=4)


def test_sample_leaves_refused_ads_out() -> None:
    rows = [*ROWS[:5], {"id": "x", "role": None, "error": "E102"}, {"source": "y", "error": {"code": "E102"}}]
    assert len(draw(frame(rows, "random"), 99)) == 5


def test_sample_writes_rows_with_their_probability(tmp_path: Path) -> None:
    table, output = tmp_path / "ads.jsonl", tmp_path / "sample.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    result = CliRunner().invoke(app, ["sample", str(table), "-n", "10", "-o", str(output), "--lang", "en"])
    assert "10 of 200 ads drawn" in result.stderr
    found = [json.loads(line) for line in output.read_text().splitlines()]
    assert len(found) == 10
    assert {row["inclusion"] for row in found} == {0.05}


def test_sample_uncertain_needs_probabilities(tmp_path: Path) -> None:
    table = tmp_path / "ads.jsonl"
    table.write_text('{"id": "1", "title": "Community Manager", "text": "x"}\n')
    result = CliRunner().invoke(app, ["sample", str(table), "--method", "uncertain"])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E513"


def test_sample_refuses_more_strata_than_ads() -> None:
    found = frame(ROWS, "stratified", ["id"])
    for allocation in ("equal", "proportional"):
        with pytest.raises(InputError) as caught:
            draw(found, 199, "stratified", allocation)
        assert (caught.value.code, caught.value.details["strata"]) == ("E530", 200)
    assert len(draw(found, 200, "stratified")) == 200


@pytest.mark.parametrize("column", ["nonexist", "Year"])
def test_sample_refuses_strata_of_no_column(column: str, tmp_path: Path, call: Callable[..., Any]) -> None:
    table = tmp_path / "ads.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    outcome = call("sample", table, "--method", "stratified", "--by", f"title,{column}")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith(f"E141 {table}: ")
    assert repr(column) in outcome.err


def test_sample_strata_by_columns_of_other_names() -> None:
    rows = [{"Jobtitel": "Community Manager", "Datum": "2020-05-01"}, {"Jobtitel": "Koch", "Datum": "2021-05-01"}]
    assert list(frame(rows, "stratified", ["title", "year"]).strata) == ["CM · 2020", "other · 2021"]


def test_sample_strata_of_years_where_the_date_is_empty() -> None:
    rows = [{"title": "Koch", "date": "", "published": f"20{number}-05-01"} for number in (12, 13)]
    assert list(frame(rows, "stratified", ["year"]).strata) == ["2012", "2013"]


def test_sample_does_not_guess_which_date_counts(tmp_path: Path, call: Callable[..., Any]) -> None:
    table = tmp_path / "ads.jsonl"
    rows = [{"title": "Koch", "datePosted": f"202{n}-05-01", "published": "2019-01-01"} for n in range(4)]
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    by_year = ("sample", table, "--method", "stratified", "--by", "year")
    outcome = call(*by_year)
    assert (outcome.status, outcome.err[:4]) == (2, "E527")
    assert all(name in outcome.err for name in ("datePosted", "published"))
    assert call(*by_year, "--date-column", "posted").err[:4] == "E141"
    rows = [row | {"year": 1999} for row in rows]
    table.write_text("".join(json.dumps(row) + "\n" for row in rows))
    drawn = [json.loads(line) for line in call(*by_year, "--date-column", "datePosted").out.splitlines()]
    assert [row["stratum"] for row in drawn] == ["2020", "2021", "2022", "2023"]
    assert "date" not in drawn[0]
    assert call("sample", table, "--method", "stratified").status == 0


def test_sample_strata_without_a_stratified_draw_are_refused(tmp_path: Path, call: Callable[..., Any]) -> None:
    table = tmp_path / "ads.jsonl"
    table.write_text('{"id": "1", "title": "Community Manager", "text": "x"}\n')
    outcome = call("sample", table, "--by", "title")
    assert (outcome.status, outcome.err[:4]) == (2, "E531")


def test_sample_of_a_sample_multiplies_the_probabilities(tmp_path: Path, call: Callable[..., Any]) -> None:
    table = tmp_path / "ads.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    assert call("sample", table, "-n", "50", "-o", first).status == 0
    assert call("sample", first, "-n", "10", "-o", second).status == 0
    assert {json.loads(line)["inclusion"] for line in second.read_text().splitlines()} == {0.25 * 0.2}


@pytest.mark.parametrize("value", [0, -1, 5, "viel", [1]])
def test_sample_refuses_what_is_no_probability(value: object) -> None:
    with pytest.raises(InputError, match="E532"):
        inclusion_of({"id": "1", "inclusion": value})
    assert (inclusion_of({}), inclusion_of({"inclusion": "0.5"})) == (1.0, 0.5)

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from jobclass import Ad, Labeller
from jobclass.classifier.profile import Profile
from jobclass.classifier.title import read_title
from jobclass.cli.render.json import as_values
from jobclass.cli.results import Labelled
from jobclass.corpus.gold import OPTIONAL, GoldAd
from jobclass.corpus.measure import Estimate, Measurement, measure
from jobclass.corpus.study.coded import check_tool, coded_ads, gold_as_labelled, inclusion_of, weight_of
from jobclass.corpus.study.labelled import Row, labelled_ad
from jobclass.corpus.study.questions import counts, questions
from jobclass.corpus.synthetic import main, synthetic
from jobclass.corpus.training import load_corpus
from jobclass.errors import InputError

ADS = 260
GOLD = 110


def labelled_row(ad: GoldAd, labeller: Labeller) -> Row:
    """A row as `label` writes it, with the ad's other columns behind."""
    values = as_values(Labelled(ad.id, labeller.label(Ad(ad.text, ad.title, ad.id))), "en")
    return {**values, "id": ad.id, "year": ad.extra["year"], "place": ad.extra["place"], "date": ad.extra["date"]}


def drawn(ads: list[GoldAd], count: int) -> list[GoldAd]:
    """A random sample of rows, with the probability of being drawn."""
    chosen = np.random.default_rng(3).permutation(len(ads))[:count]
    return [replace(ads[n], extra={**ads[n].extra, "inclusion": count / len(ads)}) for n in chosen]


@pytest.fixture(scope="module")
def composed(profile: Profile) -> list[GoldAd]:
    return list(synthetic(ADS, load_corpus(), profile, seed=1))


@pytest.fixture(scope="module")
def table(composed: list[GoldAd], labeller: Labeller) -> list[Row]:
    return [labelled_row(ad, labeller) for ad in composed]


@pytest.fixture(scope="module")
def measured(composed: list[GoldAd], table: list[Row], labeller: Labeller) -> Measurement:
    gold, _ = coded_ads(drawn(composed, GOLD), labeller)
    return measure(lambda: table, labeller.profile.codes, gold, by=["year"], draws=300)


def found(measured: Measurement, question: str, category: str = "yes") -> Estimate:
    return next(e for e in measured.estimates if (e.question, e.category, e.field) == (question, category, ""))


def test_measure_recovers_the_truth_within_its_intervals(
    composed: list[GoldAd], measured: Measurement, profile: Profile
) -> None:
    ads = [gold_as_labelled(ad, profile) for ad in composed if "repeats" not in ad.extra]
    hits: dict[str, list[bool]] = {"adjusted": [], "ppi": []}
    for question in questions(profile.codes):
        rows = [row for ad in ads if (row := counts(question, ad)) is not None]
        if question.each or not rows:
            continue
        sums = np.sum(rows, axis=0)
        for number, category in enumerate(question.categories):
            if category not in question.reported or not sums[-1]:
                continue
            estimate = found(measured, question.key, category)
            for kind, held in hits.items():
                interval = getattr(estimate, kind)
                if interval is not None and not estimate.few:
                    held.append(interval.low - 1e-6 <= sums[number] / sums[-1] <= interval.high + 1e-6)
    for held in hits.values():
        assert len(held) > 50
        assert np.mean(held) >= 0.93


def test_measure_drops_the_repeated_ads(composed: list[GoldAd], measured: Measurement) -> None:
    repeated = sum("repeats" in ad.extra for ad in composed)
    same = measured.duplicates
    assert (measured.rows, measured.ads) == (ADS, ADS - repeated)
    assert same.exact == repeated > 5
    assert same.reposts + same.templates > 0
    every = next(e for e in measured.with_duplicates if e.question == "titles/all")
    assert every.ads == ADS


def test_measure_every_share_has_three_estimates(measured: Measurement) -> None:
    large = [e for e in measured.estimates if not e.few and not e.field]
    assert all(e.ppi is not None for e in large)
    assert sum(e.adjusted is not None for e in large) >= 0.97 * len(large)  # the rest is not told from the others
    assert {e.question for e in large} >= {"titles/all", "duties per ad", "roles/all", "families/SMM", "mainly CM/SMM", "OM duties/SMM", "severity/all", "all three", "content/all"}  # fmt: skip


def test_measure_answers_all_ten_figures(profile: Profile) -> None:
    topics = {question.topic for question in questions(profile.codes)}
    assert topics >= {"titles", "duties per ad", "areas per ad", "families", "roles", "mainly CM", "strategy", "all three", "OM duties", "OM duties without paid social", "content", "platform", "severity", "confusion", "flag F1"}  # fmt: skip


def test_measure_shares_of_a_question_add_up(measured: Measurement) -> None:
    for kind in ("raw", "adjusted"):
        shares = [getattr(e, kind).value for e in measured.estimates if e.question == "roles/all" and not e.field]
        assert sum(shares) == pytest.approx(1)


def test_measure_groups_have_the_ads_of_their_year(measured: Measurement, composed: list[GoldAd]) -> None:
    years = {e.value: e.ads for e in measured.estimates if e.question == "titles/all" and e.field == "year"}
    assert set(years) == {str(ad.extra["year"]) for ad in composed}
    assert sum(years.values()) == measured.ads


def test_measure_repeats(table: list[Row], labeller: Labeller, composed: list[GoldAd]) -> None:
    gold, _ = coded_ads(composed[:30], labeller)
    first, again, other = (
        measure(lambda: table[:60], labeller.profile.codes, gold, draws=50, seed=seed) for seed in (0, 0, 1)
    )
    assert repr(first) == repr(again) != repr(other)


def test_measure_weights_are_respected(table: list[Row], labeller: Labeller) -> None:
    rows = [row | {"weight": 5.0 if row["title"]["roles"] == ["CM"] else 1.0} for row in table[:100]]
    heavy = measure(lambda: rows, labeller.profile.codes, mode="keep")
    light = measure(lambda: table[:100], labeller.profile.codes, mode="keep")
    number = sum(row["title"]["roles"] == ["CM"] for row in rows)
    assert heavy.weighted
    assert found(light, "titles/all", "CM").raw.value == pytest.approx(number / 100)
    assert found(heavy, "titles/all", "CM").raw.value == pytest.approx(5 * number / (5 * number + 100 - number))


def test_measure_without_gold_corrects_nothing(table: list[Row], labeller: Labeller) -> None:
    result = measure(lambda: table[:30], labeller.profile.codes)
    assert all(e.adjusted is None and e.ppi is None for e in result.estimates)


def test_measure_refused_rows_are_counted(table: list[Row], labeller: Labeller) -> None:
    rows = [*table[:30], {"id": "x", "role": None, "error": "E102"}]
    result = measure(lambda: rows, labeller.profile.codes, mode="keep")
    assert (result.rows, result.refused, result.ads) == (31, 1, 30)


def test_measure_needs_one_tool_and_one_ad(table: list[Row], labeller: Labeller) -> None:
    mixed = [table[0], table[1] | {"tool": {"version": "9", "profile": "p", "model": "m"}}]
    for rows, code in ((mixed, "E520"), ([], "E514")):
        with pytest.raises(InputError) as caught:
            measure(lambda rows=rows: rows, labeller.profile.codes)  # type: ignore[misc]  # bound now
        assert caught.value.code == code
    with pytest.raises(InputError, match="E521"):
        check_tool("version 9", labeller)


def test_measure_titles_that_nobody_coded_are_read(composed: list[GoldAd], labeller: Labeller) -> None:
    """Without the optional fields nothing changes where the title says what the coder said."""
    plain = [ad for ad in composed if (ad.title_roles, ad.level) == (read_title(ad.title).roles, read_title(ad.title).level)]  # fmt: skip
    bare = [replace(ad, title_roles=(), level="", roles_involved=(), left_out=OPTIONAL) for ad in plain[:25]]
    (full, _), (read, _) = coded_ads(plain[:25], labeller), coded_ads(bare, labeller)
    assert [(ad.true.title_group, ad.true.flags) for ad in read] == [(ad.true.title_group, ad.true.flags) for ad in full]  # fmt: skip
    assert {ad.true.title_group for ad in read} > {"other"}
    assert all(ad.title_read for ad in read)
    assert not any(ad.title_read for ad in full)


def test_measure_labels_of_gold_equal_those_of_the_table(
    table: list[Row], composed: list[GoldAd], labeller: Labeller
) -> None:
    (coded,), _ = coded_ads(composed[:1], labeller)
    ad = labelled_ad(table[0])
    assert (coded.found.role, coded.found.flags, coded.found.title_group) == (ad.role, ad.flags, ad.title_group)
    assert coded.found.duties == ad.duties


@pytest.mark.parametrize(
    ("extra", "weight", "inclusion"),
    [
        ({}, 1, None),
        ({"inclusion": "0.25"}, 1, 0.25),
        ({"inclusion": 1, "weight": 3}, 3, 1),
        ({"inclusion": ""}, 1, None),
    ],
)
def test_measure_gold_says_what_it_stands_for(
    extra: dict[str, object], weight: float, inclusion: float | None, composed: list[GoldAd]
) -> None:
    ad = replace(composed[0], extra=extra)
    assert (weight_of(ad), inclusion_of(ad)) == (weight, inclusion)


@pytest.mark.parametrize("value", ["x", -1, "inf", 0, 1.01, 5, "25 %", True, "nan"])
def test_measure_impossible_inclusion_is_refused(value: object, composed: list[GoldAd]) -> None:
    with pytest.raises(InputError, match="E522"):
        inclusion_of(replace(composed[0], extra={"inclusion": value}))


@pytest.mark.parametrize("value", [0, "inf", "nan"])
def test_measure_impossible_weight_is_refused(value: object, composed: list[GoldAd]) -> None:
    with pytest.raises(InputError, match="E522"):
        weight_of(replace(composed[0], extra={"weight": value}))


@pytest.mark.parametrize("case", ["elsewhere", "same id by chance", "no inclusion", "half of them"])
def test_measure_only_gold_drawn_from_the_table_moves_labels(
    case: str, table: list[Row], composed: list[GoldAd], labeller: Labeller
) -> None:
    ads, rows = drawn(composed[:60], 40), table[:60]
    if case == "elsewhere":
        ads = [replace(ad, id=f"other-{ad.id}") for ad in ads]
    elif case == "same id by chance":
        rows = [row | {"title": {**row["title"], "text": f"{row['title']['text']} {row['id']}"}} for row in rows]
    else:
        ads = [replace(ad, extra={}) for ad in ads[:20]] + (ads[20:] if case == "half of them" else [])
    gold, _ = coded_ads(ads, labeller)
    result = measure(lambda: rows, labeller.profile.codes, gold, draws=50)
    assert not any(e.ppi for e in result.estimates)
    assert any(e.adjusted for e in result.estimates)
    if case in ("elsewhere", "same id by chance"):
        assert (result.gold_foreign, result.gold_unknown) == (40, 0)
    else:
        assert (result.gold_foreign, result.gold_unknown) == (0, 20)


def test_measure_a_raw_share_alone_is_marked(table: list[Row], composed: list[GoldAd], labeller: Labeller) -> None:
    gold, _ = coded_ads([replace(ad, id=f"other-{ad.id}") for ad in composed[:120]], labeller)
    result = measure(lambda: table, labeller.profile.codes, gold, draws=50)
    alone = [e for e in result.estimates if e.adjusted is None and e.ppi is None]
    assert alone
    assert all(e.few for e in alone)


@pytest.mark.parametrize("by", ["title", "level", "house", "year"])
def test_measure_gold_has_the_groups_of_its_row(
    by: str, table: list[Row], composed: list[GoldAd], labeller: Labeller
) -> None:
    """Gold has its own title and level, and knows nothing of a column `house` or of renamed ones."""
    rows = [row | {"house": f"H{number % 2}"} for number, row in enumerate(table[:120])]
    gold, _ = coded_ads([replace(ad, extra={"inclusion": 0.75}) for ad in composed[:90]], labeller)
    result = measure(lambda: rows, labeller.profile.codes, gold, by=[by], mode="keep", draws=50)
    groups = [e for e in result.estimates if e.question == "confusion/all" and e.field == by]
    assert len(groups) > 1
    for e in groups:
        assert e.ppi_gold_ads == sum(labelled_ad(row, [by]).fields[by] == e.value for row in rows[:90])
        assert (e.ppi is not None) == (e.ppi_gold_ads >= 10)
        assert e.gold_ads == 90
        assert e.ppi_few or e.ppi is None or (e.ads >= 20 and e.ppi_gold_ads >= 20)
    assert sum(e.ppi_gold_ads for e in groups) == 90


@pytest.mark.parametrize("column", ["Firma", "Year", "nonexist"])
def test_measure_unknown_columns_of_groups_are_refused(column: str, table: list[Row], labeller: Labeller) -> None:
    with pytest.raises(InputError, match="E525") as caught:
        measure(lambda: table[:5], labeller.profile.codes, by=[column])
    assert "year" in str(caught.value)


def test_measure_a_date_has_a_year(table: list[Row], labeller: Labeller) -> None:
    rows = [{name: value for name, value in row.items() if name != "year"} for row in table[:30]]
    result = measure(lambda: rows, labeller.profile.codes, by=["year", "level"])
    assert {e.value for e in result.estimates if e.field == "year"} == {row["date"][:4] for row in rows}
    bare = [{name: value for name, value in row.items() if name != "date"} for row in rows]
    with pytest.raises(InputError, match="E525"):
        measure(lambda: bare, labeller.profile.codes, by=["year"])


def test_synthetic_ads_are_gold_and_repeat(profile: Profile, tmp_path: Path) -> None:
    from jobclass.corpus.gold import read_gold

    ads = list(synthetic(20, load_corpus(), profile))
    assert ads == list(synthetic(20, load_corpus(), profile))
    file = tmp_path / "gold.jsonl"
    main(["20", str(file)])
    assert list(read_gold(file)) == ads
    main(["20", str(file), "--seed", "1"])
    assert list(read_gold(file)) == list(synthetic(20, load_corpus(), profile, seed=1))
    assert json.loads(file.read_text(encoding="utf-8").splitlines()[0])["year"]

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pyarrow import parquet
from typer.testing import CliRunner

from jobclass import Ad, Labeller
from jobclass.cli.main import app
from jobclass.cli.render.json import as_values
from jobclass.cli.results import Labelled
from jobclass.corpus.gold import gold_row
from jobclass.corpus.synthetic import synthetic
from jobclass.corpus.training import load_corpus
from jobclass.errors import InputError


@pytest.fixture(scope="module")
def files(labeller: Labeller, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A labelled table and gold for half of it."""
    folder = tmp_path_factory.mktemp("measure")
    ads = list(synthetic(60, load_corpus(), labeller.profile, seed=2))
    rows = [
        as_values(Labelled(ad.id, labeller.label(Ad(ad.text, ad.title, ad.id))), "de")
        | {"id": ad.id, "year": ad.extra["year"], "board": ad.source}
        for ad in ads
    ]
    table, gold = folder / "table.jsonl", folder / "gold.jsonl"
    table.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    drawn = [replace(ad, extra={**ad.extra, "inclusion": 0.5}) for ad in ads[:30]]
    gold.write_text("".join(gold_row(ad) + "\n" for ad in drawn), encoding="utf-8")
    return str(table), str(gold)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["measure", *arguments, "--draws", "100"])
    assert result.exit_code == 0, result.exception
    return result.stdout


@pytest.mark.parametrize(
    ("language", "words"),
    [("de", ["fehlerbereinigt", "nicht deuten"]), ("en", ["prediction-powered", "do not interpret"])],
)
def test_measure_text_has_three_columns(files: tuple[str, str], language: str, words: list[str]) -> None:
    text = run(files[0], "--gold", files[1], "--lang", language)
    assert all(word in text for word in words)
    assert "SMM" in text
    assert [row for row in text.splitlines() if row != row.rstrip()] == []


def test_measure_json_has_no_nan_and_names_its_files(files: tuple[str, str]) -> None:
    found = json.loads(run(files[0], "--gold", files[1], "-f", "json"), parse_constant=pytest.fail)
    assert list(found["files"]) == [Path(file).name for file in files]
    assert {"raw", "adjusted", "ppi", "few"} <= set(found["estimates"][0])


def test_measure_files_of_one_name_are_told_apart(files: tuple[str, str], tmp_path: Path) -> None:
    coded = Path(files[1]).read_text(encoding="utf-8").splitlines(keepends=True)
    gold = [tmp_path / hand / "gold.jsonl" for hand in ('"one"', "two")]
    for path, ads in zip(gold, (coded[:15], coded[15:]), strict=True):
        path.parent.mkdir()
        path.write_text("".join(ads), encoding="utf-8")
    page = tmp_path / "report.html"
    run(files[0], "--gold", str(gold[0]), "--gold", str(gold[1]), "-o", str(page))
    said, cited = (path.read_text(encoding="utf-8") for path in (page, page.with_suffix(".cff")))
    assert tmp_path.name not in said + cited
    for path in gold:
        digest, name = sha256(path.read_bytes()).hexdigest(), f"{path.parent.name}/{path.name}"
        assert digest in said
        assert f'"sha256:{digest}"\n    description: {json.dumps(name)}\n' in cited


def test_measure_report_is_the_same_however_a_path_was_typed(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(files[0]).parent)
    for name, table in (("a", files[0]), ("b", Path(files[0]).name)):
        run(table, "--uncorrected", "-o", str(tmp_path / f"{name}.html"))
    for ending in ("html", "cff"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


@pytest.mark.parametrize("language", ["de", "en"])
def test_measure_report_stands_alone_with_tables_and_citation(
    files: tuple[str, str], language: str, tmp_path: Path
) -> None:
    page = tmp_path / "report.html"
    run(files[0], "--gold", files[1], "--by", "year,board", "-o", str(page), "--lang", language)
    text = page.read_text(encoding="utf-8")
    assert (
        text.count("<svg") == 6
    )  # main figures, matrix, roles, severity, two groups; too little gold for areas and platforms
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "<script" not in text
    assert all(name in text for name in ("Rogan", "PPI++", "Bonett", "sha256:", "BVCM"))
    with page.with_suffix(".csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == parquet.read_table(page.with_suffix(".parquet")).num_rows > 300
    assert page.with_suffix(".cff").read_text(encoding="utf-8").startswith("cff-version: 1.2.0")


def test_measure_same_input_same_bytes(files: tuple[str, str], tmp_path: Path) -> None:
    for name in ("a", "b"):
        run(files[0], "--gold", files[1], "-o", str(tmp_path / f"{name}.html"))
    for ending in ("html", "csv", "parquet", "cff"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_measure_report_escapes_what_ads_say(files: tuple[str, str], tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl"
    rows = [json.loads(line) for line in Path(files[0]).read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["board"] = "<script>alert(1)</script> $\\frac{$ 職"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    run(str(table), "--uncorrected", "--by", "board", "-o", str(tmp_path / "x.html"))
    assert "<script" not in (tmp_path / "x.html").read_text(encoding="utf-8")


def test_measure_without_gold_is_refused_or_says_so(files: tuple[str, str]) -> None:
    result = CliRunner().invoke(app, ["measure", files[0]])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E516"
    assert "WITHOUT GOLD" in run(files[0], "--uncorrected", "--lang", "en")


def test_measure_does_not_guess_which_date_counts(files: tuple[str, str], tmp_path: Path) -> None:
    table = tmp_path / "table.jsonl"
    rows = [json.loads(line) for line in Path(files[0]).read_text(encoding="utf-8").splitlines()]
    dated = [row | {"datePosted": "3.4.2021", "published": "2020-12-01", "year": 1999} for row in rows]
    table.write_text("".join(json.dumps(row) + "\n" for row in dated), encoding="utf-8")
    result = CliRunner().invoke(app, ["measure", str(table), "--uncorrected"])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E527"
    asked = ("--uncorrected", "--by", "year", "--date-column", "published", "-f", "json")
    groups = {item["value"] for item in json.loads(run(str(table), *asked))["estimates"] if item["field"] == "year"}
    assert groups == {"2020"}


def test_measure_tells_an_unknown_date_column_before_it_looks_at_gold(files: tuple[str, str], tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text("{}\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["measure", files[0], "--gold", str(gold), "--date-column", "posted"])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E141"


def test_measure_unknown_ending_is_named(files: tuple[str, str], tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["measure", files[0], "--uncorrected", "-o", str(tmp_path / "x.pdf")])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E515"


def test_measure_a_table_labelled_under_a_house(
    files: tuple[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    house = tmp_path / "house.toml"
    house.write_text(
        'paid-social = "neutral"\n[flags]\nF2 = "off"\n[cues]\n"CM.dialog" = ["Klönschnack"]\n', encoding="utf-8"
    )
    Path("ads.jsonl").write_text(
        "".join(
            json.dumps({"id": ad["id"], "title": ad["title"], "text": ad["text"]}) + "\n"
            for ad in map(json.loads, Path(files[1]).read_text(encoding="utf-8").splitlines())
        ),
        encoding="utf-8",
    )
    done = CliRunner().invoke(app, ["label", "ads.jsonl", "-o", "out.parquet", "-j", "1", "--config", str(house)])
    assert done.exit_code == 0, done.exception
    with_house = ["out.parquet", "--gold", files[1], "-f", "json"]
    found = json.loads(run(*with_house, "--config", str(house)))
    assert "+house." in found["tool"]
    assert not any(item["raw"]["value"] for item in found["estimates"] if item["question"] == "flag F2")
    house.rename("jobclass.toml")  # the configuration that is found is as good as one that is named
    assert json.loads(run(*with_house)) == found
    Path("jobclass.toml").unlink()
    result = CliRunner().invoke(app, ["measure", *with_house])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E521"
    assert "--config" in str(result.exception)

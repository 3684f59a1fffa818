from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from jobclass.cli.main import app
from jobclass.errors import InputError


@pytest.fixture(scope="module")
def gold(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    rows = (repository / "corpus" / "evaluation" / "confusion.jsonl").read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(rows[:12]), encoding="utf-8")
    return file


def test_evaluate_json_compares_two_models(gold: Path, repository: Path) -> None:
    model = str(repository / "models" / "bvcm-de")
    result = CliRunner().invoke(
        app, ["evaluate", str(gold), "--draws", "10", "-f", "json", "--model", "packaged", "--model", model, "--by", "format"]
    )  # fmt: skip
    found = json.loads(result.stdout, parse_constant=pytest.fail)
    assert {"figures", "classes", "matrices", "reliability", "abstention", "groups", "contrasts", "errors"} <= set(
        found
    )
    assert {item["difference"]["value"] for item in found["contrasts"]} <= {0, None}
    assert sum(map(sum, found["matrices"]["role"]["counts"])) == 12


@pytest.mark.parametrize("language", ["de", "en"])
def test_evaluate_page_stands_alone_and_repeats(gold: Path, tmp_path: Path, language: str) -> None:
    pages = [tmp_path / "a.html", tmp_path / "b.html"]
    for page in pages:
        result = CliRunner().invoke(app, ["evaluate", str(gold), "--draws", "10", "-o", str(page), "--lang", language])
        assert result.exit_code == 0, result.exception
    text = pages[0].read_text(encoding="utf-8")
    assert text == pages[1].read_text(encoding="utf-8")
    assert text.count("<svg") >= 6
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "<script" not in text


def test_evaluate_text_lists_errors_with_quotes(gold: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--draws", "10", "--quotes", "--lang", "en"])
    assert "Errors to read" in result.stdout
    assert "coverage at an error of at most 5.0 %" in result.stdout


def test_evaluate_two_models_at_most(gold: Path) -> None:
    result = CliRunner().invoke(app, ["evaluate", str(gold), *["--model", "packaged"] * 3])
    assert isinstance(result.exception, InputError)
    assert result.exception.code == "E506"


def test_evaluate_judges_under_the_house(gold: Path, tmp_path: Path) -> None:
    house = tmp_path / "house.toml"
    house.write_text("[flags]\n" + "".join(f'F{n} = "off"\n' for n in range(1, 11)), encoding="utf-8")
    result = CliRunner().invoke(app, ["evaluate", str(gold), "--draws", "10", "-f", "json", "--config", str(house)])
    found = json.loads(result.stdout)
    assert "+house." in found["tool"]["profile"]
    assert found["figures"]["confusion F1"]["value"] is None


def test_evaluate_says_that_titles_were_read(gold: Path, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    bare = tmp_path / "bare.jsonl"
    bare.write_text(
        "".join(json.dumps({k: v for k, v in row.items() if k not in ("title_roles", "level")}) + "\n" for row in rows),
        encoding="utf-8",
    )
    said = {}
    for file in (gold, bare):
        arguments = ["evaluate", str(file), "--draws", "10", "--lang", "en"]
        said[file] = "title_roles" in CliRunner().invoke(app, arguments).stdout
        found = json.loads(CliRunner().invoke(app, [*arguments, "-f", "json"]).stdout)
        assert found["titles_read"] == (12 if file == bare else 0)
        assert (found["figures"]["title accuracy"]["value"] is None) == (file == bare)
        assert found["figures"]["confusion F1"]["value"] > 0.6
    assert said == {gold: False, bare: True}


@pytest.mark.parametrize(("inclusions", "unequal"), [((0.5, 0.25), True), ((0.5, 0.5), False), ((0.5, None), True)])
def test_evaluate_says_that_draws_were_unequal(
    inclusions: tuple[float | None, ...],
    unequal: bool,  # noqa: FBT001 -- a case
    gold: Path,
    tmp_path: Path,
) -> None:
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()[:2]]
    drawn = tmp_path / "drawn.jsonl"
    drawn.write_text(
        "".join(json.dumps(row | {"inclusion": value}) + "\n" for row, value in zip(rows, inclusions, strict=True)),
        encoding="utf-8",
    )
    for form, said in (("text", "different probabilities"), ("json", '"unequal": true'), ("html", "different probab")):
        result = CliRunner().invoke(app, ["evaluate", str(drawn), "--draws", "10", "-f", form, "--lang", "en"])
        assert (said in result.stdout) == unequal

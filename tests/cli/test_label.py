from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from jobclass.corpus.readers.paths import Document, read


def run(
    *arguments: str, stdin: bytes = b"", env: dict[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "NO_COLOR", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "jobclass", *arguments],
        input=stdin, capture_output=True, check=False, env=environment | (env or {}), cwd=cwd,
    )  # fmt: skip


@pytest.fixture(scope="module")
def schema(repository: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads((repository / "classifier" / "verdict.schema.json").read_text()))


@pytest.mark.parametrize(
    "name", ["community-manager.txt", "social-media-manager.txt", "all-in-one.txt", "coworking.txt", "nurse.txt"]
)
def test_label_json_keeps_the_contract(name: str, examples: Path, schema: Draft202012Validator) -> None:
    path = str(examples / name)
    result = run("label", path, "--format", "json")
    assert (result.returncode, result.stderr) == (0, b"")
    verdict = json.loads(result.stdout)
    schema.validate(verdict)
    assert verdict["source"] == path
    text = (examples / name).read_text()
    for part in (*verdict["duties"], *verdict["lines"]):
        assert text[part["start"] : part["end"]] == part["text"]


def test_label_finds_the_confusion_of_the_example(examples: Path) -> None:
    verdict = json.loads(run("label", str(examples / "community-manager.txt"), "-f", "json").stdout)
    assert (verdict["title"]["roles"], verdict["role"], verdict["rule_role"]) == (["CM"], "SMM", "SMM")
    assert {flag["code"]: flag["severity"] for flag in verdict["flags"]} == {"F1": 2, "F4": 3}
    assert verdict["confusion"]


def test_label_leaves_a_consistent_ad_alone(examples: Path) -> None:
    verdict = json.loads(run("label", str(examples / "social-media-manager.txt"), "-f", "json").stdout)
    assert (verdict["role"], verdict["confusion"]) == ("SMM", False)


def test_label_an_ordinary_ad_is_none(examples: Path) -> None:
    assert json.loads(run("label", str(examples / "nurse.txt"), "-f", "json").stdout)["role"] == "none"


def test_label_several_inputs_give_an_array_in_order(examples: Path) -> None:
    paths = [str(examples / name) for name in ("nurse.txt", "coworking.txt")]
    assert [row["source"] for row in json.loads(run("label", *paths, "-f", "json").stdout)] == paths


def test_label_jsonl_one_line_each(examples: Path) -> None:
    rows = map(json.loads, run("label", str(examples), "-f", "jsonl").stdout.splitlines())
    labelled = [row["source"] for row in rows if "error" not in row]  # a table's library may be missing
    documents = [found for found in read(str(examples)) if isinstance(found, Document)]
    assert labelled == [document.ad.source for document in documents]


def test_label_with_text_every_quote_can_be_checked(examples: Path, schema: Draft202012Validator) -> None:
    verdict = json.loads(run("label", str(examples / "formats" / "page.html"), "-f", "json", "--with-text").stdout)
    schema.validate(verdict)
    for part in (*verdict["duties"], *verdict["lines"]):
        assert verdict["text"][part["start"] : part["end"]] == part["text"]


def test_label_standard_input(examples: Path) -> None:
    result = run("label", "-", "-f", "json", stdin=(examples / "nurse.txt").read_bytes())
    assert json.loads(result.stdout)["source"] == "-"


@pytest.mark.parametrize("width", ["80", "120"])
def test_label_text_keeps_the_width_and_has_no_colour_in_a_pipe(width: str, examples: Path) -> None:
    result = run("label", str(examples / "all-in-one.txt"), env={"COLUMNS": width})
    text = result.stdout.decode()
    assert max(map(len, text.splitlines())) <= int(width)
    assert "\x1b" not in text
    assert "SMM.strategie" in text


def test_label_english(examples: Path) -> None:
    text = run("label", str(examples / "community-manager.txt"), "--lang", "en").stdout.decode()
    assert "Title and duties do not fit" in text


def test_label_title_option(examples: Path) -> None:
    result = run("label", str(examples / "nurse.txt"), "--title", "Social Media Manager", "-f", "json")
    assert "F1" in {flag["code"] for flag in json.loads(result.stdout)["flags"]}


BAD = {
    "empty.txt": (b"", "E102"),
    "blank.txt": (b" \n\t\n", "E102"),
    "binary.txt": (bytes(range(256)) * 20, "E103"),
    "image.txt": (b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 500, "E121"),
    "english.txt": (b"You will manage the community and you are the voice of our brand. We offer you a great team and the best tools." * 3, "E104"),
    "long.txt": (b"Aufgaben und so weiter. " * 60_000, "E105"),
    "huge.txt": (b"Aufgaben der Pflege. " * 2_400_000, "E107"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_label_bad_input_is_one_line_and_the_others_are_labelled(name: str, tmp_path: Path, examples: Path) -> None:
    content, code = BAD[name]
    (tmp_path / name).write_bytes(content)
    good = str(examples / "nurse.txt")
    result = run("label", str(tmp_path / name), good, "-f", "json")
    assert result.returncode == 2
    (line,) = result.stderr.decode().splitlines()
    assert line.startswith(code)
    assert name in line
    refused, labelled = json.loads(result.stdout)
    assert refused["error"]["code"] == code
    assert labelled["role"] == "none"


@pytest.mark.parametrize(("path", "code"), [("missing.txt", "E101"), ("folder", "E106"), ("a\nb.txt", "E101")])
def test_label_paths_that_are_no_ad(path: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    result = run("label", path, cwd=tmp_path)
    (line,) = result.stderr.decode().splitlines()
    assert (result.returncode, line[:4]) == (2, code)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_label_encodings(encoding: str, tmp_path: Path, examples: Path) -> None:
    text = (examples / "nurse.txt").read_text()
    (tmp_path / "ad.txt").write_bytes(text.encode(encoding))
    verdict = json.loads(run("label", str(tmp_path / "ad.txt"), "-f", "json").stdout)
    assert verdict["duties"][0]["text"].startswith("Grund- und Behandlungspflege unserer")


def test_label_control_characters_do_not_reach_the_terminal(tmp_path: Path, examples: Path) -> None:
    text = (examples / "nurse.txt").read_text().replace("Planung", "Pla\x1b[31mnung\x07")
    (tmp_path / "ad.txt").write_text(text)
    result = run("label", str(tmp_path / "ad.txt"))
    assert result.returncode == 0
    assert b"\x1b" not in result.stdout
    assert b"\x07" not in result.stdout


@pytest.mark.parametrize(("arguments", "near"), [(["--format", "jsno"], "json"), (["--lang", "d"], "de")])
def test_label_a_wrong_option_suggests_the_right_one(arguments: list[str], near: str, examples: Path) -> None:
    result = run("label", str(examples / "nurse.txt"), *arguments)
    assert result.returncode == 2
    assert f"{near}?" in result.stderr.decode()


def test_label_writes_a_file_only_when_complete(tmp_path: Path, examples: Path) -> None:
    target = tmp_path / "out.json"
    assert run("label", str(examples / "nurse.txt"), "-f", "json", "-o", str(target)).returncode == 0
    assert json.loads(target.read_text())["role"] == "none"
    assert list(tmp_path.iterdir()) == [target]
    missing = run("label", str(examples / "nurse.txt"), "-o", str(tmp_path / "no" / "out.json"))
    assert (missing.returncode, missing.stderr[:4]) == (2, b"E112")

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from shutil import copy, copytree
from typing import Any

import pytest
import typer

from jobclass.cli.main import app
from jobclass.cli.output import ensure_apart
from jobclass.errors import InputError

CallIt = Callable[..., Any]

CALLS = {
    "label": ["label", "ad.txt"],
    "label table": ["label", "ads.csv", "-j", "1", "-f", "csv"],
    "label folder": ["label", ".", "-f", "json"],
    "label pattern": ["label", "*.txt", "-f", "json"],
    "label config": ["label", "ad.txt", "--config", "house.toml", "-f", "json"],
    "label model": ["label", "ad.txt", "--model", "model", "-f", "json"],
    "check": ["check", "ad.txt"],
    "check diff": ["check", "ad.txt", "--diff", "old.txt"],
    "check baseline": ["check", "ad.txt", "--baseline", "baseline.json"],
    "sample": ["sample", "rows.jsonl", "-n", "2"],
    "convert": ["convert", "gold.jsonl", "--to", "prodigy"],
    "convert interface": ["convert", "gold.jsonl", "--to", "prodigy", "-o", "new.jsonl"],
    "evaluate": ["evaluate", "gold.jsonl", "-f", "json", "--draws", "2"],
    "measure": ["measure", "labelled.json", "--uncorrected"],
    "measure gold": ["measure", "labelled.json", "--gold", "gold.csv"],
    "measure page": ["measure", "labelled.csv", "--uncorrected"],
    "profile": ["profile", "--config", "house.toml", "-f", "json"],
    "annotate": ["annotate", "rows.jsonl", "--no-browser", "--port", "0"],
    "annotate config": ["annotate", "rows.jsonl", "--no-browser", "--port", "0", "--config", "house.toml"],
    "train": ["train", "--corpus", "corpus"],
    "train gold": ["train", "--apart-from", "model/model.json"],
}
"""Every command that writes, and every kind of input it has, each with what it must not write over."""

OUTPUTS = {
    "label": "ad.txt",
    "label table": "ads.csv",
    "label folder": "ad.txt",
    "label pattern": "old.txt",
    "label config": "house.toml",
    "label model": "model/model.json",
    "check": "ad.txt",
    "check diff": "old.txt",
    "check baseline": "baseline.json",
    "sample": "rows.jsonl",
    "convert": "gold.jsonl",
    "convert interface": "gold.jsonl",
    "evaluate": "gold.jsonl",
    "measure": "labelled.json",
    "measure gold": "gold.csv",
    "measure page": "labelled.html",
    "profile": "house.toml",
    "annotate": "rows.jsonl",
    "annotate config": "house.toml",
    "train": "corpus",
    "train gold": "model",
}


@pytest.fixture
def folder(tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    ad = (repository / "examples" / "all-in-one.txt").read_text(encoding="utf-8")
    for name in ("ad.txt", "old.txt"):
        (tmp_path / name).write_text(ad, encoding="utf-8")
    (tmp_path / "ads.csv").write_text(f'id,text\n1,"{ad.replace(chr(34), "")}"\n', encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": "1", "text": ad}) + "\n", encoding="utf-8")
    gold = (repository / "corpus" / "evaluation" / "confusion.jsonl").read_text(encoding="utf-8").splitlines()[:3]
    for name in ("gold.jsonl", "gold.csv"):
        (tmp_path / name).write_text("\n".join(gold), encoding="utf-8")
    for name in ("labelled.json", "labelled.csv"):
        (tmp_path / name).write_text("[]", encoding="utf-8")
    (tmp_path / "house.toml").write_text('language = "de"\n', encoding="utf-8")
    (tmp_path / "baseline.json").write_text('{"schema": "jobclass/baseline/1", "findings": []}', encoding="utf-8")
    copytree(repository / "models" / "bvcm-de", tmp_path / "model")
    (tmp_path / "corpus").mkdir()
    for name in ("model.json", "weights.npz"):
        (tmp_path / "corpus" / name).write_text("{}", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("case", CALLS)
def test_output_is_never_an_input(case: str, language: str, folder: Path, call: CallIt) -> None:
    before = contents(folder)
    option = "--interface" if case == "convert interface" else "-o"
    said = [] if case.startswith("train") else ["--lang", language]
    outcome = call(*CALLS[case], option, OUTPUTS[case], *said)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("E128 ")
    assert outcome.err.count("\n") == 1
    assert contents(folder) == before


def test_output_every_command_that_writes_is_tried() -> None:
    group = typer.main.get_command(app)
    writing = {
        name for name, command in group.commands.items() if any("-o" in option.opts for option in command.params)
    }
    assert writing == {case.split()[0] for case in CALLS}


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("other", ["new.json", "./new.json", "corpus/../new.json", "link.json"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["convert", "gold.jsonl", "--to", "label-studio", "-o", "new.json", "--interface"],
        ["check", "ad.txt", "-o", "new.json", "--write-baseline", "--baseline"],
        ["check", "ad.txt", "-o", "new.json", "--prune-baseline", "--baseline"],
    ],
)
def test_output_is_never_another_output(
    arguments: list[str], other: str, language: str, folder: Path, call: CallIt
) -> None:
    (folder / "link.json").symlink_to("new.json")
    before = contents(folder)
    outcome = call(*arguments, other, "--lang", language)
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("E129 ")
    assert outcome.err.count("\n") == 1
    assert contents(folder) == before


def test_output_is_no_hard_link_to_another_output(folder: Path) -> None:
    (folder / "one.json").write_text("[]", encoding="utf-8")
    os.link(folder / "one.json", folder / "two.json")
    with pytest.raises(InputError) as caught:
        ensure_apart([Path("one.json"), None, Path("two.json")], [])
    assert caught.value.code == "E129"


def test_output_is_known_through_links_and_other_spellings(folder: Path) -> None:
    (folder / "soft.txt").symlink_to("ad.txt")
    os.link(folder / "ad.txt", folder / "hard.txt")
    others = ("./ad.txt", "corpus/../ad.txt", "soft.txt", "hard.txt", str(folder / "ad.txt"))
    for output, source in [*(("ad.txt", other) for other in others), *((other, "ad.txt") for other in others)]:
        with pytest.raises(InputError) as caught:
            ensure_apart([Path(output)], [source])
        assert caught.value.code == "E128"


def test_output_beside_its_input_or_over_an_old_one_is_fine(folder: Path) -> None:
    copy(folder / "ad.txt", folder / "other.txt")
    ensure_apart([None, Path("new.txt"), Path("other.txt")], ["ad.txt", None, folder / "ads.csv"])


@pytest.mark.parametrize("name", ["corpus", "nowhere/out.jsonl"])
def test_output_that_is_a_folder_or_in_none_is_refused_before_any_work(name: str, folder: Path, call: CallIt) -> None:
    for arguments in (["label", "ad.txt"], ["label", "ads.csv"], ["sample", "rows.jsonl"]):
        outcome = call(*arguments, "-o", name)
        assert (outcome.status, outcome.err[:4], outcome.out) == (2, "E112", "")
    assert not (folder / "corpus.parts").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
@pytest.mark.parametrize(
    "arguments", [["label", "ad.txt"], ["label", "ads.csv", "-f", "csv"], ["convert", "gold.jsonl", "--to", "prodigy"]]
)
def test_output_that_is_a_pipe_is_refused_before_any_work(arguments: list[str], folder: Path, call: CallIt) -> None:
    os.mkfifo(folder / "pipe")
    outcome = call(*arguments, "-o", "pipe")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err.startswith("E112 pipe: ")
    assert "(not a file that can be replaced)" in outcome.err
    assert (folder / "pipe").is_fifo()


@pytest.mark.parametrize("length", [252, 300])
@pytest.mark.parametrize(
    "arguments",
    [
        ["label", "ad.txt", "-f", "json", "-o"],
        ["label", "ads.csv", "-j", "1", "-f", "csv", "-o"],
        ["convert", "gold.jsonl", "--to", "prodigy", "-o"],
        ["check", "ad.txt", "--exit-zero", "-f", "json", "-o"],
    ],
)
def test_output_with_a_name_that_is_too_long_is_told(
    arguments: list[str], length: int, folder: Path, call: CallIt
) -> None:
    before = contents(folder)
    outcome = call(*arguments, "n" * length)
    assert (outcome.status, outcome.err.splitlines()[-1][:5]) == (2, "E112 ")
    assert contents(folder) == before


@pytest.mark.usefixtures("folder")
def test_output_folder_with_a_name_that_is_too_long_is_told(call: CallIt) -> None:
    assert call("train", "--corpus", "corpus", "-o", "n" * 300).err.startswith("E112 ")


@pytest.mark.usefixtures("folder")
def test_output_baseline_with_a_name_that_is_too_long_is_told(call: CallIt) -> None:
    assert call("check", "ad.txt", "--write-baseline", "--baseline", "n" * 300).err.startswith("E112 ")


def test_output_of_a_table_with_a_name_that_is_too_long_is_told(folder: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    from jobclass.corpus.engine.local import assemble
    from jobclass.corpus.engine.parts import open_parts

    parts = open_parts(folder / "kept", {}, resume=False)
    with pytest.raises(InputError) as caught:
        assemble(folder / ("n" * 251), "csv", pa.schema([]), parts, 0)
    assert caught.value.code == "E112"


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet", "out.json", "out.html"])
def test_output_in_its_own_folder_is_passed_over(name: str, folder: Path, examples: Path, call: CallIt) -> None:
    pytest.importorskip("pyarrow")
    ads = folder / "ads"
    ads.mkdir()
    for example in ("nurse", "all-in-one"):
        copy(examples / f"{example}.txt", ads)
    written = []
    for _ in range(2):
        assert call("label", "ads", "-o", f"ads/{name}", "--with-text", "-j", "1").status == 0
        written.append((ads / name).read_bytes())
    assert written[0] == written[1]


def test_output_of_an_earlier_run_is_known_without_listing_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    (folder / "labelled.json").write_text('[{"schema": "jobclass/verdict/1"}]', encoding="utf-8")
    monkeypatch.setattr(os, "walk", refuse)
    ensure_apart([folder / "labelled.json"], ["corpus"])


def test_output_findings_in_their_own_folder_are_passed_over(folder: Path, examples: Path, call: CallIt) -> None:
    ads = folder / "ads"
    ads.mkdir()
    copy(examples / "all-in-one.txt", ads)
    assert [call("check", "ads", "-o", "ads/found.csv", "--exit-zero").status for _ in range(2)] == [0, 0]


@pytest.mark.parametrize("name", ["out.csv", "out.parquet", "out.json"])
def test_output_alone_in_its_folder_leaves_no_ads(name: str, folder: Path, examples: Path, call: CallIt) -> None:
    pytest.importorskip("pyarrow")
    ads = folder / "ads"
    ads.mkdir()
    copy(examples / "nurse.txt", ads)
    assert call("label", "ads", "-o", f"ads/{name}", "-j", "1").status == 0
    (ads / "nurse.txt").unlink()
    for named, code in (("ads", "E106"), ("ads/*", "E116")):
        outcome = call("label", named, "-o", f"ads/{name}", "-j", "1")
        assert (outcome.status, outcome.err[:5]) == (2, f"{code} ")


def test_output_an_empty_list_is_no_result(folder: Path, examples: Path, call: CallIt) -> None:
    ads = folder / "ads"
    ads.mkdir()
    copy(examples / "nurse.txt", ads)
    (ads / "out.json").write_text("[]\n", encoding="utf-8")
    assert call("label", "ads", "-o", "ads/out.json").err.startswith("E128 ")
    outcome = call("label", "ads", "-f", "jsonl")
    assert "E130" not in outcome.out + outcome.err


RESULTS = (
    *(["label", "ads", "-j", "1", "--with-text", "-o", f"out.{form}"] for form in ("csv", "parquet", "json", "html")),
    ["label", "ads", "-o", "out.jsonl", "-f", "jsonl"],
    ["label", "rows.jsonl", "-j", "1", "--with-text", "-o", "out.jsonl"],
    ["label", "nothing.jsonl", "-j", "1", "-o", "out.jsonl"],
    ["label", "ad.txt", "-o", "out.json", "-f", "sarif"],
    *(["check", "ads", "--exit-zero", "-o", f"out.{form}"] for form in ("csv", "json", "html")),
    ["measure", "table.csv", "--uncorrected", "-o", "out.json"],
    ["evaluate", "gold.jsonl", "--draws", "2", "-f", "json", "-o", "out.json"],
    ["profile", "-f", "html", "-o", "out.html"],
)
"""Calls whose output has an ending that is read from a folder."""


@pytest.mark.parametrize("arguments", RESULTS, ids=" ".join)
def test_output_of_another_call_in_a_folder_is_told_and_not_read(
    arguments: list[str], folder: Path, call: CallIt
) -> None:
    pytest.importorskip("pyarrow")
    (folder / "ads").mkdir()
    copy(folder / "ad.txt", folder / "ads")
    (folder / "nothing.jsonl").write_text('{"id": "1", "text": ""}\n', encoding="utf-8")
    assert call("label", "rows.jsonl", "-j", "1", "-o", "table.csv").status == 0
    assert "Traceback" not in call(*arguments).err
    name = arguments[arguments.index("-o") + 1]
    copy(folder / name, folder / "ads")
    for named in ("ads", "ads/*"):
        outcome = call("label", named, "-f", "jsonl")
        ad, result = map(json.loads, outcome.out.splitlines())
        assert (ad["source"], result["source"], result["error"]["code"]) == ("ads/ad.txt", f"ads/{name}", "E130")
        assert (outcome.status, outcome.err.count("\n")) == (2, 1)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.json"])
def test_output_that_was_packed_is_known(name: str, folder: Path, call: CallIt) -> None:
    pytest.importorskip("pyarrow")
    from jobclass.corpus.readers.written import is_own

    assert call("label", "rows.jsonl", "-j", "1", "-o", name).status == 0
    packed = folder / f"{name}.gz"
    content = gzip.compress((folder / name).read_bytes())
    packed.write_bytes(content)
    assert is_own(packed)
    packed.write_bytes(content[:20])
    assert not is_own(packed)


def test_output_of_another_call_is_told_and_no_row_of_a_table(folder: Path, call: CallIt) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    (folder / "ads").mkdir()
    copy(folder / "ad.txt", folder / "ads")
    assert call("label", "rows.jsonl", "-j", "1", "--with-text", "-o", "ads/old.csv").status == 0
    outcome = call("label", "ads", "-j", "1", "-o", "new.parquet")
    assert (outcome.status, outcome.err[:16]) == (2, "E130 ads/old.csv")
    assert parquet.read_metadata(folder / "new.parquet").num_rows == 1


def test_output_with_the_text_is_read_if_it_is_named_but_no_page_is(folder: Path, call: CallIt) -> None:
    pytest.importorskip("pyarrow")
    for name in ("out.csv", "out.jsonl", "out.parquet"):
        assert call("label", "rows.jsonl", "-j", "1", "--with-text", "-o", name).status == 0
        assert json.loads(call("label", name, "-f", "json").out)["source"] == f"{name}#1"
    assert call("label", "ad.txt", "-o", "out.html").status == 0
    assert call("label", "out.html").err.startswith("E130 ")
    assert contents(folder)[folder / "out.html"]


def test_output_columns_of_a_result_are_those_that_are_written() -> None:
    pytest.importorskip("pyarrow")
    from jobclass.corpus.bulk import verdict_schema
    from jobclass.corpus.readers.written import LABELLED

    assert tuple(verdict_schema().names[: len(LABELLED)]) == LABELLED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("ads.csv", "id,text,rule_role\n1,Wir suchen,CM\n"),
        ("ads.jsonl", '{"id": "1", "text": "jobclass/verdict/1", "rule_role": "CM"}\n'),
        ("ads.jsonl", '{"text": "<meta name=\\"generator\\" content=\\"jobclass\\">"}\n'),
        ("ads.json", '[{"text": "\\"schema\\": \\"jobclass/verdict/1\\""}]'),
        ("ad.html", '<html><meta name="generator" content="jobclass.example">'),
        ("ads.csv", 'id,text\n1,<html><meta name="generator" content="jobclass"><p>Wir suchen</html>\n'),
        ("ads.csv.gz", "no gzip"),
        ("ads.json", "[]"),
    ],
)
def test_output_is_not_what_only_speaks_of_it(name: str, content: str, tmp_path: Path) -> None:
    from jobclass.corpus.readers.written import is_own

    (tmp_path / name).write_text(content, encoding="utf-8")
    assert not is_own(tmp_path / name)


@pytest.mark.parametrize(("language", "said"), [("de", "die Datei von -o"), ("en", "the file of -o")])
def test_output_of_results_in_a_folder_only_the_one_of_this_call_is_passed_over(
    language: str, said: str, folder: Path, call: CallIt
) -> None:
    from jobclass.corpus.readers.paths import Unreadable, sources_of

    (folder / "ads").mkdir()
    copy(folder / "ad.txt", folder / "ads")
    for name in ("one.json", "two.json"):
        assert call("label", "ad.txt", "-o", f"ads/{name}").status == 0
    ad, other = sources_of("ads", Path("ads/two.json"))
    assert (ad, isinstance(other, Unreadable) and other.source) == ("ads/ad.txt", "ads/one.json")
    assert said in " ".join(call("explain", "E128", "--lang", language).out.split())


def test_output_a_table_of_ads_in_the_folder_is_an_input(folder: Path, call: CallIt) -> None:
    before = contents(folder)
    outcome = call("label", ".", "-o", "ads.csv")
    assert (outcome.status, outcome.err[:4]) == (2, "E128")
    assert contents(folder) == before


def test_output_parts_that_an_interrupted_run_left_are_no_input(folder: Path) -> None:
    from jobclass.corpus.readers.paths import sources_of

    (folder / "out.parquet.parts").mkdir()
    (folder / "out.parquet.parts" / "part-00000000.parquet").write_bytes(b"PAR1")
    assert not [found for found in sources_of(".") if "part-" in str(found)]
    assert not [found for found in sources_of("**/*.parquet") if "part-" in str(found)]


def test_output_is_not_what_standard_input_reads(folder: Path, call: CallIt, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(folder)
    with (folder / "ad.txt").open(encoding="utf-8") as file:
        monkeypatch.setattr("sys.stdin", file)
        assert call("label", "-", "-o", "ad.txt").err.startswith("E128 ")
    assert contents(folder) == before

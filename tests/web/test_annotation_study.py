"""The way of a study: ads are drawn, coded on the page as they are known to be, and the gold corrects the measure."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from jobclass.classifier.labeller import Labeller
from jobclass.corpus.coding.book import GoldBook
from jobclass.corpus.coding.coding import coding_of
from jobclass.corpus.coding.intake import ads_at
from jobclass.corpus.coding.plain import plain
from jobclass.corpus.coding.sheet import sheet_of
from jobclass.corpus.formats.spans import Annotated
from jobclass.corpus.gold import GoldAd, read_gold
from jobclass.web.annotation.app import application
from jobclass.web.server import hosts_of


def code(labeller: Labeller, ads: list[Annotated], known: dict[str, GoldAd], gold: Path) -> None:
    """Codes every ad on the page."""
    book = GoldBook(gold, ads, labeller.profile.codes)
    app = application(labeller, ads, book, "de", hosts_of("127.0.0.1", "127.0.0.1"))
    client = TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)
    for number, ad in enumerate(ads, 1):
        desk = BeautifulSoup(client.get(f"/ad/{number}").text, "lxml").select_one("#desk")
        assert desk is not None
        data = json.loads(str(desk["data-sheet"]))
        sheet = sheet_of(ad, labeller.headings, labeller.breaks)
        values = plain(coding_of(sheet, known[ad.id])[0], sheet) | {"key": data["key"], "version": ""}
        answer = client.post(f"/ad/{number}", files={"x": ("", b"")}, data={"coding": json.dumps(values)})
        assert answer.status_code == 303


def test_annotation_study_measures_with_gold_that_was_coded_here(
    labeller: Labeller, call: Callable[..., Any], tmp_path: Path
) -> None:
    ads, labelled, sample, gold = (tmp_path / f"{name}.jsonl" for name in ("ads", "labelled", "sample", "gold"))
    subprocess.run([sys.executable, "-m", "jobclass.corpus.synthetic", "60", ads], check=True, capture_output=True)
    call("label", ads, "-o", labelled, "--with-text", "-j", "1")
    call("sample", labelled, "-n", "20", "--method", "stratified", "-o", sample)
    known = {ad.id: ad for ad in read_gold(ads)}
    code(labeller, ads_at(str(sample)), known, gold)
    coded = list(read_gold(gold))
    drawn = {row["id"]: row["inclusion"] for row in map(json.loads, sample.read_text().splitlines())}
    assert {ad.id: ad.extra["inclusion"] for ad in coded} == drawn
    for ad in coded:
        true = known[ad.id]
        assert [duty.areas for duty in ad.duties] == [duty.areas for duty in true.duties]
        assert (ad.role, ad.title_roles, ad.level) == (true.role, true.title_roles, true.level)
    measured = call("measure", labelled, "--gold", gold, "--draws", "100", "-o", tmp_path / "measured.json")
    assert measured.status == 0
    back = by_way_of_label_studio(sample, gold, call, tmp_path)
    # Its interface does not ask for the level.
    assert list(read_gold(back)) == [replace(ad, level="", left_out=("level",)) for ad in coded]
    call("measure", labelled, "--gold", back, "--draws", "100", "-o", tmp_path / "there.json")
    here, there = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("measured", "there"))
    assert there | {"files": None} == here | {"files": None}


def by_way_of_label_studio(sample: Path, gold: Path, call: Callable[..., Any], folder: Path) -> Path:
    """The gold of coders who got the sample in Label Studio, and code as the gold has it."""
    tasks, export, back = folder / "tasks.json", folder / "export.json", folder / "back.jsonl"
    call("convert", gold, "--to", "label-studio", "-o", export)
    annotations = {task["data"]["id"]: task["annotations"] for task in json.loads(export.read_text())}
    call("convert", sample, "--from", "ads", "--to", "label-studio", "-o", tasks)
    drawn = json.loads(tasks.read_text())
    export.write_text(json.dumps([task | {"annotations": annotations[task["data"]["id"]]} for task in drawn]))
    call("convert", export, "--from", "label-studio", "-o", back)
    return back

"""The page of a coder: what it shows before anything is coded, and what becomes of what it sends."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from httpx2 import Response
from starlette.testclient import TestClient

from jobclass.classifier.labeller import Labeller
from jobclass.corpus.coding.book import GoldBook
from jobclass.corpus.coding.intake import ads_at
from jobclass.corpus.gold import read_gold
from jobclass.messages import LANGUAGES, entries
from jobclass.web.annotation.app import application
from jobclass.web.annotation.choices import choices
from jobclass.web.server import hosts_of

NAMES = ("community-manager", "all-in-one", "nurse")


@pytest.fixture
def sample(tmp_path: Path, examples: Path) -> Path:
    path = tmp_path / "sample.jsonl"
    rows = []
    for name in NAMES:
        text = (examples / f"{name}.txt").read_text()
        rows.append({"id": name, "title": text.splitlines()[0], "text": text, "inclusion": 0.5, "role": "OM"})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


@pytest.fixture
def coding_client(labeller: Labeller, sample: Path, gold: Path) -> TestClient:
    ads = ads_at(str(sample))
    book = GoldBook(gold, ads, labeller.profile.codes, "anna")
    app = application(labeller, ads, book, "de", hosts_of("127.0.0.1", "127.0.0.1"), "anna")
    return TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False)


def page_of(answer: Response) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "lxml")


def data_of(answer: Response) -> dict[str, Any]:
    desk = page_of(answer).select_one("#desk")
    assert desk is not None
    found: dict[str, Any] = json.loads(str(desk["data-sheet"]))
    return found


def finished(data: dict[str, Any], **change: object) -> dict[str, Any]:
    """A coding that can be saved, as the page would send it."""
    lines = data["lines"]
    duties = []
    for line in lines[5:8]:
        words = data["text"][line["from"] : line["to"]]
        place = {"start": line["from"], "end": line["to"], "text": words}
        duties.append(place | {"areas": ["SMM.strategie"], "grade": "V", "platform": ""})
    coding = {"zones": ["title", "company", "", "intro", "duties", *[""] * (len(lines) - 5)], "duties": duties}
    whole = {"role": "SMM", "roles_involved": ["SMM"], "title_roles": ["CM"], "level": "", "remark": ""}
    return coding | whole | {"key": data["key"], "version": data["version"]} | change


def send(client: TestClient, number: int, coding: object, language: str = "de") -> Response:
    return client.post(f"/ad/{number}?lang={language}", files={"x": ("", b"")}, data={"coding": json.dumps(coding)})


def test_annotation_begins_with_the_first_uncoded_ad(coding_client: TestClient) -> None:
    assert coding_client.get("/").headers["location"] == "/ad/1?lang=de"
    send(coding_client, 1, finished(data_of(coding_client.get("/ad/1"))))
    assert coding_client.get("/?lang=en").headers["location"] == "/ad/2?lang=en"


def test_annotation_shows_no_judgement_before_it_is_coded(coding_client: TestClient) -> None:
    data = data_of(coding_client.get("/ad/1"))
    coding = data["coding"]
    assert (set(coding["zones"]), coding["duties"], coding["role"]) == ({""}, [], "")
    assert (coding["title_roles"], coding["level"]) == (None, None)
    assert set(data["lines"][0]) == {"start", "end", "from", "to", "kind", "depth"}


def test_annotation_masks_the_title(coding_client: TestClient) -> None:
    answer = coding_client.get("/ad/1")
    data = data_of(answer)
    assert data["text"][slice(*data["masks"][0])] == data["title"]
    shown = page_of(answer).select_one("#shown-title")
    assert shown is not None
    assert shown.has_attr("hidden")
    assert data["title"] not in (page_of(answer).title or "")


def test_annotation_saves_gold_with_all_that_the_sample_says(coding_client: TestClient, gold: Path) -> None:
    answer = send(coding_client, 1, finished(data_of(coding_client.get("/ad/1"))))
    assert (answer.status_code, answer.headers["location"]) == (303, "/ad/2?lang=de&saved=1")
    (ad,) = read_gold(gold)
    assert (ad.id, ad.role, ad.roles_involved, ad.title_roles, ad.level) == (NAMES[0], "SMM", ("SMM",), ("CM",), "")
    assert dict(ad.extra) == {"inclusion": 0.5, "coder": "anna"}
    assert [duty.areas for duty in ad.duties] == [("SMM.strategie",)] * 3
    assert [line.zone for line in ad.lines[:6]] == ["title", "company", "company", "intro", "duties", "duties"]


def test_annotation_shows_what_was_coded_to_be_changed(coding_client: TestClient, gold: Path) -> None:
    send(coding_client, 1, finished(data_of(coding_client.get("/ad/1"))))
    again = data_of(coding_client.get("/ad/1"))
    assert finished(again) == again["coding"] | {"key": again["key"], "version": again["version"]}
    assert again["version"]
    send(coding_client, 1, finished(again, role="CM", roles_involved=["CM"], remark="doch Dialog"))
    (ad,) = read_gold(gold)
    assert (ad.role, ad.extra["remark"]) == ("CM", "doch Dialog")


def test_annotation_goes_to_the_next_uncoded_ad_and_round_again(coding_client: TestClient) -> None:
    for number, goes_to in ((2, 3), (3, 1), (1, 1)):
        data = data_of(coding_client.get(f"/ad/{number}"))
        zones = ["other", *[""] * (len(data["lines"]) - 1)]
        answer = send(coding_client, number, finished(data, zones=zones, duties=[], role="notcodable"))
        assert answer.headers["location"].startswith(f"/ad/{goes_to}?")
    assert "Alle Anzeigen sind kodiert" in coding_client.get("/ad/1?saved=1").text


def test_annotation_tells_what_is_wrong_at_its_field_and_loses_nothing(coding_client: TestClient, gold: Path) -> None:
    data = data_of(coding_client.get("/ad/1"))
    coding = finished(data, role="", remark="wichtig")
    coding["duties"][1]["areas"] = ["SMM.strategy"]
    coding["duties"][2]["text"] = "Kaltakquise"
    coding["zones"] = ["", *coding["zones"][1:]]
    answer = send(coding_client, 1, coding)
    again = data_of(answer)
    assert answer.status_code == 422
    assert not gold.exists()
    assert [problem["field"] for problem in again["problems"]] == ["duties[3].text", "role", "lines[1].zone", "duties[2].areas"]  # fmt: skip
    assert all(problem["message"] for problem in again["problems"])
    assert again["coding"] == coding
    assert "Noch nicht gespeichert" in answer.text


def test_annotation_overwrites_no_newer_coding_unasked(coding_client: TestClient, gold: Path) -> None:
    one = other = data_of(coding_client.get("/ad/1"))
    send(coding_client, 1, finished(one))
    refused = send(coding_client, 1, finished(other, role="CM", roles_involved=["CM"]))
    assert (refused.status_code, "E613 " in refused.text) == (409, True)
    assert [ad.role for ad in read_gold(gold)] == ["SMM"]
    again = data_of(refused)
    assert again["coding"]["role"] == "CM"
    assert send(coding_client, 1, again["coding"] | {"version": again["version"]}).status_code == 303
    assert [ad.role for ad in read_gold(gold)] == ["CM"]


def test_annotation_of_a_wrong_coding_still_knows_what_it_rests_on(coding_client: TestClient) -> None:
    one = other = data_of(coding_client.get("/ad/1"))
    send(coding_client, 1, finished(one))
    wrong = data_of(send(coding_client, 1, finished(other, role="")))
    assert wrong["version"] == other["version"]
    assert send(coding_client, 1, finished(wrong)).status_code == 409


def test_annotation_refuses_a_page_of_another_run(coding_client: TestClient, gold: Path) -> None:
    data = data_of(coding_client.get("/ad/1"))
    answer = send(coding_client, 2, finished(data))
    assert (answer.status_code, "E615 " in answer.text, gold.exists()) == (409, True, False)


def test_annotation_keeps_the_coding_when_the_file_cannot_be_written(coding_client: TestClient, gold: Path) -> None:
    coding = finished(data_of(coding_client.get("/ad/1")))
    gold.write_text("{")
    answer = send(coding_client, 1, coding)
    assert (answer.status_code, gold.read_text()) == (422, "{")
    assert "E110 " in answer.text


def test_annotation_shows_the_coding_again_when_the_folder_has_gone(coding_client: TestClient, gold: Path) -> None:
    coding = finished(data_of(coding_client.get("/ad/1")))
    gold.parent.rename(gold.parent.with_name("away"))
    answer = send(coding_client, 1, coding)
    assert (answer.status_code, "E112 " in answer.text) == (500, True)
    assert data_of(answer)["coding"] == coding


@pytest.mark.parametrize("coding", ["{", "[]", "1", '{"key": 1}', "[" * 100_000])
def test_annotation_refuses_what_no_page_sends(coding: str, coding_client: TestClient, gold: Path) -> None:
    answer = coding_client.post("/ad/1", files={"x": ("", b"")}, data={"coding": coding})
    assert (answer.status_code in (400, 409), gold.exists()) == (True, False)
    data = data_of(coding_client.get("/ad/1"))
    assert send(coding_client, 1, finished(data, zones=["title"])).status_code == 400
    assert coding_client.post("/ad/1", data={}).status_code == 400


@pytest.mark.parametrize("address", ["/ad/0", "/ad/4", "/ad/x", "/ad/-1", "/api/label", "/ad/01", "/ad/" + 5000 * "9"])
def test_annotation_has_no_other_addresses(address: str, coding_client: TestClient) -> None:
    answer = coding_client.get(address)
    assert (answer.status_code, "E606" in answer.text) == (404, True)


def test_annotation_stands_behind_the_same_guard(coding_client: TestClient, gold: Path) -> None:
    coding = finished(data_of(coding_client.get("/ad/1")))
    foreign = {"origin": "https://example.org"}
    answer = coding_client.post("/ad/1", data={"coding": json.dumps(coding)}, headers=foreign)
    assert (answer.status_code, gold.exists()) == (403, False)
    assert coding_client.get("/ad/1", headers={"host": "example.org"}).status_code == 421
    assert "connect-src" not in coding_client.get("/ad/1").headers["content-security-policy"]


def test_annotation_page_holds_no_style_or_script_and_escapes_the_ad(
    labeller: Labeller, sample: Path, gold: Path
) -> None:
    text = 'Titel "><script>alert(1)</script>\n- </textarea><b onclick=x>'
    sample.write_text(json.dumps({"id": "<i>", "title": '"><script>', "text": text, "format": "text"}) + "\n")
    ads = ads_at(str(sample))
    app = application(labeller, ads, GoldBook(gold, ads, labeller.profile.codes), "de", hosts_of("::1", "::1"))
    page = page_of(TestClient(app, base_url="http://localhost").get("/"))
    assert [script.get("src") for script in page.find_all("script")] == ["/static/coding.js"]
    assert page.find_all("style") == []
    assert [tag for tag in page.find_all() for name in tag.attrs if name == "style" or name.startswith("on")] == []
    names = [tag["id"] for tag in page.find_all(id=True)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", LANGUAGES)
def test_annotation_speaks_both_languages(language: str, coding_client: TestClient) -> None:
    answer = coding_client.get(f"/ad/1?lang={language}")
    page, data = page_of(answer), data_of(answer)
    assert page.html is not None
    assert page.html["lang"] == language
    assert entries("page")["annotation"]["save"][language] in page.text
    assert data["words"]["mark"] == entries("page")["annotation"]["mark"][language]
    assert page.select_one("noscript") is not None
    for sign in page.select("link[href], script[src]"):
        assert coding_client.get(str(sign.get("href") or sign.get("src"))).status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_annotation_every_choice_says_what_it_means_and_can_be_explained(
    language: str, coding_client: TestClient, labeller: Labeller
) -> None:
    listed: Any = choices(labeller.profile, language)
    assert [area["code"] for area in listed["areas"]] == list(labeller.profile.codes)
    for group in ("zones", "areas", "grades", "platforms", "roles", "single"):
        for choice in listed[group]:
            assert choice["name"]
            assert choice["about"]
            assert coding_client.get(f"/explain/{choice['code']}?lang={language}").status_code == 200


def test_annotation_gives_the_script_the_words_it_says(coding_client: TestClient) -> None:
    script = coding_client.get("/static/coding.js").text
    said = set(re.findall(r'\bwords\.(\w+)|\bsaid\("(\w+)"', script))
    assert {first or second for first, second in said} == set(data_of(coding_client.get("/ad/1"))["words"])


def test_annotation_tells_duties_of_the_gold_that_are_not_in_the_ad(coding_client: TestClient, gold: Path) -> None:
    send(coding_client, 1, finished(data_of(coding_client.get("/ad/1"))))
    row = json.loads(gold.read_text())
    row["duties"][0]["text"] = "Kaltakquise"
    gold.write_text(json.dumps(row) + "\n")
    answer = coding_client.get("/ad/1")
    assert "Kaltakquise" in answer.text
    assert len(data_of(answer)["coding"]["duties"]) == 2

"""The page: a form that works without script, and what it shows of an ad."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from starlette.testclient import TestClient

from jobclass.messages import LANGUAGES, entries

HOSTILE = """Community Manager (m/w/d) <script>alert(1)</script>

Deine Aufgaben
- Du verantwortest unsere Social-Media-Strategie & <img src=x onerror=alert(2)> "mehr"
- Erstellung und Steuerung des Redaktionsplans für alle Kanäle</textarea><script>alert(3)</script>
- Freigabe aller Beiträge vor der Veröffentlichung
"""


def read(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "lxml")


@pytest.fixture(scope="module")
def ad(examples: Path) -> str:
    return (examples / "community-manager.txt").read_text()


@pytest.fixture(scope="module")
def result(client: TestClient, ad: str) -> BeautifulSoup:
    answer = client.post("/", files={"file": ("", b"")}, data={"text": ad.replace("\n", "\r\n"), "title": ""})
    assert answer.status_code == 200
    return read(answer.text)


def test_page_is_a_form_that_needs_no_script(client: TestClient) -> None:
    page = read(client.get("/").text)
    form = page.select_one("form")
    assert form is not None
    assert (form["method"], form["enctype"], form["action"]) == ("post", "multipart/form-data", "/?lang=de")
    assert [field["name"] for field in form.select("[name]")] == ["text", "title", "role", "file"]
    named = {str(label["for"]) for label in form.select("label")}
    assert named == {str(field["id"]) for field in form.select("[name]")}
    assert form.select_one("button[type=submit]")


def test_page_shows_duties_role_flags_reasons_and_a_way_out(result: BeautifulSoup) -> None:
    assert len(result.select(".words .duty")) == 6
    head = {div.dt.text: div.dd.text for div in result.select(".head div") if div.dt and div.dd}
    assert head["Der Titel nennt"] == "Community Manager"
    assert head["Rolle nach Regeln"] == "Social Media Manager"
    assert [tag.text[:2] for tag in result.select(".finding h4 a.chip")] == ["F1", "F4"]
    assert all("Warum:" in found.text and "Ausweg:" in found.text for found in result.select(".finding"))
    assert result.select_one(".legend")


def test_page_keeps_the_text_so_that_it_can_be_changed_and_checked_again(result: BeautifulSoup, ad: str) -> None:
    area = result.select_one("textarea")
    assert area is not None
    assert area.text.strip("\n") == ad.strip("\n")
    assert "\r" not in area.text


def test_page_links_every_flag_area_and_note_to_its_explanation(result: BeautifulSoup, client: TestClient) -> None:
    signs = result.select("a[href^='/explain/']")
    assert {"F1", "F4", "SMM.strategie", "CM.dialog"} <= {sign.text.split()[0] for sign in signs}
    for sign in signs:
        page = read(client.get(str(sign["href"])).text)
        assert page.h1 is not None
        assert page.h1.text.split()[0] == sign.text.split()[0]


def test_page_refers_to_nothing_but_itself_and_holds_no_style_or_script(result: BeautifulSoup) -> None:
    assert result.find_all("style") == []
    assert [tag for tag in result.find_all() for name in tag.attrs if name == "style" or name.startswith("on")] == []
    assert all(not script.text for script in result.find_all("script"))
    links = [str(tag.get("href") or tag.get("src") or "#") for tag in result.find_all()]
    assert all(link.startswith(("#", "/")) and not link.startswith("//") for link in links)
    names = [tag["id"] for tag in result.find_all(id=True)]
    assert len(names) == len(set(names))
    assert {str(a["href"])[1:] for a in result.select("a[href^='#']")} <= set(names)


def test_page_files_beside_it_are_served_and_no_others(result: BeautifulSoup, client: TestClient) -> None:
    for tag in result.select("head link[href], head script[src]"):
        assert client.get(str(tag.get("href") or tag.get("src"))).status_code == 200
    for name in ("base.html", "__init__.py", "..%2fapp.py", "%2e%2e/app.py", "nothing"):
        assert client.get(f"/static/{name}").status_code == 404


def test_page_escapes_what_stands_in_an_ad(client: TestClient) -> None:
    page = read(client.post("/", data={"text": HOSTILE, "title": '"><script>alert(4)</script>'}).text)
    assert [script.get("src") for script in page.find_all("script")] == ["/static/page.js"]
    assert [image["src"] for image in page.find_all("img")] == ["/static/icon.svg"]
    area, title = page.select_one("textarea"), page.select_one("input#title")
    assert area is not None
    assert title is not None
    assert area.text.strip() == HOSTILE.strip()
    assert title["value"] == '"><script>alert(4)</script>'


@pytest.mark.parametrize("name", ["ad.docx", "ad.pdf", "ad.odt", "ad.rtf", "page.html", "mail.eml", "utf-16.txt"])
def test_page_reads_a_file_and_shows_its_text_to_go_on_with(name: str, client: TestClient, examples: Path) -> None:
    content = (examples / "formats" / name).read_bytes()
    page = read(client.post("/", files={"file": (name, content)}, data={"text": "wird nicht gelesen"}).text)
    area, source = page.select_one("textarea"), page.select_one(".source")
    assert page.select(".words .duty")
    assert area is not None
    assert source is not None
    assert source.text == name
    assert "Aufgaben" in area.text


def test_page_takes_no_path_from_the_name_of_a_file(client: TestClient, ad: str) -> None:
    page = read(client.post("/", files={"file": ("C:\\Users\\anna/../ad.txt", ad.encode())}).text)
    source = page.select_one(".source")
    assert source is not None
    assert source.text == "ad.txt"


def test_page_takes_the_title_beside_the_ad(client: TestClient, ad: str) -> None:
    page = read(client.post("/", data={"text": ad, "title": "Social Media Manager (m/w/d)"}).text)
    assert page.h2 is not None
    assert page.h2.text == "Social Media Manager (m/w/d)"
    assert not page.select(".finding h4 a.chip")


@pytest.mark.parametrize("role", ["", "CM", "SMM", "OM", "CM+OM", "CM+SMM+OM"])
@pytest.mark.parametrize("name", ["community-manager.txt", "all-in-one.txt"])
def test_page_finds_what_the_command_finds_for_an_intended_role(
    name: str, role: str, client: TestClient, call: Callable[..., Any], examples: Path
) -> None:
    told = call("check", examples / name, "--format", "html", *(["--role", role] if role else []))
    page = client.post("/", files={"file": (name, (examples / name).read_bytes())}, data={"role": role})
    assert found_in(page.text) == found_in(told.out)
    chosen = read(page.text).select_one("#role option[selected]")
    assert chosen is not None
    assert chosen["value"] == role


def found_in(source: str) -> list[list[str]]:
    """The words of what stands above the text of an ad, and beside it."""
    return [part.text.split() for part in read(source).select(".head, .findings")]


@pytest.mark.parametrize("role", ["XY", "CM+", "cm", "OM+CM"])
def test_page_takes_no_role_but_its_own(role: str, client: TestClient, ad: str) -> None:
    answer = client.post("/", data={"text": ad, "role": role})
    assert (answer.status_code, "E602" in answer.text) == (400, True)


def test_page_honours_what_the_author_accepted_in_a_comment(client: TestClient, ad: str) -> None:
    page = read(client.post("/", data={"text": f"{ad}\n<!-- jobclass: ignore F4 so gewollt -->\n"}).text)
    (accepted,) = page.select(".finding.accepted")
    assert "so gewollt" in accepted.text


def test_page_shows_each_posting_of_a_page(client: TestClient, ad: str) -> None:
    rows = "".join(f"<p>{row}</p>" for row in ad.splitlines())
    posting = '{{"@type": "JobPosting", "title": "{}", "description": "{}"}}'
    scripts = [posting.format(title, rows) for title in ("Community Manager", "Social Media Manager")]
    source = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    page = read(client.post("/", files={"file": ("p.html", f"<html>{source}</html>".encode())}).text)
    assert len(page.select("section.ad")) == 2
    assert page.select_one("nav table.ads")


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("This is the text of a job ad, and it is not German at all, but English with all the words.", "E104", 422),
        ("", "E609", 422),
        ("Kurz", "E127", 422),
        ("ß" * 1_000_001, "E105", 413),
    ],
)
def test_page_says_why_a_text_cannot_be_checked_and_keeps_it(
    text: str, code: str, status: int, client: TestClient
) -> None:
    answer = client.post("/", files={"file": ("", b"")}, data={"text": text})
    page = read(answer.text)
    problem, area = page.select_one("[role=alert]"), page.select_one("textarea")
    assert problem is not None
    assert area is not None
    assert (answer.status_code, area.text.strip()) == (status, text)
    assert f"{code} " in problem.text
    assert problem.select_one(f"a[href='/explain/{code}?lang=de']")


@pytest.mark.parametrize(("name", "code"), [("ads.csv", "E607"), ("ads.zip", "E607"), ("ads.xlsx", "E607")])
def test_page_leaves_collections_to_the_command_line(name: str, code: str, client: TestClient) -> None:
    content = b"PK\x05\x06" + bytes(18) if name == "ads.zip" else b"id,text\n1,Hallo\n"
    answer = client.post("/", files={"file": (name, content)})
    assert (answer.status_code, f"{code} {name}" in answer.text) == (415, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_speaks_both_languages_and_switches_without_losing_the_text(
    language: str, client: TestClient, ad: str
) -> None:
    empty = read(client.get(f"/?lang={language}").text)
    full = read(client.post(f"/?lang={language}", data={"text": ad}).text)
    other = "en" if language == "de" else "de"
    for page in (empty, full):
        assert page.html is not None
        assert page.html["lang"] == language
        assert entries("page")["web"]["check"][language] in page.text
    for page, name in ((empty, "unchecked"), (full, None)):
        switch = page.select_one("button[formaction]")
        assert switch is not None
        assert (switch["form"], switch["formaction"], switch.get("name")) == ("check", f"/?lang={other}", name)
    assert ("Way out:" if language == "en" else "Ausweg:") in full.text


def fields_of(page: BeautifulSoup) -> dict[str, str]:
    """What the button that switches the language would send."""
    area, title, switch = page.select_one("textarea"), page.select_one("#title"), page.select_one("button[formaction]")
    role = page.select_one("#role option[selected]")
    assert area is not None
    assert title is not None
    assert role is not None
    assert switch is not None
    unchecked = {str(switch["name"]): str(switch["value"])} if switch.get("name") else {}
    return {"text": area.text.removeprefix("\n"), "title": str(title["value"]), "role": str(role["value"])} | unchecked


@pytest.mark.parametrize(
    ("text", "title"), [("", "Community Manager"), ("Kurz", "Titel"), ("Kurz", "x" * 2000), ("", "")]
)
def test_page_keeps_what_was_typed_when_the_language_is_switched(text: str, title: str, client: TestClient) -> None:
    typed = {"text": text, "title": title, "role": "CM+SMM"}
    for sent in (typed, typed | {"unchecked": "text"}):
        page = read(client.post("/", data=sent).text)
        assert fields_of(page) | typed == fields_of(page)
        switched = client.post("/?lang=en", data=fields_of(page))
        assert fields_of(read(switched.text)) | typed == fields_of(read(switched.text))
        assert (switched.status_code == 200) == ("unchecked" in fields_of(page))


def test_page_keeps_the_text_beside_a_file_when_the_language_is_switched(client: TestClient) -> None:
    sent = {"text": "Noch nicht fertig", "title": "Titel", "role": "OM", "unchecked": "text"}
    page = read(client.post("/?lang=en", files={"file": ("ad.txt", b"Anzeige")}, data=sent).text)
    assert fields_of(page) == sent
    assert page.select_one(".lost")


@pytest.fixture(scope="module")
def several(ad: str) -> str:
    """The source of a page with two ads."""
    description = "".join(f"<p>{row}</p>" for row in ad.splitlines())
    script = json.dumps({"@type": "JobPosting", "title": "{}", "description": description})
    titles = ("Community Manager", "Social Media Manager")
    scripts = (f'<script type="application/ld+json">{script.replace("{}", title)}</script>' for title in titles)
    return f"<html>{''.join(scripts)}</html>"


def test_page_keeps_the_results_of_several_pasted_ads_when_the_language_is_switched(
    client: TestClient, several: str
) -> None:
    page = read(client.post("/", data={"text": several}).text)
    switched = read(client.post("/?lang=en", data=fields_of(page)).text)
    for found in (page, switched):
        assert [title.text for title in found.select(".ad h2")] == ["Community Manager", "Social Media Manager"]


@pytest.mark.parametrize("name", ["p.html", "ads.csv"])
def test_page_says_that_a_file_is_lost_when_the_language_is_switched(
    name: str, client: TestClient, several: str
) -> None:
    page = read(client.post("/", files={"file": (name, several.encode())}).text)
    assert page.select(".ad, .problem")
    assert page.select(".lost") == []
    switched = client.post("/?lang=en", data=fields_of(page))
    (lost,) = read(switched.text).select(".lost")
    assert (switched.status_code, lost.text) == (200, entries("page")["web"]["file_lost"]["en"])
    again = client.post("/?lang=de", data=fields_of(read(switched.text)))
    assert read(again.text).select(".lost") == []


def test_page_tells_of_a_broken_form_without_words_for_programs(client: TestClient) -> None:
    files = [("file", ("one.txt", b"x")), ("file", ("two.txt", b"x"))]
    answer = client.post("/", files=files)
    problem = read(answer.text).select_one(".problem p")
    assert problem is not None
    assert answer.status_code == 400
    assert problem.text.startswith("E602 Was gesendet wurde, ist nicht zu verstehen")
    assert "JSON" not in problem.text


def test_page_tells_the_browser_to_say_where_a_form_comes_from(client: TestClient) -> None:
    referrer = read(client.get("/").text).select_one("meta[name=referrer]")
    assert referrer is not None
    assert referrer["content"] == "same-origin"


def test_page_in_a_language_that_is_not_spoken_is_german(client: TestClient) -> None:
    assert '<html lang="de">' in client.get("/?lang=fr").text


def test_page_explains_what_the_command_explains(client: TestClient) -> None:
    from jobclass.cli.render.explanation import explain

    page = read(client.get("/explain/SMM.strategie?lang=en").text)
    article = page.select_one(".explanation")
    assert article is not None
    lines = [tag.text for tag in article.find_all(["h1", "p"])]
    assert lines[1:] == explain("SMM.strategie", "en").splitlines()


def test_page_names_the_nearest_code_where_there_is_none(client: TestClient) -> None:
    answer = client.get("/explain/CM.dialgo")
    assert answer.status_code == 404
    assert "Meintest du CM.dialog?" in answer.text


def test_page_says_which_addresses_there_are(client: TestClient) -> None:
    missing, wrong = client.get("/nothing"), client.put("/")
    assert (missing.status_code, wrong.status_code) == (404, 405)
    assert "E606 GET /nothing" in missing.text
    assert re.search(r"E606 PUT /:", wrong.text)

"""A real browser and a real server: an ad is coded by keyboard and mouse, and the gold is evaluated."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobclass.corpus.gold import read_gold

Browser = Any
"""That of `conftest.py`."""

NAMES = ("community-manager", "all-in-one")
ENTER, DOWN = "Enter", "ArrowDown"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A folder with a sample."""
    found = tmp_path_factory.mktemp("coding")
    rows = []
    for name in NAMES:
        text = (examples / f"{name}.txt").read_text()
        rows.append({"id": name, "title": text.splitlines()[0], "text": f"🎉 {text}", "inclusion": 0.5})
    (found / "sample.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return found


@pytest.fixture
def address(serving: Callable[..., Any], folder: Path) -> Iterator[str]:
    """Where the page stands, with nothing coded."""
    gold = folder / "gold.jsonl"
    gold.unlink(missing_ok=True)
    with serving(str(folder / "sample.jsonl"), "-o", str(gold), "--coder", "anna", command="annotate") as served:
        yield served.address


def coding(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(browser.do("JSON.stringify(coding)"))
    return found


def code_first_ad(browser: Browser) -> None:
    """Zones, duties, role and title of the first example, by keyboard alone."""
    browser.press("1", DOWN, "2", DOWN, DOWN, "3", DOWN, "4", DOWN)
    for typed in (["strat", "v"], ["koord", "v"], ["qual"], ["sh.c"], ["dial", "ext"], ["smm.m", ""]):
        browser.press(ENTER)
        for part in filter(None, typed):
            browser.press(*part, ENTER)
        browser.press(ENTER)
    browser.press("5", *[DOWN] * 4, "6", *[DOWN] * 3, "7")
    browser.press("r", " ", DOWN, "t", " ")


def test_annotation_browser_codes_an_ad_that_is_evaluated(
    browser: Browser, address: str, folder: Path, call: Callable[..., Any]
) -> None:
    browser.open(address)
    code_first_ad(browser)
    browser.save()
    assert browser.do("location.pathname") == "/ad/2"
    assert browser.complaints == []
    (ad,) = read_gold(folder / "gold.jsonl")
    assert [(duty.areas[0], duty.grade, duty.platform) for duty in ad.duties] == [
        ("SMM.strategie", "V", ""),
        ("SMM.koordination", "V", ""),
        ("SMM.qualitaet", "A", ""),
        ("SH.content", "A", ""),
        ("CM.dialog", "A", "extern"),
        ("SMM.monitoring", "A", ""),
    ]
    assert (ad.role, ad.roles_involved, ad.title_roles, ad.level) == ("SMM", ("SMM",), ("CM",), "")
    assert [line.zone for line in ad.lines] == [
        *("title", "company", "company", "intro", *["duties"] * 7),
        *(*["profile"] * 4, *["offer"] * 3, "apply"),
    ]
    assert dict(ad.extra) == {"inclusion": 0.5, "coder": "anna"}
    evaluated = call("evaluate", folder / "gold.jsonl", "-f", "json")
    assert (evaluated.status, evaluated.err) == (0, "")
    assert json.loads(evaluated.out)
    assert call("agree", folder / "gold.jsonl", folder / "gold.jsonl").status == 0


def test_annotation_browser_shows_the_title_last(browser: Browser, address: str) -> None:
    browser.open(address)
    title = "Community Manager (m/w/d) in Vollzeit"
    assert title not in browser.do("document.body.innerText")
    assert "die Stelle" in browser.do("list.children[0].innerText")
    browser.press("t")
    assert title not in browser.do("document.body.innerText")
    browser.press("r", " ", "t")
    assert title in browser.do("document.body.innerText")
    assert browser.do("document.getElementById('role').disabled")


def test_annotation_browser_tells_what_is_missing_where_it_is(browser: Browser, address: str, folder: Path) -> None:
    browser.open(address)
    browser.press(DOWN, "2", DOWN, ENTER, "Tab")
    browser.save()
    told = browser.do("[...document.querySelectorAll('.wrong')].map(e => e.innerText).filter(Boolean)")
    assert [text.split("(")[0].strip() for text in told] == [
        "Gib dieser Zeile eine Zone",
        "Gib dieser Aufgabe ein bis drei Bereiche aus der Liste",
        "Wähle die Rolle.",
    ]
    assert browser.do("document.activeElement.dataset.line") == "0"
    assert coding(browser)["zones"][:3] == ["", "company", ""]
    assert not (folder / "gold.jsonl").exists()
    browser.press("1")
    assert not browser.do("list.children[0].querySelector('.wrong')")


def test_annotation_browser_splits_a_line_at_the_cut(browser: Browser, address: str) -> None:
    browser.open(f"{address}ad/2")
    browser.press(*[DOWN] * 4, "ArrowRight", "ArrowRight", "s")
    found = coding(browser)["duties"]
    assert [duty["text"] for duty in found] == ["Planung und", "Koordination unserer Social-Media-Aktivitäten"]


def test_annotation_browser_makes_a_duty_of_the_words_that_are_selected(browser: Browser, address: str) -> None:
    browser.open(f"{address}ad/2")
    browser.press(*[DOWN] * 4, ENTER, *"koord", ENTER, ENTER)
    select = (
        "(() => {{ const n = list.children[{line}].querySelector('.words span').firstChild;"
        " getSelection().setBaseAndExtent(n, n.data.indexOf({word!r}) + 2, n, n.data.indexOf({word!r}) + 5); }})()"
    )
    browser.do(select.format(line=4, word="Koordination"))
    browser.wait("document.getElementById('mark-selection')")
    browser.press(ENTER, *"kanal", ENTER, "Escape")
    browser.do(select.format(line=0, word="Social"))
    browser.press(ENTER, "Escape")
    found = [(duty["text"], duty["areas"]) for duty in coding(browser)["duties"]]
    assert found == [("Planung und", ["SMM.koordination"]), ("Koordination", ["SH.kanal"])]
    text, duty = browser.do("text"), coding(browser)["duties"][1]
    assert text[duty["start"] : duty["end"]] == "Koordination"


def test_annotation_browser_takes_steps_back(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("1", DOWN, ENTER, *"seo", ENTER, ENTER)
    browser.press("ArrowUp", "x", "z")
    assert coding(browser)["duties"][0]["areas"] == ["OM.seo"]
    browser.press(*["z"] * 9)
    assert (coding(browser)["duties"], set(coding(browser)["zones"])) == ([], {""})


def test_annotation_browser_keeps_a_draft_until_it_is_saved_or_discarded(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("1", DOWN, ENTER, *"seo", ENTER, "Escape")
    browser.go("n")
    browser.go("b")
    assert coding(browser)["zones"][0] == "title"
    assert coding(browser)["duties"][0]["areas"] == ["OM.seo"]
    assert "Entwurf" in browser.do("document.getElementById('draft').innerText")
    browser.click("#draft button")
    assert coding(browser)["duties"] == []
    assert browser.do("document.getElementById('draft').hidden")


def test_annotation_browser_of_two_windows_tells_of_the_newer_coding(
    browser: Browser, address: str, folder: Path
) -> None:
    browser.open(address)
    code_first_ad(browser)
    browser.save()
    browser.open(f"{address}ad/1")
    browser.do(
        "form.addEventListener('submit', () => { form.elements.coding.value = JSON.stringify("
        "{ ...coding, key, version: '', role: 'CM', roles_involved: ['CM'] }); })"
    )
    browser.save()
    assert "E613" in browser.do("document.querySelector('.problem').innerText")
    assert [ad.role for ad in read_gold(folder / "gold.jsonl")] == ["SMM"]
    assert coding(browser)["role"] == "CM"
    browser.save()
    assert [ad.role for ad in read_gold(folder / "gold.jsonl")] == ["CM"]


def test_annotation_browser_needs_its_script_and_says_so(browser: Browser, address: str) -> None:
    browser.open("about:blank")
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address)
        assert "JavaScript" in browser.do("document.querySelector('noscript').textContent")
        assert browser.do("document.getElementById('desk').hidden")
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.parametrize("width", [360, 390, 1200])
def test_annotation_browser_page_is_as_wide_as_the_window(width: int, browser: Browser, address: str) -> None:
    browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=True)
    try:
        browser.open(address)
        browser.press("4", DOWN, ENTER, *"dial", ENTER)
        assert browser.do("document.documentElement.scrollWidth") <= width
    finally:
        browser.ask("Emulation.clearDeviceMetricsOverride")

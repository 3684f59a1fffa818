"""A real browser and a real server: an ad is pasted, the button clicked, and the result seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Browser = Any
"""That of `conftest.py`."""

DROP = """
(() => {
  const carried = new DataTransfer();
  for (const name of NAMES) carried.items.add(new File(["Anzeige"], name));
  const init = { bubbles: true, cancelable: true, dataTransfer: carried };
  document.body.dispatchEvent(new DragEvent("dragover", init));
  document.body.dispatchEvent(new DragEvent("drop", init));
})()
"""


@pytest.fixture(scope="module")
def address(serving: Callable[..., Any]) -> Iterator[str]:
    with serving() as served:
        yield served.address


@pytest.fixture(scope="module")
def ad(examples: Path) -> str:
    return (examples / "community-manager.txt").read_text()


def texts(browser: Browser, selector: str) -> list[str]:
    found: list[str] = browser.do(f"[...document.querySelectorAll({selector!r})].map(e => e.innerText)")
    return found


def test_browser_shows_marked_duties_and_flags_of_a_pasted_ad(browser: Browser, address: str, ad: str) -> None:
    browser.open(address)
    browser.paste("#text", ad)
    browser.click("button.main")
    assert [text.split()[1] for text in texts(browser, ".words .tag")][:2] == ["SMM.strategie", "SMM.koordination"]
    assert texts(browser, ".finding h4 .chip") == ["F1 mittel", "F4 schwer"]
    colours = browser.do("[...document.querySelectorAll('.words .duty')].map(e => getComputedStyle(e).backgroundColor)")
    assert len(set(colours)) == 3
    assert browser.do("document.querySelector('.fill.SMM').getBoundingClientRect().width") > 50
    assert browser.do("document.getElementById('text').value").strip() == ad.strip()
    assert browser.complaints == []


def test_browser_switches_the_language_of_a_result(browser: Browser, address: str, ad: str) -> None:
    browser.open(address)
    browser.paste("#text", ad)
    browser.click("button.main")
    browser.click("button[formaction]")
    assert browser.do("document.documentElement.lang") == "en"
    assert texts(browser, ".finding h4 .chip") == ["F1 medium", "F4 heavy"]


def test_browser_reads_a_chosen_file(browser: Browser, address: str, examples: Path) -> None:
    browser.open(address)
    field = browser.ask("Runtime.evaluate", expression="document.getElementById('file')")["result"]["objectId"]
    browser.ask("DOM.setFileInputFiles", files=[str(examples / "formats" / "ad.docx")], objectId=field)
    assert browser.do("document.querySelector('.chosen').innerText").startswith("Geprüft wird die Datei")
    browser.click("button.main")
    assert texts(browser, ".source") == ["ad.docx"]
    assert texts(browser, ".words .duty")


def test_browser_takes_a_file_that_is_dropped_anywhere(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.do(DROP.replace("NAMES", '["ad.txt"]'))
    assert browser.do("document.getElementById('file').files[0].name") == "ad.txt"
    browser.do("document.querySelector('.chosen button').click()")
    assert browser.do("document.getElementById('file').files.length") == 0


def test_browser_takes_one_file_only(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.do(DROP.replace("NAMES", '["ad.txt", "more.txt"]'))
    assert browser.do("document.getElementById('file').files.length") == 0
    assert texts(browser, ".chosen.wrong") == ["Bitte nur eine Datei."]
    browser.do(DROP.replace("NAMES", '["ad.txt"]'))
    assert texts(browser, ".chosen.wrong") == []


def test_browser_checks_on_enter_in_the_language_of_the_page(browser: Browser, address: str, ad: str) -> None:
    browser.open(address)
    browser.paste("#text", ad)
    browser.click("button.main")
    browser.paste("#title", "Social Media Manager")
    browser.enter("#title")
    assert browser.do("document.documentElement.lang") == "de"
    assert texts(browser, ".ad h2") == ["Social Media Manager"]


def test_browser_keeps_what_was_typed_when_it_switches_the_language(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.paste("#text", "Noch nicht fertig")
    browser.paste("#title", "Titel")
    browser.do(DROP.replace("NAMES", '["ad.txt"]'))
    for language in ("en", "de"):
        browser.click("button[formaction]")
        assert browser.do("document.documentElement.lang") == language
        assert browser.do("document.getElementById('text').value") == "Noch nicht fertig"
        assert browser.do("document.getElementById('title').value") == "Titel"
        assert texts(browser, ".problem") == []
        assert len(texts(browser, ".lost")) == (language == "en")


def test_browser_finds_the_text_when_it_goes_back(browser: Browser, address: str, ad: str) -> None:
    browser.open(address)
    browser.paste("#text", ad)
    browser.click("button.main")
    browser.back()
    assert browser.do("document.getElementById('text').value").strip() == ad.strip()
    assert texts(browser, ".main") == ["Anzeige prüfen"]


def test_browser_finds_the_button_as_it_was_when_it_comes_back(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.do(
        "document.getElementById('check').dispatchEvent("
        "new SubmitEvent('submit', { submitter: document.querySelector('.main') }))"
    )
    assert texts(browser, ".main") == ["Wird geprüft …"]
    browser.do("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert texts(browser, ".main") == ["Anzeige prüfen"]
    assert not browser.do("document.querySelector('.main').hasAttribute('aria-busy')")


def test_browser_needs_no_script(browser: Browser, address: str, ad: str) -> None:
    browser.open(address)
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address)
        browser.paste("#text", ad)
        browser.click("button.main")
        assert len(texts(browser, ".words .duty")) == 6
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_browser_runs_nothing_that_stands_in_an_ad(browser: Browser, address: str, ad: str) -> None:
    browser.open(address)
    browser.paste("#text", f"{ad}\n<script>document.title = 'run'</script><img src=x onerror=\"document.title='run'\">")
    browser.click("button.main")
    assert browser.do("document.title").startswith("Ergebnis")
    assert browser.complaints == []


def test_browser_lets_no_other_page_send_an_ad(browser: Browser, address: str) -> None:
    browser.open(f"data:text/html,<form method=post action={address}><button>x</button></form>")
    browser.click("button")
    assert texts(browser, ".problem p")[0].startswith("E605 ")


@pytest.mark.parametrize("width", [360, 1200])
def test_browser_page_is_as_wide_as_the_window(width: int, browser: Browser, address: str, ad: str) -> None:
    browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=True)
    try:
        browser.open(address)
        assert browser.do("document.documentElement.scrollWidth") <= width
        browser.paste("#text", ad)
        browser.click("button.main")
        assert browser.do("document.documentElement.scrollWidth") <= width
    finally:
        browser.ask("Emulation.clearDeviceMetricsOverride")

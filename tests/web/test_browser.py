"""A real browser and a real server: an ad is pasted, the button clicked, and the result seen.

The browser is driven by its own protocol through a pipe, with no driver or library in between.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from select import select
from typing import Any

import pytest

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-sync",
    "--no-first-run",
    "--remote-debugging-pipe",
)
PATIENCE = 60
"""Seconds that the browser may be silent on a busy machine."""

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


def program() -> str:
    """The browser of this machine; empty if there is none."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), "")


class Browser:
    """A page in a headless Chromium (https://chromedevtools.github.io/devtools-protocol/).

    Messages are JSON objects with a zero byte behind each; the browser reads from descriptor 3 and writes to 4.
    """

    def __init__(self, profile: Path) -> None:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        command = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        self._process = subprocess.Popen(
            ["/bin/bash", "-c", command, program(), *QUIET, f"--user-data-dir={profile}", "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self._answers = os.fdopen(self._in, "rb")
        self._number = 0
        self._rest = b""
        self._events: list[dict[str, Any]] = []
        self._session = ""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **values: object) -> dict[str, Any]:
        """Calls a method of the protocol."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while (answer := self._read()).get("id") != number:
            self._events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select([self._in], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            part = os.read(self._in, 1 << 16)
            assert part, "the browser has gone"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found

    def _wait_for(self, event: str) -> None:
        while not any(found["method"] == event for found in self._events):
            self._events.append(self._read())

    def open(self, address: str) -> None:
        """Opens a page and waits until it stands."""
        self._events.clear()
        self.ask("Page.navigate", url=address)
        self._wait_for("Page.loadEventFired")

    def back(self) -> None:
        """Goes back to the page before."""
        history = self.ask("Page.getNavigationHistory")
        self._events.clear()
        self.ask("Page.navigateToHistoryEntry", entryId=history["entries"][history["currentIndex"] - 1]["id"])
        self._wait_for("Page.frameNavigated")

    def do(self, script: str) -> Any:  # noqa: ANN401 -- whatever it is
        """What a script comes to."""
        answer = self.ask("Runtime.evaluate", expression=script, returnByValue=True, userGesture=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def click(self, selector: str) -> None:
        """Clicks in the middle of an element, where a person would, and waits for the page that comes."""
        box = self.do(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            " e.scrollIntoView({block: 'center', behavior: 'instant'}); const b = e.getBoundingClientRect();"
            " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self._events.clear()
        for kind in ("mousePressed", "mouseReleased"):
            self.ask("Input.dispatchMouseEvent", type=kind, x=box[0], y=box[1], button="left", clickCount=1)
        self._wait_for("Page.loadEventFired")

    def enter(self, selector: str) -> None:
        """Presses Enter in a field, and waits for the page that comes."""
        self.do(f"document.querySelector({json.dumps(selector)}).focus()")
        self._events.clear()
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **key)
        self._wait_for("Page.loadEventFired")

    def paste(self, selector: str, text: str) -> None:
        """Puts a text into a field as the clipboard does."""
        self.do(f"document.querySelector({json.dumps(selector)}).focus()")
        self.ask("Input.insertText", text=text)

    @property
    def complaints(self) -> list[str]:
        """What the browser complained of since the last page, such as a breach of the page's policy."""
        self.do("0")  # all that was told before comes before the answer
        entries = [found["params"] for found in self._events if found["method"] == "Log.entryAdded"]
        errors = [found["params"] for found in self._events if found["method"] == "Runtime.exceptionThrown"]
        return [entry["entry"]["text"] for entry in entries] + [str(error) for error in errors]

    def end(self) -> None:
        """Ends the browser."""
        self._session = ""
        self.ask("Browser.close")
        self._process.wait(timeout=30)
        os.close(self._out)
        self._answers.close()


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
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser of this machine; on the machine that tests every change it has to be there."""
    if not program() and not os.environ.get("CI"):
        pytest.skip("no Chromium here")
    assert program(), "Chromium is missing"
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.end()


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

"""The application, as `jobclass serve` makes it, and a real browser to look at pages.

The browser is driven by its own protocol through a pipe, with no driver or library in between.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from select import select
from typing import Any

import pytest
from starlette.testclient import TestClient

from jobclass.classifier.labeller import Labeller
from jobclass.corpus.review.gate import Gate
from jobclass.corpus.review.silence import Silence
from jobclass.web.app import application
from jobclass.web.server import hosts_of

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
NAMED_KEYS = {"Tab": 9, "Enter": 13, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}
"""Keys without a letter, by the numbers that browsers know them by."""

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
        number = self._send(method, values)
        while (answer := self._read()).get("id") != number:
            self._events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _send(self, method: str, values: dict[str, Any]) -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": values}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        return self._number

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select([self._in], [], [], PATIENCE)
            assert ready, "the browser does not answer"
            part = os.read(self._in, 1 << 16)
            assert part, "the browser has gone"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        if found.get("method") == "Page.javascriptDialogOpening":  # a page that is left asks whether it may be
            self._send("Page.handleJavaScriptDialog", {"accept": True})
        return found

    def _wait_for(self, event: str) -> None:
        while not any(found.get("method") == event for found in self._events):
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

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Drags the mouse from a place to another, as a person does who selects words."""
        for kind, (x, y) in (
            *(("mousePressed", start), ("mouseMoved", start)),
            *(("mouseMoved", end), ("mouseMoved", end), ("mouseReleased", end)),
        ):
            self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=1, clickCount=1)

    def reload(self) -> None:
        """Reads the page anew, and waits until it stands."""
        self._events.clear()
        self.ask("Page.reload")
        self._wait_for("Page.loadEventFired")

    def enter(self, selector: str) -> None:
        """Presses Enter in a field, and waits for the page that comes."""
        self.do(f"document.querySelector({json.dumps(selector)}).focus()")
        self._events.clear()
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        self.ask("Input.dispatchKeyEvent", type="keyDown", text="\r", **key)
        self.ask("Input.dispatchKeyEvent", type="keyUp", **key)
        self._wait_for("Page.loadEventFired")

    def press(self, *keys: str, control: bool = False) -> None:
        """Presses keys, one after the other, wherever the focus is."""
        for key in keys:
            code = NAMED_KEYS.get(key, ord(key.upper()) if key.isalnum() and len(key) == 1 else 0)
            typed = "\r" if key == "Enter" else key if len(key) == 1 else ""
            values = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 2 if control else 0}
            self.ask("Input.dispatchKeyEvent", type="keyDown", text="" if control else typed, **values)
            self.ask("Input.dispatchKeyEvent", type="keyUp", **values)

    def go(self, key: str, *, control: bool = False) -> None:
        """Presses a key that leads to another page, and waits for it."""
        self._events.clear()
        self.press(key, control=control)
        self._wait_for("Page.loadEventFired")

    def save(self) -> None:
        """Presses Ctrl-Enter, and waits for the page that comes."""
        self.go("Enter", control=True)

    def wait(self, script: str) -> None:
        """Waits until a script comes to something."""
        self.ask(
            "Runtime.evaluate",
            expression=f"new Promise(done => {{ const look = () => ({script}) ? done() : setTimeout(look, 20); look(); }})",
            awaitPromise=True,
        )

    def paste(self, selector: str, text: str) -> None:
        """Puts a text into a field as the clipboard does."""
        self.do(f"document.querySelector({json.dumps(selector)}).focus()")
        self.ask("Input.insertText", text=text)

    @property
    def complaints(self) -> list[str]:
        """What the browser complained of since the last page, such as a breach of the page's policy."""
        self.do("0")  # all that was told before comes before the answer
        entries = [found["params"] for found in self._events if found.get("method") == "Log.entryAdded"]
        errors = [found["params"] for found in self._events if found.get("method") == "Runtime.exceptionThrown"]
        return [entry["entry"]["text"] for entry in entries] + [str(error) for error in errors]

    def end(self) -> None:
        """Ends the browser."""
        self._session = ""
        self.ask("Browser.close")
        self._process.wait(timeout=30)
        os.close(self._out)
        self._answers.close()


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser of this machine; on the machine that tests every change it has to be there."""
    if not program() and not os.environ.get("CI"):
        pytest.skip("no Chromium here")
    assert program(), "Chromium is missing"
    found = Browser(tmp_path_factory.mktemp("profile"))
    yield found
    found.end()


@pytest.fixture(scope="session")
def client(labeller: Labeller) -> TestClient:
    """Asks the application as a program on this machine would."""

    def new_gate(roles: tuple[str, ...]) -> Gate:
        return Gate(labeller, Silence([]), lambda _: roles)

    made = application(labeller, new_gate, "de", hosts_of("127.0.0.1", "127.0.0.1"))
    return TestClient(made, base_url="http://127.0.0.1:8765")

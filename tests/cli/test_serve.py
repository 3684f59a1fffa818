"""The command: a real process that serves, and ends when it is told to."""

from __future__ import annotations

import errno
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

Call = Callable[..., Any]


def test_serve_answers_until_it_is_interrupted(serving: Call) -> None:
    with serving() as served:
        with urlopen(f"{served.address}healthz") as answer:  # noqa: S310 -- our own address
            told = json.loads(answer.read())
        assert told["status"] == "ok"
        assert set(told["tool"]) == {"version", "profile", "model"}
        served.process.send_signal(signal.SIGINT)
        out, err = served.process.communicate(timeout=60)
    assert (served.process.returncode, out, err) == (0, "", "")


def test_serve_knows_the_intended_roles_of_the_configuration(serving: Call, examples: Path, tmp_path: Path) -> None:
    settings = tmp_path / "jobclass.toml"
    settings.write_text('[roles]\n"*" = "SMM"\n', encoding="utf-8")
    text = (examples / "community-manager.txt").read_text()
    with serving("--config", str(settings)) as served:
        for role, meant in (("", "Social Media Manager"), ("OM", "Online Marketing")):
            sent = urlencode({"text": text, "role": role}).encode()
            with urlopen(served.address, sent) as answer:  # noqa: S310 -- our own address
                page = answer.read().decode()
            assert f"<dt>Gemeint ist</dt><dd>{meant}</dd>" in page


def test_serve_says_in_one_line_that_a_port_is_in_use(call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        outcome = call("serve", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert outcome.err.startswith("E601 127.0.0.1:")
    assert f"({os.strerror(errno.EADDRINUSE)})" in outcome.err


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.name.invalid", "x" * 300, ""])
def test_serve_says_in_one_line_that_a_host_is_not_this_machine(host: str, call: Call) -> None:
    outcome = call("serve", "--no-browser", "--port", "0", "--host", host)
    assert (outcome.status, outcome.err.count("\n"), outcome.err[:5]) == (2, 1, "E601 ")


@pytest.mark.parametrize("module", ["starlette.applications", "python_multipart", "uvicorn"])
def test_serve_names_what_is_missing_and_how_to_install_it(
    module: str, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    outcome = call("serve", "--no-browser", "--port", "0")
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert outcome.err.startswith("E146 jobclass serve: ")
    assert 'pip install "jobclass[web]"' in outcome.err


@pytest.mark.parametrize("host", ["0.0.0.0", "0"])  # noqa: S104 -- the warning is the point
def test_serve_warns_when_other_machines_can_reach_it(host: str, serving: Call) -> None:
    with serving("--host", host, "--lang", "en") as served:
        assert served.address.startswith("http://localhost:")
        served.process.send_signal(signal.SIGINT)
        _, err = served.process.communicate(timeout=60)
    assert err.startswith(f"Warning: at http://{socket.gethostname()}:")
    assert (served.process.returncode, err.count("\n")) == (0, 1)


def test_serve_knows_this_machine_by_its_address_however_it_is_typed(serving: Call) -> None:
    with serving("--host", "127.1") as served:
        with urlopen(f"{served.address}healthz") as answer:  # noqa: S310 -- our own address
            assert answer.status == 200
        served.process.send_signal(signal.SIGINT)
        out, err = served.process.communicate(timeout=60)
    assert (out, err) == ("", "")

"""For programs: the verdict that `jobclass label` prints, or one line that says why there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from jobclass.classifier.labeller import Labeller

Call = Callable[..., Any]


SCHEMA = json.loads((files("jobclass") / "classifier/verdict.schema.json").read_text())


@pytest.fixture(params=["community-manager.txt", "all-in-one.txt", "nurse.txt"])
def content(request: pytest.FixtureRequest, examples: Path) -> bytes:
    return (examples / str(request.param)).read_bytes()


@pytest.mark.parametrize("title", ["", "Social Media Manager"])
def test_api_says_what_label_prints(
    title: str, content: bytes, client: TestClient, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(content)))
    printed = call("label", "-", "--format", "json", "--title", title).out
    answer = client.post("/api/label", json={"text": content.decode(), "title": title})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.text == printed
    Draft202012Validator(SCHEMA).validate(answer.json())


@pytest.mark.parametrize("name", ["ad.docx", "ad.pdf", "windows-1252.txt", "page.html"])
def test_api_reads_a_file_as_label_does(
    name: str, client: TestClient, call: Call, examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(examples / "formats")
    answer = client.post("/api/label?lang=en", files={"file": (name, Path(name).read_bytes())})
    assert answer.text == call("label", name, "--format", "json", "--lang", "en").out


def error_of(answer: Response) -> dict[str, str]:
    found = answer.json()
    assert list(found) == ["error"]
    assert "\n" not in found["error"]["message"]
    assert found["error"]["message"].startswith(found["error"]["code"] + " ")
    error: dict[str, str] = found["error"]
    return error


def test_api_errors_are_those_of_the_command_line(
    client: TestClient, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    broken = b"%PDF-1.4 no more"
    cases = {"empty.txt": b"", "photo.jpg": b"\xff\xd8\xff" + bytes(99), "broken.pdf": broken, "old.bin": bytes(99)}
    for name, content in cases.items():
        Path(name).write_bytes(content)
        answer = client.post("/api/label?lang=en", files={"file": (name, content)})
        assert answer.status_code in (415, 422)
        assert error_of(answer)["message"] + "\n" == call("label", name, "--lang", "en").err


@pytest.mark.parametrize(
    ("body", "kind", "code", "status"),
    [
        (b"{", "application/json", "E602", 400),
        (b"[]", "application/json", "E602", 400),
        (b"\xff", "application/json", "E602", 400),
        (b"[" * 100_000, "application/json", "E602", 400),
        (b'{"title": "x"}', "application/json", "E602", 400),
        (b'{"text": 1}', "application/json", "E602", 400),
        (b'{"text": "x", "title": ["x"]}', "application/json; charset=utf-8", "E602", 400),
        (json.dumps({"text": "x", "title": "x" * 2000}).encode(), "application/json", "E608", 400),
        (b"--x\r\n", "multipart/form-data", "E602", 400),
        (b"--x\r\n", "multipart/form-data; boundary=x; charset=idna", "E602", 400),
        (b"text=x", "application/x-www-form-urlencoded", "E603", 415),
        (b"x", "", "E603", 415),
        (b'{"text": ""}', "application/json", "E102", 422),
        (b'{"text": "Hello"}', "application/json", "E127", 422),
        (b'{"text": "\\ud800"}', "application/json", "E102", 422),
    ],
)
def test_api_refuses_in_one_line(body: bytes, kind: str, code: str, status: int, client: TestClient) -> None:
    answer = client.post("/api/label", content=body, headers={"content-type": kind} if kind else {})
    assert (answer.status_code, error_of(answer)["code"]) == (status, code)


def test_api_refuses_what_is_not_german(client: TestClient) -> None:
    text = "We are looking for a community manager who is responsible for the strategy of our channels and the team."
    answer = client.post("/api/label?lang=en", json={"text": text})
    assert answer.status_code == 422
    assert error_of(answer)["message"] == "E104 -: the text is not German. jobclass reads German job ads only."


def test_api_holds_lone_surrogates(client: TestClient, examples: Path) -> None:
    text = (examples / "community-manager.txt").read_text()
    body = json.dumps({"text": f"{text}\ud800", "title": "Community Manager \udfff"})
    answer = client.post("/api/label", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 200


def test_api_knows_its_addresses_and_methods(client: TestClient) -> None:
    wrong = client.get("/api/label")
    assert (wrong.status_code, wrong.headers["allow"], error_of(wrong)["code"]) == (405, "POST", "E606")
    assert error_of(client.post("/api/nothing"))["code"] == "E606"


def test_api_health_names_the_tool(client: TestClient, labeller: Labeller) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "tool": labeller.tool}

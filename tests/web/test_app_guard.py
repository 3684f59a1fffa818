"""What keeps other sites, other machines and huge requests out."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from threading import Event

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Message, Receive

from jobclass.classifier.labeller import Labeller
from jobclass.corpus.review.gate import Gate
from jobclass.corpus.review.silence import Silence
from jobclass.web import reading
from jobclass.web.app import application
from jobclass.web.desk import AT_ONCE, Desk
from jobclass.web.guard import LARGEST_FORM, LARGEST_OTHER, Hosts
from jobclass.web.reading import FIELDS
from jobclass.web.server import hosts_of, prepared

OF_NO_AD = ((200, "/"), (200, "/static/page.css"))
MEGABYTE = b"x" * 1_000_000
PRIVATE = "private words of an ad"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("POST", "/", 422),
        ("GET", "/healthz", 200),
        ("GET", "/explain/F4", 200),
        ("GET", "/static/page.css", 200),
        ("GET", "/nothing", 404),
        ("POST", "/api/label", 415),
    ],
)
def test_guard_every_answer_carries_the_headers(method: str, path: str, status: int, client: TestClient) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    told = {
        "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "no-cache" if (status, path) in OF_NO_AD else "no-store",
    }
    for name, value in told.items():
        assert answer.headers.get_list(name) == [value]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8765", "[::1]:80", "LOCALHOST:1"])
def test_guard_knows_this_machine(host: str, client: TestClient) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "127.0.0.1@example.org",
        "",
        "192.0.2.1",
        "[",
        "[::1",
        "a:b",
    ],
)
def test_guard_refuses_a_foreign_name(host: str, client: TestClient) -> None:
    for answer in (client.get("/healthz", headers={"host": host}), client.post("/", headers={"host": host})):
        assert answer.status_code == 421
        assert "E604" in answer.text
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_guard_knows_the_host_that_was_named_and_where_all_may_come_any_address() -> None:
    own, everywhere = hosts_of("192.0.2.7", "192.0.2.7"), hosts_of("0", "0.0.0.0")  # noqa: S104 -- it is only asked
    assert own.know("192.0.2.7:8765")
    assert not own.know("192.0.2.8:8765")
    assert everywhere.know("192.0.2.8:8765")
    assert everywhere.know("[2001:db8::1]")
    assert not everywhere.know("example.org")
    assert hosts_of("127.2", "127.0.0.2").know("127.0.0.2:8765")
    assert hosts_of("::2", "::2").know("[::2]:8765")
    assert not Hosts().know("")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://example.org"},
        {"origin": "http://localhost:9999"},
        {"origin": "http://127.0.0.1"},
        {"origin": "null"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8765"},
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/label"])
def test_guard_refuses_what_comes_from_another_page(headers: dict[str, str], path: str, client: TestClient) -> None:
    answer = client.post(path, headers=headers)
    assert (answer.status_code, "E605" in answer.text) == (403, True)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "http://127.0.0.1:8765"},
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
    ],
)
def test_guard_lets_in_what_comes_from_the_page_or_from_none(headers: dict[str, str], client: TestClient) -> None:
    assert client.post("/", headers=headers).status_code == 422


def parts(count: int) -> Iterator[bytes]:
    yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="ad.txt"\r\n\r\n'
    yield from repeat(MEGABYTE, count)
    yield b"\r\n--x--\r\n"


def test_guard_refuses_a_body_that_is_too_large_while_it_comes(client: TestClient) -> None:
    form = {"content-type": "multipart/form-data; boundary=x"}
    answer = client.post("/", content=parts(LARGEST_FORM // len(MEGABYTE) + 1), headers=form)
    assert (answer.status_code, "E107 Die Eingabe" in answer.text) == (413, True)
    other = client.post(
        "/api/label?lang=en",
        content=repeat(MEGABYTE, LARGEST_OTHER // len(MEGABYTE) + 1),
        headers={"content-type": "application/json"},
    )
    assert other.status_code == 413
    assert other.json()["error"]["message"].startswith("E107 The input: 9000000 bytes are too many")


def test_guard_refuses_a_body_by_the_size_it_announces(client: TestClient) -> None:
    headers = {"content-type": "application/json", "content-length": str(LARGEST_OTHER + 1)}
    assert client.post("/api/label", content=b"{}", headers=headers).status_code == 413


def test_guard_refuses_a_text_or_file_that_is_too_large_for_an_ad(client: TestClient) -> None:
    answer = client.post("/api/label", files={"file": ("ad.txt", MEGABYTE * 5)})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "E107")
    page = client.post("/", files={"file": ("", b"")}, data={"text": "x" * 9_000_000})
    assert (page.status_code, "E107 Eingegebener Text" in page.text, len(page.text) < 10_000) == (413, True, True)


def test_guard_an_error_of_the_program_tells_nothing_of_the_ad(
    labeller: Labeller, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(roles: tuple[str, ...]) -> Gate:  # noqa: ARG001 -- called as the page calls it
        raise ValueError(PRIVATE)

    app = application(labeller, broken, "en", Hosts())
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    answer = client.post("/", data={"text": PRIVATE})
    assert (answer.status_code, "E114 " in answer.text, PRIVATE in answer.text) == (500, True, False)
    assert answer.headers["cache-control"] == "no-store"
    told = capsys.readouterr().err
    assert told.startswith("E114 An error in the program (ValueError).")
    assert told.count("\n") == 1


def test_guard_keeps_files_in_memory(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/no/such/folder")
    answer = client.post("/", files={"file": ("ad.txt", MEGABYTE * 3)})
    assert (answer.status_code, "E105 ad.txt" in answer.text) == (413, True)


def asked_by(app: ASGIApp, receive: Receive, kind: str) -> list[Message]:
    """What is answered to one who posts in a way of their own."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"host", b"localhost"), (b"content-type", kind.encode())]
    scope = {"type": "http", "method": "POST", "path": "/api/label", "query_string": b"lang=en", "headers": headers}

    async def ask() -> None:
        await app(scope, receive, send)

    asyncio.run(ask())
    return sent


KINDS = ("application/json", "multipart/form-data; boundary=x")


@pytest.mark.parametrize("kind", KINDS)
def test_guard_says_nothing_of_a_client_that_leaves(
    kind: str, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    part: Message = {"type": "http.request", "body": b"--x\r\n", "more_body": True}
    coming = iter([part, {"type": "http.disconnect"}])

    async def receive() -> Message:
        return next(coming)

    asked_by(client.app, receive, kind)
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", "")


@pytest.mark.parametrize("kind", KINDS)
def test_guard_waits_for_a_slow_client_only_so_long(
    kind: str, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 0)

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    start, body = asked_by(client.app, receive, kind)
    assert start["status"] == 408
    assert b"E610 After 0 seconds" in body["body"]


def test_guard_refuses_a_form_of_too_many_fields(client: TestClient) -> None:
    fields = {str(number): "x" for number in range(FIELDS)}
    assert client.post("/", files={"file": ("ad.txt", b"")}, data=fields).status_code == 422
    answer = client.post("/", files={"file": ("ad.txt", b"")}, data=fields | {"one": "more"})
    assert (answer.status_code, "E602 " in answer.text) == (400, True)


def test_guard_makes_a_gate_for_each_request(labeller: Labeller, examples: Path) -> None:
    made: list[Gate] = []

    def new_gate(roles: tuple[str, ...]) -> Gate:
        made.append(Gate(labeller, Silence([]), lambda _: roles))
        return made[-1]

    client = TestClient(application(labeller, new_gate, "en", Hosts()), base_url="http://localhost")
    for _ in range(3):
        client.post("/", data={"text": (examples / "community-manager.txt").read_text()})
    assert len(made) == 3


def test_server_keeps_no_log(client: TestClient) -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        config = prepared(client.app).config
    finally:
        signal.signal(signal.SIGINT, before)
    assert (config.access_log, config.log_config) == (False, None)
    assert not logging.getLogger("uvicorn.access").handlers
    assert not logging.getLogger("python_multipart").isEnabledFor(logging.ERROR)


def test_desk_does_a_few_things_at_a_time(labeller: Labeller) -> None:
    desk = Desk(labeller, lambda roles: Gate(labeller, Silence([]), lambda _: roles))
    go, active, most = Event(), [0], [0]

    def work(number: int) -> int:
        active[0] += 1
        most[0] = max(most[0], active[0])
        go.wait(0.05)
        active[0] -= 1
        return number

    async def all_at_once() -> list[int]:
        return await asyncio.gather(*(desk.in_turn(work, number) for number in range(6)))

    assert asyncio.run(all_at_once()) == list(range(6))
    assert most[0] <= AT_ONCE

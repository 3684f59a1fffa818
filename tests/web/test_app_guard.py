"""What keeps other sites, other machines and huge requests out."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import repeat
from threading import Event

import pytest
from starlette.testclient import TestClient

from jobclass.classifier.labeller import Labeller
from jobclass.corpus.review.gate import Gate
from jobclass.corpus.review.silence import Silence
from jobclass.web.app import application
from jobclass.web.desk import AT_ONCE, Desk
from jobclass.web.guard import HEADERS, LARGEST_FORM, LARGEST_OTHER, Hosts
from jobclass.web.server import hosts_of

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
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value]


def test_guard_policy_allows_only_what_the_page_needs(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert {"style-src 'self'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'"} <= set(policy)
    assert "unsafe" not in " ".join(policy)


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
    def broken() -> Gate:
        raise ValueError(PRIVATE)

    app = application(labeller, broken, "en", Hosts())
    client = TestClient(app, base_url="http://localhost", raise_server_exceptions=False)
    answer = client.post("/", data={"text": PRIVATE})
    assert (answer.status_code, "E114 " in answer.text, PRIVATE in answer.text) == (500, True, False)
    assert answer.headers["cache-control"] == "no-store"
    told = capsys.readouterr().err
    assert told.startswith("E114 An error in the program (ValueError).")
    assert told.count("\n") == 1


def test_desk_does_a_few_things_at_a_time(labeller: Labeller) -> None:
    desk = Desk(labeller, lambda: Gate(labeller, Silence([]), lambda _: ()))
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

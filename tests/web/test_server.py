"""Connections on which nobody asks are ended; those on which somebody does are not."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from time import monotonic, sleep

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from jobclass.errors import InputError
from jobclass.web import reading
from jobclass.web.server import Connection, listening, prepared

PATIENCE = 0.5
LARGE = b"a" * (1 << 26)
"""More than the system keeps for a client that does not read."""
HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 9\r\n\r\n"


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads a form as the page does, and takes its time to answer."""
    request = Request(scope, receive)
    if request.method == "POST":
        try:
            async with reading.form_of(request):
                pass
        except InputError as error:
            await PlainTextResponse(error.code, 408)(scope, receive, send)
            return
    if request.url.path == "/large":
        await PlainTextResponse(LARGE)(scope, receive, send)
        return
    await asyncio.sleep(2 * PATIENCE)
    await PlainTextResponse("answer")(scope, receive, send)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """A server with little patience."""
    monkeypatch.setattr(Connection, "patience", PATIENCE)
    monkeypatch.setattr(reading, "PATIENCE", PATIENCE)
    with listening("127.0.0.1", 0) as listener:
        before = signal.getsignal(signal.SIGINT)
        server = prepared(application)
        thread = Thread(target=server.run, args=([listener],))
        thread.start()
        yield listener.getsockname()
        server.should_exit = True
        thread.join(30)
        signal.signal(signal.SIGINT, before)


@pytest.fixture
def client(address: tuple[str, int]) -> Iterator[socket.socket]:
    with socket.create_connection(address, timeout=30) as connected:
        yield connected


def ends(client: socket.socket) -> bool:
    """Whether the server ends a connection by itself."""
    try:
        return client.recv(1000) == b""
    except ConnectionResetError:
        return True


def answers(client: socket.socket, ending: bytes) -> bool:
    """Whether an answer comes that ends so; its head and its body may come one after the other."""
    told = b""
    while not told.endswith(ending) and (more := client.recv(1000)):
        told += more
    return told.endswith(ending)


def trickle(client: socket.socket, seconds: float) -> None:
    """Sends a head that never ends."""
    end = monotonic() + seconds
    while monotonic() < end:
        client.sendall(b"G")
        sleep(PATIENCE / 10)


def test_server_ends_a_connection_on_which_nothing_comes(client: socket.socket) -> None:
    assert ends(client)


@pytest.mark.parametrize("asked", [b"", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
def test_server_ends_a_connection_on_which_a_head_comes_byte_by_byte(asked: bytes, client: socket.socket) -> None:
    client.sendall(asked)
    if asked:
        assert answers(client, b"answer")
    with pytest.raises(ConnectionError):
        trickle(client, seconds=30)


def test_server_ends_a_connection_on_which_the_rest_of_a_form_never_comes(client: socket.socket) -> None:
    client.sendall(HEAD + b"--b")
    assert answers(client, b"E610")
    assert ends(client)


def test_server_ends_a_connection_on_which_nobody_reads(client: socket.socket) -> None:
    client.sendall(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    sleep(6 * PATIENCE)
    size = 0
    with suppress(ConnectionResetError):
        while more := client.recv(1 << 20):
            size += len(more)
    assert 0 < size < len(LARGE)


def test_server_waits_for_its_own_answers_and_for_the_next_request(client: socket.socket) -> None:
    for _ in range(3):
        client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert answers(client, b"answer")

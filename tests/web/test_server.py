"""The server as it is run: slow clients hold nobody up, limits are answered properly, a stop loses no answer."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from index.opening import open_engine
from tests import ROOT
from tests.contract.engine_contract import an_article

HEAVY = 400  # kilobytes of the article that slow readers ask for; more than a socket holds
SLOW = 60  # clients of a kind; the server has one process of two threads
PATIENCE = 10.0  # seconds until which anything must have happened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "index"
    with open_engine(folder).build() as build:
        build.add(an_article("a", "Banjir surut"))
        build.add(an_article("heavy", "\n".join(f"Air naik {number} meter." for number in range(HEAVY * 50))))
    return folder


@contextmanager
def serving(folder: Path, *options: str, **settings: str) -> Iterator[tuple[int, int]]:
    """Run the server with one process of two threads; yields its port and its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"KLIPING_INDEX": str(folder), "KLIPING_METRICS": "on", **settings}
    told = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "2", *options]
    command = [sys.executable, "-m", "gunicorn", *told, "wsgi:app"]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.PIPE) as process:
        try:
            until = time.monotonic() + 30
            while time.monotonic() < until and _status(port, "/readyz") != 200:
                time.sleep(0.05)
            yield port, process.pid
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _status(port: int, address: str) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        client.request("GET", address)
        with client.getresponse() as response:
            response.read()
            status = response.status
    except OSError:
        status = 0
    finally:
        client.close()
    return status


def sent(port: int, data: bytes, room: int = 0) -> socket.socket:
    """A connection on which something was sent; `room` limits what the client's side takes unread."""
    client = socket.socket()
    if room:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", port))
    client.sendall(data)
    return client


def received(client: socket.socket) -> bytes:
    """All that comes until the server closes the connection."""
    parts = []
    while part := client.recv(1 << 16):
        parts.append(part)
    return b"".join(parts)


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with serving(folder) as (port, _):
        yield port


@pytest.mark.parametrize(
    ("data", "room"),
    [
        (b"", 0),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ", 0),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nhalf", 0),
        (b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf", 0),
        (b"GET /api/v1/articles/heavy HTTP/1.1\r\nHost: localhost\r\n\r\n", 2048),
    ],
    ids=["silent", "half a header", "half a body", "half a chunk", "unread answer"],
)
def test_slow_clients_hold_nobody_up(port: int, data: bytes, room: int) -> None:
    with ExitStack() as clients:
        for _ in range(SLOW if not room else SLOW // 5):
            clients.enter_context(sent(port, data, room))
        for _ in range(5):
            began = time.monotonic()
            assert _status(port, "/?q=banjir") == 200
            assert time.monotonic() - began < PATIENCE


def test_a_slow_reader_gets_its_whole_answer(port: int) -> None:
    with sent(port, b"GET /api/v1/articles/heavy HTTP/1.0\r\nHost: localhost\r\n\r\n", 2048) as client:
        time.sleep(0.5)
        head, _, body = received(client).partition(b"\r\n\r\n")
    length = next(line for line in head.split(b"\r\n") if line.startswith(b"Content-Length"))
    assert len(body) == int(length.split()[1]) > HEAVY * 1000


@pytest.mark.parametrize(
    ("request_", "status", "kind"),
    [
        (b"GET /api/v1/status HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431, b"text/html"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413, b"text/html"),
        (b"POST /api/v1/search HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413, b"application/problem+json"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5000\r\n" + b"x" * 0x5000 + b"\r\n", 413, b"text/html"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501, b"text/html"),
        (b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400, b"text/html"),
        (b"nonsense\r\n\r\n", 400, b"text/html"),
        (b"GET / HTTP/1.1\r\nno header\r\n\r\n", 400, b"text/html"),
    ],
)
def test_what_cannot_be_taken_is_answered_like_any_error(port: int, request_: bytes, status: int, kind: bytes) -> None:
    with sent(port, request_) as client:
        head, _, body = received(client).partition(b"\r\n\r\n")
    assert head.split()[1] == str(status).encode()
    assert b"Content-Type: " + kind in head
    assert b"Content-Security-Policy" in head
    assert b"Connection: close" in head
    assert str(status).encode() in body
    assert b"Traceback" not in body


def test_requests_of_one_connection_are_answered_in_turn(port: int) -> None:
    request = b"GET /api/v1/articles/a HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with sent(port, request * 3 + b"GET /none HTTP/1.0\r\nHost: localhost\r\n\r\n") as client:
        answers = received(client)
    assert answers.count(b"HTTP/1.1 200") == 3
    assert answers.count(b"HTTP/1.0 404") == 1


def test_a_stop_finishes_the_answers_that_have_begun(folder: Path) -> None:
    with serving(folder) as (port, process), ExitStack() as clients:
        slow = clients.enter_context(
            sent(port, b"GET /api/v1/articles/heavy HTTP/1.0\r\nHost: localhost\r\n\r\n", 2048)
        )
        clients.enter_context(sent(port, b"GET / HTTP/1.1\r\nX-Half: "))
        time.sleep(0.5)
        began = time.monotonic()
        os.kill(process, signal.SIGTERM)
        body = received(slow).partition(b"\r\n\r\n")[2]
        assert len(body) > HEAVY * 1000
        assert time.monotonic() - began < PATIENCE


def test_a_restart_loses_no_request_and_any_process_tells_the_counts_of_all(folder: Path) -> None:
    with serving(folder, "--workers", "2") as (port, process):
        statuses: list[int] = []
        until = time.monotonic() + 3

        def ask() -> None:
            while time.monotonic() < until:
                statuses.append(_status(port, "/api/v1/search?q=banjir"))

        asking = [Thread(target=ask) for _ in range(3)]
        for thread in asking:
            thread.start()
        time.sleep(0.3)
        os.kill(process, signal.SIGHUP)
        for thread in asking:
            thread.join()
        assert set(statuses) == {200}
        line = f'kliping_requests_total{{surface="api",status="200"}} {len(statuses)}'
        for _ in range(6):
            with sent(port, b"GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n") as client:
                assert line in received(client).decode().splitlines()

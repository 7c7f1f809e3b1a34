"""The server as it is run: slow clients hold nobody up, limits are answered properly, a stop loses no answer."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from index.opening import open_engine
from tests import ROOT
from tests.contract.engine_contract import an_article

LARGE = 8 << 20  # bytes of the answer that slow readers ask for; more than the system holds for a socket
STREAMED = 48  # MB of the answer that is written as it is sent
SLOW = 60  # clients of a kind; the server has one process of two threads
CROWD = 900  # clients, more than a process holds connections
HURRIED = """
from web.serving import worker as server
server.REQUEST_SECONDS, server.PROGRESS_SECONDS, server.DRAIN_SECONDS = 1, 1, 1
from gunicorn.app.wsgiapp import run
run()
"""
LARGE_APP = "tests.web.test_server:large"
ASK_LARGE = b"GET /large HTTP/1.0\r\nHost: localhost\r\n\r\n"
PATIENCE = 120.0  # seconds until which anything must have happened, on a machine that is busy with other things too
pytestmark = pytest.mark.long


def large(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """An application with a large answer, which costs nothing to make, and one written as it is sent."""
    if environ["PATH_INFO"] == "/streamed":
        start_response("200 OK", [])
        return (b"x" * (1 << 20) for _ in range(STREAMED))
    body = b"x" * LARGE if environ["PATH_INFO"] == "/large" else b"small"
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive") / "index"
    with open_engine(folder).build() as build:
        build.add(an_article("a", "Banjir surut"))
    return folder


@contextmanager
def serving(
    folder: Path, *options: str, program: tuple[str, ...] = ("-m", "gunicorn"), app: str = "wsgi:app"
) -> Iterator[tuple[int, int]]:
    """Run the server with one process of two threads; yields its port and its process id."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"KLIPING_INDEX": str(folder), "KLIPING_METRICS": "on"}
    told = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "2", *options]
    command = [sys.executable, *program, *told, app]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.PIPE) as process:
        try:
            assert _comes(lambda: _status(port, "/readyz") == 200), "the server did not start"
            yield port, process.pid
        finally:
            process.send_signal(signal.SIGQUIT)  # at once
            process.communicate(timeout=PATIENCE)


def _comes(true: Callable[[], bool]) -> bool:
    """Wait until something is true; False if that takes too long."""
    until = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


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


@pytest.fixture(scope="module")
def large_server(folder: Path) -> Iterator[tuple[int, int]]:
    with serving(folder, app=LARGE_APP) as served:
        yield served


@pytest.fixture
def large_port(large_server: tuple[int, int]) -> int:
    return large_server[0]


def test_an_answer_written_as_it_is_sent_waits_for_its_reader_in_little_memory(
    large_server: tuple[int, int],
) -> None:
    port, process = large_server
    (worker,) = _workers(process)
    ask = b"GET /streamed HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with sent(port, ask) as reader:
        assert reader.recv(12) == b"HTTP/1.1 200"
        before = _resident(worker)
        assert _status(port, "/small") == 200, "others are answered meanwhile"
        time.sleep(0.5)
        assert _resident(worker) - before < 16 << 20  # a third of the answer
        answer = received(reader)
    assert answer.endswith(b"\r\n0\r\n\r\n")
    assert answer.count(b"x") == STREAMED << 20


def _workers(process: int) -> set[int]:
    """The processes that answer requests."""
    return set(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


def _resident(process: int) -> int:
    """The memory of a process, in bytes."""
    pages = Path(f"/proc/{process}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Half: ",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\nhalf",
        b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf",
    ],
    ids=["silent", "half a header", "half a body", "half a chunk"],
)
def test_slow_clients_hold_nobody_up(port: int, data: bytes) -> None:
    with ExitStack() as clients:
        for _ in range(SLOW):
            clients.enter_context(sent(port, data))
        for _ in range(5):
            assert _status(port, "/?q=banjir") == 200


def test_slow_readers_hold_nobody_up(large_port: int) -> None:
    with ExitStack() as clients:
        for _ in range(SLOW // 5):
            clients.enter_context(sent(large_port, ASK_LARGE, 2048))
        for _ in range(5):
            assert _status(large_port, "/") == 200


def test_more_slow_clients_than_there_is_room_for_make_room_for_others(port: int) -> None:
    with ExitStack() as clients:
        for _ in range(CROWD):
            clients.enter_context(sent(port, b"GET / HTTP/1.1\r\nX-Half: "))
        for _ in range(5):
            assert _status(port, "/?q=banjir") == 200


def test_every_wait_for_a_client_has_an_end(folder: Path) -> None:
    with (
        serving(folder, "--keep-alive", "1", program=("-c", HURRIED), app=LARGE_APP) as (port, _),
        ExitStack() as clients,
    ):
        whole = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
        refused = b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"
        half = b"GET / HTTP/1.1\r\nX-Half: "
        waiting = [clients.enter_context(sent(port, data)) for data in (b"", whole, refused, half, whole + half)]
        unread = clients.enter_context(sent(port, ASK_LARGE, 2048))
        dripping = clients.enter_context(sent(port, half))
        assert _comes(lambda: not _takes_a_byte(dripping)), "who sends a byte now and then is not waited for either"
        for client in waiting:
            received(client)
        assert _comes(lambda: not _is_held(port, unread)), "nor is one who reads nothing"
        assert len(received(unread)) < LARGE


def _takes_a_byte(client: socket.socket) -> bool:
    try:
        client.sendall(b"x")
    except OSError:
        return False
    return True


def _is_held(port: int, client: socket.socket) -> bool:
    """Whether the server still has its connection to a client, by the table of the system."""
    ends = f":{port:04X} 0100007F:{client.getsockname()[1]:04X} 01"
    return ends in Path("/proc/net/tcp").read_text()


def test_a_confirmed_answer_keeps_its_connection(port: int) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("GET", "/api/v1/status")
    with client.getresponse() as response:
        tag = response.headers["ETag"]
        response.read()
    connection = client.sock
    for _ in range(2):
        client.request("GET", "/api/v1/status", headers={"If-None-Match": tag})
        with client.getresponse() as response:
            assert (response.status, response.headers.get("Connection"), response.read()) == (304, None, b"")
        assert client.sock is connection
    client.close()


def test_a_slow_reader_gets_its_whole_answer(large_port: int) -> None:
    with sent(large_port, ASK_LARGE, 2048) as client:
        time.sleep(0.5)
        assert len(received(client).partition(b"\r\n\r\n")[2]) == LARGE


@pytest.mark.parametrize(
    ("request_", "status", "kind"),
    [
        (b"GET /api/v1/status HTTP/1.1\r\nX: " + b"x" * 40_000 + b"\r\n\r\n", 431, b"text/html"),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413, b"text/html"),
        (b"POST /api/v1/search HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n", 413, b"application/problem+json"),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n90000\r\n" + b"x" * 0x90000 + b"\r\n",
            413,
            b"text/html",
        ),
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


def test_other_methods_than_reading_are_told_what_is_possible(port: int) -> None:
    for method in (b"TRACE", b"DELETE", b"PROPFIND"):
        with sent(port, method + b" / HTTP/1.0\r\nHost: localhost\r\nX-Secret: echo\r\n\r\n") as client:
            head, _, body = received(client).partition(b"\r\n\r\n")
        assert head.split()[1] == b"405"
        assert re.search(rb"Allow: [A-Z, ]*GET", head)
        assert b"echo" not in head + body
    with sent(port, b"OPTIONS / HTTP/1.0\r\nHost: localhost\r\n\r\n") as client:
        assert b"Allow: " in received(client)
    with sent(port, b"HEAD /?q=banjir HTTP/1.0\r\nHost: localhost\r\n\r\n") as client:
        head, _, body = received(client).partition(b"\r\n\r\n")
    assert (head.split()[1], body) == (b"200", b"")


def test_requests_of_one_connection_are_answered_in_turn(port: int) -> None:
    request = b"GET /api/v1/articles/a HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with sent(port, request * 3 + b"GET /none HTTP/1.0\r\nHost: localhost\r\n\r\n") as client:
        answers = received(client)
    assert answers.count(b"HTTP/1.1 200") == 3
    assert answers.count(b"HTTP/1.0 404") == 1


def test_a_stop_finishes_the_answers_that_have_begun(folder: Path) -> None:
    with serving(folder, app=LARGE_APP) as (port, process), ExitStack() as clients:
        slow = clients.enter_context(sent(port, ASK_LARGE, 2048))
        clients.enter_context(sent(port, b"GET / HTTP/1.1\r\nX-Half: "))
        first = slow.recv(1)
        began = time.monotonic()
        os.kill(process, signal.SIGTERM)
        assert len((first + received(slow)).partition(b"\r\n\r\n")[2]) == LARGE
        assert time.monotonic() - began < PATIENCE


def test_a_restart_loses_no_request_and_any_process_tells_the_counts_of_all(folder: Path) -> None:
    with serving(folder, "--workers", "2") as (port, process):
        statuses: list[int] = []
        restarted = Event()

        def ask() -> None:
            while not restarted.is_set():
                statuses.append(_status(port, "/api/v1/search?q=banjir"))

        asking = [Thread(target=ask) for _ in range(3)]
        for thread in asking:
            thread.start()
        before = _workers(process)
        try:
            assert _comes(lambda: len(statuses) > 10)
            os.kill(process, signal.SIGHUP)
            assert _comes(lambda: before.isdisjoint(_workers(process)))
            answered = len(statuses)
            assert _comes(lambda: len(statuses) > answered + 10), "those that take over answer"
        finally:
            restarted.set()
            for thread in asking:
                thread.join()
        assert set(statuses) == {200}
        line = f'kliping_requests_total{{surface="api",status="200"}} {len(statuses)}'
        for _ in range(6):
            with sent(port, b"GET /metrics HTTP/1.0\r\nHost: localhost\r\n\r\n") as client:
                assert line in received(client).decode().splitlines()


def test_an_address_in_use_is_told_in_one_sentence_with_the_remedy(port: int) -> None:
    command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "wsgi:app"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert told.returncode == 1
    (line,) = told.stderr.splitlines()
    assert line.startswith(f"127.0.0.1:{port} cannot be served: address already in use. Stop what is there, or take")
    assert f"PORT={port + 1 if port < 65_535 else 8000}" in line
    assert told.stdout == ""

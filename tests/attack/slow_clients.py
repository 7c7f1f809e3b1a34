"""Slow clients: half-sent requests, bodies that trickle and answers that nobody reads, while others must be served.

The server is started by the command of `make run`, with its workers, threads and limits as they are there.
"""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event, Thread
from time import monotonic, perf_counter, sleep

from tests import ROOT, SAMPLES
from tests.attack import material
from tests.attack.campaign import Campaign, Row

NAME = "slow"
CLIENTS = 200
SECONDS, SHORT_SECONDS = 40.0, 3.0
ALLOWED, SHORT_ALLOWED = 3.0, 20.0  # seconds for an answer beside slow clients; a test may share its cores
PATIENCE = 30.0  # seconds until a request counts as not served
START_SECONDS = 120.0
UNSERVED, LATE = "not served", "late"
HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
BODY = b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 100000\r\n\r\n"
READ = b"GET /?q=yang&size=100&copies=show HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
KINDS = ((HEAD, False), (HEAD, True), (BODY, True), (READ * 20, False))  # what is sent, and whether more trickles after
ADDRESSES = ("/", "/?q=harga", "/api/v1/search?q=nelayan", "/api/v1/suggest?q=ne", "/static/kliping.css")


def attack(campaign: Campaign) -> list[Row]:
    """Ask an ordinary request after another beside many slow clients, and once more when they have gone."""
    index = campaign.work / NAME
    material.index_of(index, SAMPLES)
    seconds = SHORT_SECONDS if campaign.short else SECONDS
    allowed = SHORT_ALLOWED if campaign.short else ALLOWED
    begun = perf_counter()
    with served(index) as port:
        with slow_clients(port, CLIENTS):
            took = list(_asked(port, monotonic() + seconds))
        took += list(_asked(port, monotonic()))
    late = [(number, one) for number, one in enumerate(took) if one is not None and one > allowed]
    failed = {
        UNSERVED: tuple(f"request {number}: {_again(campaign)}" for number, one in enumerate(took) if one is None),
        LATE: tuple(f"request {number} took {one:.1f} s: {_again(campaign)}" for number, one in late),
    }
    worst, whole = max(PATIENCE if one is None else one for one in took), perf_counter() - begun
    tried = f"requests beside {CLIENTS} slow clients"
    return [Row(tried, len(took), kind, failed[kind], worst, whole) for kind in failed]


def _again(campaign: Campaign) -> str:
    return campaign.repeat(NAME, 0).removesuffix(" --at 0")


def _asked(port: int, until: float) -> Iterator[float | None]:
    """The seconds of each request until a time, at least one; None for one that was not served."""
    number = 0
    while number == 0 or monotonic() < until:
        begun = perf_counter()
        yield perf_counter() - begun if _is_served(port, ADDRESSES[number % len(ADDRESSES)], PATIENCE) else None
        number += 1
        sleep(0.05)


def _is_served(port: int, address: str, patience: float) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        return response.status == 200 and len(response.read()) > 0
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def command(port: int) -> str:
    """The last line of what `make run` does: the command that serves."""
    words = ["make", "--dry-run", "--silent", "run", "HOST=127.0.0.1", f"PORT={port}"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return told.stdout.strip().splitlines()[-1]


@contextmanager
def served(index: Path) -> Iterator[int]:
    """The port of a server over an index, started as `make run` starts it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    environment = {**os.environ, "KLIPING_INDEX": str(index)}
    server = subprocess.Popen(
        ["sh", "-c", f"exec {command(port)}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = monotonic() + START_SECONDS
        while not _is_served(port, "/api/v1/status", 1.0):
            if monotonic() > until or server.poll() is not None:
                raise RuntimeError(f"the server did not start: {command(port)}")
            sleep(0.1)
        yield port
    finally:
        server.terminate()
        with suppress(subprocess.TimeoutExpired):
            server.wait(15)
        server.kill()
        server.wait()


@contextmanager
def slow_clients(port: int, number: int) -> Iterator[None]:
    """So many slow clients, each of which comes again when the server closes its connection."""
    done = Event()
    opened = [_slow_client(port, place) for place in range(number)]
    trickling = Thread(target=_trickle, args=(port, opened, done))
    trickling.start()
    try:
        yield
    finally:
        done.set()
        trickling.join()
        for client in opened:
            if client is not None:
                client.close()


def _slow_client(port: int, place: int) -> socket.socket | None:
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    client.settimeout(2)
    try:
        client.connect(("127.0.0.1", port))
        client.sendall(KINDS[place % len(KINDS)][0])
    except OSError:
        client.close()
        return None
    client.setblocking(False)
    return client


def _trickle(port: int, opened: list[socket.socket | None], done: Event) -> None:
    """Send a byte of each client once a second; one that was closed comes again."""
    while not done.wait(1.0):
        for place, client in enumerate(opened):
            if done.is_set():
                return
            try:
                if client is None:
                    raise ConnectionError
                if KINDS[place % len(KINDS)][1]:
                    client.send(b"a")
                elif not client.recv(1, socket.MSG_PEEK):
                    raise ConnectionError
            except BlockingIOError:
                continue
            except OSError:
                if client is not None:
                    client.close()
                opened[place] = _slow_client(port, place)

"""A client that keeps several connections to a server busy from one thread, and times every answer.

It speaks only what is needed: GET, keep-alive, answers with a Content-Length. A connection that the server closed
between two requests is opened again, as browsers do; a connection that breaks within an answer is an error. Readers
come and go, so each connection is closed after some requests; otherwise one worker of a server could keep all of them.
"""

import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter

PATIENCE = 30.0  # seconds without any answer, after which the open requests count as errors
REQUESTS_EACH = 40  # of a connection, before a new one takes its place
CHUNK = 262_144
LENGTH = b"\r\ncontent-length:"


@dataclass(slots=True)
class Answers:
    """The seconds of all answers, their number by status, the broken connections, and the bytes received."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    received: int = 0

    @property
    def errors(self) -> int:
        """Answers with a status of failure, and requests without an answer."""
        return self.broken + sum(count for status, count in self.statuses.items() if status >= 400)


class _Connection:
    """One connection, with the request it waits for."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self.started = 0.0
        self._asked = 0
        self._request = self._data = b""
        self.open()

    def open(self) -> None:
        """Open the connection, or open it again."""
        self.socket = socket.create_connection(self._address, PATIENCE)
        self._fresh, self._asked = True, 0

    def ask(self, path: str) -> None:
        """Send a request, every REQUESTS_EACH on a new connection."""
        if self._asked == REQUESTS_EACH:
            self.socket.close()
            self.open()
        self._asked += 1
        self._request = f"GET {path} HTTP/1.1\r\nHost: {self._address[0]}\r\n\r\n".encode()
        self.started, self._data = perf_counter(), b""
        try:
            self.socket.sendall(self._request)
        except OSError:
            self.renew()

    def renew(self) -> None:
        """Open the connection again and repeat the request."""
        self.socket.close()
        self.open()
        self.socket.sendall(self._request)

    def read(self) -> tuple[int, int] | None:
        """Read what has arrived. Returns status and length of a complete answer, None for a part of one.

        Raises:
            ConnectionError: If the server closed the connection within an answer, or a new one without any answer.
        """
        chunk = self._received()
        if not chunk:
            if self._data or self._fresh:
                raise ConnectionError
            return None
        self._data += chunk
        head, end, body = self._data.partition(b"\r\n\r\n")
        if not end:
            return None
        at = head.lower().find(LENGTH)
        length = int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0])
        if len(body) < length:
            return None
        self._fresh = False
        return int(head[9:12]), len(self._data)

    def closed(self) -> bool:
        """Whether the server closed the connection before it sent anything."""
        return not self._data and not self._fresh

    def _received(self) -> bytes:
        try:
            return self.socket.recv(CHUNK)
        except OSError:
            return b""


def load(address: tuple[str, int], log: Iterator[str], connections: int, seconds: float) -> Answers:
    """Ask the requests of a log over some connections for some seconds, each as soon as the one before is answered."""
    answers, until = Answers(), perf_counter() + seconds
    with DefaultSelector() as selector:
        for _ in range(connections):
            _next(_Connection(address), log, selector)
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                answers.broken += len(selector.get_map())
                break
            for key, _ in ready:
                if _take(key.data, answers, selector):
                    _next(key.data, log if perf_counter() < until else iter(()), selector)
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return answers


def _next(connection: _Connection, log: Iterator[str], selector: DefaultSelector) -> None:
    path = next(log, None)
    if path is None:
        connection.socket.close()
        return
    connection.ask(path)
    selector.register(connection.socket, EVENT_READ, connection)


def _take(connection: _Connection, answers: Answers, selector: DefaultSelector) -> bool:
    """Read from a connection; returns whether its answer is complete or broken, and then no longer registered."""
    try:
        found = connection.read()
    except ConnectionError:
        selector.unregister(connection.socket)
        answers.broken += 1
        connection.socket.close()
        connection.open()
        return True
    if found is not None:
        answers.seconds.append(perf_counter() - connection.started)
        answers.statuses[found[0]] += 1
        answers.received += found[1]
        selector.unregister(connection.socket)
    elif connection.closed():
        selector.unregister(connection.socket)
        connection.renew()
        selector.register(connection.socket, EVENT_READ, connection)
    return found is not None

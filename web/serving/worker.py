"""The server: gunicorn's processes, in each of which waitress reads requests and sends answers.

gunicorn starts the processes, replaces dead ones and stops them gracefully. Its own workers give a thread to a
connection before its request is complete, so a few half-sent requests block them. Here one loop holds all connections
of a process; a thread works only on a request that has arrived completely, and is free again before its answer is read.

Every wait has a limit. If there are too many connections, those that have waited longest are closed, so a client that
sends whole requests is served however many do not. gunicorn.conf.py names this worker.
"""

import logging
import os
import time
from contextlib import suppress
from socket import SHUT_WR
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ThreadedTaskDispatcher, WSGITask

from web.errors import BODY_BYTES, HEADER_BYTES, REFUSED
from web.serving import metrics

REQUEST_SECONDS = 20  # from the first byte of a request to its last; the requests of browsers arrive in one packet
PROGRESS_SECONDS = 30  # in which a reader of an answer must take some of it
ANSWER_SECONDS = 300  # in which it must have taken all: 300 KB at 1 KB/s
CONNECTIONS = 800  # of a process; the usual limit of open files is 1,024
UNREAD_BYTES = 64 << 20  # of answers that wait in memory for slow readers; a page has about 100 KB
BODY_IN_MEMORY = 64 << 10  # of a body; the rest waits in a temporary file
STREAM_BYTES = 1 << 20  # of an answer that is written as it is sent; more wait until its reader has taken some
STREAM_SECONDS = 3_600  # in which a reader must have taken such an answer
DRAIN_SECONDS = 2  # in which the rest of a refused request is thrown away; a reset would take the answer with it
STOP_LINGER = 0.5  # seconds in which a stopping process still takes requests on open connections
TICK = 1.0  # seconds between two looks at the limits
FIRST_LINE = {"version": "1.0", "command": "GET", "path": "/", "query": "", "request_uri": "/", "url_scheme": "http"}


class KeepingTask(WSGITask):  # type: ignore[misc]  # of unknown type
    """The answer to a request; unlike in waitress, a 304 keeps the connection open although it has no length.

    An answer of unknown length is written as it is sent: its thread waits for the reader, so it takes little memory.
    """

    def write(self, data: bytes) -> None:
        """Write a part of the answer."""
        if self.content_length is None:
            self.channel.wait_for_reader()
        super().write(data)

    def set_close_on_finish(self) -> None:
        """Close the connection after this answer, where there is a reason."""
        asked = self.version == "1.0" or self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or asked:
            super().set_close_on_finish()


class RefusedTask(WSGITask):  # type: ignore[misc]  # of unknown type
    """The answer to a request that was refused before the app saw it; the app renders it like its own errors."""

    def execute(self) -> None:
        """Let the app answer for a request without headers and close the connection, whose next bytes mean nothing."""
        for name, value in FIRST_LINE.items():
            if not hasattr(self.request, name):
                setattr(self.request, name, value)
        self.request.headers = {name: self.request.headers[name] for name in ("HOST",) if name in self.request.headers}
        self.request.body_rcv = None
        self.set_close_on_finish()
        self.channel.refused = True
        self.get_environment()[REFUSED] = (self.request.error.code, self.request.error.body)
        super().execute()


class PatientChannel(HTTPChannel):  # type: ignore[misc]  # of unknown type
    """A connection that knows since when it has been waiting for its client."""

    task_class = KeepingTask
    error_task_class = RefusedTask
    close_when_flushed = False
    waiting_since = 0.0
    refused = False  # whether a request was refused, of which more may be under way
    draining = False  # whether its answer is sent, and what still comes is thrown away
    streaming_since = 0.0  # when an answer began that is written as it is sent; 0 while there is none

    def received(self, data: bytes) -> bool:
        """Receive a part of a request; the first one starts its clock."""
        if self.draining:
            return False
        if self.request is None:
            self.waiting_since = time.time()
        return bool(super().received(data))

    def service(self) -> None:
        """Answer a request; reading the answer, or sending the next request, starts the clock anew."""
        super().service()
        self.waiting_since, self.streaming_since = time.time(), 0.0

    def wait_for_reader(self) -> None:
        """Wait until the reader has taken most of what was written, or is gone."""
        self.streaming_since = self.streaming_since or time.time()
        with self.outbuf_lock:
            while self.connected and self.total_outbufs_len > STREAM_BYTES:
                self.server.pull_trigger()
                self.outbuf_lock.wait(TICK)

    def handle_write(self) -> None:
        """Send what can be sent; after the answer to a refused request, only the client's side stays open."""
        ending = self.refused and self.close_when_flushed
        if ending:
            self.close_when_flushed = False
        super().handle_write()
        if ending and self.total_outbufs_len:
            self.close_when_flushed = True
        elif ending and self.connected:
            self.draining, self.waiting_since = True, time.time()
            with suppress(OSError):
                self.socket.shutdown(SHUT_WR)

    def waits(self) -> bool:
        """Whether the client is to act next: to send a request, the rest of one, or nothing any more."""
        return not self.requests and not self.total_outbufs_len

    def since(self) -> float:
        """Since when this connection has been waiting for its client."""
        return float(self.waiting_since or self.creation_time)

    def overdue(self, now: float, keepalive: float) -> bool:
        """Whether the client has taken longer than the limits allow."""
        if self.requests:
            return self._stream_is_overdue(now)
        waited = now - self.since()
        if self.total_outbufs_len:
            return waited > ANSWER_SECONDS or now - self.last_activity > PROGRESS_SECONDS
        if self.draining:
            return waited > DRAIN_SECONDS
        return waited > (REQUEST_SECONDS if self.request is not None else keepalive)

    def _stream_is_overdue(self, now: float) -> bool:
        stalled = self.total_outbufs_len > STREAM_BYTES and now - self.last_activity > PROGRESS_SECONDS
        return self.streaming_since > 0 and (stalled or now - self.streaming_since > STREAM_SECONDS)


class BufferingWorker(Worker):  # type: ignore[misc]  # of unknown type
    """A gunicorn worker that serves through waitress."""

    def init_process(self) -> None:
        """Claim a row of the counters and start."""
        metrics.claim(self.age)
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a line for each request that waits says nothing
        self.map: dict[int, Any] = {}
        self.servers: list[Any] = []
        self.last_tick = 0.0
        super().init_process()

    def run(self) -> None:
        """Serve until told to stop, then finish what has begun."""
        self.dispatcher = ThreadedTaskDispatcher()
        self.dispatcher.set_thread_count(self.cfg.threads)
        create_server(self.wsgi, map=self.map, _dispatcher=self.dispatcher, **self._adjustments())
        self.servers = [one for one in self.map.values() if isinstance(one, BaseWSGIServer)]
        for server in self.servers:
            server.channel_class = PatientChannel
        while self.alive and self.ppid == os.getppid():
            self._step()
        self._finish()

    def handle_exit(self, sig: int, frame: Any) -> None:
        """Stop gracefully, and wake the loop to notice."""
        super().handle_exit(sig, frame)
        for server in self.servers:
            server.pull_trigger()

    def _adjustments(self) -> dict[str, Any]:
        return {
            "sockets": [listener.sock for listener in self.sockets],
            "threads": self.cfg.threads,
            "backlog": self.cfg.backlog,
            "connection_limit": 2 * CONNECTIONS,  # never reached: connections are closed above CONNECTIONS
            "channel_timeout": ANSWER_SECONDS,
            "max_request_header_size": HEADER_BYTES,
            "max_request_body_size": BODY_BYTES,
            "inbuf_overflow": BODY_IN_MEMORY,
            "outbuf_high_watermark": UNREAD_BYTES,  # a thread waits for a reader only by `wait_for_reader`
            "outbuf_overflow": UNREAD_BYTES,
            "clear_untrusted_proxy_headers": False,  # the app decides by its setting which are believed
            "asyncore_use_poll": True,
            "log_socket_errors": False,  # a client that goes away is no error
            "ident": None,
            "server_name": "localhost",
        }

    def _step(self, wait: float = TICK) -> None:
        """Let every connection that can move move, then close those over a limit."""
        self.notify()
        wasyncore.loop(timeout=wait, use_poll=True, map=self.map, count=1)
        now = time.time()
        if len(self.map) > CONNECTIONS:
            self._make_room()
        if now - self.last_tick >= TICK:
            self.last_tick = now
            for channel in self._channels():
                if channel.overdue(now, self.cfg.keepalive):
                    channel.handle_close()
            self._free_memory()

    def _channels(self) -> list[PatientChannel]:
        return [one for one in self.map.values() if isinstance(one, PatientChannel)]

    def _make_room(self) -> None:
        """Close those that have waited longest for a client to send or read, until a tenth of the places is free."""
        waiting = sorted((one for one in self._channels() if not one.requests), key=PatientChannel.since)
        for channel in waiting[: len(self.map) - CONNECTIONS * 9 // 10]:
            channel.handle_close()

    def _free_memory(self) -> None:
        """Close the slowest readers while too much waits for them.

        At once: by `will_close`, waitress would wait until their socket takes more, which may be never.
        """
        reading = sorted((one for one in self._channels() if one.total_outbufs_len), key=PatientChannel.since)
        unread = sum(one.total_outbufs_len for one in reading)
        for channel in reading:
            if unread <= UNREAD_BYTES:
                break
            unread -= channel.total_outbufs_len
            channel.handle_close()

    def _finish(self) -> None:
        """Take no more connections, answer what has arrived, and stop within the grace that gunicorn gives."""
        for server in self.servers:
            server.accepting = False
            server.del_channel()
        begun = time.time()
        while time.time() - begun < self.cfg.graceful_timeout - TICK:
            if all(one.waits() for one in self._channels()) and time.time() - begun > STOP_LINGER:
                break
            self._step(wait=STOP_LINGER / 5)
        self.dispatcher.shutdown(timeout=1)

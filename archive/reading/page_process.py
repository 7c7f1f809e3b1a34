"""Extracts web pages in a process of its own, since a hostile page can keep the parser busy for hours or end it.

One process serves all pages, one at a time. It is ended when a page takes too long, and replaced for the next. Pages
and fields pass through pipes, each message after its size in eight bytes; fields are JSON, which cannot run code.

    python -m archive.reading.page_process SECONDS MEBIBYTES
"""

import atexit
import json
import os
import resource
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO

from archive.reading.containers.decompression import FailedReading

ROOT = Path(__file__).resolve().parents[2]
SIZE_BYTES = 8
PIPE_BYTES = 1 << 16  # read at once
START_SECONDS = 300  # that a process may take to start on a busy machine
READY = b"ready"


class PageTooHard(Exception):
    """A page takes too long or too much memory. The message is shown to the maintainer."""


class PageProcess:
    """A process that extracts web pages, each in at most so many seconds and MiB of memory; started at the first."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._limits = (0.0, 0)
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._leave_to_parent)

    def extract(self, page: str, seconds: float, mebibytes: int) -> dict[str, object]:
        """Extract the fields of a page; raises PageTooHard, and FailedReading if the process does not start."""
        if self._limits != (seconds, mebibytes) or self._process is None or self._process.poll() is not None:
            self.close()
            try:
                self._start(seconds, mebibytes)
            except (TimeoutError, EOFError):
                self.close()
                raise FailedReading("the process that reads pages does not start; is there memory for it?") from None
        try:
            answer = self._answer(page.encode("utf-8", "surrogatepass"), seconds)
        except TimeoutError:
            raise PageTooHard(
                f"the page takes more than {seconds:g} seconds to read; save it anew, or raise KLIPING_RECORD_SECONDS"
            ) from None
        except (BrokenPipeError, EOFError):
            raise PageTooHard(
                f"the page takes more than {mebibytes:,} MiB of memory, or ends the parser; "
                "save it anew, or raise KLIPING_RECORD_MEMORY"
            ) from None
        fields: dict[str, object] = json.loads(answer)
        return fields

    def close(self) -> None:
        """End the process."""
        process = self._process
        self._forget()
        if process is not None:
            process.kill()
            process.wait()

    def _leave_to_parent(self) -> None:
        """Let go of the process after a fork: it belongs to the parent, and two cannot talk to it."""
        process = self._process
        self._forget()
        if process is not None:
            process.returncode = 0  # nothing to wait for here

    def _forget(self) -> None:
        """Let go of the process and close the pipes to it."""
        process, self._process = self._process, None
        for stream in (process.stdin, process.stdout) if process else ():
            with suppress(BrokenPipeError):
                stream.close()  # type: ignore[union-attr]  # both are pipes

    def _start(self, seconds: float, mebibytes: int) -> None:
        command = [sys.executable, "-P", "-m", "archive.reading.page_process", str(seconds), str(mebibytes)]
        self._process = subprocess.Popen(  # noqa: S603  # ourselves
            command,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # an interrupt from the keyboard is for the main process
        )
        self._limits = (seconds, mebibytes)
        assert self._process.stdout is not None  # noqa: S101  # it is a pipe
        receive(self._process.stdout, monotonic() + START_SECONDS)

    def _answer(self, page: bytes, seconds: float) -> bytes:
        """Send a page and wait for its fields; on an error the process is ended."""
        process = self._process
        assert process is not None  # noqa: S101  # just started
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        answered = False
        try:
            send(process.stdin, page)
            answer = receive(process.stdout, monotonic() + seconds)
            answered = True
        finally:
            if not answered:
                self.close()
        return answer


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message after its size."""
    stream.write(len(message).to_bytes(SIZE_BYTES, "big"))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes], deadline: float) -> bytes:
    """Read a message; raises TimeoutError at the deadline, and EOFError if the other process has ended."""
    size = int.from_bytes(_received(stream, SIZE_BYTES, deadline), "big")
    return _received(stream, size, deadline)


def _received(stream: IO[bytes], size: int, deadline: float) -> bytes:
    parts = bytearray()
    waiting = select.poll()  # select itself knows file numbers below 1,024 only
    waiting.register(stream, select.POLLIN)
    while len(parts) < size:
        if not waiting.poll(max(deadline - monotonic(), 0) * 1000):
            raise TimeoutError
        part = os.read(stream.fileno(), min(PIPE_BYTES, size - len(parts)))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def main(seconds: float, mebibytes: int) -> None:
    """Extract the pages on standard input until it ends."""
    from archive.reading.web_pages import extract_fields  # noqa: PLC0415  # the main process needs no parser

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = mebibytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    send(sys.stdout.buffer, READY)
    while head := sys.stdin.buffer.read(SIZE_BYTES):
        page = sys.stdin.buffer.read(int.from_bytes(head, "big")).decode("utf-8", "surrogatepass")
        signal.setitimer(signal.ITIMER_REAL, 2 * seconds)  # ends this process even if the main one was killed
        answer = json.dumps(extract_fields(page), default=str)
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(sys.stdout.buffer, answer.encode())


PAGES = PageProcess()

if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))

"""Parses pages and documents in a process of its own, since a hostile one can keep a parser busy for hours or end it.

One process parses one file at a time. It is ended when a file takes too long, and replaced for the next. What is asked
and what is answered pass through pipes, each message after its size in eight bytes. A question is the name of a parser,
a line break and the bytes; each answer is JSON, which cannot run code, and an empty message is the end of them. The
process tells when it loads libraries, which takes none of the time of a file, and when it is ready.

    python -m archive.reading.parsing.parser_process SECONDS MEBIBYTES
"""

import atexit
import json
import os
import resource
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import IO

from archive.reading.containers.decompression import FailedReading

ROOT = Path(__file__).resolve().parents[3]
SIZE_BYTES = 8
PIPE_BYTES = 1 << 16  # read at once
START_SECONDS = 300  # that a process may take to start, or to load libraries, on a busy machine
LOADING, READY = b"loading", b"ready"  # between answers, and no JSON
FAILED = b'{"error":'  # begins the last part of an answer where a parser failed


class TooHard(Exception):
    """A file takes too long or too much memory to parse. The message is shown to the keeper."""


class ParserProcess:
    """A process that parses files, each answer in at most so many seconds and MiB of memory; started at the first."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._limits = (0.0, 0)
        atexit.register(self.close)
        os.register_at_fork(after_in_child=self._leave_to_parent)

    def answers(self, parser: str, raw: bytes, seconds: float, mebibytes: int) -> Iterator[bytes]:
        """What a parser yields for a file, one by one, as JSON; one file at a time can be parsed.

        Raises TooHard, and FailedReading if the process does not start.
        """
        if self._limits != (seconds, mebibytes) or self._process is None or self._process.poll() is not None:
            self.close()
            try:
                self._start(seconds, mebibytes)
            except (TimeoutError, EOFError):
                self.close()
                raise FailedReading("the process that parses files does not start; is there memory for it?") from None
        try:
            yield from self._answers(parser.encode() + b"\n", raw, seconds)
        except TimeoutError:
            raise TooHard(
                f"it takes more than {seconds:g} seconds to read; save it anew, or raise KLIPING_RECORD_SECONDS"
            ) from None
        except (BrokenPipeError, EOFError):
            raise TooHard(
                f"it takes more than {mebibytes:,} MiB of memory, or ends the parser; "
                "save it anew, or raise KLIPING_RECORD_MEMORY"
            ) from None

    def kill(self) -> None:
        """End the process from another thread; the one that asks it has a TooHard."""
        process = self._process
        if process is not None:
            process.kill()

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
        command = [sys.executable, "-P", "-m", "archive.reading.parsing.parser_process", str(seconds), str(mebibytes)]
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

    def _answers(self, parser: bytes, raw: bytes, seconds: float) -> Iterator[bytes]:
        """Send a file and yield the answers; if they are not taken to their end, the process is ended."""
        process = self._process
        assert process is not None  # noqa: S101  # just started
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        answered = False
        try:
            send(process.stdin, parser, raw)
            limit = seconds
            while answer := receive(process.stdout, monotonic() + limit):
                limit = START_SECONDS if answer == LOADING else seconds
                if answer not in {LOADING, READY}:
                    yield answer
            answered = True
        finally:
            if not answered:
                self.close()


def send(stream: IO[bytes], *parts: bytes) -> None:
    """Write a message, in parts, after its size."""
    stream.write(sum(map(len, parts)).to_bytes(SIZE_BYTES, "big"))
    for part in parts:
        stream.write(part)
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


def load_parser(
    parser: str, loading: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Callable[[bytes], Iterator[object]]:
    """Load a parser, which yields values for the bytes of a file. The main process needs none of its libraries.

    A library that few files need is loaded for the first of them, in the context of `loading`.
    """
    match parser:
        case "web page":
            from archive.reading.pages.extraction import extract_fields  # noqa: PLC0415

            return lambda raw: iter([extract_fields(raw.decode("utf-8", "surrogatepass"), loading)])
        case _:
            from archive.reading.documents.parsers import parse_document  # noqa: PLC0415

            return partial(parse_document, parser)


def main(seconds: float, mebibytes: int) -> None:
    """Parse the files on standard input until it ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = mebibytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    send(sys.stdout.buffer, READY)
    while head := sys.stdin.buffer.read(SIZE_BYTES):
        parser, _, raw = sys.stdin.buffer.read(int.from_bytes(head, "big")).partition(b"\n")
        loading = partial(_loading, 2 * seconds)
        with loading():
            parse = load_parser(parser.decode(), loading)
        for answer in _timed(parse, raw, 2 * seconds):
            send(sys.stdout.buffer, json.dumps(answer, default=str).encode())
        send(sys.stdout.buffer, b"")


@contextmanager
def _loading(seconds: float) -> Iterator[None]:
    """Stop the clocks of both processes, then give the file all its time."""
    signal.setitimer(signal.ITIMER_REAL, 0)
    send(sys.stdout.buffer, LOADING)
    yield
    send(sys.stdout.buffer, READY)
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _timed(parse: Callable[[bytes], Iterator[object]], raw: bytes, seconds: float) -> Iterator[object]:
    """The answers; each ends this process if it takes too long, even if the main one was killed."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    answers = parse(raw)
    while True:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        answer = next(answers, None)
        signal.setitimer(signal.ITIMER_REAL, 0)
        if answer is None:
            return
        yield answer


PAGES = ParserProcess()
DOCUMENTS = ParserProcess()  # another one, since pages are parsed while a document is

if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]))

"""The command: `python -m benchmarks.load --data PATH [--seconds 600] [--publish 5] [--repeats | --no-repeats]`.

It indexes the articles, serves them with gunicorn as `make run` does, and keeps the connections busy for the given
time, while reindexing publishes new generations. Everything is on the loopback interface and in a temporary folder. It
prints requests, errors, latencies and throughput, and memory and file handles of each worker in each generation.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import perf_counter, sleep

from rich.table import Table

from benchmarks.http_client import Answers, load
from benchmarks.measuring import latency
from benchmarks.memory import Resident, children, open_files, resident_of
from benchmarks.processor import processor_seconds
from benchmarks.report import console
from benchmarks.request_log import material, request_log
from index.opening import open_engine

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
WARMING = 10  # seconds of requests before anything is counted: fills caches and lets memory grow to its size
STARTING = 30  # seconds that a server may take until it answers
MOST_SECONDS = 3_600
KIND = 5  # the niceness of reindexing: readers come first
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker of the server: its resident memory, its open files, and its seconds of processor time."""

    process: int
    resident: Resident
    files: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """One run: the answers, its length, how many generations were published, and the workers over time.

    `seen` has the workers at the start, before each publication, and at the end.
    """

    answers: Answers
    seconds: float
    seen: tuple[tuple[Worker, ...], ...]
    published: int
    busy: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Run under load, print a table for each log, and exit with 1 if any request failed."""
    wanted = _parser().parse_args(arguments)
    with TemporaryDirectory(prefix="kliping-load-") as temporary:
        folder = Path(temporary)
        index = wanted.index or folder / "index"
        if not wanted.index:
            _reindex(index, [wanted.data], 0)
        logs = [True, False] if wanted.repeats is None else [wanted.repeats]
        runs = {repeats: _run(wanted, index, folder, repeats=repeats) for repeats in logs}
    out = console()
    for repeats, found in runs.items():
        out.print(_table(found, f"{wanted.connections} connections, {'with' if repeats else 'without'} repeats"))
    if any(found.answers.errors for found in runs.values()):
        sys.exit(1)


def _run(wanted: argparse.Namespace, index: Path, folder: Path, *, repeats: bool) -> Loaded:
    log = request_log(material(index), wanted.seed, repeats=repeats)
    environment = {**os.environ, "KLIPING_INDEX": str(index), "KLIPING_CACHE_MB": str(wanted.cache)}
    with _serving(environment, wanted.workers) as (server, port):
        load((HOST, port), log, wanted.connections, min(WARMING, wanted.seconds))
        seen, published = [_workers(server)], Published()

        def publish() -> None:
            """Reindex with one more article, and count it if another index was published."""
            seen.append(_workers(server))
            _add_article(folder / "more.jsonl", len(seen))
            was = open_engine(index).info().id
            _reindex(index, [wanted.data, folder / "more.jsonl"], KIND)
            published.count += open_engine(index).info().id != was

        with _evenly(publish, wanted.publish, wanted.seconds):
            answers = load((HOST, port), log, wanted.connections, wanted.seconds)
        seen.append(_workers(server))
    busy = " ".join(f"{one:.1f}" for one in os.getloadavg())
    return Loaded(answers, wanted.seconds, tuple(seen), published.count, busy)


@contextmanager
def _serving(environment: dict[str, str], workers: int) -> Iterator[tuple[int, int]]:
    """Serve with gunicorn, with the arguments of `make run`, on a free port; yields its process and port."""
    with socket.create_server((HOST, 0)) as probe:
        port = probe.getsockname()[1]
    options = ("--bind", f"{HOST}:{port}", "--workers", str(workers), "--threads", "4", "--log-level", "warning")
    command = [sys.executable, "-m", "gunicorn", *options, "wsgi:app"]
    with subprocess.Popen(command, cwd=ROOT, env=environment) as server:
        try:
            _await(port)
            yield server.pid, port
        finally:
            server.terminate()


def _await(port: int) -> None:
    for _ in range(STARTING * 10):
        with suppress(OSError), closing(HTTPConnection(HOST, port, timeout=STARTING)) as asked:
            asked.request("GET", "/api/v1/status")
            if asked.getresponse().status == 200:
                return
        sleep(0.1)
    raise SystemExit("the server does not answer")


@dataclass(slots=True)
class Published:
    """The number of generations published so far."""

    count: int = 0


@contextmanager
def _evenly(action: Callable[[], None], times: int, seconds: float) -> Iterator[None]:
    """Act so many times during the block, at even intervals of a span of seconds."""
    done = Event()

    def act() -> None:
        start = perf_counter()
        for number in range(1, times + 1):
            due = start + number * seconds / (times + 1)
            if done.wait(max(0.0, due - perf_counter())):
                return
            action()

    thread = Thread(target=act)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _add_article(file: Path, number: int) -> None:
    with file.open("a", encoding="utf-8") as lines:
        text = f"Artikel tambahan nomor {number} terbit saat arsip ini dibaca banyak orang."
        lines.write(json.dumps({"id": f"more-{os.getpid()}-{number}", "text": text}) + "\n")


def _reindex(index: Path, paths: Sequence[Path], kind: int) -> None:
    command = ["nice", "-n", str(kind), sys.executable, "-m", "flask", "reindex", *map(str, paths)]
    environment = {**os.environ, "KLIPING_INDEX": str(index)}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _workers(server: int) -> tuple[Worker, ...]:
    return tuple(Worker(one, resident_of(one), open_files(one), processor_seconds(one)) for one in children(server))


def _table(found: Loaded, title: str) -> Table:
    table = Table("figure", "value", title=title)
    answers, number = found.answers, len(found.answers.seconds)
    timed = sorted(answers.seconds) or [0.0]
    table.add_row("requests", f"{number:,} in {found.seconds:g} s: {number / found.seconds:,.0f}/s")
    table.add_row("errors", f"{answers.errors:,} ({answers.broken:,} without an answer)")
    table.add_row("statuses", ", ".join(f"{status}: {count:,}" for status, count in sorted(answers.statuses.items())))
    p99 = timed[min(len(timed) - 1, len(timed) * 99 // 100)] * 1e3
    middle = latency(timed)
    table.add_row(
        "p50 / p95 / p99 / longest, ms", f"{middle.p50:.1f} / {middle.p95:.1f} / {p99:.1f} / {timed[-1] * 1e3:.0f}"
    )
    spent = sum(one.seconds for one in found.seen[-1]) - sum(one.seconds for one in found.seen[0])
    table.add_row("processor time of the server, ms a request", f"{spent / max(1, number) * 1e3:.2f}")
    table.add_row("generations published", str(found.published))
    table.add_row("load average at the end", found.busy)
    for workers in zip(*found.seen, strict=False):
        restarted = "" if len({one.process for one in workers}) == 1 else " (restarted)"
        worker = f"worker {workers[-1].process}{restarted}"
        table.add_row(f"{worker}: own memory, MiB", _over_time(one.resident.own / MIB for one in workers))
        table.add_row(f"{worker}: mapped files, MiB", _over_time(one.resident.mapped / MIB for one in workers))
        table.add_row(f"{worker}: open files", _over_time(one.files for one in workers))
    return table


def _over_time(figures: Iterable[float]) -> str:
    return " → ".join(f"{figure:.0f}" for figure in figures)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description="Measure a server under load.")
    parser.add_argument("--data", type=Path, required=True, help="file or folder of articles")
    parser.add_argument("--index", type=Path, help="an index of exactly these articles, instead of a new one")
    parser.add_argument("--seconds", type=_seconds_wanted, default=60, metavar="N", help="of each run")
    parser.add_argument("--connections", type=int, default=16, metavar="N")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    parser.add_argument("--publish", type=int, default=5, metavar="N", help="generations published meanwhile")
    parser.add_argument("--cache", type=int, default=32, metavar="MB", help="KLIPING_CACHE_MB of the server")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the log")
    parser.add_argument("--repeats", action=argparse.BooleanOptionalAction, help="only a log with, or without, repeats")
    return parser


def _seconds_wanted(text: str) -> float:
    return min(float(text), MOST_SECONDS)


if __name__ == "__main__":
    main()

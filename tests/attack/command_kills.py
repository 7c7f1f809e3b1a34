"""Kills of `flask reindex` itself, on all cores: with all of its processes, alone, or one of its processes."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from random import Random
from time import monotonic, perf_counter, sleep

from index.reindexing.request import ReindexRequest
from tests import ROOT
from tests.attack.workers import CORES

# Seconds until a run that lost a process must have ended, and processes without their parent too. Where another process
# waits for what the lost one held, it is taken to hang after 300.
PATIENCE = 400.0


def command_seconds(index: Path, articles: Path) -> float:
    """How long the command takes for a first index."""
    begun = perf_counter()
    _start(index, ReindexRequest((articles,))).wait(PATIENCE)
    return perf_counter() - begun


def killed_command(index: Path, request: ReindexRequest, seconds: float, random: Random) -> bool:
    """Start the command and kill it, or one of its processes, at any moment; True if it had ended well before."""
    running = _start(index, request)
    victim = random.choice(("all", "main", "other"))
    sleep(random.uniform(0.3, 1.1) * seconds)
    processes = [running.pid, *_below(running.pid)]
    if victim == "all":
        _kill_all(processes)
    elif victim == "main":
        running.kill()
    elif processes[1:]:
        with suppress(ProcessLookupError):
            os.kill(random.choice(processes[1:]), signal.SIGKILL)
    try:
        code = running.wait(PATIENCE)
        _wait_for_end(processes)
    finally:
        _kill_all(processes)
        running.wait()
    return code == 0


def _start(index: Path, request: ReindexRequest) -> "subprocess.Popen[bytes]":
    words = ["reindex", *map(str, request.paths), *(["--full"] if request.full else [])]
    environment: Mapping[str, str] = {**os.environ, "KLIPING_INDEX": str(index)}
    return subprocess.Popen(
        [sys.executable, "-m", "flask", *words],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: os.sched_setaffinity(0, CORES),  # noqa: PLW1509  # this process has no threads
    )


def _kill_all(processes: list[int]) -> None:
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _wait_for_end(processes: list[int]) -> None:
    """Wait until processes that lost their parent have ended by themselves.

    Raises:
        TimeoutError: If one goes on.
    """
    until = monotonic() + PATIENCE
    while any(_alive(pid) for pid in processes):
        if monotonic() > until:
            raise TimeoutError("a process goes on after its reindex was killed")
        sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _below(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text(encoding="utf-8").split()):
                found += [child, *_below(child)]
    return found

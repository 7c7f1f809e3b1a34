"""Cases in worker processes: on all cores, each case watched, so that one that hangs or dies is a finding too.

A worker is forked, stays on one core and tries every n-th case. It tells when it begins and what it found. If it is
silent for too long it is killed, and another goes on with the next case.
"""

import os
import signal
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from time import monotonic

from tests.attack.campaign import Attack, Campaign, Case, Fault, Finding, Row, Tally

START_SECONDS = 60.0  # a worker may take so long before its first case, even on a busy machine
FORK = get_context("fork")
CORES = sorted(os.sched_getaffinity(0))


@dataclass(slots=True)
class _Worker:
    """A worker process, the numbers left to it, and the case it is at since when."""

    core: int
    left: list[int]
    process: ForkProcess = field(init=False)
    told: Connection = field(init=False)
    at: int | None = None
    since: float = field(default_factory=monotonic)
    silenced: bool = False  # its end of the pipe is closed

    def begin(self, attack: Attack, until: float) -> None:
        self.told, tell = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=_serve, args=(attack, self.left, tell, (self.core, until)))
        self.process.start()
        tell.close()
        self.at, self.since, self.silenced = None, monotonic(), False

    def end(self) -> int:
        """End the process; return the signal that ended it, 0 if none."""
        if self.silenced:
            self.process.join(1)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.told.close()
        return -min(self.process.exitcode or 0, 0)


def rows(campaign: Campaign, attack: Attack) -> list[Row]:
    """Try the cases of an attack and count what they found."""
    begun, tally = monotonic(), Tally()
    numbers = campaign.numbers(attack.count)
    allowed = attack.seconds * (1 if campaign.short else max(campaign.share, 0.05)) * campaign.time
    for finding in findings(attack, numbers, begun + allowed):
        tally.add(finding, campaign.repeat(attack.name, finding.number))
    remark = "" if tally.count == len(numbers) else f"of {len(numbers):,} wanted; the time of {allowed:.0f} s was up"
    return tally.rows(attack.tried, attack.kinds, monotonic() - begun, remark)


def findings(attack: Attack, numbers: Sequence[int], until: float) -> Iterator[Finding]:
    """What each case found, in the order in which they end; no case begins after `until`."""
    shares = [(core, list(numbers[place :: len(CORES)])) for place, core in enumerate(CORES)]
    working = [_Worker(core, left) for core, left in shares if left]
    for worker in working:
        worker.begin(attack, until)
    try:
        while working:
            wait([worker.told for worker in working], timeout=0.2)
            for worker in list(working):
                yield from _heard(worker)
                ended = _ended(worker, attack)
                if ended is None:
                    continue
                if isinstance(ended, Finding):
                    yield ended
                    worker.left = [number for number in worker.left if number != ended.number]
                    if worker.left and monotonic() < until:
                        worker.begin(attack, until)
                        continue
                working.remove(worker)
    finally:
        for worker in working:
            worker.end()


def _heard(worker: _Worker) -> Iterator[Finding]:
    """Everything a worker has told so far."""
    try:
        while worker.told.poll():
            message = worker.told.recv()
            worker.since = monotonic()
            if isinstance(message, Finding):
                worker.at = None
                worker.left.remove(message.number)
                yield message
            else:
                worker.at = message
    except (EOFError, OSError):
        worker.silenced = True


def _ended(worker: _Worker, attack: Attack) -> Finding | str | None:
    """None while a worker works; the finding of a case that hung or died; a word if the worker is done."""
    silent = monotonic() - worker.since
    if not worker.silenced and silent <= (START_SECONDS if worker.at is None else attack.limit):
        return None
    at, by = worker.at, worker.end()
    if at is None:
        if by or worker.process.exitcode:
            raise RuntimeError(f"a worker of the attack {attack.name} ended between its cases; this attack is broken")
        return "done"
    hung = f"took more than {attack.limit:.0f} s and was ended"
    died = f"ended the process with {signal.Signals(by).name if by else 'exit ' + str(worker.process.exitcode)}"
    return Finding(at, silent, (Fault(attack.kinds[0], hung if silent > attack.limit else died),))


def _serve(attack: Attack, numbers: Sequence[int], tell: Connection, where: tuple[int, float]) -> None:
    core, until = where
    os.sched_setaffinity(0, {core})
    case = attack.start()
    for number in numbers:
        if monotonic() > until:
            break
        tell.send(number)
        tell.send(_tried(attack, case, number))
    tell.close()


def _tried(attack: Attack, case: Case, number: int) -> Finding:
    begun = monotonic()
    try:
        return case(number)
    except Exception as error:  # noqa: BLE001  # whatever it is, it is a failure of this case
        return Finding(number, monotonic() - begun, (Fault(attack.kinds[0], f"raised {error!r}"),))

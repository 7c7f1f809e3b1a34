"""Kills: a reindex is ended at any moment, and the index must be the old one or the new one, whole.

A case starts from an index of one state of the articles, or from none, and runs a reindex to another state. It is
killed after a part of its time, at a line of progress, or before one of its calls of the operating system; or the power
is cut there; or it runs as `flask reindex` on all cores and is killed with its processes, alone, or loses one of them.
After that the index is opened, verified and asked, and the next reindex must succeed and leave nothing behind.
"""

import os
import signal
import traceback
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import copytree, rmtree
from time import perf_counter, sleep

from index.engine import DamagedIndex, NoIndex
from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from tests.attack import material
from tests.attack.campaign import Attack, Campaign, Case, Fault, Finding, Row
from tests.attack.command_kills import killed_command
from tests.attack.power_cuts import Disk, PowerCut
from tests.attack.states import State, States, kinds_of_files, states
from tests.attack.workers import rows

NAME = "kills"
LOST, STUCK, LEFT = "articles lost or index not whole", "next reindex fails", "leftovers"
FULL, SHORT, SECONDS = 1_000, 8, 900.0
MANNERS = {"time": 25, "line": 10, "call": 25, "power": 35, "command": 5}  # how often each, in a hundred
DONE, KILLED = 0, 9


def attack(campaign: Campaign) -> list[Row]:
    """Kill reindexes of small archives."""
    folder = campaign.work / "kills"
    folder.mkdir()
    prepared = states(folder, large=not campaign.short)
    count = campaign.count(FULL, SHORT)
    kinds = (LOST, STUCK, LEFT)
    cases = Attack(NAME, "kills and power cuts", kinds, SECONDS, count, lambda: _killing(campaign, prepared))
    return rows(campaign, cases)


def _killing(campaign: Campaign, prepared: States) -> Case:
    def kill(number: int) -> Finding:
        random = campaign.random(NAME, number)
        room = prepared.folder / f"case-{number}"
        room.mkdir()
        manner = random.choices(tuple(MANNERS), tuple(MANNERS.values()))[0]
        kind = random.choice(("incremental", "full", "first"))
        if manner == "command" and prepared.large is not None:
            kind = random.choice(("large", kind))
        kill = Kill(prepared, kind, room / "index" / "inner", random)
        begun = perf_counter()
        finished = kill.command() if manner == "command" else kill.forked(manner)
        if manner == "power":
            kill.index = room / "image" / "inner"
        found = tuple(_examined(kill, finished=finished, told=f"{kill.kind} reindex, {manner}"))
        seconds = perf_counter() - begun
        rmtree(room)
        return Finding(number, seconds, found)

    return kill


@dataclass(slots=True)
class Kill:
    """One reindex to be killed: which states it goes between, and where its index is."""

    states: States
    kind: str
    index: Path
    random: Random

    def __post_init__(self) -> None:
        if self.states.before(self.kind) is not None:
            copytree(self.states.base, self.index)
        else:
            self.index.parent.mkdir()

    def request(self) -> ReindexRequest:
        """The reindex that is killed."""
        large = self.states.large if self.kind == "large" else None
        return ReindexRequest((large or self.states.after,), full=self.kind == "full")

    def command(self) -> bool:
        """Kill the command on all cores; True if it had ended well before."""
        return killed_command(self.index, self.request(), self.states.command_seconds[self.kind], self.random)

    def forked(self, manner: str) -> bool:
        """Kill a reindex in a forked process on one core; True if it had ended well before."""
        usual = self.states.usual[self.kind]
        pid = os.fork()
        if pid == 0:
            _child(lambda: self._run(manner, usual.calls, usual.lines))
        if manner == "time":
            sleep(self.random.random() * 1.1 * usual.seconds)
            os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        code = os.waitstatus_to_exitcode(status)
        if code not in {DONE, KILLED, -signal.SIGKILL}:
            raise RuntimeError(f"the reindex to be killed ended by itself with {code}; this attack is broken")
        return code == DONE

    def _run(self, manner: str, calls: int, lines: int) -> None:
        parent = self.index.parent
        disk = Disk(parent) if manner == "power" else None
        line = self.random.randrange(lines) if manner == "line" else -1
        at = self.random.randrange(calls + 1) if manner in {"call", "power"} else -1

        def cut() -> None:
            if disk is not None:
                disk.image(parent.parent / "image", self.random)
            os._exit(KILLED)

        follower = PowerCut(disk, at, cut)
        follower.follow()
        seen = 0

        def progress(_: object) -> None:
            nonlocal seen
            if seen == line:
                os.kill(os.getpid(), signal.SIGKILL)
            seen += 1

        reindex(open_engine(self.index), self.request(), progress)
        if disk is not None:
            disk.image(parent.parent / "image", self.random)


def _child(run: Callable[[], None]) -> None:
    """Run in a forked process, and end it whatever happens."""
    try:
        run()
    except BaseException:  # noqa: BLE001  # nothing may go on in the place of the worker
        traceback.print_exc()
        os._exit(1)
    os._exit(DONE)


def _examined(kill: Kill, *, finished: bool, told: str) -> Iterator[Fault]:
    """What is wrong with the index after a kill, and after the next reindex."""
    allowed = (
        {kill.states.known(kill.kind)} if finished else {kill.states.known(kill.kind), kill.states.before(kill.kind)}
    )
    problems = list(_unlike(kill.index, allowed))
    if problems:
        yield Fault(LOST, f"{problems[0]} ({told}{', which had ended well' if finished else ''})")
    try:
        reindex(open_engine(kill.index), kill.request())
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the attack looks for
        yield Fault(STUCK, f"{error!r} ({told})")
        return
    problems = list(_unlike(kill.index, {kill.states.known(kill.kind)}))
    if problems:
        yield Fault(STUCK, f"afterwards {problems[0]} ({told})")
    left = kinds_of_files(kill.index) - kill.states.files
    generations = [path for path in kill.index.iterdir() if path.is_dir()]
    if left or len(generations) > 2:
        yield Fault(LEFT, f"{sorted(left) or sorted(path.name for path in generations)} ({told})")


def _unlike(index: Path, allowed: Collection[State | None]) -> Iterator[str]:
    """How an index differs from the states that are allowed; None among them stands for no index."""
    engine = open_engine(index)
    try:
        info, answers = material.contents(engine)
        yield from engine.check()
    except NoIndex:
        if None not in allowed:
            yield "there is no index any more"
        return
    except DamagedIndex as error:
        yield f"the index is damaged: {error}"
        return
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what the attack looks for
        yield f"the index cannot be asked: {error!r}"
        return
    if (info.id, answers) not in allowed:
        yield f"the index {info.id} with {info.articles} articles is neither the old nor the new one"

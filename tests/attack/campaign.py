"""The values of a campaign: what an attack is given, what a case finds, and the rows of the table."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

LONGEST_WORDS = 300  # characters told of a fault
HUNG = 300.0  # seconds by the clock after which a case is ended: more than any takes on a busy machine


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must not happen. `kind` is one of the kinds of its attack; `words` tell what was seen."""

    kind: str
    words: str
    saved: str = ""  # the file in which the input was kept, if the number alone does not tell it


@dataclass(frozen=True, slots=True)
class Finding:
    """What one case found, and how many seconds the program took for it."""

    number: int
    seconds: float
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: how often something was tried, and how often one kind of fault was seen."""

    tried: str
    count: int
    kind: str
    failures: tuple[str, ...]  # what was seen and how to see it again, one line each
    worst: float
    seconds: float
    remark: str = ""  # why it was not tried, or not as often as wanted


@dataclass(frozen=True, slots=True)
class Campaign:
    """What an attack is given: the seed, how much to try, and folders for its work and for inputs that failed."""

    seed: int
    short: bool
    work: Path
    saved: Path
    at: int | None = None  # the only case to try
    share: float = 1.0  # of the counts and of the time
    time: float = 1.0  # of the time alone: more lets a busy or slow machine try all cases

    def random(self, name: str, number: int) -> Random:
        """The source of chance of one case."""
        return Random(f"{self.seed}/{name}/{number}")

    def count(self, full: int, short: int) -> int:
        """How many cases to try."""
        return short if self.short else max(1, round(full * self.share))

    def numbers(self, count: int) -> Sequence[int]:
        """The numbers of the cases to try."""
        return range(count) if self.at is None else range(self.at, self.at + 1)

    def repeat(self, name: str, number: int) -> str:
        """The command that tries one case again."""
        short = " --short" if self.short else ""
        return f"python -m tests.attack --seed {self.seed}{short} --only {name} --at {number}"


Case = Callable[[int], Finding]


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack of numbered cases.

    Attributes:
        name: What it is called on the command line.
        tried: What a case is, in the plural.
        kinds: The kinds of faults, in the order of the table; the first also counts a case that hangs or dies.
        seconds: Seconds of the whole attack, after which no new case begins.
        count: How many cases there are.
        start: Makes the function that tries a case; called once in each worker process.
        limit: Seconds after which a case counts as hung and is ended.
    """

    name: str
    tried: str
    kinds: tuple[str, ...]
    seconds: float
    count: int
    start: Callable[[], Case]
    limit: float = HUNG


@dataclass(slots=True)
class Tally:
    """The findings of an attack, counted as they come in."""

    count: int = 0
    worst: float = 0.0
    failures: dict[str, list[str]] = field(default_factory=dict)

    def add(self, finding: Finding, repeat: str) -> None:
        """Count one finding; `repeat` is the command that tries its case again."""
        self.count += 1
        self.worst = max(self.worst, finding.seconds)
        for kind in dict.fromkeys(fault.kind for fault in finding.faults):
            told = [fault for fault in finding.faults if fault.kind == kind]
            saved = next((f" (input: {fault.saved})" for fault in told if fault.saved), "")
            self.failures.setdefault(kind, []).append(f"{told[0].words[:LONGEST_WORDS]}{saved}: {repeat}")

    def rows(self, tried: str, kinds: Iterable[str], seconds: float, remark: str = "") -> list[Row]:
        """The rows of the attack, one for each kind of fault."""
        return [
            Row(tried, self.count, kind, tuple(self.failures.get(kind, ())), self.worst, seconds, remark)
            for kind in kinds
        ]

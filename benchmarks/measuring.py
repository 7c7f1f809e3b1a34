"""Timing: contestants are warmed up, then take turns, so that other load on the machine affects all alike.

A turn is the whole list of requests, not one request. The first answer after a pause pays for waking the processor and
filling its caches, up to a quarter of a millisecond, which would hide the differences of fast engines. Figures are the
median and the 95th percentile over all requests of a class and all rounds. Outliers are kept: a user would have had to
wait for them too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

from benchmarks.contestants import Contestant
from benchmarks.requests import Kind, Request

SAMPLES = 90  # per class and contestant, so that five of them lie above the 95th percentile
PATIENCE = 2.0  # seconds a request may take over all rounds; slow engines are asked less often
FEWEST = 3  # rounds even so
WARMING = 3.0  # seconds of untimed requests: fills caches and lets just-in-time compilers settle

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds: median and 95th percentile, and the number of samples."""

    p50: float
    p95: float
    samples: int


def latency(seconds: Sequence[float]) -> Latency:
    """Median and 95th percentile of samples in seconds, as milliseconds."""
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return Latency(median(seconds) * 1e3, p95 * 1e3, len(seconds))


def timed(work: Callable[[], Value]) -> tuple[Value, float]:
    """The result of a call, and the seconds it took."""
    start = perf_counter()
    value = work()
    return value, perf_counter() - start


def ask_timed(contestant: Contestant, request: Request) -> float:
    """Seconds for one answer, by the contestant's own clock if it has one."""
    asked, seconds = timed(lambda: contestant.ask(request))
    return seconds if asked.seconds is None else asked.seconds


def warm(contestant: Contestant, requests: Sequence[Request], most: float = WARMING) -> dict[Request, float]:
    """Ask all requests once, then again until the time is over; returns the last seconds of each request."""
    start = perf_counter()
    seconds: dict[Request, float] = {}
    while True:
        for request in requests:
            if contestant.answers(request):
                seconds[request] = ask_timed(contestant, request)
        if perf_counter() - start > most:
            return seconds


def alternate(
    contestants: Sequence[Contestant], requests: Sequence[Request], samples: int = SAMPLES
) -> Mapping[str, dict[Kind, Latency]]:
    """Latencies by contestant and class, with that many samples of each class unless PATIENCE allows fewer."""
    turns = {one.name: _Turns(one, warm(one, requests, WARMING * samples / SAMPLES)) for one in contestants}
    for number, asked in enumerate(_rounds(requests, samples)):
        for contestant in _turned(contestants, number):
            turns[contestant.name].take(number, asked)
    return {name: {kind: latency(taken) for kind, taken in one.seconds.items()} for name, one in turns.items()}


class _Turns:
    """A contestant's measured seconds by class; `usual` is the time of each request during warm-up."""

    def __init__(self, contestant: Contestant, usual: Mapping[Request, float]) -> None:
        self.seconds: defaultdict[Kind, list[float]] = defaultdict(list)
        self._contestant = contestant
        self._rounds = {request: max(PATIENCE / max(seconds, 1e-9), FEWEST) for request, seconds in usual.items()}

    def take(self, number: int, requests: Sequence[Request]) -> None:
        """Answer the requests of a round, after an untimed one, since the last turn was another contestant's."""
        asked = [request for request in requests if number < self._rounds.get(request, 0)]
        for request in asked[:1]:
            self._contestant.ask(request)
        for request in asked:
            self.seconds[request.kind].append(ask_timed(self._contestant, request))


def _rounds(requests: Sequence[Request], samples: int) -> Iterator[list[Request]]:
    """The requests of each round; a class with fewer requests takes part in more rounds."""
    each = Counter(request.kind for request in requests)
    for number in range(samples):
        yield [request for request in requests if number * each[request.kind] < samples]


def _turned(contestants: Sequence[Contestant], number: int) -> Sequence[Contestant]:
    """The contestants of a round, starting with a different one each time."""
    first = number % len(contestants)
    return [*contestants[first:], *contestants[:first]]

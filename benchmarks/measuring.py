"""How time is taken: everyone is warmed, then they take turns, so that what else the machine does hits all alike.

A turn is the whole list of requests, not one request: whoever answers first after a pause pays for waking the processor
and filling its caches, up to a quarter of a millisecond, which would hide what quick engines differ in. A figure is the
median or the 95th percentile over all requests of a class and all rounds. Nothing is thrown away: a slow answer was
slow for whoever waited for it.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar

from benchmarks.contestants import Contestant
from benchmarks.requests import Kind, Request

SAMPLES = 90  # of each class and contestant, so that five of them lie above the 95th percentile
PATIENCE = 2.0  # seconds a request may take in all rounds together; slow engines are asked less often
FEWEST = 3  # rounds all the same
WARMING = 3.0  # seconds of requests before the clock counts: caches fill, just-in-time compilers come to rest

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds: median and 95th percentile of so many samples."""

    p50: float
    p95: float
    samples: int


def latency(seconds: Sequence[float]) -> Latency:
    """Median and 95th percentile of some samples, in milliseconds."""
    p95 = quantiles(seconds, n=20, method="inclusive")[-1] if len(seconds) > 1 else seconds[0]
    return Latency(median(seconds) * 1e3, p95 * 1e3, len(seconds))


def timed(work: Callable[[], Value]) -> tuple[Value, float]:
    """What some work gives, and the seconds it took."""
    start = perf_counter()
    value = work()
    return value, perf_counter() - start


def ask_timed(contestant: Contestant, request: Request) -> float:
    """Seconds for one answer, by the contestant's own clock if it has one."""
    asked, seconds = timed(lambda: contestant.ask(request))
    return seconds if asked.seconds is None else asked.seconds


def warm(contestant: Contestant, requests: Sequence[Request], most: float = WARMING) -> dict[Request, float]:
    """Ask everything once, then again until the time is over; the last seconds of each request."""
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
    """Latencies by contestant and class, with so many samples of each class where patience allows."""
    turns = {one.name: _Turns(one, warm(one, requests, WARMING * samples / SAMPLES)) for one in contestants}
    for number, asked in enumerate(_rounds(requests, samples)):
        for contestant in _turned(contestants, number):
            turns[contestant.name].take(number, asked)
    return {name: {kind: latency(taken) for kind, taken in one.seconds.items()} for name, one in turns.items()}


class _Turns:
    """What a contestant was measured at, turn by turn; `usual` is what each request took it in warming."""

    def __init__(self, contestant: Contestant, usual: Mapping[Request, float]) -> None:
        self.seconds: defaultdict[Kind, list[float]] = defaultdict(list)
        self._contestant = contestant
        self._rounds = {request: max(PATIENCE / max(seconds, 1e-9), FEWEST) for request, seconds in usual.items()}

    def take(self, number: int, requests: Sequence[Request]) -> None:
        """Answer the requests of a round, after one that does not count: the last turn was somebody else's."""
        asked = [request for request in requests if number < self._rounds.get(request, 0)]
        for request in asked[:1]:
            self._contestant.ask(request)
        for request in asked:
            self.seconds[request.kind].append(ask_timed(self._contestant, request))


def _rounds(requests: Sequence[Request], samples: int) -> Iterator[list[Request]]:
    """The requests of each round; a class with fewer requests is in more rounds."""
    each = Counter(request.kind for request in requests)
    for number in range(samples):
        yield [request for request in requests if number * each[request.kind] < samples]


def _turned(contestants: Sequence[Contestant], number: int) -> Sequence[Contestant]:
    """Another one begins each round."""
    first = number % len(contestants)
    return [*contestants[first:], *contestants[:first]]

"""Hostile texts for a regular expression, made of its own alphabet, and the growth of the time it takes on them.

A text repeats something that the pattern nearly matches: the body of a repetition, a beginning of the pattern, a
character of a class. What stands before and after it makes the match begin, or fail as late as it can.
"""

import re
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from random import Random
from re import _constants, _parser
from time import sleep, thread_time
from types import FrameType
from typing import Any

SCREENED = 4_000  # characters on which every text is tried
SIZES = (8_000, 32_000)  # characters on which the slow ones are measured
FLOOR = 0.0015  # seconds at the screened size below which nothing grows worth measuring
GROWTH = 6.25  # at most, from the first size to the last; a linear match has 4, a quadratic one 16
DOUBTS = 6  # times that a text which seems slow is measured again, since the machine may be slow for a while
PAUSE = 0.2  # seconds between these
SLOWEST = 0.25  # seconds for the longest text, and for any text at the screened size
ENDED = 0.3  # seconds after which a call is ended
WALKS = 24  # through the pattern
MOST_TEXTS = 40  # for one pattern, of each kind
ENDS = ("", "\0")

Call = Callable[[str], object]
CATEGORIES = {
    _constants.CATEGORY_DIGIT: "5",
    _constants.CATEGORY_SPACE: " \n",
    _constants.CATEGORY_WORD: "aZ5",
    _constants.CATEGORY_NOT_SPACE: "a.",
    _constants.CATEGORY_NOT_WORD: " .",
    _constants.CATEGORY_NOT_DIGIT: "a ",
}
SINGLE = {_constants.LITERAL, _constants.NOT_LITERAL, _constants.ANY, _constants.IN}
COMMON = "a ,.5Z-\n<:é"  # candidates for what a negated class takes


@dataclass(frozen=True, slots=True, order=True)
class HostileText:
    """A unit repeated to any size, after a prefix."""

    prefix: str
    unit: str

    def text(self, size: int, end: str) -> str:
        return self.prefix + self.unit * (size // len(self.unit)) + end


@dataclass(frozen=True, slots=True)
class Finding:
    """A text on which a pattern is slow."""

    text: HostileText
    seconds: tuple[float, ...]

    def __str__(self) -> str:
        times = ", ".join(f"{1000 * seconds:.1f}" for seconds in self.seconds)
        return f"{self.text.prefix!r} and then {self.text.unit!r}, repeated: {times} ms"


def hostile_texts(pattern: re.Pattern[Any]) -> list[HostileText]:
    """Make texts for a pattern; the same ones at every call."""
    flags = pattern.flags & ~re.UNICODE if isinstance(pattern.pattern, bytes) else pattern.flags
    tree = _parser.parse(pattern.pattern, flags)
    rng = Random(repr(pattern.pattern))
    found: dict[HostileText, None] = {}
    for number in range(WALKS):
        walk = _Walk(rng, longest=number % 4 == 3)
        whole = walk.through(tree, "")
        for prefix, unit in walk.pumps:
            found.update(dict.fromkeys([HostileText(prefix, unit), HostileText("", unit)]))
        found.update(dict.fromkeys(HostileText("", prefix) for prefix in [*walk.prefixes, whole, whole[:-1]]))
    alphabet = sorted({letter for text in found for letter in text.prefix + text.unit})
    singles = [HostileText("", letter) for letter in alphabet[:40]]
    mixed = [HostileText("", "".join(rng.choices(alphabet, k=rng.randint(2, 4)))) for _ in range(16) if alphabet]
    pumped = [text for text in found if text.prefix and text.unit]
    others = [text for text in dict.fromkeys([*found, *mixed]) if text.unit and not text.prefix]
    kept = [rng.sample(texts, min(len(texts), MOST_TEXTS)) for texts in (pumped, others)]
    return list(dict.fromkeys([*singles, *kept[0], *kept[1]]))


class _Walk:
    """One way through a pattern: what it matches on the way, and where something could be repeated."""

    def __init__(self, rng: Random, *, longest: bool) -> None:
        self._rng = rng
        self._longest = longest
        self.prefixes: list[str] = []
        self.pumps: list[tuple[str, str]] = []

    def through(self, tree: Any, before: str) -> str:
        """Return a text that the tree matches, after what was matched `before`."""
        made = ""
        for op, argument in tree:
            made += self._matched(op, argument, before + made)
            self.prefixes.append(before + made)
        return made

    def _matched(self, op: Any, argument: Any, before: str) -> str:
        if op in SINGLE:
            return self._rng.choice(_members(op, argument))
        if op in {_constants.MAX_REPEAT, _constants.MIN_REPEAT, _constants.POSSESSIVE_REPEAT}:
            return self._repeated(argument, before)
        if op is _constants.BRANCH:
            return self.through(self._rng.choice(argument[1]), before)
        if op is _constants.SUBPATTERN:
            return self.through(argument[3], before)
        return self.through(argument, before) if op is _constants.ATOMIC_GROUP else ""

    def _repeated(self, argument: Any, before: str) -> str:
        least, most, body = argument
        if most > 1:
            self.pumps.append((before, self.through(body, before)))
        times = min(int(most), 70) if self._longest else least or min(int(most), self._rng.choice((0, 1, 1, 2)))
        return "".join(self.through(body, before) for _ in range(times))


def _members(op: Any, argument: Any) -> list[str]:
    """Some of the characters that an element for one character matches."""
    if op is _constants.LITERAL:
        return [chr(argument)]
    return _members_of_class(argument) if op is _constants.IN else [one for one in COMMON if ord(one) != argument]


def _members_of_class(items: Sequence[tuple[Any, Any]]) -> list[str]:
    found: list[str] = []
    for op, argument in items:
        if op is _constants.LITERAL:
            found.append(chr(argument))
        elif op is _constants.RANGE:
            found += [chr(argument[0]), chr(argument[1])]
        elif op is _constants.CATEGORY:
            found += CATEGORIES[argument]
    if items[0][0] is _constants.NEGATE:
        return [letter for letter in COMMON if letter not in found] or ["é"]
    return found


def find_slow_texts(
    pattern: re.Pattern[Any], methods: Sequence[str], bound: int | None = None, doubts: int = DOUBTS
) -> Iterator[Finding]:
    """Yield the texts whose time grows faster than they do, or is long; those of at most `bound` characters if any.

    A text is slow if each of 1 + `doubts` measurements says so.
    """
    for text in hostile_texts(pattern):
        for method in methods:
            call = caller(pattern, method)
            for end in ENDS:
                size = SCREENED if bound is None else bound
                screened = _seconds(call, text.text(size, end))
                if screened > SLOWEST:
                    screened = min(screened, *(_seconds(call, text.text(size, end)) for _ in range(doubts)))
                if screened > SLOWEST:
                    yield Finding(text, (screened,))
                    return
                if bound is None and screened > FLOOR:
                    measured = [_measured(call, text, end)]
                    while _grows(measured[-1]) and len(measured) <= doubts:
                        sleep(PAUSE)
                        measured.append(_measured(call, text, end))
                    if _grows(measured[-1]):
                        yield Finding(text, measured[-1])
                        return


def _grows(seconds: Sequence[float]) -> bool:
    return seconds[-1] > SLOWEST or seconds[-1] > GROWTH * seconds[0]


def _measured(call: Call, text: HostileText, end: str) -> tuple[float, ...]:
    """Time a call on texts of all sizes, until one takes too long."""
    found: list[float] = []
    for size in SIZES:
        found.append(_seconds(call, text.text(size, end)))
        if found[-1] > SLOWEST:
            break
    return tuple(found)


def caller(pattern: re.Pattern[Any], method: str) -> Call:
    """Return a function that applies a method of a pattern to a text; what looks for all matches finds all."""
    arguments = {"sub": ("",)}.get(method, ())
    apply = getattr(pattern, method)
    encode = isinstance(pattern.pattern, bytes)

    def call(text: str) -> object:
        subject: Any = text.encode("latin-1", "replace") if encode else text
        found = apply(*(b"" if encode else "" for _ in arguments), subject)
        return sum(1 for _ in found) if method == "finditer" else found

    return call


def _seconds(call: Call, text: str) -> float:
    """Time a call; one that takes too long is ended."""
    with _ended_after(ENDED):
        start = thread_time()
        with suppress(TimeoutError):
            call(text)
        return thread_time() - start


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in the block after some seconds; matching looks for signals now and then."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

"""What can be wrong with a URL argument. Each error names the argument, its value and the valid values.

What is said here is for programs, in English; `error_messages` says the same to readers.
"""

from difflib import get_close_matches
from enum import StrEnum


class Valid(StrEnum):
    """What the value of an argument must be."""

    ONE_OF = "one of %(names)s"
    EXACTLY = "%(names)s"
    DAY = "YYYY, YYYY-MM or YYYY-MM-DD"
    WHOLE_NUMBER = "a whole number from %(least)s"
    WHOLE_NUMBER_TO = "a whole number from %(least)s to %(most)s"
    AT_MOST_TIMES = "given at most %(most)s times"
    AT_MOST_IDS = "at most %(most)s"
    SOME_IDS = "at least one id, or left out to export the result of a query"
    NO_FILTER_OF_IDS = "left out where ids choose the articles"
    COPIES_OF_IDS = "one of fold, show where ids choose the articles"
    CURSOR = "* or the `next` of an answer to the same query"
    NO_PAGE_WITH_CURSOR = "left out if there is a cursor"
    LEFT_OUT_BESIDE = "left out where there is %(names)s"
    NO_PAGE_OF_COUNTS = "left out, since everything is counted at once"
    AT_MOST_CHARACTERS = "at most %(most)s characters"
    AT_MOST_QUERIES = "at most %(most)s queries"
    SOME_QUERIES = "at least one query, in a body of text/plain or text/csv, or in the field %(names)s of a form"
    TABLE_OF_QUERIES = "a table, or one query a line"
    UTF8 = "text or CSV in UTF-8"
    CODES = "at most %(most)s short names, none of them %(names)s"
    ONLY_CODING = "left out: only a coding sheet has a sample and codes"
    SINGLE_SERIES = "given with a single series"
    ARTICLE_OF_STORY = "the id of an article of this story"
    TEXTS_NAMED = "on, or left out, since fields names text"
    TEXTS_NEEDED = "on for %(names)s, which is made of texts"
    ONLY_TABLES = "left out: only %(names)s have columns to choose"


class BadParameter(ValueError):
    """An argument has an invalid value; `valid` briefly describes the valid ones, from a rule and its details."""

    def __init__(self, name: str, value: str, rule: Valid, **details: object) -> None:
        super().__init__(name, value, rule)
        self.name, self.value, self.rule, self.details = name, value, rule, details
        self.valid = rule % details if details else str(rule)

    def __str__(self) -> str:
        return f"The argument {self.name} cannot be {self.value!r}; it must be {self.valid}."


def _closest(name: str, known: tuple[str, ...]) -> list[str]:
    """The known names most like an unknown one; of a name and its plural only the closer one."""
    near = get_close_matches(name, known, cutoff=0.7)
    return [other for place, other in enumerate(near) if not {other + "s", other.removesuffix("s")} & {*near[:place]}]


class UnknownParameter(BadParameter):
    """An unknown argument; `names` are the known names closest to it, or all of them if none is close."""

    def __init__(self, name: str, value: str, known: tuple[str, ...]) -> None:
        near = _closest(name.casefold(), known)
        self.names = tuple(near) or known
        names = " or ".join(near or ["one of " + ", ".join(known)])
        valid = f"left out, or called {names}" if known else "left out: this address takes none"
        super().__init__(name, value, Valid.EXACTLY, names=valid)

    def __str__(self) -> str:
        return f"The argument {self.name} is not known; it must be {self.valid}."


class RepeatedParameter(BadParameter):
    """An argument that may be given only once has several values."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name, value, Valid.EXACTLY, names="given once")

    def __str__(self) -> str:
        return f"The argument {self.name} is given several times; it must be {self.valid}."


class MissingQuery(BadParameter):
    """What can only be told of a query is asked for without one."""

    def __init__(self, name: str, valid: str = "a word or a phrase") -> None:
        super().__init__(name, "", Valid.EXACTLY, names=valid)

    def __str__(self) -> str:
        return f"The argument {self.name} is missing; it must be {self.valid}."


class ReversedDays(BadParameter):
    """A date range whose end is before its start."""

    def __init__(self, since: str, until: str) -> None:
        super().__init__("from", since, Valid.EXACTLY, names=f"no later than to, which is {until}")
        self.until = until

    def __str__(self) -> str:
        return f"The days from {self.value} to {self.until} end before they begin; swap from and to."


class LongAxis(BadParameter):
    """A time axis of too many bins; `longer` are the intervals with fewer of them."""

    def __init__(self, name: str, by: str, bins: int, longer: tuple[str, ...]) -> None:
        valid = " or ".join([*longer, "given with a shorter range of from and to"])
        super().__init__(name, by, Valid.EXACTLY, names=valid)
        self.bins, self.longer = bins, longer

    def __str__(self) -> str:
        return f"By {self.value}, the time axis has {self.bins:,} bins, too many; {self.name} must be {self.valid}."


class TooManyLines(BadParameter):
    """More lines in context than can be read or saved at once; a narrower query has fewer, and a sample may help.

    `lines` is about how many. Where `sampling` is no remedy, `name` is the argument of the query.
    """

    def __init__(self, name: str, value: str, lines: int, *, sampling: bool = False) -> None:
        sample = "a number of lines to take at random, or the query narrower"
        super().__init__(name, value, Valid.EXACTLY, names=sample if sampling else "a narrower query")
        self.lines = lines
        self.sampling = sampling

    def __str__(self) -> str:
        return f"There are about {self.lines:,} occurrences, too many at once; {self.name} must be {self.valid}."

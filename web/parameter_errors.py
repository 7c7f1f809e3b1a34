"""What can be wrong with a URL argument. Each error names the argument, its value and the valid values."""

from difflib import get_close_matches


class BadParameter(ValueError):
    """An argument has an invalid value; `valid` briefly describes the valid ones."""

    def __init__(self, name: str, value: str, valid: str) -> None:
        super().__init__(name, value, valid)
        self.name, self.value, self.valid = name, value, valid

    def __str__(self) -> str:
        return f"The argument {self.name} cannot be {self.value!r}; it must be {self.valid}."


class UnknownParameter(BadParameter):
    """An unknown argument; `names` are the known names closest to it, or all of them if none is close."""

    def __init__(self, name: str, value: str, known: tuple[str, ...]) -> None:
        near = get_close_matches(name.casefold(), known, cutoff=0.7)
        self.names = tuple(near) or known
        names = " or ".join(near or ["one of " + ", ".join(known)])
        super().__init__(name, value, f"left out, or called {names}" if known else "left out: this address takes none")

    def __str__(self) -> str:
        return f"The argument {self.name} is not known; it must be {self.valid}."


class RepeatedParameter(BadParameter):
    """An argument that may be given only once has several values."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(name, value, "given once")

    def __str__(self) -> str:
        return f"The argument {self.name} is given several times; it must be {self.valid}."


class ReversedDays(BadParameter):
    """A date range whose end is before its start."""

    def __init__(self, since: str, until: str) -> None:
        super().__init__("from", since, f"no later than to, which is {until}")
        self.until = until

    def __str__(self) -> str:
        return f"The days from {self.value} to {self.until} end before they begin; swap from and to."


class LongAxis(BadParameter):
    """A time axis of too many bins; `longer` are the intervals with fewer of them."""

    def __init__(self, name: str, by: str, bins: int, longer: tuple[str, ...]) -> None:
        super().__init__(name, by, " or ".join([*longer, "given with a shorter range of from and to"]))
        self.bins, self.longer = bins, longer

    def __str__(self) -> str:
        return f"By {self.value}, the time axis has {self.bins:,} bins, too many; {self.name} must be {self.valid}."


class TooManyLines(BadParameter):
    """More lines in context than can be ordered or saved at once; a sample or a narrower query has fewer."""

    def __init__(self, name: str, value: str, lines: int) -> None:
        super().__init__(name, value, "a number of lines to take at random, or the query narrower")
        self.lines = lines

    def __str__(self) -> str:
        return f"There are {self.lines:,} lines, too many at once; {self.name} must be {self.valid}."

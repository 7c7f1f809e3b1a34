"""Known runs: what each different run of characters of the batches so far comes to, so that it is taken apart once.

Batches of news have nearly all their words in common. A run is numbered when it is first met, and so is each *term* it
comes to: its forms, and for the parts of a hyphenated unit, "form unit". Of a batch's runs, only the new ones cost more
than a look-up.

    starts    int64[runs+1]  where the words of each run begin in the arrays below; "Jong-un" is two, most are one
    forms     int64[…]       the term of each word's form
    units     int64[…]       the term of its form and unit, -1 where it has no hyphen
    capitals  int8[…]        whether it stands in capitals throughout
"""

from array import array
from collections.abc import Sequence
from threading import local

import numpy as np
from numpy.typing import NDArray

from index.analysis import in_capitals, take_apart
from index.columnar.deriving import BETWEEN

MOST_LETTERS = 1 << 21  # of all known runs, some 200,000 of them in 60 MB; then all are forgotten
NONE = -1

Numbers = NDArray[np.int64]


class KnownRuns(local):
    """The runs met by this thread."""

    def __init__(self) -> None:
        self._forget()

    def numbers(self, runs: Sequence[str]) -> Numbers:
        """The number of each run; numbers given before may mean nothing any more."""
        if self._runs.letters > MOST_LETTERS:
            self._forget()
        return np.fromiter(map(self._runs.__getitem__, runs), np.int64, len(runs))

    def arrays(self) -> tuple[Numbers, Numbers, Numbers, NDArray[np.bool_]]:
        """`starts`, `forms`, `units` and `capitals`."""
        held = self._runs
        starts, forms, units = (np.array(numbers, np.int64) for numbers in (held.starts, held.forms, held.units))
        return starts, forms, units, np.array(held.capitals, bool)

    def spelt(self, terms: Numbers) -> list[bytes]:
        """Terms by their numbers."""
        return [self._runs.spelt[term] for term in terms.tolist()]

    def _forget(self) -> None:
        self._runs = _Runs()


class _Runs(dict[str, int]):
    """Run → its number."""

    def __init__(self) -> None:
        super().__init__()
        self.letters = 0
        self.starts, self.forms, self.units = array("q", [0]), array("q"), array("q")
        self.capitals = array("b")
        self.spelt: list[bytes] = []
        self._term_of: dict[bytes, int] = {}

    def __missing__(self, run: str) -> int:
        number = self[run] = len(self)
        self.letters += len(run)
        may_have = run[1:] != run[1:].lower()  # else it has a capital at its beginning at most
        for form, unit, start, end in take_apart(run):
            self.forms.append(self._term(form.encode()))
            self.units.append(NONE if form == unit else self._term(form.encode() + BETWEEN + unit.encode()))
            self.capitals.append(may_have and in_capitals(run[start:end]))
        self.starts.append(len(self.forms))
        return number

    def _term(self, term: bytes) -> int:
        number = self._term_of.setdefault(term, len(self.spelt))
        if number == len(self.spelt):
            self.spelt.append(term)
        return number

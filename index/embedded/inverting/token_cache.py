"""Known stretches: what each different stretch of the batches so far comes to, so that it is taken apart once.

Batches of news have nearly all their words in common. A stretch (see `cutting`) is numbered when it is first met, and
so is each *term* it comes to: its forms, and for the parts of a hyphenated unit, "form unit". Of a batch's stretches,
only the new ones cost more than a look-up.

    starts    int64[stretches+1]  where the words of each begin in the arrays below; "Jong-un" is two, most are one
    forms     int64[…]            the term of each word's form
    units     int64[…]            the term of its form and unit, -1 where it has no hyphen
    capitals  int8[…]             whether it stands in capitals throughout

The stretch numbered 0 is the END of a text, which has no words.
"""

from array import array
from collections.abc import Sequence
from threading import local

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.postings.derived_fields import BETWEEN
from index.embedded.inverting.chunking import END
from index.words.tokenizer import in_capitals, runs_written, take_apart

MOST_BYTES = 1 << 21  # of all known stretches, some 200,000 of them in 60 MB; then all are forgotten
NONE = -1

Numbers = NDArray[np.int64]


class KnownStretches(local):
    """The stretches met by this thread."""

    def __init__(self) -> None:
        self._forget()

    def numbers(self, stretches: Sequence[bytes]) -> Numbers:
        """The number of each stretch; numbers given before may mean nothing any more."""
        if self._known.bytes > MOST_BYTES:
            self._forget()
        return np.fromiter(map(self._known.__getitem__, stretches), np.int64, len(stretches))

    def arrays(self) -> tuple[Numbers, Numbers, Numbers, NDArray[np.bool_]]:
        """`starts`, `forms`, `units` and `capitals`."""
        held = self._known
        starts, forms, units = (np.array(numbers, np.int64) for numbers in (held.starts, held.forms, held.units))
        return starts, forms, units, np.array(held.capitals, bool)

    def spelt(self, terms: Numbers) -> list[bytes]:
        """Terms by their numbers."""
        return list(map(self._known.spelt.__getitem__, terms.tolist()))

    def _forget(self) -> None:
        self._known = _Known()


class _Known(dict[bytes, int]):
    """Stretch → its number."""

    def __init__(self) -> None:
        super().__init__({END: 0})
        self.bytes = 0
        self.starts, self.forms, self.units = array("q", [0, 0]), array("q"), array("q")
        self.capitals = array("b")
        self.spelt: list[bytes] = []
        self._term_of: dict[bytes, int] = {}

    def __missing__(self, stretch: bytes) -> int:
        number = self[stretch] = len(self)
        self.bytes += len(stretch)
        if stretch.isalpha():  # of ASCII alone, and so one word: this is what taking it apart comes to
            self._take(stretch.lower(), None, capital=stretch.isupper() and len(stretch) > 1)
        else:
            for run in runs_written(stretch.decode("utf-8", "surrogatepass")):
                for form, unit, start, end in take_apart(run):
                    whole = None if form == unit else unit.encode()
                    self._take(form.encode(), whole, capital=in_capitals(run[start:end]))
        self.starts.append(len(self.forms))
        return number

    def _take(self, form: bytes, unit: bytes | None, *, capital: bool) -> None:
        self.forms.append(self._term(form))
        self.units.append(NONE if unit is None else self._term(form + BETWEEN + unit))
        self.capitals.append(capital)

    def _term(self, term: bytes) -> int:
        number = self._term_of.setdefault(term, len(self.spelt))
        if number == len(self.spelt):
            self.spelt.append(term)
        return number

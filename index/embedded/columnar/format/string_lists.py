"""Lists of byte strings as two arrays, and looking things up in sorted ones.

    at     u4[n+1]   where each string begins; the last entry is the end of the last string
    text   u1[…]     all strings, one after the other

Sorted lists are searched by halving: some 17 comparisons of bytes among 100,000. The ends of words are found through
`by_ending`, u4[n], which lists the same strings in the order of their reversals (see `ordering`); what stands inside
words is found by searching all text at once.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import overload

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format.arrays import Array, ArrayFile, ArrayWriter, spread

Numbers = NDArray[np.uint32]
HIGHEST_BYTES = 1 << 32  # of all strings of one list: what `at` can tell
AT_ONCE = 1 << 16  # strings gathered at once: each of their letters takes some 30 bytes meanwhile
AFTER_ALL = b"\xff"  # sorts after whatever a UTF-8 string can go on with


class TooLarge(ValueError):
    """More of something in one segment than its numbers can tell; the message names it."""


class Texts(Sequence[bytes]):
    """A list of byte strings in mapped memory."""

    def __init__(self, at: Array, text: Array) -> None:
        self._ends = at.data  # indexed faster than an array
        self._text = text.data
        self.at = at
        self.text = text

    def __reduce__(self) -> tuple[type["Texts"], tuple[Array, Array]]:
        return Texts, (self.at, self.text)

    @property
    def nbytes(self) -> int:
        """How much memory the list takes."""
        return self.at.nbytes + self.text.nbytes

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, place: int) -> bytes: ...
    @overload
    def __getitem__(self, place: slice) -> list[bytes]: ...
    def __getitem__(self, place: int | slice) -> bytes | list[bytes]:
        if isinstance(place, slice):
            start, stop, step = place.indices(len(self))
            return list(self.between(start, stop))[::step]
        if place < 0:
            place += len(self)
        return bytes(self._text[self._ends[place] : self._ends[place + 1]])

    def __iter__(self) -> Iterator[bytes]:
        return self.between(0, len(self))

    def between(self, start: int, stop: int) -> Iterator[bytes]:
        """The strings from one place to another, at a third of the price of asking for each."""
        if stop <= start:
            return
        ends = self.at[start : stop + 1].tolist()
        first = ends[0]
        held = bytes(self._text[first : ends[-1]])
        for begin, end in pairwise(ends):
            yield held[begin - first : end - first]

    def taken(self, places: Array) -> "Texts":
        """The strings at some places, in their order."""
        begins = self.at[:-1][places].astype(np.int64)
        counts = self.at[1:][places] - begins
        return Texts(bounds(counts), gathered(self.text, begins, counts))

    def find(self, wanted: bytes) -> int:
        """The place of a string in a sorted list, or -1."""
        place = bisect_left(self, wanted)
        return place if place < len(self) and self[place] == wanted else -1

    def beginning(self, start: bytes) -> range:
        """The places of the strings of a sorted list that begin with `start`."""
        return range(bisect_left(self, start), bisect_left(self, start + AFTER_ALL))

    def ending(self, end: bytes, by_ending: Numbers) -> Numbers:
        """The places of the strings that end with `end`, in the order of their reversals."""
        wanted, places = end[::-1], by_ending.data
        begin = bisect_left(places, wanted, key=lambda place: self[place][::-1])
        return by_ending[begin : bisect_left(places, wanted + AFTER_ALL, key=lambda place: self[place][::-1])]

    def containing(self, part: bytes) -> Numbers:
        """The places of the strings that hold `part`, ascending."""
        held, found, start = bytes(self._text), [], 0
        while (start := held.find(part, start)) >= 0:
            found.append(start)
            start += 1
        starts = np.array(found, np.int64)
        places = np.searchsorted(self.at, starts, side="right") - 1
        whole = starts + len(part) <= self.at[places + 1]
        return np.unique(places[whole]).astype(np.uint32)


def listed(strings: Sequence[bytes]) -> Texts:
    """Strings as two arrays: a sixth of the memory of a Python list of them, and quick to send to another process."""
    counts = np.fromiter(map(len, strings), np.int64, len(strings))
    return Texts(bounds(counts), np.frombuffer(b"".join(strings), np.uint8))


def joined(lists: Sequence[Texts]) -> Texts:
    """Several lists as one."""
    counts = [np.diff(held.at.astype(np.int64)) for held in lists]
    text = np.concatenate([np.empty(0, np.uint8), *(held.text for held in lists)])
    return Texts(bounds(np.concatenate([np.empty(0, np.int64), *counts])), text)


def gathered(text: Array, begins: NDArray[np.int64], counts: NDArray[np.int64], step: int = 1) -> Array:
    """Stretches of a text end to end, some at a time; with a step of -1, each backwards from its beginning."""
    pieces = [np.empty(0, np.uint8)]
    for at in range(0, len(begins), AT_ONCE):
        some = counts[at : at + AT_ONCE]
        within = spread(np.zeros(len(some), np.int64), some)
        pieces.append(text[np.repeat(begins[at : at + AT_ONCE], some) + step * within])
    return np.concatenate(pieces)


def bounds(counts: NDArray[np.int64]) -> Numbers:
    """u4[n+1]: `at` for strings of these lengths; TooLarge where it cannot tell them."""
    at = np.zeros(len(counts) + 1, np.uint64)
    np.cumsum(counts, out=at[1:], dtype=np.uint64)
    if at[-1] >= HIGHEST_BYTES:
        raise TooLarge(f"{at[-1]} bytes of terms of one field in one segment; the most is {HIGHEST_BYTES - 1}")
    return at.astype(np.uint32)


def write(writer: ArrayWriter, name: str, held: Texts) -> None:
    """Write a list of strings as the arrays `name.at` and `name.text`."""
    writer.add(f"{name}.at", held.at)
    writer.add(f"{name}.text", held.text)


def read(file: ArrayFile, name: str) -> Texts:
    """The list of strings that `write` wrote."""
    return Texts(file[f"{name}.at"], file[f"{name}.text"])

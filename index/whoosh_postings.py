"""Posting arrays out of a Whoosh reader: the evaluator's source for an index in Whoosh's own format.

Whoosh hands postings out one at a time, which costs about a microsecond each; whole lists are therefore kept as arrays
once read, up to a bound. Segments follow each other by document number. A reader is not safe between threads: one lock.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from threading import RLock
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader, TermNotFound

from index.evaluator import Keys, Scores
from index.whoosh_schema import positions

MAX_KEPT_BYTES = 128 * 1024 * 1024  # arrays kept per open generation; the posting lists of some thousand common words
Lists = tuple[NDArray[np.uint32], Scores]
Held = TypeVar("Held")


class WhooshPostings:
    """The postings of one open reader; implements `evaluator.Postings`."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._kept: OrderedDict[tuple[str, str, str], Any] = OrderedDict()
        self._bytes = 0
        self._vocabularies: dict[str, list[str]] = {}
        self.lock = RLock()

    def frequencies(self, field: str, term: str) -> Lists:
        """The documents of a term, ascending, and its frequency in each; see `Postings`."""
        return self._once(("frequencies", field, term), lambda: self.read_frequencies(field, term))

    def positions(self, field: str, term: str) -> Keys:
        """The keys of a term's positions, ascending; see `Postings`."""
        return self._once(("positions", field, term), lambda: (self.read_positions(field, term),))[0]

    def lengths(self, field: str) -> Scores:
        """float32[N]: the length of each document in a field, as Whoosh keeps it (rounded up to one of 256 steps)."""
        return self._once(("lengths", field, ""), lambda: (self._read_lengths(field),))[0]

    def vocabulary(self, field: str) -> Sequence[str]:
        """Every term of a field, ascending."""
        with self.lock:
            if field not in self._vocabularies:
                self._vocabularies[field] = [term.decode() for term in self._reader.lexicon(field)]
            return self._vocabularies[field]

    def read_frequencies(self, field: str, term: str) -> Lists:
        """The same as `frequencies`, from the files, and not kept."""
        pairs = [(matcher.id(), matcher.weight()) for matcher in self._walk(field, term)]
        documents = np.array([document for document, _ in pairs], np.uint32)
        return documents, np.array([weight for _, weight in pairs], np.float32)

    def read_positions(self, field: str, term: str) -> Keys:
        """The same as `positions`, from the files, and not kept."""
        lists = [(np.uint64(m.id()) << np.uint64(32)) + positions(m.value()) for m in self._walk(field, term)]
        return np.concatenate(lists).astype(np.uint64) if lists else np.empty(0, np.uint64)

    def _read_lengths(self, field: str) -> Scores:
        length = self._reader.doc_field_length
        return np.array([length(n, field, 0) or 0 for n in range(self._reader.doc_count_all())], np.float32)

    def _walk(self, field: str, term: str) -> Iterator[Any]:
        """The term's matcher, standing on each posting in turn."""
        try:
            matcher = self._reader.postings(field, term.encode())
        except TermNotFound:
            return
        while matcher.is_active():
            yield matcher
            matcher.next()

    def _once(self, key: tuple[str, str, str], read: Callable[[], Held]) -> Held:
        """What `read` gives, read at most once while there is room for it; the longest unused goes first."""
        with self.lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                held: Held = self._kept[key]
                return held
            held = read()
            self._kept[key] = held
            self._bytes += _size(held)
            while self._bytes > MAX_KEPT_BYTES and len(self._kept) > 1:
                self._bytes -= _size(self._kept.popitem(last=False)[1])
            return held


def _size(arrays: Any) -> int:
    return sum(array.nbytes for array in arrays)

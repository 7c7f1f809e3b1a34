"""The token cache: maps each distinct chunk to its tokens, so that every chunk is tokenized once per thread.

Batches of news share nearly all their words. A chunk (see `chunking`) gets a number when it first occurs, and so does
each *term*: a form, or "form unit" for a part of a hyphenated unit. Only the new chunks of a batch cost more than a
look-up. Chunk 0 is the END of a text and has no tokens.

    starts    int64[chunks+1]  where the tokens of each chunk begin; "Jong-un" has two, most chunks have one
    forms     int64[…]         the term number of each token's form
    units     int64[…]         the term number of its form and unit, -1 without a hyphen
    capitals  int8[…]          whether the token is in all caps
"""

from array import array
from collections.abc import Sequence
from threading import local

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.postings.derived_fields import UNIT_SEPARATOR
from index.words.chunking import END
from index.words.tokenizer import find_runs, is_all_caps, tokenize_run

MOST_BYTES = 1 << 21  # total length of cached chunks: some 200,000 chunks in 60 MB; the cache is then cleared
NONE = -1

Numbers = NDArray[np.int64]


class TokenCache(local):
    """The chunks and terms seen by one thread."""

    def __init__(self) -> None:
        self._clear()

    def numbers(self, chunks: Sequence[bytes]) -> Numbers:
        """The number of each chunk. A call may clear the cache, which invalidates all earlier numbers."""
        if self._chunks.bytes > MOST_BYTES:
            self._clear()
        try:
            return np.fromiter(map(self._chunks.__getitem__, chunks), np.int64, len(chunks))
        except MemoryError:
            self._clear()  # a chunk may have been added in part
            raise

    def arrays(self) -> tuple[Numbers, Numbers, Numbers, NDArray[np.bool_]]:
        """`starts`, `forms`, `units` and `capitals`."""
        held = self._chunks
        starts, forms, units = (np.array(numbers, np.int64) for numbers in (held.starts, held.forms, held.units))
        return starts, forms, units, np.array(held.capitals, bool)

    def spelt(self, terms: Numbers) -> list[bytes]:
        """The terms with these numbers, as UTF-8."""
        return list(map(self._chunks.spelt.__getitem__, terms.tolist()))

    def _clear(self) -> None:
        self._chunks = _ChunkNumbers()


class _ChunkNumbers(dict[bytes, int]):
    """Chunk → chunk number; tokenizes a chunk at its first look-up."""

    def __init__(self) -> None:
        super().__init__({END: 0})
        self.bytes = 0
        self.starts, self.forms, self.units = array("q", [0, 0]), array("q"), array("q")
        self.capitals = array("b")
        self.spelt: list[bytes] = []
        self._term_of: dict[bytes, int] = {}

    def __missing__(self, chunk: bytes) -> int:
        number = self[chunk] = len(self)
        self.bytes += len(chunk)
        if chunk.isalpha():  # only ASCII letters, hence one token: the same result as tokenizing
            self._add_token(chunk.lower(), None, capital=chunk.isupper() and len(chunk) > 1)
        else:
            for run in find_runs(chunk.decode("utf-8", "surrogatepass")):
                for form, unit, start, end in tokenize_run(run):
                    whole = None if form == unit else unit.encode()
                    self._add_token(form.encode(), whole, capital=is_all_caps(run[start:end]))
        self.starts.append(len(self.forms))
        return number

    def _add_token(self, form: bytes, unit: bytes | None, *, capital: bool) -> None:
        self.forms.append(self._term(form))
        self.units.append(NONE if unit is None else self._term(form + UNIT_SEPARATOR + unit))
        self.capitals.append(capital)

    def _term(self, term: bytes) -> int:
        number = self._term_of.setdefault(term, len(self.spelt))
        if number == len(self.spelt):
            self.spelt.append(term)
        return number

"""The word hashes of texts while they are compared: from a temporary file, or computed again from their bodies."""

import os
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from archive.copies.fingerprint_table import FingerprintTable, StaleFingerprintsError
from archive.copies.fingerprints import WordHashes, words_and_digests
from archive.temporary_files import temporary_file

CACHED_TEXTS = 1 << 13  # texts whose word hashes are cached while pairs are compared: some 10 MB
NOT_SPOOLED = -1

ParagraphsOf = Callable[[Sequence[str]], Iterable[Sequence[str]]]  # of some articles by id, in turn


class SpooledWords:
    """The words of the articles added in this run, by row; rows of the last run have none."""

    def __init__(self, folder: Path | None, rows: int) -> None:
        self._starts = array("q", [NOT_SPOOLED] * rows)
        self._end = 0
        self._file = temporary_file(self, folder)

    def add(self, words: WordHashes) -> None:
        """Append the words of the next row."""
        self._starts.append(self._end)
        self._end += self._file.write(words.tobytes())

    def read(self, row: int) -> WordHashes | None:
        """The words of a row, or None if it is of the last run."""
        start = self._starts[row]
        if start == NOT_SPOOLED:
            return None
        end = self._starts[row + 1] if row + 1 < len(self._starts) else self._end
        self._file.flush()
        return np.frombuffer(os.pread(self._file.fileno(), end - start, start), np.uint32)


class TextWords:
    """The words of texts by row; those of unchanged articles are computed again where needed, many at a time."""

    def __init__(self, table: FingerprintTable, spool: SpooledWords, paragraphs_of: ParagraphsOf) -> None:
        self._table = table
        self._spool = spool
        self._paragraphs_of = paragraphs_of
        self._cached: dict[int, WordHashes] = {}

    def of(self, rows: Sequence[int]) -> list[WordHashes]:
        """The words of some rows; StaleFingerprintsError if a text is not the one that was fingerprinted."""
        found = {row: words for row in rows if (words := self._known(row)) is not None}
        lost = [row for row in rows if row not in found]
        if lost:
            found |= self._compute(lost)
        if len(self._cached) > CACHED_TEXTS:
            self._cached.clear()
        self._cached |= found
        return [found[row] for row in rows]

    def _known(self, row: int) -> WordHashes | None:
        words = self._cached.get(row)
        return self._spool.read(row) if words is None else words

    def _compute(self, rows: Sequence[int]) -> dict[int, WordHashes]:
        ids = [self._table.ids[row] for row in rows]
        again = words_and_digests(self._paragraphs_of(ids))
        found = {}
        for row, article_id, (words, digest) in zip(rows, ids, again, strict=True):
            if digest != self._table.digest(row):
                raise StaleFingerprintsError(f"article {article_id!r} was kept as unchanged, but its text is another")
            found[row] = words
        return found

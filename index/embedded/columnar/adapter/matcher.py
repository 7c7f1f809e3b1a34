"""A Whoosh matcher over one posting list, for Whoosh's own queries, which read one document at a time.

Our evaluator does not use it; it reads the same arrays whole. The matcher offers no block qualities, so Whoosh scores
every posting: exact, and fast enough for these queries.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.columnar.stock import Frequency, LeafMatcher, ReadTooFar, pack_uint


class PostingMatcher(LeafMatcher):  # type: ignore[misc]  # of unknown type, see `stock`
    """Steps through a posting list; `format` and `scorer` are Whoosh's."""

    def __init__(self, posting: PostingList, term: tuple[str, bytes], format_: Any, scorer: Any) -> None:
        self._posting = posting
        self._documents = posting.documents.data
        self._counts = posting.counts.data
        self._ends: Any = None
        self._term = term
        self.format = format_
        self.scorer = scorer
        self._at = 0

    def is_active(self) -> bool:
        """Return whether there is a posting left."""
        return self._at < len(self._documents)

    def reset(self) -> None:
        """Go back to the first posting."""
        self._at = 0

    def copy(self) -> "PostingMatcher":
        """Return another matcher at the same posting."""
        twin = PostingMatcher(self._posting, self._term, self.format, self.scorer)
        twin._at = self._at
        return twin

    def id(self) -> int:
        """Return the document number of the current posting."""
        if not self.is_active():
            raise ReadTooFar
        number: int = self._documents[self._at]
        return number

    def all_ids(self) -> Iterator[int]:
        """Iterate over all document numbers of the list."""
        return iter(self._documents)

    def next(self) -> None:
        """Go to the next posting."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002  # Whoosh's name
        """Go forward to the first posting of document `id` or a later one."""
        if not self.is_active():
            raise ReadTooFar
        self._at += int(np.searchsorted(self._posting.documents[self._at :], id))

    def weight(self) -> float:
        """Return the frequency."""
        return float(self._counts[self._at])

    def value(self) -> bytes:
        """Return the posting's value as the field's format encodes it."""
        if self._posting.positions is not None:
            encoded: bytes = self.format.encode(self._positions())
            return encoded
        return pack_uint(self._counts[self._at]) if isinstance(self.format, Frequency) else b""

    def value_as(self, astype: str) -> Any:
        """Return the posting's positions, frequency or weight, without encoding them first."""
        if astype == "positions":
            return self._positions()
        return self.weight() if astype == "weight" else int(self.weight())

    def supports(self, astype: str) -> bool:
        """Return whether `value_as` knows `astype`."""
        return astype in {"frequency", "weight"} or (astype == "positions" and self._posting.positions is not None)

    def supports_block_quality(self) -> bool:
        """Return False: a list has no blocks."""
        return False

    def _positions(self) -> list[int]:
        if self._posting.positions is None:
            return []
        if self._ends is None:
            self._ends = np.cumsum(self._posting.counts, dtype=np.int64)
        end = int(self._ends[self._at])
        positions: list[int] = self._posting.positions[end - self._counts[self._at] : end].tolist()
        return positions

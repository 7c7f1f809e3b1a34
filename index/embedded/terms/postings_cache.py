"""Kept lists: posting lists unpacked for the last queries, up to a number of bytes in all.

Readers ask for the same words again, page after page and facet after facet, and function words stand in most phrases.
A rare word's list has some hundred bytes, a common one's in a million articles some megabytes: so not lists are
counted, but their bytes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from threading import Lock
from typing import Generic, TypeVar

from index.embedded.columnar.postings.inversion import Posting

ROOM = 400  # bytes of a list without what is in it, and of its key

Lists = TypeVar("Lists", bound=Posting | Sequence[Posting])


class KeptLists(Generic[Lists]):
    """What `made` gives for a key, kept for those asked last; safe in threads."""

    def __init__(self, made: Callable[..., Lists], most: int) -> None:
        self._made = made
        self._most = most
        self._held: OrderedDict[tuple[Hashable, ...], Lists] = OrderedDict()
        self._bytes = 0
        self._changing = Lock()

    def __call__(self, *key: Hashable) -> Lists:
        """The lists for a key; made outside the lock, so that a long one keeps nobody waiting."""
        with self._changing:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                return found
        found = self._made(*key)
        with self._changing:
            if key not in self._held:
                self._held[key] = found
                self._bytes += _size(found)
            while self._bytes > self._most and len(self._held) > 1:
                self._bytes -= _size(self._held.popitem(last=False)[1])
        return found

    @property
    def nbytes(self) -> int:
        """How many bytes the kept lists have."""
        return self._bytes


def _size(lists: Posting | Sequence[Posting]) -> int:
    """Bytes of what was unpacked for some lists, and a little for each; positions lie where the segment has them."""
    together = (lists,) if isinstance(lists, Posting) else lists
    return ROOM + sum(ROOM + one.documents.nbytes + one.counts.nbytes for one in together)

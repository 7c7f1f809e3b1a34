"""An LRU cache of decoded posting lists, limited by total bytes.

Readers ask for the same terms again, from page to page and facet to facet, and function words are part of most phrases.
The limit counts bytes, not lists: a rare term's list takes some hundred bytes, a common term's list in a million
articles takes some megabytes.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from functools import partial
from threading import Lock
from typing import Any, TypeVar

from index.embedded.columnar.postings.inversion import PostingList

OVERHEAD = 400  # bytes of an empty list object, and of its key

Lists = TypeVar("Lists", bound=PostingList | Sequence[PostingList])


class PostingsCache:
    """Caches lists of several kinds within one number of bytes and evicts the least recently used; thread-safe."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._held: OrderedDict[tuple[Hashable, ...], Any] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def keeping(self, kind: str, load: Callable[..., Lists]) -> Callable[..., Lists]:
        """Return a function of the same arguments that keeps what `load` returns for them."""
        return partial(self._found, kind, load)

    def _found(self, kind: str, load: Callable[..., Lists], *asked: Hashable) -> Lists:
        """Return some lists; loading runs outside the lock, so that a long list blocks no other thread."""
        key = (kind, *asked)
        with self._lock:
            known: Lists | None = self._held.get(key)
            if known is not None:
                self._held.move_to_end(key)
                return known
        found = load(*asked)
        with self._lock:
            if key not in self._held:
                self._held[key] = found
                self._bytes += _size(found)
            while self._bytes > self._max_bytes and len(self._held) > 1:
                self._bytes -= _size(self._held.popitem(last=False)[1])
        return found

    @property
    def nbytes(self) -> int:
        """The total size of the cached lists in bytes."""
        return self._bytes


def _size(lists: PostingList | Sequence[PostingList]) -> int:
    """The decoded bytes of some lists plus overhead; positions are not counted, they stay in the mapped segment."""
    together = (lists,) if isinstance(lists, PostingList) else lists
    return OVERHEAD + sum(OVERHEAD + one.documents.nbytes + one.counts.nbytes for one in together)

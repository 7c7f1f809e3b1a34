"""First seen: since when an index has had each article.

That is the history of an index and no fact of its articles, so it is no part of the id of an index. The entry of an
article stays when the article goes: one that changes, or comes back, is no new one. Every build takes the table over,
also one from nothing and one upon an index of another version.

    keys      u8[n]    hash of each article id, ascending
    moments   u4[n]    when the build began that added it first, in seconds since 1970 UTC
"""

from collections.abc import Iterable
from pathlib import Path
from time import time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from archive.copies.array_file import DamagedArraysError, read_arrays, write_arrays
from archive.text_hash import text_hash

FIRST_SEEN: Final = "first-seen.npz"
RULES: Final = b"kliping first seen 1"
KEYS, MOMENTS = np.dtype(np.uint64), np.dtype(np.uint32)

Moments = NDArray[np.uint32]


class FirstSeen:
    """Article id → the moment of the build that added it first."""

    def __init__(self, keys: NDArray[Any], moments: NDArray[Any]) -> None:
        self.keys, self.moments = keys, moments

    @classmethod
    def load(cls, path: Path | None) -> "FirstSeen":
        """Load a saved table; an empty one if there is none, or it is damaged."""
        try:
            held = {} if path is None else read_arrays(path, RULES)
            return cls(held["keys"].astype(KEYS), held["moments"].astype(MOMENTS))
        except (OSError, DamagedArraysError, KeyError, ValueError):
            return cls(np.empty(0, KEYS), np.empty(0, MOMENTS))

    def of(self, ids: Iterable[bytes], otherwise: int) -> Moments:
        """u4[n]: the moments of some articles; `otherwise` for those that are not known."""
        return self._of(_keys(ids), otherwise)

    def joined(self, ids: Iterable[bytes], moment: int) -> "FirstSeen":
        """The table with some articles more; those that are known stay as they are."""
        keys = np.unique(np.concatenate((self.keys, _keys(ids))))
        return FirstSeen(keys, self._of(keys, moment))

    def save(self, path: Path) -> None:
        """Save the table beside an index."""
        write_arrays(path, RULES, (("keys", self.keys), ("moments", self.moments)))

    def _of(self, keys: NDArray[Any], otherwise: int) -> Moments:
        moments = np.full(len(keys), otherwise, MOMENTS)
        if len(self.keys):
            places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
            known = self.keys[places] == keys
            moments[known] = self.moments[places[known]]
        return moments


def now() -> int:
    """The present moment, in seconds since 1970 UTC."""
    return int(time())


def _keys(ids: Iterable[bytes]) -> NDArray[Any]:
    return np.fromiter(map(text_hash, ids), KEYS)

"""Former addresses: which article an old link means, of those that earlier versions of Kliping named by their place.

Until 0.1.0 an article without an id of its own was named by file and row. The first article that this index has seen at
such a place is the one that was linked to. What stands in a row later is another article, so such an entry stays even
when its article is gone. A file that holds one article is this article, whatever its text becomes.

    keys     u8[n]     hash of each former id, ascending
    rows     b1[n]     whether it names a row of a file
    ids      S48[n]    the id of the article today
"""

import re
from array import array
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from archive.copies.array_file import DamagedArraysError, read_arrays, write_arrays
from archive.record import Record
from archive.text_hash import text_hash

FORMER_ADDRESSES: Final = "former-addresses.npz"
RULES: Final = b"kliping former addresses 1"
ID_BYTES: Final = 48  # of a derived id; a longer one is of the millionth repetition of a text
NAMES_ROW: Final = re.compile(r":\d+$")
KEYS, ROWS, IDS = np.dtype(np.uint64), np.dtype(bool), np.dtype(f"S{ID_BYTES}")

Column = np.ndarray[Any, np.dtype[Any]]


class FormerAddresses:
    """Former id → id, of the articles whose ids are derived."""

    def __init__(self, keys: Column, rows: Column, ids: Column) -> None:
        self.keys, self.rows, self.ids = keys, rows, ids

    @classmethod
    def load(cls, path: Path | None) -> "FormerAddresses":
        """Load a saved table; an empty one if there is none, or it is damaged."""
        try:
            held = {} if path is None else read_arrays(path, RULES)
            return cls(held["keys"].astype(KEYS), held["rows"].astype(ROWS), held["ids"].astype(IDS))
        except (OSError, DamagedArraysError, KeyError, ValueError):
            return cls(np.empty(0, KEYS), np.empty(0, ROWS), np.empty(0, IDS))

    def get(self, former: str) -> str | None:
        """The id that a former id became; None if it is not known. The article may be gone."""
        key = np.uint64(text_hash(former))
        place = int(np.searchsorted(self.keys, key))
        return self.ids[place].decode("ascii") if place < len(self.keys) and self.keys[place] == key else None

    def followed_by(self, now: "FormerAddresses") -> "FormerAddresses":
        """The table after another run, which has found the articles of `now` at these places."""
        gone = ~np.isin(self.ids, now.ids) & ~self.rows & np.isin(self.keys, now.keys)
        added = ~np.isin(now.keys, self.keys[~gone])
        keys, rows, ids = (
            np.concatenate((before[~gone], after[added]))
            for before, after in ((self.keys, now.keys), (self.rows, now.rows), (self.ids, now.ids))
        )
        order = np.argsort(keys, kind="stable")
        return FormerAddresses(keys[order], rows[order], ids[order])

    def save(self, path: Path) -> None:
        """Save the table beside an index."""
        write_arrays(path, RULES, (("keys", self.keys), ("rows", self.rows), ("ids", self.ids)))


class CollectedAddresses:
    """The former ids of the articles of a running reindex."""

    def __init__(self) -> None:
        self._keys, self._rows, self._ids = array("Q"), bytearray(), bytearray()

    def add(self, record: Record) -> None:
        """Note a record, if earlier versions named it otherwise."""
        if record.former_id and len(record.id) <= ID_BYTES:
            self._keys.append(text_hash(record.former_id))
            self._rows.append(NAMES_ROW.search(record.former_id) is not None)
            self._ids += record.id.encode("ascii").ljust(ID_BYTES, b"\0")

    def table(self, renamed: Mapping[str, str]) -> FormerAddresses:
        """What was collected, with the ids that records got in the end; of two at one place the first."""
        ids = np.frombuffer(bytes(self._ids), IDS).copy()
        for place in np.flatnonzero(np.isin(ids, [old.encode("ascii") for old in renamed])) if renamed else ():
            ids[place] = renamed[ids[place].decode("ascii")].encode("ascii")
        keys, first = np.unique(np.frombuffer(bytes(self._keys), KEYS), return_index=True)
        return FormerAddresses(keys, np.frombuffer(bytes(self._rows), ROWS)[first], ids[first])

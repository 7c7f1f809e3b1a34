"""Columns: one fact of every document as an array, so that filters, facets, order and folding are array arithmetic.

Documents are numbered from 0 as Whoosh numbers them; N is how many there are, deleted ones included. A generation's
columns lie in one array file, `columns.arrays`, written anew with each generation and mapped into memory.

    ids, digests       texts of N strings
    live      u1[N]    1 for a document that still counts
    first     i4[N]    first day the date may mean, as a proleptic Gregorian ordinal; 0 for undated
    last      i4[N]    last such day; 0 for undated
    story     u4[N]    number of the document that lends the story its id; the document itself where it has no copies
    copied    u1[N]    1 for a live document whose story has other live documents as well
    kin       u4[C]    the copied documents, by story and then by number
    newest    u4[N]    rank in the order newest first, undated last, equal days by id
    oldest    u4[N]    rank in the order oldest first, undated last, equal days by id
    by_id     u4[L]    the live documents in the order of their ids
    facet.values       texts of V strings, ascending, for each facet
    facet.codes        u1|u2|u4[N]: 0 for none, else the place of the document's value, counted from 1;
    facet.at  u4[N+1]  only where some document has several values: document d then has codes[at[d]:at[d+1]], none 0
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from index.columnar import texts
from index.columnar.arrays import ArrayFile
from index.facets import FACETS

Mask = NDArray[np.bool_]
Numbers = NDArray[np.uint32]
Days = NDArray[np.int32]

COLUMNS = "columns.arrays"


class Names(Sequence[str]):
    """A list of strings in mapped memory."""

    def __init__(self, held: texts.Texts) -> None:
        self._held = held

    def __len__(self) -> int:
        return len(self._held)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [_string(name) for name in self._held[place]]
        return _string(self._held[place])

    def __iter__(self) -> Iterator[str]:
        return map(_string, self._held)


@dataclass(frozen=True)
class Coded:
    """One facet: its values, and which documents have them; see the module for `codes` and `at`."""

    names: Names
    codes: NDArray[Any]
    at: Numbers | None

    @cached_property
    def values(self) -> list[str]:
        """The values, ascending."""
        return list(self.names)

    def places(self, wanted: Sequence[str]) -> list[int]:
        """The places, counted from 1, of those of some values that there are."""
        found = ((value, bisect_left(self.values, value)) for value in wanted)
        return [place + 1 for value, place in found if self.values[place : place + 1] == [value]]

    def having(self, places: Sequence[int]) -> Mask:
        """bool[N]: the documents that have at least one of the values at these places."""
        wanted = np.zeros(len(self.names) + 1, bool)
        wanted[list(places)] = True
        rows: Mask = wanted[self.codes]
        if self.at is None:
            return rows
        mask = np.zeros(len(self.at) - 1, bool)
        mask[np.searchsorted(self.at, np.flatnonzero(rows), side="right") - 1] = True
        return mask

    def rows(self, documents: Numbers) -> tuple[Numbers, NDArray[Any]]:
        """For documents of a facet of several values: which of them (by place) has which code, a row a value."""
        if self.at is None:
            raise ValueError("a facet of single values has no rows")
        begins = self.at[documents].astype(np.int64)
        counts = self.at[documents + np.uint32(1)] - begins
        ends = np.cumsum(counts)
        rows = np.repeat(begins - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)
        return np.repeat(np.arange(len(documents), dtype=np.uint32), counts), self.codes[rows]


class Columns:
    """All columns of a generation; see the module for their shapes."""

    def __init__(self, folder: Path) -> None:
        self.file = ArrayFile(folder / COLUMNS)
        get = self.file.__getitem__
        self.ids, self.digests = Names(texts.read(self.file, "ids")), Names(texts.read(self.file, "digests"))
        self.live: Mask = get("live").view(np.bool_)
        self.copied: Mask = get("copied").view(np.bool_)
        self.first: Days = get("first")
        self.last: Days = get("last")
        self.story: Numbers = get("story")
        self.kin: Numbers = get("kin")
        self.newest: Numbers = get("newest")
        self.oldest: Numbers = get("oldest")
        self.by_id: Numbers = get("by_id")
        self.coded: Mapping[str, Coded] = {name: self._coded(name) for name in FACETS}

    def __len__(self) -> int:
        return len(self.live)

    @property
    def all_live(self) -> bool:
        """Whether no document is deleted."""
        return len(self.by_id) == len(self.live)

    @cached_property
    def everything(self) -> Numbers:
        """All live documents, ascending."""
        return np.flatnonzero(self.live).astype(np.uint32)

    def number(self, article_id: str) -> int | None:
        """The document of an article, or None where there is no such article."""
        place = bisect_left(self.by_id.data, article_id, key=self.ids.__getitem__)
        if place == len(self.by_id):
            return None
        number = int(self.by_id[place])
        return number if self.ids[number] == article_id else None

    def story_id(self, number: int) -> str:
        """The id of the story a document belongs to."""
        return self.ids[int(self.story[number])]

    def kin_of(self, number: int) -> Numbers:
        """All live documents of a document's story, ascending; for a copied document."""
        story, stories = self.story[number], self._kin_stories
        return self.kin[np.searchsorted(stories, story) : np.searchsorted(stories, story, side="right")]

    def copied_among(self, documents: Numbers) -> Numbers:
        """The places in `documents` of those that are copied."""
        return np.flatnonzero(self.copied.take(documents, mode="clip")).astype(np.uint32)

    def stories_in(self, documents: Numbers) -> int:
        """How many different stories these documents tell: those without copies count themselves."""
        copied = documents[self.copied_among(documents)]
        return len(documents) - len(copied) + len(np.unique(self.story[copied]))

    @cached_property
    def _kin_stories(self) -> Numbers:
        return self.story[self.kin]

    def _coded(self, name: str) -> Coded:
        held = Names(texts.read(self.file, f"{name}.values"))
        return Coded(held, self.file[f"{name}.codes"], self.file.get(f"{name}.at"))


def _string(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")  # a fact may hold half of a character that a file cut in two

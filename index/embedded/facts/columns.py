"""Columns: one fact of every document as an array, so that filters, facets, order and folding are array arithmetic.

Documents are numbered from 0 as Whoosh numbers them; N is how many there are, deleted ones included. A generation's
columns lie in one array file, `columns.arrays`, written anew with each generation and mapped into memory.

    ids, digests       texts of N strings
    live      u1[N]    1 for a document that still counts
    first     i4[N]    first day the date may mean, as a proleptic Gregorian ordinal; 0 for undated
    last      i4[N]    last such day; 0 for undated
    words     u4[N]    words of the body
    story.of      u4[N]  number of the document that lends the story its id; the document itself where it has no copies
    story.copied  u1[N]  1 for a live document whose story has other live documents as well
    story.kin     u4[C]  the copied documents, by story and then by number
    loose.…            the same of loose groups
    newest    u4[N]    rank in the order newest first, undated last, equal days by id
    oldest    u4[N]    rank in the order oldest first, undated last, equal days by id
    by_id     u4[L]    the live documents in the order of their ids
    facet.values       texts of V strings, ascending, for each facet
    facet.codes        u1|u2|u4[N]: 0 for none, else the place of the document's value, counted from 1;
    facet.at  u4[N+1]  only where some document has several values: document d then has codes[at[d]:at[d+1]], none 0
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from archive.article import Basis
from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import ArrayFile
from index.facets import FACETS

Mask = NDArray[np.bool_]
Numbers = NDArray[np.uint32]
Days = NDArray[np.int32]

COLUMNS = "columns.arrays"


class Names(Sequence[str]):
    """A list of strings in mapped memory."""

    def __init__(self, held: string_lists.Texts) -> None:
        self.held = held

    def __len__(self) -> int:
        return len(self.held)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [_string(name) for name in self.held[place]]
        return _string(self.held[place])

    def __iter__(self) -> Iterator[str]:
        return map(_string, self.held)


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

    @cached_property
    def value_of(self) -> list[str]:
        """The value of every code; that of 0, which means none, is empty."""
        return ["", *self.values]

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


@dataclass(frozen=True)
class Groups:
    """Documents in groups, stories or loose ones: `of`, `copied` and `kin` as in the module."""

    of: Numbers
    copied: Mask
    kin: Numbers

    def members(self, number: int) -> Numbers:
        """All live documents of a document's group, ascending; for a copied document."""
        group, groups = self.of.data[number], self._kin_groups.data
        first = bisect_left(groups, group)
        return self.kin[first : bisect_right(groups, group, first)]

    def copied_among(self, documents: Numbers) -> NDArray[np.intp]:
        """The places in `documents` of those that are copied."""
        return self.copied.take(documents, mode="clip").nonzero()[0]

    def count(self, documents: Numbers) -> int:
        """How many different groups these documents are of: those without copies count themselves."""
        copied = documents[self.copied_among(documents)]
        return len(documents) - len(copied) + len(np.unique(self.of[copied]))

    @cached_property
    def _kin_groups(self) -> Numbers:
        return self.of[self.kin]


class Columns:
    """All columns of a generation; see the module for their shapes."""

    def __init__(self, folder: Path) -> None:
        self.file = ArrayFile(folder / COLUMNS)
        get = self.file.__getitem__
        self.ids, self.digests = (
            Names(string_lists.read(self.file, "ids")),
            Names(string_lists.read(self.file, "digests")),
        )
        self.live: Mask = get("live").view(np.bool_)
        self.first: Days = get("first")
        self.last: Days = get("last")
        self.words: Numbers = get("words")
        self.stories, self.loose = self._groups("story"), self._groups("loose")
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

    @cached_property
    def dated_by_copies(self) -> Mask:
        """bool[N]: which documents are dated by the copies of their stories alone."""
        coded = self.coded["basis"]
        return coded.having(coded.places([Basis.COPIES.value]))

    def story_id(self, number: int) -> str:
        """The id of the story a document belongs to."""
        return self.ids[int(self.stories.of[number])]

    def _groups(self, name: str) -> Groups:
        copied = self.file[f"{name}.copied"].view(np.bool_)
        return Groups(self.file[f"{name}.of"], copied, self.file[f"{name}.kin"])

    def _coded(self, name: str) -> Coded:
        held = Names(string_lists.read(self.file, f"{name}.values"))
        return Coded(held, self.file[f"{name}.codes"], self.file.get(f"{name}.at"))


def _string(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")  # a fact may hold half of a character that a file cut in two

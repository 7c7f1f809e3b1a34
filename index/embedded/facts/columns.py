"""Columns: one fact of every document as an array, memory-mapped from `columns.arrays`, which each generation rewrites.

Documents are numbered from 0 as in Whoosh; N is their number, including deleted ones.

    ids, digests       string lists [N]
    live      u1[N]    1 for a document that is not deleted
    first     i4[N]    first day of the date span, as a proleptic Gregorian ordinal; 0 for undated
    last      i4[N]    last day of the date span; 0 for undated
    words     u4[N]    words of the body
    disputed  u1[N]    1 where some evidence speaks for another date
    story.of      u4[N]  the document whose id is the story id; the document itself where it has no copies
    story.copied  u1[N]  1 for a live document whose story has other live documents
    story.kin     u4[C]  the copied documents, by story, then by number
    loose.…            the same for loose groups
    newest    u4[N]    rank when sorted newest first, undated last, equal days by id
    oldest    u4[N]    rank when sorted oldest first, undated last, equal days by id
    versions, outlets, most_versions, most_outlets   see `story_sizes`
    since     u4[N]    since when the index has had the article (`storage.first_seen`)
    latest    u4[N]    rank when sorted by `since`, the latest first, equal ones newest first
    by_id     u4[L]    the live documents, sorted by id
    facet.values       string list [V], ascending, for each facet
    facet.codes        u1|u2|u4[N]: 0 for no value, else the 1-based index of the document's value
    facet.at  u4[N+1]  only where some document has several values: document d has codes[at[d]:at[d+1]], none of them 0

Filters, facet counts, order and folding are array arithmetic on these.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from archive.article import READ_FROM_TEXT, STATED_BASES, DateBasis
from archive.dating.outliers import StatedYears
from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import ArrayFile
from index.facets import FACETS

Mask = NDArray[np.bool_]
Numbers = NDArray[np.uint32]
Days = NDArray[np.int32]

COLUMNS = "columns.arrays"
LONGEST_MONTH = 31  # days
AT_ONCE = 1 << 14  # documents whose strings are taken at once: some 2 MB
EPOCH = date(1970, 1, 1).toordinal()  # day 0 of numpy's calendar


class StringColumn(Sequence[str]):
    """A list of strings in mapped memory."""

    def __init__(self, held: string_lists.StringList) -> None:
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

    def taken(self, places: Numbers) -> list[str]:
        """The strings at some places, in this order, three times as fast as one by one."""
        return list(map(_string, self.held.taken(places)))


@dataclass(frozen=True)
class FacetColumn:
    """One facet: its values, and which documents have them; the module describes `codes` and `at`."""

    names: StringColumn
    codes: NDArray[Any]
    at: Numbers | None

    @cached_property
    def values(self) -> list[str]:
        """The values, ascending."""
        return list(self.names)

    @cached_property
    def value_of(self) -> list[str]:
        """The value of every code; code 0, no value, has an empty string."""
        return ["", *self.values]

    @cached_property
    def first(self) -> NDArray[Any]:
        """u1|u2|u4[N]: the code of the first value of every document, 0 where it has none."""
        if self.at is None:
            return self.codes
        empty = self.at[1:] == self.at[:-1]
        first = self.codes.take(self.at[:-1], mode="clip") if len(self.codes) else np.zeros(len(empty), np.uint8)
        first[empty] = 0
        return first

    @cached_property
    def further(self) -> tuple[Numbers, NDArray[Any]]:
        """The documents of all values that are not the first of theirs, u4[F], ascending, and their codes."""
        if self.at is None:
            return np.empty(0, np.uint32), self.codes[:0]
        counts: NDArray[np.int64] = self.at[1:].astype(np.int64) - self.at[:-1]
        owners = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        is_further = np.ones(len(owners), bool)
        is_further[self.at[:-1][counts > 0]] = False
        return owners[is_further], self.codes[is_further]

    def codes_of(self, wanted: Sequence[str]) -> list[int]:
        """The codes (1-based indices) of some values; values that no document has are skipped."""
        found = ((value, bisect_left(self.values, value)) for value in wanted)
        return [place + 1 for value, place in found if self.values[place : place + 1] == [value]]

    def having(self, codes: Sequence[int]) -> Mask:
        """bool[N]: the documents that have at least one of these codes."""
        wanted = np.zeros(len(self.names) + 1, bool)
        wanted[list(codes)] = True
        rows: Mask = wanted[self.codes]
        if self.at is None:
            return rows
        mask = np.zeros(len(self.at) - 1, bool)
        mask[np.searchsorted(self.at, np.flatnonzero(rows), side="right") - 1] = True
        return mask

    def rows(self, documents: Numbers) -> tuple[Numbers, NDArray[Any]]:
        """For a facet with several values a document: (index into `documents`, code), one row per value."""
        if self.at is None:
            raise ValueError("a facet of single values has no rows")
        begins = self.at[documents].astype(np.int64)
        counts = self.at[documents + np.uint32(1)] - begins
        ends = np.cumsum(counts)
        rows = np.repeat(begins - ends + counts, counts) + np.arange(ends[-1] if len(ends) else 0)
        return np.repeat(np.arange(len(documents), dtype=np.uint32), counts), self.codes[rows]


@dataclass(frozen=True)
class Groups:
    """A grouping of documents into stories or loose groups; the module describes `of`, `copied` and `kin`."""

    of: Numbers
    copied: Mask
    kin: Numbers

    def members(self, number: int) -> Numbers:
        """All live documents of the group of a copied document, ascending."""
        group, groups = self.of.data[number], self._kin_groups.data
        first = bisect_left(groups, group)
        return self.kin[first : bisect_right(groups, group, first)]

    def copied_among(self, documents: Numbers) -> NDArray[np.intp]:
        """The indices in `documents` of the copied ones."""
        return self.copied.take(documents, mode="clip").nonzero()[0]

    def count(self, documents: Numbers) -> int:
        """The number of distinct groups of these documents; a document without copies is a group of its own."""
        copied = documents[self.copied_among(documents)]
        return len(documents) - len(copied) + len(np.unique(self.of[copied]))

    @cached_property
    def _kin_groups(self) -> Numbers:
        return self.of[self.kin]


class Columns:
    """All columns of a generation; the module describes their shapes."""

    def __init__(self, folder: Path) -> None:
        self.file = ArrayFile(folder / COLUMNS)
        get = self.file.__getitem__
        self.ids, self.digests = (
            StringColumn(string_lists.read(self.file, "ids")),
            StringColumn(string_lists.read(self.file, "digests")),
        )
        self.live: Mask = get("live").view(np.bool_)
        self.first: Days = get("first")
        self.last: Days = get("last")
        self.words: Numbers = get("words")
        self.disputed: Mask = get("disputed").view(np.bool_)
        self.stories, self.loose = self._groups("story"), self._groups("loose")
        self.newest: Numbers = get("newest")
        self.oldest: Numbers = get("oldest")
        self.versions: Numbers = get("versions")
        self.outlets: Numbers = get("outlets")
        self.most_versions: Numbers = get("most_versions")
        self.most_outlets: Numbers = get("most_outlets")
        self.since: Numbers = get("since")
        self.latest: Numbers = get("latest")
        self.by_id: Numbers = get("by_id")
        self.facets: Mapping[str, FacetColumn] = {name: self._facet(name) for name in FACETS}

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
        """The document number of an article, or None if there is no such article."""
        encoded, held, by_id = article_id.encode("utf-8", "surrogatepass"), self.ids.held, self.by_id.data
        place = bisect_left(by_id, encoded, key=held.__getitem__)  # UTF-8 sorts as its characters do
        return by_id[place] if place < len(by_id) and held[by_id[place]] == encoded else None

    def digests_by_id(self) -> Iterator[tuple[str, str]]:
        """The id and the digest of each live document, in the order of ids, without reading any article."""
        for start in range(0, len(self.by_id), AT_ONCE):
            some = self.by_id[start : start + AT_ONCE]
            yield from zip(self.ids.taken(some), self.digests.taken(some), strict=True)

    @cached_property
    def stated(self) -> Mask:
        """bool[N]: documents whose date is stated by data or address."""
        facet = self.facets["basis"]
        return facet.having(facet.codes_of(sorted(STATED_BASES)))

    @cached_property
    def redated(self) -> Mask:
        """bool[N]: documents whose date copies gave or may have made disputed, or that kept only its year."""
        facet = self.facets["basis"]
        of_year = self.last - self.first >= LONGEST_MONTH
        coarse = facet.having(facet.codes_of(sorted(READ_FROM_TEXT))) & of_year
        return facet.having(facet.codes_of([DateBasis.COPIES])) | (self.disputed & ~self.stated) | coarse

    @cached_property
    def stated_years(self) -> StatedYears:
        """The years in which nearly all stated days lie."""
        return stated_years(self.first, self.last, self.stated & self.live)

    def story_id(self, number: int) -> str:
        """The id of the story a document belongs to."""
        return self.ids[int(self.stories.of[number])]

    def _groups(self, name: str) -> Groups:
        copied = self.file[f"{name}.copied"].view(np.bool_)
        return Groups(self.file[f"{name}.of"], copied, self.file[f"{name}.kin"])

    def _facet(self, name: str) -> FacetColumn:
        held = StringColumn(string_lists.read(self.file, f"{name}.values"))
        return FacetColumn(held, self.file[f"{name}.codes"], self.file.get(f"{name}.at"))


def stated_years(first: Days, last: Days, stated: Mask) -> StatedYears:
    """The years in which nearly all stated days lie."""
    return StatedYears.of(first[stated & (first == last)])


def _string(text: bytes) -> str:
    return text.decode("utf-8", "surrogatepass")  # a fact may contain a lone surrogate from a damaged file

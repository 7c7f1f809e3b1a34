"""Columns: one fact of every document as an array, so that filters, facets, order and folding are array arithmetic.

Documents are numbered from 0 as the engine numbers them; N is how many there are, deleted ones included.

    live    bool[N]      whether the document still counts
    first   int32[N]     first day the date may mean, as a proleptic Gregorian ordinal; 0 for undated
    last    int32[N]     last such day; 0 for undated
    story   int32[N]     number of the document that lends the story its id; itself where it has no copies
    newest  uint32[N]    rank in the order newest first, undated last, equal days by id
    oldest  uint32[N]    rank in the order oldest first, undated last, equal days by id
    coded   facet → Coded(values, documents, codes)

A `Coded` fact holds a row for each (document, value) pair, ascending by document: two reporters, two rows.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.facets import FACETS, facts

Mask = NDArray[np.bool_]
Numbers = NDArray[np.uint32]

UNKNOWN_DAY = 0  # ordinal 0 lies before every date there is


@dataclass(frozen=True)
class Coded:
    """One facet's values and the (document, value) pairs: `values[codes[i]]` stands in document `documents[i]`."""

    values: list[str]
    documents: Numbers
    codes: Numbers

    def having(self, wanted: Sequence[int], size: int) -> Mask:
        """bool[size]: the documents that have at least one of the values with these codes."""
        mask = np.zeros(size, bool)
        mask[self.documents[np.isin(self.codes, np.asarray(wanted, np.uint32))]] = True
        return mask

    @cached_property
    def code_of(self) -> dict[str, int]:
        """Value → its code."""
        return {value: code for code, value in enumerate(self.values)}


@dataclass(frozen=True)
class Row:
    """What one document contributes to the columns; small, so that an archive's worth of them fits in memory."""

    id: str
    digest: str
    first: int
    last: int
    facts: tuple[tuple[str, ...], ...]  # in the order of FACETS

    def pack(self) -> str:
        """The row as JSON, kept beside the article so that columns are made without unpacking texts."""
        return json.dumps((self.id, self.digest, self.first, self.last, self.facts), ensure_ascii=False)

    @classmethod
    def unpack(cls, packed: str) -> "Row":
        """The row `pack` wrote."""
        id_, digest, first, last, values = json.loads(packed)
        return cls(id_, digest, first, last, tuple(tuple(several) for several in values))


def row(article: Article) -> Row:
    """The row of an article; its story comes later, when all articles are known."""
    by_name = facts(article, "")
    first, last = article.date.first, article.date.last
    return Row(
        article.id,
        article.digest,
        first.toordinal() if first else UNKNOWN_DAY,
        last.toordinal() if last else UNKNOWN_DAY,
        tuple(by_name[name] for name in FACETS),
    )


@dataclass(frozen=True)
class Columns:
    """All columns of an index; see the module for their shapes."""

    ids: list[str]
    digests: list[str]
    live: Mask
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    story: NDArray[np.int32]
    newest: Numbers
    oldest: Numbers
    coded: dict[str, Coded]

    @cached_property
    def number_of(self) -> dict[str, int]:
        """Article id → its document number, of live documents."""
        return {self.ids[number]: number for number in np.flatnonzero(self.live).tolist()}

    @cached_property
    def copied(self) -> Mask:
        """bool[N]: documents whose story has other live documents as well."""
        sizes = np.bincount(self.story[self.live], minlength=len(self.story))
        copied: Mask = sizes[self.story] > 1
        return copied

    def story_id(self, number: int) -> str:
        """The id of the story a document belongs to."""
        return self.ids[int(self.story[number])]

    def stories_in(self, documents: Numbers) -> int:
        """How many different stories these documents tell: those without copies count themselves."""
        copied = self.copied[documents]
        with_copies = len(np.unique(self.story[documents[copied]]))
        return len(documents) - int(np.count_nonzero(copied)) + with_copies

    def save(self, path: Path) -> None:
        """Write all columns to one .npz file; strings as JSON, nothing pickled."""
        arrays: dict[str, Any] = {name: getattr(self, name) for name in ARRAYS}
        texts: dict[str, list[str]] = {"ids": self.ids, "digests": self.digests}
        for name, coded in self.coded.items():
            texts[f"{name}.values"] = coded.values
            arrays[f"{name}.documents"], arrays[f"{name}.codes"] = coded.documents, coded.codes
        arrays.update({name: np.frombuffer(json.dumps(text).encode(), np.uint8) for name, text in texts.items()})
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path) -> "Columns":
        """Read what `save` wrote; OSError, ValueError or KeyError where it is damaged."""
        with np.load(path, allow_pickle=False) as held:
            arrays = {name: held[name] for name in ARRAYS}
            ids, digests = (json.loads(held[name].tobytes()) for name in ("ids", "digests"))
            coded = {
                name: Coded(
                    json.loads(held[f"{name}.values"].tobytes()), held[f"{name}.documents"], held[f"{name}.codes"]
                )
                for name in FACETS
            }
        return cls(ids=ids, digests=digests, coded=coded, **arrays)


ARRAYS = ("live", "first", "last", "story", "newest", "oldest")


def from_rows(rows: Sequence[Row | None], stories: Mapping[str, str]) -> Columns:
    """The columns of documents 0 to N-1, None standing for a deleted one; `stories` as in `Build.group`."""
    live = np.array([row is not None for row in rows], bool)
    first = np.array([row.first if row else 0 for row in rows], np.int32)
    ids = [row.id if row else "" for row in rows]
    number_of = {id_: number for number, id_ in enumerate(ids) if id_}
    story = np.array([number_of.get(stories.get(id_, id_), number) for number, id_ in enumerate(ids)], np.int32)
    return Columns(
        ids=ids,
        digests=[row.digest if row else "" for row in rows],
        live=live,
        first=first,
        last=np.array([row.last if row else 0 for row in rows], np.int32),
        story=story,
        newest=_ranked(ids, np.where(first == UNKNOWN_DAY, 1, -first)),
        oldest=_ranked(ids, np.where(first == UNKNOWN_DAY, np.iinfo(np.int32).max, first)),
        coded={name: _coded(rows, place) for place, name in enumerate(FACETS)},
    )


def _ranked(ids: Sequence[str], days: NDArray[np.int32]) -> Numbers:
    """uint32[N]: the place of each document by `days`, then by id."""
    by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
    order = by_id[np.argsort(days[by_id], kind="stable")]
    ranks = np.empty(len(ids), np.uint32)
    ranks[order] = np.arange(len(ids), dtype=np.uint32)
    return ranks


def _coded(rows: Sequence[Row | None], place: int) -> Coded:
    pairs = [(number, value) for number, row in enumerate(rows) if row for value in dict.fromkeys(row.facts[place])]
    values = sorted({value for _, value in pairs})
    code_of = {value: code for code, value in enumerate(values)}
    documents = np.array([number for number, _ in pairs], np.uint32)
    return Coded(values, documents, np.array([code_of[value] for _, value in pairs], np.uint32))

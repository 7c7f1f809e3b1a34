"""Stories: the groups of near-duplicate articles, their relations and links, and the file that stores them.

A *story* is an article with its copies, identified by the smallest article id in it. A *loose group* holds whole
stories and what is less closely related: instances of the same template, round-ups and their sources. Every member of
either has a relation to its lead. Articles in no common group may still share passages; a bounded number of such
*links* is kept for each text. Articles with the same set of shingles are one text, and have the same links.

The .npz file has the arrays `ids`, `ids_ends`, `stages`, and one per field of `Memberships` (`kin_…`) and `Links`
(`link_…`).
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from archive.copies.array_file import (
    Column,
    DamagedArraysError,
    arrays_to_strings,
    read_arrays,
    strings_to_arrays,
    write_arrays,
)
from archive.copies.relations import RELATIONS, Relation

STORIES = "stories.npz"  # file name, next to an index
FORMAT = b"kliping stories 1"
ALONE = 0  # code of Relation.NONE: leads have no relation to themselves

Rows = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class StageCounts:
    """How many items each stage of the pipeline produced: articles, texts, candidate pairs, pairs by relation, stories.

    Only stories of two articles or more count.
    """

    fingerprinted: int
    texts: int
    candidates: int
    edited: int
    cut: int
    templates: int
    round_ups: int
    passages: int
    stories: int


@dataclass(frozen=True, slots=True)
class Link:
    """Another article that shares passages with one: its relation, and how many shingles both have."""

    article: str
    relation: Relation
    shared: int


@dataclass(frozen=True, slots=True, eq=False)
class Memberships:
    """One row for each article with relatives, by id: its text, and the rows that name its story and its loose group.

    `lead` is the row of the article that `relation` (a code) refers to: the lead of its story or, for the lead of a
    story in a loose group, the lead of that group; its own row if it leads both.
    """

    text: Rows
    story: Rows
    loose: Rows
    lead: Rows
    relation: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of texts that share passages, by `text`: a row of the other text, relation code, shared shingles."""

    text: Rows
    row: Rows
    relation: npt.NDArray[np.uint8]
    shared: npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Stories:
    """The groups and links of all articles with relatives; an article that is not listed has none."""

    ids: list[str]
    memberships: Memberships
    links: Links
    stages: StageCounts

    @cached_property
    def story_ids(self) -> Mapping[str, str]:
        """The story of each article that has copies, as article id → story id."""
        return self._groups(self.memberships.story)

    @cached_property
    def loose_group_ids(self) -> Mapping[str, str]:
        """The loose group of each article that is not alone in it, as article id → smallest article id in the group."""
        return self._groups(self.memberships.loose)

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """The relation of each article to its lead; leads themselves have no entry."""
        codes = self.memberships.relation.tolist()
        return {name: RELATIONS[code] for name, code in zip(self.ids, codes, strict=True) if code != ALONE}

    @cached_property
    def leads(self) -> Mapping[str, str]:
        """The article that each relation in `relations` refers to, as article id → article id."""
        rows, codes = self.memberships.lead.tolist(), self.memberships.relation.tolist()
        named = zip(self.ids, rows, codes, strict=True)
        return {name: self.ids[row] for name, row, code in named if code != ALONE}

    def relation_to_lead(self, article_id: str) -> tuple[Relation, str] | None:
        """An article's relation, and the id of the article that it relates to.

        None for group leads, and for articles without relatives.
        """
        row = self._row(article_id)
        if row is None or self.memberships.relation[row] == ALONE:
            return None
        return RELATIONS[self.memberships.relation[row]], self.ids[self.memberships.lead[row]]

    def largest(self, most: int) -> tuple[tuple[str, int], ...]:
        """The stories of the most articles, at most `most` of them, as story id and number of articles."""
        counts = np.bincount(self.memberships.story, minlength=len(self.ids))
        rows = np.argsort(-counts, kind="stable")[:most].tolist()
        return tuple((self.ids[row], int(counts[row])) for row in rows if counts[row] > 1)

    def companions(self, article_id: str) -> tuple[str, ...]:
        """The other articles of its loose group, including its copies, by id."""
        row = self._row(article_id)
        if row is None:
            return ()
        rows = np.flatnonzero(self.memberships.loose == self.memberships.loose[row]).tolist()
        return tuple(self.ids[other] for other in rows if other != row)

    def links_of(self, article_id: str) -> tuple[Link, ...]:
        """The articles outside its groups that share most with an article, most shared first, one for each text."""
        row = self._row(article_id)
        if row is None:
            return ()
        start, end = np.searchsorted(
            self.links.text, [self.memberships.text[row], self.memberships.text[row] + 1]
        ).tolist()
        columns = (self.links.row, self.links.relation, self.links.shared)
        found = zip(*(column[start:end].tolist() for column in columns), strict=True)
        return tuple(Link(self.ids[other], RELATIONS[code], shared) for other, code, shared in found)

    def _row(self, article_id: str) -> int | None:
        row = bisect_left(self.ids, article_id)
        return row if self.ids[row : row + 1] == [article_id] else None

    def save(self, path: Path) -> None:
        """Write the stories to a file, which appears complete or not at all."""
        write_arrays(path, FORMAT, self._columns())

    @classmethod
    def load(cls, path: Path) -> "Stories":
        """Read what `save` wrote; DamagedArraysError (a ValueError) if that is impossible."""
        saved = read_arrays(path, FORMAT)
        try:
            memberships = Memberships(*(saved[f"kin_{part.name}"] for part in fields(Memberships)))
            links = Links(*(saved[f"link_{part.name}"] for part in fields(Links)))
            return cls(arrays_to_strings("ids", saved), memberships, links, StageCounts(*saved["stages"].tolist()))
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedArraysError(f"{path} does not hold stories") from error

    def _groups(self, named_by: Rows) -> dict[str, str]:
        """Map each article in a group of two or more to the id that names the group."""
        grouped = np.bincount(named_by, minlength=len(self.ids))[named_by] > 1
        rows = np.flatnonzero(grouped)
        pairs = zip(rows.tolist(), named_by[rows].tolist(), strict=True)
        return {self.ids[row]: self.ids[name] for row, name in pairs}

    def _columns(self) -> Iterator[tuple[str, Column]]:
        yield from strings_to_arrays("ids", self.ids)
        for prefix, columns in (("kin", self.memberships), ("link", self.links)):
            yield from ((f"{prefix}_{part.name}", getattr(columns, part.name)) for part in fields(columns))
        yield "stages", np.array([getattr(self.stages, part.name) for part in fields(StageCounts)], np.int64)


_NONE, _NO_CODES = np.empty(0, np.int32), np.empty(0, np.uint8)
NO_STORIES = Stories(
    [],
    Memberships(_NONE, _NONE, _NONE, _NONE, _NO_CODES),
    Links(_NONE, _NONE, _NO_CODES, np.empty(0, np.uint32)),
    StageCounts(*(0 for _ in fields(StageCounts))),
)

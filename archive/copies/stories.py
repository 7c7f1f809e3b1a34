"""Stories: which articles belong together, how closely, and what else is known of their kin; with its file.

A *story* is an article with its copies, named by the smallest article id in it. A *loose* group holds whole stories and
what goes with them less closely: fillings of the same template, round-ups and what they round up. Every member of
either has a relation to its lead. Articles that are in no group may still share passages; a bounded number of such
*links* is kept of each text. Articles of equal shingles are one text, and have the same links.
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
    packed_texts,
    read_arrays,
    unpacked_texts,
    write_arrays,
)
from archive.copies.relations import RELATIONS, Relation

STORIES = "stories.npz"  # beside an index
FORMAT = b"kliping stories 1"
ALONE = 0  # the code of Relation.NONE: leads have no relation to themselves

Places = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Stages:
    """How many each stage handed on: articles, distinct texts, pairs proposed, pairs of each relation, stories.

    A story has two articles or more.
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
    """Another article that shares passages with one: what it is to it, and how many shingles both have."""

    article: str
    relation: Relation
    shared: int


@dataclass(frozen=True, slots=True, eq=False)
class Kin:
    """A row for each article with any relative, by id: its text, and the rows that name its story and its loose group.

    `lead` is the row of the article it is related to as `relation` (a code) says: its story's lead or, of a story that
    stands in a loose group of another, that one's; its own row where there is none.
    """

    text: Places
    story: Places
    loose: Places
    lead: Places
    relation: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Texts that share passages, ascending by `text`: the row of an article of the other one, the relation's code."""

    text: Places
    row: Places
    relation: npt.NDArray[np.uint8]
    shared: npt.NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class Stories:
    """The relatives of every article that has any; an article not named stands alone."""

    ids: list[str]
    kin: Kin
    links: Links
    stages: Stages

    @cached_property
    def of(self) -> Mapping[str, str]:
        """The story of each article that has copies, as article id → story id."""
        return self._groups(self.kin.story)

    @cached_property
    def loose(self) -> Mapping[str, str]:
        """The loose group of each article that is not alone in it, as article id → smallest article id in the group."""
        return self._groups(self.kin.loose)

    @cached_property
    def relations(self) -> Mapping[str, Relation]:
        """What each article is to its lead; the leads themselves have no entry."""
        codes = self.kin.relation.tolist()
        return {name: RELATIONS[code] for name, code in zip(self.ids, codes, strict=True) if code != ALONE}

    @cached_property
    def leads(self) -> Mapping[str, str]:
        """The article each article of `relations` is related to."""
        rows, codes = self.kin.lead.tolist(), self.kin.relation.tolist()
        named = zip(self.ids, rows, codes, strict=True)
        return {name: self.ids[row] for name, row, code in named if code != ALONE}

    def standing(self, article_id: str) -> tuple[Relation, str] | None:
        """What an article is to which other; None for what leads its group, and for an article without relatives."""
        row = self._row(article_id)
        if row is None or self.kin.relation[row] == ALONE:
            return None
        return RELATIONS[self.kin.relation[row]], self.ids[self.kin.lead[row]]

    def companions(self, article_id: str) -> tuple[str, ...]:
        """The other articles of its loose group, its own copies among them, by id."""
        row = self._row(article_id)
        if row is None:
            return ()
        rows = np.flatnonzero(self.kin.loose == self.kin.loose[row]).tolist()
        return tuple(self.ids[other] for other in rows if other != row)

    def links_of(self, article_id: str) -> tuple[Link, ...]:
        """The articles outside its groups with which an article shares most, the most first; one for each text."""
        row = self._row(article_id)
        if row is None:
            return ()
        start, end = np.searchsorted(self.links.text, [self.kin.text[row], self.kin.text[row] + 1]).tolist()
        columns = (self.links.row, self.links.relation, self.links.shared)
        found = zip(*(column[start:end].tolist() for column in columns), strict=True)
        return tuple(Link(self.ids[other], RELATIONS[code], shared) for other, code, shared in found)

    def _row(self, article_id: str) -> int | None:
        row = bisect_left(self.ids, article_id)
        return row if self.ids[row : row + 1] == [article_id] else None

    def save(self, path: Path) -> None:
        """Write the stories to a file, which appears whole or not at all."""
        write_arrays(path, FORMAT, self._columns())

    @classmethod
    def load(cls, path: Path) -> "Stories":
        """Read what `save` wrote; DamagedArraysError (a ValueError) where that is impossible."""
        saved = read_arrays(path, FORMAT)
        try:
            kin = Kin(*(saved[f"kin_{part.name}"] for part in fields(Kin)))
            links = Links(*(saved[f"link_{part.name}"] for part in fields(Links)))
            return cls(unpacked_texts("ids", saved), kin, links, Stages(*saved["stages"].tolist()))
        except (KeyError, TypeError, ValueError) as error:
            raise DamagedArraysError(f"{path} does not hold stories") from error

    def _groups(self, named_by: Places) -> dict[str, str]:
        """Name the groups of two articles or more."""
        grouped = np.bincount(named_by, minlength=len(self.ids))[named_by] > 1
        rows = np.flatnonzero(grouped)
        pairs = zip(rows.tolist(), named_by[rows].tolist(), strict=True)
        return {self.ids[row]: self.ids[name] for row, name in pairs}

    def _columns(self) -> Iterator[tuple[str, Column]]:
        yield from packed_texts("ids", self.ids)
        for prefix, columns in (("kin", self.kin), ("link", self.links)):
            yield from ((f"{prefix}_{part.name}", getattr(columns, part.name)) for part in fields(columns))
        yield "stages", np.array([getattr(self.stages, part.name) for part in fields(Stages)], np.int64)


_NONE, _NO_CODES = np.empty(0, np.int32), np.empty(0, np.uint8)
NO_STORIES = Stories(
    [],
    Kin(_NONE, _NONE, _NONE, _NONE, _NO_CODES),
    Links(_NONE, _NONE, _NO_CODES, np.empty(0, np.uint32)),
    Stages(*(0 for _ in fields(Stages))),
)

"""Hits: the articles of an answer in order, folded by story or loose group, a page at a time or all in turn.

The first article of a group in order gives the hit its place. The server collapses groups on numbered pages; the other
articles of a page's groups come by one further search. Going on from a hit, articles are read in order, and one whose
group has an earlier article that matches is no hit of its own.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice
from typing import Any, Final, NamedTuple

from index.opensearch.cluster import Cluster
from index.opensearch.mapping import MOST_ROWS, fact_field
from index.opensearch.querying.leaves import Dsl
from index.query.request import Copies, Lead, Sort

READ: Final = ("id", fact_field("story"), "story", "group", "stories", "groups", "first", "last", "disputed", "words")
PORTION: Final = 500  # articles a request, where all are read in turn


class Row(NamedTuple):
    """An article of an answer: what orders it, and the numbers and sizes of its story and loose group."""

    id: str
    story: str
    numbers: tuple[int, int]
    sizes: tuple[int, int]
    first: int | None
    last: int | None
    disputed: bool
    words: int
    score: float
    order: tuple[Any, ...]


class Hit(NamedTuple):
    """A hit: its lead article, its score, the articles folded under it, and the one that gives it its place."""

    lead: Row
    score: float
    copies: tuple[str, ...]
    place: Row


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted of an answer: the query that scores it, its order, its folding, and which article leads a hit.

    With `counting`, scores depend on counts of the servers: all shards must count together, and the same copies of
    shards answer the same query, since those of another one may have merged less.
    """

    query: Dsl
    sort: Sort
    copies: Copies
    lead: Lead = Lead.BEST
    counting: bool = False

    @property
    def fold(self) -> int | None:
        """Which number of a row folds it: that of the story, or of the loose group; None for neither."""
        return {Copies.FOLD: 0, Copies.LOOSE: 1, Copies.SHOW: None}[self.copies]

    def search(self, size: int) -> dict[str, Any]:
        """The body of a search for the first rows."""
        days = "asc" if self.sort is Sort.OLDEST else "desc"
        order = [*_BEFORE_DAYS.get(self.sort, ()), {"first": {"order": days, "missing": "_last"}}, {"id": "asc"}]
        shown = {"_source": False, "docvalue_fields": list(READ), "track_scores": True}
        return {"query": self.query, "size": size, "sort": order, **shown, **self._counted_together()}

    def _counted_together(self) -> dict[str, Any]:
        if not self.counting:
            return {}
        same = blake2b(json.dumps(self.query).encode(), digest_size=8).hexdigest()
        return {"search_type": "dfs_query_then_fetch", "preference": same}


_BEFORE_DAYS: Final[Mapping[Sort, tuple[Any, ...]]] = {
    Sort.RELEVANCE: ("_score",),
    Sort.COPIES: ({"stories": "desc"},),
    Sort.OUTLETS: ({"outlets": "desc"}, {"stories": "desc"}),
    Sort.INDEXED: ({"since": "desc"},),
}
_FIELDS: Final = (("story", "stories"), ("group", "groups"))


def page_search(wish: Wish, page: int, size: int) -> dict[str, Any]:
    """The body of a search for a numbered page; see `HitReader.folded`."""
    body = {**wish.search(size), "track_total_hits": False, "from": min((page - 1) * size, MOST_ROWS - size)}
    if wish.fold is not None:
        body["collapse"] = {"field": _FIELDS[wish.fold][0]}
    return body


class HitReader:
    """Reads the hits of one generation."""

    def __init__(self, cluster: Cluster, texts: str) -> None:
        self._cluster = cluster
        self._texts = texts

    def folded(self, wish: Wish, told: Sequence[Mapping[str, Any]]) -> list[Hit]:
        """The hits of which the server told the first articles."""
        return self._hits(wish, [_row(one) for one in told])

    def after(self, wish: Wish, article_id: str) -> Iterator[Hit]:
        """The hits after the one that an article gives its place; "" for all. Raises KeyError if it gives none."""
        return self._following(wish, self._start(wish, article_id) if article_id else None)

    def every(self, wish: Wish) -> Iterator[Hit]:
        """All hits in turn."""
        return self._following(wish, None)

    def facts(self, wish: Wish, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The ids of all hits in turn, and the first of the values of some facets."""
        hits = self.every(wish)
        shown = {"_source": False, "docvalue_fields": ["id", *map(fact_field, names)]}
        while some := [hit.lead.id for hit in islice(hits, PORTION)]:
            body = {"query": {"terms": {"id": some}}, "size": len(some), **shown}
            told = (one["fields"] for one in self._cluster.search(self._texts, body)["hits"]["hits"])
            values = {one["id"][0]: tuple(one.get(fact_field(name), [""])[0] for name in names) for one in told}
            yield from ((article_id, *values[article_id]) for article_id in some)

    def some(self, wish: Wish, article_id: str, size: int) -> tuple[list[Hit], bool]:
        """So many hits after the one of an article, and whether more follow."""
        found = list(islice(self.after(wish, article_id), size + 1))
        return found[:size], len(found) > size

    def story_sizes(self, stories: Collection[str]) -> dict[str, tuple[int, int]]:
        """How many articles and outlets some stories have; those that are not there are left out."""
        asked, story = list(stories), fact_field("story")
        body = {"query": {"terms": {story: asked}}, "collapse": {"field": "story"}, "size": len(asked)}
        shown = {"_source": False, "docvalue_fields": [story, "stories", "outlets"]}
        found = self._cluster.search(self._texts, {**body, **shown})["hits"]["hits"] if asked else []
        told = (hit["fields"] for hit in found)
        return {one[story][0]: (one["stories"][0], one["outlets"][0]) for one in told}

    def first_seen(self, ids: Collection[str]) -> dict[str, datetime]:
        """Since when the index has had some articles; those that are not there are left out."""
        body = {"query": {"terms": {"id": list(ids)}}, "size": len(ids)}
        shown = {"_source": False, "docvalue_fields": ["id", "since"]}
        found = self._cluster.search(self._texts, {**body, **shown})["hits"]["hits"] if ids else []
        told = (hit["fields"] for hit in found)
        return {one["id"][0]: datetime.fromtimestamp(one["since"][0], UTC) for one in told}

    def _start(self, wish: Wish, article_id: str) -> tuple[Any, ...]:
        body = {**wish.search(1), "query": _restricted(wish.query, {"term": {"id": article_id}})}
        found = self._cluster.search(self._texts, body)["hits"]["hits"]
        if not found:
            raise KeyError(article_id)
        row = _row(found[0])
        if wish.fold is not None and row.sizes[wish.fold] > 1:
            first = self._members(wish, [row])[row.numbers[wish.fold]][0]
            if first.id != article_id:
                raise KeyError(article_id)
        return row.order

    def _following(self, wish: Wish, start: tuple[Any, ...] | None) -> Iterator[Hit]:
        size = PORTION
        while True:
            body = wish.search(size)
            if start is not None:
                body["search_after"] = list(start)
            rows = [_row(one) for one in self._cluster.search(self._texts, body)["hits"]["hits"]]
            yield from self._hits(wish, rows, leads_only=True)
            if len(rows) < size:
                return
            start = rows[-1].order

    def _hits(self, wish: Wish, rows: Sequence[Row], *, leads_only: bool = False) -> list[Hit]:
        """The hits of some rows in order; with `leads_only`, rows that are no first of their group are passed over."""
        fold = wish.fold
        if fold is None:
            return [Hit(row, row.score, (), row) for row in rows]
        together = self._members(wish, [row for row in rows if row.sizes[fold] > 1])
        found = []
        for row in rows:
            members = together.get(row.numbers[fold], [row]) if row.sizes[fold] > 1 else [row]
            if not leads_only or members[0].id == row.id:
                found.append(_led(members, wish.lead))
        return found

    def _members(self, wish: Wish, rows: Sequence[Row]) -> Mapping[int, list[Row]]:
        """All articles of an answer in the groups of some rows, in order."""
        fold = wish.fold
        found: defaultdict[int, list[Row]] = defaultdict(list)
        if fold is not None and rows:
            sizes = {row.numbers[fold]: row.sizes[fold] for row in rows}
            body = wish.search(min(sum(sizes.values()), MOST_ROWS))
            body["query"] = _restricted(wish.query, {"terms": {_FIELDS[fold][0]: list(sizes)}})
            for one in self._cluster.search(self._texts, body)["hits"]["hits"]:
                row = _row(one)
                found[row.numbers[fold]].append(row)
        return found


def _restricted(query: Dsl, to: Dsl) -> Dsl:
    return {"bool": {"must": [query], "filter": [to]}}


def _row(told: Mapping[str, Any]) -> Row:
    held = told["fields"]
    first, last = (held.get(name, [None])[0] for name in ("first", "last"))
    return Row(
        held["id"][0],
        held[fact_field("story")][0],
        (held["story"][0], held["group"][0]),
        (held["stories"][0], held["groups"][0]),
        first,
        last,
        held["disputed"][0],
        held["words"][0],
        told.get("_score") or 0.0,
        tuple(told["sort"]),
    )


def _led(members: Sequence[Row], lead: Lead) -> Hit:
    """A hit of articles in order, led by the wanted one; it keeps the score that gave it its place."""
    first = members[0]
    leading = first
    if lead is Lead.EARLIEST:
        leading = min(members, key=lambda row: (row.last is None, row.disputed, row.last or 0, row.first or 0, row.id))
    elif lead is Lead.LONGEST:
        leading = max(members, key=lambda row: row.words)
    return Hit(leading, first.score, tuple(row.id for row in members if row is not leading), first)

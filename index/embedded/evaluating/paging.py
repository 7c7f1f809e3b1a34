"""Order, folding and pages: which of the matching documents a page shows, and which copies hide under them.

By relevance, hits stand by score, then newest first, then by id; by date they stand by that rank alone. Ranks are
unique, so a page never depends on chance. Few of the documents are ever sorted: those that can be among the first are
found by a bound on the score (or rank), and only they are put in order.

What words gain by standing side by side is worked out only then. If the n-th best of some documents has a score s with
what it gained, then whatever is among the first n has at least s, and had at least s less the most one can gain. So the
order is that of all scores in full, on every page.
"""

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedded.evaluating.adjacency import Neighbours
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.document_sets import Matching
from index.embedded.facts.columns import Columns, Groups, Numbers
from index.query.request import Copies, Lead, Query, Sort

SPARE = 32  # documents looked at beyond the page, so that a few copies among them cost no second round
GROUPS = 4  # groups for each document wanted when a bound is sought
HANDFUL = 64  # so many documents are put in order one by one sooner than by arrays
AT_ONCE = 16  # documents for each one wanted that positions are looked at of without seeking a better bound first
NEVER = np.iinfo(np.int32).max  # later than every day
ROUNDING = np.float32(0.05)  # of scores; more than float32 sums of the longest query's words can be off
Places = NDArray[np.intp]


class Place(NamedTuple):
    """One hit of a page: its document, its score, and the documents of the copies folded under it, in order."""

    document: int
    score: float
    copies: tuple[int, ...]


# What Place._make does, without a call of Python for each.
AS_PLACE: Callable[[tuple[int, float, tuple[int, ...]]], Place] = partial(tuple.__new__, Place)


class Ranked:
    """Matching documents with all that their order depends on."""

    def __init__(self, found: Matching, neighbours: Neighbours | None, sort: Sort) -> None:
        self.documents = found.documents
        self.by_score = sort is Sort.RELEVANCE and bool(found.scorers)
        self.most = neighbours.most if neighbours and self.by_score else 0.0
        self._found = found
        self._neighbours = neighbours

    def __len__(self) -> int:
        return len(self.documents)

    def scores(self) -> Scores:
        """float32[n]: the scores of all, without what words gain side by side."""
        return self._found.scores()

    def gained(self, documents: Numbers) -> Scores | float:
        """What some documents gain by words side by side."""
        return self._neighbours.scores(documents) if self._neighbours else 0.0

    def whole(self, places: Places | None = None) -> Scores:
        """float32: the scores of those at some places, or of all, in full."""
        found = self._found if places is None else self._found.taken(places)
        scores = found.scores()
        return scores + self._neighbours.scores(found.documents) if self._neighbours else scores


def page(ranked: Ranked, columns: Columns, query: Query) -> list[Place]:
    """The hits of the page the query asks for; empty past the last one."""
    start, stop = (query.page - 1) * query.size, query.page * query.size
    if start >= len(ranked):
        return []
    groups = folded_by(columns, query.copies)
    if len(ranked) <= HANDFUL:
        places = _handful(ranked, groups, _ranks(columns, query.sort), slice(start, stop))
    else:
        places = _ordered(ranked, groups, _ranks(columns, query.sort), slice(start, stop))
    return places if query.lead is Lead.BEST else [_led(place, columns, query.lead) for place in places]


def folded_by(columns: Columns, copies: Copies) -> Groups | None:
    """What is one hit: the groups of documents that are, or None where each document is."""
    if copies is Copies.SHOW:
        return None
    return columns.stories if copies is Copies.FOLD else columns.loose


def _led(place: Place, columns: Columns, lead: Lead) -> Place:
    """A hit with another of its documents before the others; it keeps the score by which it has its place."""
    documents = (place.document, *place.copies)
    if lead is Lead.LONGEST:
        first = max(documents, key=columns.words.data.__getitem__)
    else:
        last, oldest = columns.last.data, columns.oldest.data
        first = min(documents, key=lambda document: (last[document] or NEVER, oldest[document]))
    return Place(first, place.score, tuple(document for document in documents if document != first))


def _ordered(ranked: Ranked, groups: Groups | None, ranks: Numbers, wanted: slice) -> list[Place]:
    """Some hits of many documents."""
    order = _Order(ranked, groups, ranks)
    hits = order.first(wanted.stop)[wanted]
    scores = ranked.whole(hits) if order.scores is None else order.scores.take(hits)
    documents = ranked.documents.take(hits).tolist()
    return [
        Place(document, score, order.copies_of(document))
        for document, score in zip(documents, scores.tolist(), strict=True)
    ]


def _handful(ranked: Ranked, groups: Groups | None, ranked_by: Numbers, wanted: slice) -> list[Place]:
    """Some hits of a few documents, which are put in order all together."""
    documents, scores = ranked.documents, ranked.whole()
    ranks = ranked_by.take(documents, mode="clip")
    order = (_keys(scores, ranks) if ranked.by_score else ranks).argsort()
    if groups is None or True not in groups.copied.take(documents, mode="clip").tolist():
        order = order[wanted]
        return list(
            map(AS_PLACE, zip(documents.take(order).tolist(), scores.take(order).tolist(), repeat(()), strict=False))
        )
    ordered = documents.take(order)
    together: dict[int, list[tuple[int, float]]] = {}
    told = zip(groups.of.take(ordered).tolist(), ordered.tolist(), scores.take(order).tolist(), strict=True)
    for group, document, score in told:
        together.setdefault(group, []).append((document, score))
    hits = list(together.values())[wanted]
    return [Place(*hit[0], tuple([document for document, _ in hit[1:]])) for hit in hits]


def _ranks(columns: Columns, sort: Sort) -> Numbers:
    return columns.oldest if sort is Sort.OLDEST else columns.newest


class _Order:
    """Matching documents in the order of one query; `scores` are in full for all that were ever put in order."""

    def __init__(self, ranked: Ranked, groups: Groups | None, ranks: Numbers) -> None:
        self._ranked = ranked
        self._documents = ranked.documents
        self._groups = groups
        self._ranks = ranks
        self._bounds = ranked.scores() if ranked.by_score else None
        self.scores = self._bounds

    def first(self, wanted: int) -> Places:
        """The places of the first `wanted` hits, in order."""
        count = wanted + SPARE
        while True:
            best = self._sorted(self._candidates(count))
            hits = best if self._groups is None else self._leads(best, self._groups, wanted)
            if len(hits) >= wanted or count >= len(self._documents):
                return hits[:wanted]
            count *= 4

    def copies_of(self, document: int) -> tuple[int, ...]:
        """The other matching documents of a document's group, in order."""
        if self._groups is None or not self._groups.copied.data[document]:
            return ()
        kin = [other for other in self._groups.members(document).tolist() if other != document]
        others = [place for place in map(self._place, kin) if place >= 0]
        if len(others) < 2:
            return tuple(self._documents[others].tolist())
        members = np.array(others)
        self._complete(members)
        return tuple(self._documents[self._sorted(members)].tolist())

    def _place(self, document: int) -> int:
        """Where a document stands among those that match, or -1."""
        documents = self._documents.data
        place = bisect_left(documents, document)
        return place if place < len(documents) and documents[place] == document else -1

    def _candidates(self, count: int) -> Places:
        """The places of at least `count` documents, the first ones in order among them."""
        if count >= len(self._documents):
            every = np.arange(len(self._documents))
            self._complete(every)
            return every
        if self._bounds is None:
            ranks = self._ranks.take(self._documents, mode="clip")
            return np.argpartition(ranks, count)[:count]
        bound = _bound(self._bounds, count)
        candidates = self._completed(bound, count) if self._ranked.most else self._reaching(bound)
        if len(candidates) > 4 * count:  # equal scores by the thousand: by rank, then
            keys = self._keys(candidates)
            candidates = candidates[np.argpartition(keys, count)[:count]]
        return candidates

    def _completed(self, bound: np.float32, count: int) -> Places:
        """All that can be among the first `count` when scores are in full, which they then are.

        `bound` is reached by that many without what words gain. Where that leaves too many to be looked at, the best
        are looked at first, for a higher bound.
        """
        able = self._able(bound)
        if len(able) > AT_ONCE * count:
            able = self._able(self._last(self._reaching(bound), count))
        least = self._last(able, count)
        assert self.scores is not None  # noqa: S101  # asked only where there are some
        kept: Places = able[self.scores.take(able) >= least]
        return kept

    def _reaching(self, bound: np.float32) -> Places:
        """The places whose scores reach a bound without what words gain."""
        reached: Places = (self._bounds >= bound).nonzero()[0]  # type: ignore[operator]  # asked only where there are some
        return reached

    def _able(self, bound: np.float32) -> Places:
        """The places whose scores can reach a bound by what words gain."""
        return self._reaching(bound - np.float32(self._ranked.most) - ROUNDING)

    def _last(self, places: Places, count: int) -> np.float32:
        """The `count`-th best of the scores at some places, brought in full."""
        self._complete(places)
        assert self.scores is not None  # noqa: S101  # as above
        return np.float32(np.partition(self.scores.take(places), len(places) - count)[len(places) - count])

    def _complete(self, places: Places) -> None:
        """Bring the scores at these places in full."""
        if self._ranked.most and self._bounds is not None and self.scores is not None:
            if self.scores is self._bounds:
                self.scores = self._bounds.copy()
            self.scores[places] = self._bounds[places] + self._ranked.gained(self._documents[places])

    def _sorted(self, places: Places) -> Places:
        return places.take(self._keys(places).argsort())

    def _keys(self, places: Places) -> NDArray[Any]:
        """One ascending key a document."""
        ranks = self._ranks.take(self._documents.take(places), mode="clip")
        return ranks if self.scores is None else _keys(self.scores.take(places), ranks)

    def _leads(self, ordered: Places, groups: Groups, wanted: int) -> Places:
        """The first document of each group, in order, up to `wanted` of them."""
        leads: dict[int, int] = {}
        for place, group in enumerate(groups.of.take(self._documents.take(ordered), mode="clip").tolist()):
            if leads.setdefault(group, place) == place and len(leads) == wanted:
                break
        return ordered[list(leads.values())]


def _keys(scores: Scores, ranks: Numbers) -> NDArray[np.uint64]:
    """One ascending key a document: the complement of the score's bits above, the rank below."""
    keys = np.empty((len(scores), 2), np.uint32)  # of each the lower half first
    keys[:, 0] = ranks
    # Scores are never negative, and the bits of non-negative floats ascend as the floats do.
    np.invert(scores.view(np.uint32), out=keys[:, 1])
    return keys.view("<u8")[:, 0]


def _bound(scores: NDArray[np.float32], count: int) -> np.float32:
    """A score that at least `count` documents reach, and few more.

    The best of each of many groups are at least as many documents as groups; so the count-th best of them will do. It
    costs one pass, where selecting among all scores costs ten.
    """
    width = len(scores) // (GROUPS * count)
    groups = GROUPS * count if width > 1 else len(scores)
    best = scores[: groups * width].reshape(width, groups).max(axis=0) if width > 1 else scores
    best = best.copy()
    best.partition(len(best) - count)
    return np.float32(best[len(best) - count])

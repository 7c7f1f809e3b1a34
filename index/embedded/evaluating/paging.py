"""Ranking order, folding of copies, and pages: which documents a page shows, and which copies fold under each.

By relevance, hits are ordered by score, then newest first, then by id; otherwise, by a rank alone. Ranks are unique,
so the order is deterministic. Only candidates for the first hits are sorted; a bound on score or rank selects them.

The expression bonus is computed for candidates only. If the n-th best of some candidates has the full score s, each of
the first n documents has a full score of at least s, and so has its score without bonus together with the most that it
can gain. So every page follows the order of full scores.
"""

from bisect import bisect_left
from collections.abc import Callable
from functools import partial
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedded.evaluating.adjacency import ExpressionBonus
from index.embedded.evaluating.bm25 import Scores
from index.embedded.evaluating.bounds import reached_by
from index.embedded.evaluating.document_sets import DocumentSet
from index.embedded.facts.columns import Columns, Groups, Numbers
from index.query.request import Copies, Lead, Query, Sort

SPARE = 32  # candidates beyond the page, so that a few copies among them need no second round
HANDFUL = 64  # up to this many documents, sorting all of them is faster than selecting candidates
AT_ONCE = 16  # up to this many candidates per wanted document, positions are read without a better bound
NEVER = np.iinfo(np.int32).max  # sorts after every date
ROUNDING = np.float32(0.05)  # exceeds the float32 rounding error of the score sum of the longest query
Indices = NDArray[np.intp]
Keys = NDArray[Any]  # of documents; ascending in ranking order


class PageHit(NamedTuple):
    """One hit of a page: its document, its score, and the copies folded under it, in ranking order."""

    document: int
    score: float
    copies: tuple[int, ...]


# As PageHit._make, but without a Python-level call for each hit.
AS_PAGE_HIT: Callable[[tuple[int, float, tuple[int, ...]]], PageHit] = partial(tuple.__new__, PageHit)


class ScoredMatches:
    """Matching documents with what their order depends on: scorers, expression bonus and sort key."""

    def __init__(self, found: DocumentSet, expressions: ExpressionBonus | None, sort: Sort) -> None:
        self.documents = found.documents
        self.by_score = sort is Sort.RELEVANCE and bool(found.scorers)
        self._found = found
        self._expressions = expressions

    def __len__(self) -> int:
        return len(self.documents)

    def scores(self) -> Scores:
        """float32[n]: the scores of all documents without expression bonus."""
        return self._found.scores()

    def limits(self) -> Scores | None:
        """float32[n]: the most that each document can gain by the expression bonus; None if none can."""
        return self._expressions.limits(self.documents) if self._expressions else None

    def bonuses(self, documents: Numbers) -> Scores | float:
        """The expression bonuses of some documents."""
        return self._expressions.scores(documents) if self._expressions else 0.0

    def full_scores(self, places: Indices | None = None) -> Scores:
        """float32: the scores including expression bonus, of the documents at some indices or of all."""
        found = self._found if places is None else self._found.taken(places)
        return found.scores() + self.bonuses(found.documents)


def page(matches: ScoredMatches, columns: Columns, query: Query) -> list[PageHit]:
    """The hits of the page that the query asks for; empty past the last page."""
    start, stop = (query.page - 1) * query.size, query.page * query.size
    if start >= len(matches):
        return []
    groups = folded_by(columns, query.copies)
    if len(matches) <= HANDFUL:
        places = _page_of_few(matches, groups, _ranks(columns, query.sort), slice(start, stop))
    else:
        places = _page_of_many(matches, groups, _ranks(columns, query.sort), slice(start, stop))
    return places if query.lead is Lead.BEST else [with_lead(place, columns, query.lead) for place in places]


def folded_by(columns: Columns, copies: Copies) -> Groups | None:
    """The groups whose documents fold into one hit, or None if each document is a hit."""
    if copies is Copies.SHOW:
        return None
    return columns.stories if copies is Copies.FOLD else columns.loose


def with_lead(place: PageHit, columns: Columns, lead: Lead) -> PageHit:
    """A hit led by another of its documents; it keeps the score that gave it its rank."""
    documents = (place.document, *place.copies)
    if lead is Lead.LONGEST:
        first = max(documents, key=columns.words.data.__getitem__)
    else:
        first = min(documents, key=partial(_known_by, columns))
    return PageHit(first, place.score, tuple(document for document in documents if document != first))


def _known_by(columns: Columns, document: int) -> tuple[bool, bool, int, int]:
    """A sort key: the day by which a document is known to have appeared; disputed ones after others, undated last."""
    last = columns.last.data[document]
    return not last, bool(columns.disputed.data[document]), last, columns.oldest.data[document]


def _page_of_many(matches: ScoredMatches, groups: Groups | None, ranks: Numbers, wanted: slice) -> list[PageHit]:
    """The wanted hits among many documents."""
    order = _Order(matches, groups, ranks)
    hits = order.first(wanted.stop)[wanted]
    scores = matches.full_scores(hits) if order.scores is None else order.scores.take(hits)
    documents = matches.documents.take(hits).tolist()
    return [
        PageHit(document, score, order.copies_of(document))
        for document, score in zip(documents, scores.tolist(), strict=True)
    ]


def _page_of_few(matches: ScoredMatches, groups: Groups | None, ranked_by: Numbers, wanted: slice) -> list[PageHit]:
    """The wanted hits among a few documents, all of which are sorted."""
    documents, scores = matches.documents, matches.full_scores()
    ranks = ranked_by.take(documents, mode="clip")
    order = (score_keys(scores, ranks) if matches.by_score else ranks).argsort()
    if groups is None or True not in groups.copied.take(documents, mode="clip").tolist():
        order = order[wanted]
        return list(
            map(AS_PAGE_HIT, zip(documents.take(order).tolist(), scores.take(order).tolist(), repeat(()), strict=False))
        )
    ordered = documents.take(order)
    together: dict[int, list[tuple[int, float]]] = {}
    told = zip(groups.of.take(ordered).tolist(), ordered.tolist(), scores.take(order).tolist(), strict=True)
    for group, document, score in told:
        together.setdefault(group, []).append((document, score))
    hits = list(together.values())[wanted]
    return [PageHit(*hit[0], tuple([document for document, _ in hit[1:]])) for hit in hits]


def sort_keys(matches: ScoredMatches, scores: Scores, columns: Columns, sort: Sort) -> Keys:
    """The sort keys of all matching documents, given their full scores."""
    ranks = _ranks(columns, sort).take(matches.documents, mode="clip")
    return score_keys(scores, ranks) if matches.by_score else ranks


def _ranks(columns: Columns, sort: Sort) -> Numbers:
    match sort:
        case Sort.OLDEST:
            return columns.oldest
        case Sort.COPIES:
            return columns.most_versions
        case Sort.OUTLETS:
            return columns.most_outlets
        case Sort.INDEXED:
            return columns.latest
        case _:
            return columns.newest


class _Order:
    """Sorts matching documents on demand; `scores` include the expression bonus for all documents sorted so far."""

    def __init__(self, matches: ScoredMatches, groups: Groups | None, ranks: Numbers) -> None:
        self._matches = matches
        self._documents = matches.documents
        self._groups = groups
        self._ranks = ranks
        self._bounds = matches.scores() if matches.by_score else None
        self._limits = matches.limits() if matches.by_score else None
        self.scores = self._bounds

    def first(self, wanted: int) -> Indices:
        """The indices of the first `wanted` hits, in order."""
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
        self._add_bonus(members)
        return tuple(self._documents[self._sorted(members)].tolist())

    def _place(self, document: int) -> int:
        """The index of a document among the matching ones, or -1."""
        documents = self._documents.data
        place = bisect_left(documents, document)
        return place if place < len(documents) and documents[place] == document else -1

    def _candidates(self, count: int) -> Indices:
        """The indices of at least `count` documents that include the first `count` in order."""
        if count >= len(self._documents):
            every = np.arange(len(self._documents))
            self._add_bonus(every)
            return every
        if self._bounds is None:
            ranks = self._ranks.take(self._documents, mode="clip")
            return np.argpartition(ranks, count)[:count]
        bound = np.float32(reached_by(self._bounds, count))
        if self._limits is None:
            candidates: Indices = (self._bounds >= bound).nonzero()[0]
        else:
            candidates = self._candidates_by_full_score(self._bounds + self._limits, bound, count)
        if len(candidates) > 4 * count:  # thousands of equal scores: select by rank too
            keys = self._keys(candidates)
            candidates = candidates[np.argpartition(keys, count)[:count]]
        return candidates

    def _candidates_by_full_score(self, reach: Scores, bound: np.float32, count: int) -> Indices:
        """All documents that can be among the first `count` by full score; their full scores are then computed.

        At least `count` documents have a score of `bound` or more, and none more than its `reach`. While too many can
        reach the bound, those with the furthest reach are scored in full, which gives a higher bound.
        """
        able, scored = (reach >= bound - ROUNDING).nonzero()[0], 2 * count
        while len(able) > max(AT_ONCE * count, scored):
            furthest = able[np.argpartition(reach.take(able), len(able) - scored)[len(able) - scored :]]
            bound = max(bound, self._nth_best(furthest, count))
            able = able[reach.take(able) >= bound - ROUNDING]
            scored *= 4
        least = self._nth_best(able, count)
        assert self.scores is not None  # noqa: S101  # asked only where there are some
        kept: Indices = able[self.scores.take(able) >= least]
        return kept

    def _nth_best(self, places: Indices, count: int) -> np.float32:
        """The `count`-th best full score at some indices."""
        self._add_bonus(places)
        assert self.scores is not None  # noqa: S101  # as above
        return np.float32(np.partition(self.scores.take(places), len(places) - count)[len(places) - count])

    def _add_bonus(self, places: Indices) -> None:
        """Add the expression bonus to the scores at these indices."""
        if self._limits is not None and self._bounds is not None and self.scores is not None:
            if self.scores is self._bounds:
                self.scores = self._bounds.copy()
            gaining = places[self._limits.take(places) > 0]
            self.scores[gaining] = self._bounds[gaining] + self._matches.bonuses(self._documents[gaining])

    def _sorted(self, places: Indices) -> Indices:
        return places.take(self._keys(places).argsort())

    def _keys(self, places: Indices) -> Keys:
        """One sort key per document, ascending in ranking order."""
        ranks = self._ranks.take(self._documents.take(places), mode="clip")
        return ranks if self.scores is None else score_keys(self.scores.take(places), ranks)

    def _leads(self, ordered: Indices, groups: Groups, wanted: int) -> Indices:
        """The indices of the first document of each group, in order, up to `wanted` of them."""
        leads: dict[int, int] = {}
        for place, group in enumerate(groups.of.take(self._documents.take(ordered), mode="clip").tolist()):
            if leads.setdefault(group, place) == place and len(leads) == wanted:
                break
        return ordered[list(leads.values())]


def score_keys(scores: Scores, ranks: Numbers) -> NDArray[np.uint64]:
    """One ascending sort key per document: the inverted bits of the score above, the rank below."""
    keys = np.empty((len(scores), 2), np.uint32)  # little-endian: the lower half comes first
    keys[:, 0] = ranks
    # Scores are never negative, and the bits of non-negative floats sort like the floats.
    np.invert(scores.view(np.uint32), out=keys[:, 1])
    return keys.view("<u8")[:, 0]

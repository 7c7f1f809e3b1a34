"""Pages that go on from a hit: the hits after a given one, at the same cost wherever it is.

A numbered page needs all hits before it. Here each document gets its key in ranking order, a hit is led by the document
with the smallest key of its group, and those above the key of the given document are left.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from index.embedded.evaluating.paging import (
    Indices,
    Keys,
    PageHit,
    ScoredMatches,
    folded_by,
    page,
    sort_keys,
    with_lead,
)
from index.embedded.facts.columns import Columns, Groups, Numbers
from index.query.request import Lead, Query


@dataclass(frozen=True, slots=True)
class Continuation:
    """The hits of a page, and the document that has the place of the last one if hits follow."""

    hits: list[PageHit]
    last: int | None


def requested_page(matches: ScoredMatches, columns: Columns, query: Query) -> Continuation:
    """The page that a query asks for: by its number, or after a hit. Raises KeyError if it is after none."""
    if query.after is None:
        return Continuation(page(matches, columns, query), None)
    document = columns.number(query.after) if query.after else None
    if query.after and document is None:
        raise KeyError(query.after)
    return page_after(matches, columns, query, document)


def page_after(matches: ScoredMatches, columns: Columns, query: Query, document: int | None) -> Continuation:
    """The hits after the one that a document leads, or the first ones. Raises KeyError if it leads none."""
    scores = matches.full_scores() if matches.by_score else np.zeros(len(matches), np.float32)
    hits = _Hits(matches.documents, sort_keys(matches, scores, columns, query.sort), folded_by(columns, query.copies))
    left = hits.leads if document is None else hits.after(document)
    if len(left) > query.size:
        chosen, more = left[np.argpartition(hits.keys.take(left), query.size - 1)][: query.size], True
    else:
        chosen, more = left, False
    chosen = chosen.take(hits.keys.take(chosen).argsort())
    found = [
        PageHit(int(matches.documents[place]), float(scores[place]), tuple(hits.copies(int(place)))) for place in chosen
    ]
    last = found[-1].document if more else None
    led = found if query.lead is Lead.BEST else [with_lead(hit, columns, query.lead) for hit in found]
    return Continuation(led, last)


class _Hits:
    """The hits of all pages: `leads` are the indices of the documents that lead them, `keys` their ranking order."""

    def __init__(self, documents: Numbers, keys: Keys, groups: Groups | None) -> None:
        self.keys = keys
        self._documents = documents
        self._groups = groups
        if groups is None:
            self.leads: Indices = np.arange(len(documents))
            return
        copied = groups.copied_among(documents)
        of = groups.of.take(documents.take(copied), mode="clip")
        order = np.lexsort((keys.take(copied), of))
        self._copied, self._of = copied.take(order), of.take(order)  # by group, each in ranking order
        leading = np.ones(len(documents), bool)
        leading[self._copied[1:][self._of[1:] == self._of[:-1]]] = False
        self.leads = leading.nonzero()[0]

    def after(self, document: int) -> Indices:
        """The indices of the leads after the one of a document."""
        place = int(np.searchsorted(self._documents, document))
        if place == len(self._documents) or self._documents[place] != document or place not in self.leads:
            raise KeyError(document)
        left: Indices = self.leads[self.keys.take(self.leads) > self.keys[place]]
        return left

    def copies(self, place: int) -> Iterator[int]:
        """The documents folded under a lead, in ranking order."""
        document = int(self._documents[place])
        if self._groups is None or not self._groups.copied[document]:
            return iter(())
        start, stop = np.searchsorted(self._of, int(self._groups.of[document]) + np.arange(2)).tolist()
        return iter(self._documents.take(self._copied[start + 1 : stop]).tolist())

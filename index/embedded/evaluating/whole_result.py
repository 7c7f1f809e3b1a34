"""The whole result of a query: all hits, oldest first, as `paging` has them on all pages of that order.

A page selects candidates; here all documents are sorted once. The copies of a hit are looked up when it is its turn, so
memory grows by a few bytes for each document, never by objects.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.embedded.evaluating.paging import PageHit, folded_by, with_lead
from index.embedded.facts.columns import Columns, Groups, Numbers
from index.query.request import Copies, Lead, Query

PORTION = 4_096  # numbers turned into Python objects at a time


def whole_result(documents: Numbers, columns: Columns, copies: Copies, lead: Lead) -> Iterator[PageHit]:
    """Yield all hits among some documents, without scores, oldest first."""
    ordered = documents.take(columns.oldest.take(documents, mode="clip").argsort())
    groups = folded_by(columns, copies)
    if groups is None:
        yield from (PageHit(document, 0.0, ()) for document in _one_by_one(ordered))
        return
    for hit in _folded(ordered, groups):
        yield hit if lead is Lead.BEST or not hit.copies else with_lead(hit, columns, lead)


def facts_of(documents: Numbers, columns: Columns, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the id of each hit, and the first value of some facets, "" for none."""
    facets = [columns.facets[name] for name in names]
    hits = whole_result(documents, columns, query.copies, query.lead)
    while some := [hit.document for hit in islice(hits, PORTION)]:
        places = np.array(some, np.uint32)
        codes = (facet.first.take(places, mode="clip").tolist() for facet in facets)
        values = (map(facet.value_of.__getitem__, of) for facet, of in zip(facets, codes, strict=True))
        yield from zip(columns.ids.taken(places), *values, strict=True)


def _folded(ordered: Numbers, groups: Groups) -> Iterator[PageHit]:
    """The first document of each group, with the others."""
    of = groups.of.take(ordered, mode="clip")
    first = np.zeros(len(ordered), bool)
    first[np.unique(of, return_index=True)[1]] = True
    others = (~first).nonzero()[0]
    others = others.take(of.take(others).argsort(kind="stable"))  # by group, each group in order
    folded, grouped = ordered.take(others), of.take(others)
    for document in _one_by_one(ordered[first]):
        if not groups.copied.data[document]:
            yield PageHit(document, 0.0, ())
            continue
        start, stop = np.searchsorted(grouped, groups.of.data[document] + np.arange(2)).tolist()
        yield PageHit(document, 0.0, tuple(folded[start:stop].tolist()))


def _one_by_one(documents: NDArray[np.uint32]) -> Iterator[int]:
    """The numbers of an array, some thousands at a time as Python numbers."""
    for start in range(0, len(documents), PORTION):
        yield from documents[start : start + PORTION].tolist()

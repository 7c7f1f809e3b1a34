"""Counting: filters as masks, and how many articles and stories have each value of each facet."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from index.columns import Coded, Columns, Mask, Numbers
from index.dateranges import days
from index.engine import Count
from index.evaluator import dated
from index.facets import FACETS, FILTERS
from index.query import Query


@dataclass(frozen=True)
class Filters:
    """What a query filters by, as masks over all documents: one a facet chosen or excluded from, and the rest."""

    by_facet: Mapping[str, Mask]
    rest: Mask

    def without(self, left_out: frozenset[str]) -> Mask:
        """bool[N]: documents that pass every filter but those of some facets."""
        mask = self.rest
        for name, passed in self.by_facet.items():
            if name not in left_out:
                mask = mask & passed
        return mask


def filters(query: Query, columns: Columns) -> Filters:
    """The masks of a query's filters."""
    by_facet = {name: _chosen(query, columns, name) for name in FILTERS if name in {*query.chosen, *query.excluded}}
    return Filters(by_facet, dated(columns, *days(query.since, query.until)))


def _chosen(query: Query, columns: Columns, name: str) -> Mask:
    mask = np.ones(len(columns.live), bool)
    if chosen := query.chosen.get(name):
        mask &= _having(columns, name, chosen)
    if excluded := query.excluded.get(name):
        mask &= ~_having(columns, name, excluded)
    return mask


def _having(columns: Columns, name: str, values: tuple[str, ...]) -> Mask:
    if name == "story":
        numbers = [columns.number_of[value] for value in values if value in columns.number_of]
        mask: Mask = np.isin(columns.story, np.array(numbers, np.int32))
        return mask
    coded = columns.coded[name]
    return coded.having([coded.code_of[value] for value in values if value in coded.code_of], len(columns.live))


def counts(documents: Numbers, passing: Filters, columns: Columns) -> dict[str, dict[str, Count]]:
    """Facet → value → count, over the documents that match the text and pass the filters of all other facets."""
    return {
        name: count_values(columns.coded[name], _selected(documents, passing.without(left_out)), columns)
        for name, left_out in FACETS.items()
    }


def _selected(documents: Numbers, passed: Mask) -> Mask:
    mask = np.zeros(len(passed), bool)
    mask[documents] = True
    return mask & passed


def count_values(coded: Coded, counted: Mask, columns: Columns) -> dict[str, Count]:
    """Value → count over the documents of a mask; values that none of them has are left out."""
    rows = counted[coded.documents]
    codes, documents = coded.codes[rows], coded.documents[rows]
    articles = np.bincount(codes, minlength=len(coded.values))
    copied = columns.copied[documents]
    stories = np.bincount(codes[~copied], minlength=len(coded.values))
    pairs = codes[copied].astype(np.uint64) << np.uint64(32) | columns.story[documents[copied]].astype(np.uint64)
    with_copies = (np.unique(pairs) >> np.uint64(32)).astype(np.int64)
    stories += np.bincount(with_copies, minlength=len(coded.values))
    return {
        coded.values[code]: Count(int(articles[code]), int(stories[code])) for code in np.flatnonzero(articles).tolist()
    }

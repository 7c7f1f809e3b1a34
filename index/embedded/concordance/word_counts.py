"""Counts of words around places, and of stems by articles, over one generation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index import association
from index.association import DIGITS, Measure
from index.embedded.columnar.format.string_lists import StringList
from index.embedded.columnar.postings.term_union import union_terms
from index.embedded.concordance.occurrences import Keys, Occurrences, SegmentPositions
from index.embedded.concordance.words_in_order import WordsInOrder
from index.embedded.evaluating.trends import distinct_values
from index.embedded.facts.columns import Columns, Mask
from index.embedded.schema import EXACT, STEM
from index.query.tree import Node
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted, WordCount, WordKind

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Table:
    """Words with their counts here and overall; numbers ascend as the words do."""

    names: StringList
    here: Counts
    overall: Counts
    sizes: tuple[int, int]  # of everything here, and of everything


class WordCounter:
    """Counts words around places and stems of articles; what it counts of the whole archive is kept."""

    def __init__(self, segments: Sequence[SegmentPositions], columns: Columns) -> None:
        self._segments = segments
        self._columns = columns
        self._stems_of_forms: tuple[StringList, Keys] | None = None

    def collocates(self, words: WordsInOrder, found: Occurrences, wanted: CollocatesWanted, tree: Node) -> Collocates:
        """The words around some places."""
        covered = words.covered(found)
        window = words.around(found, covered, wanted.window)
        hidden = np.bincount(words.slots[covered], minlength=len(words.totals))
        here = np.bincount(words.slots[window], minlength=len(words.totals))[1:]
        overall = (words.totals_with(found) - hidden)[1:]
        sizes = len(window), int(overall.sum())
        table, group = _Table(words.forms, here, overall, sizes), np.arange(len(here))
        if wanted.by is WordKind.STEM:
            names, group = self._stems(words)
            here, overall = (_summed(counts, group, len(names)) for counts in (here, overall))
            table = _Table(names, here, overall, sizes)
        chosen = _best(table, wanted.measure, len(found.keys), (wanted.least, wanted.most, wanted.without))
        place = np.full(len(table.names), -1)
        place[chosen] = np.arange(len(chosen))
        at = place[group[words.slots[window] - np.uint32(1)]]
        counted = self._words(table, chosen, at[at >= 0], words.documents(window[at >= 0]))
        return Collocates(counted, len(found.keys), *sizes, tree)

    def keywords(self, matching: Mask, within: Mask | None, wanted: KeywordsWanted, tree: Node) -> Keywords:
        """The stems that set some documents apart from all those around them: the archive, unless told otherwise."""
        names, ranks = self._stem_terms
        overall = self._articles_overall if within is None else self._articles(within)
        around = len(self._columns.by_id) if within is None else int(np.count_nonzero(within))
        sizes = int(np.count_nonzero(matching)), around
        table = _Table(names, self._articles(matching), overall, sizes)
        chosen = _best(table, Measure.LOG_LIKELIHOOD, sizes[0], (wanted.least, wanted.most, wanted.without))
        at, documents = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for held, numbers in zip(self._segments, ranks, strict=True):
            for place, rank in enumerate(chosen.tolist()):
                term = int(np.searchsorted(numbers, rank))  # the terms of a segment ascend, and so do their ranks
                if term < len(numbers) and numbers[term] == rank:
                    there = held.fields.postings[STEM].of(term).documents.astype(np.int64) + held.base
                    there = there[matching[there]]
                    documents.append(there)
                    at.append(np.full(len(there), place))
        return Keywords(self._words(table, chosen, np.concatenate(at), np.concatenate(documents)), *sizes, tree)

    def _words(self, table: _Table, chosen: Keys, at: Keys, documents: Keys) -> tuple[WordCount, ...]:
        """The chosen words; `at` is the index of the word of each row, and `documents` its document."""
        size = len(chosen)
        articles = distinct_values(at, documents, size, len(self._columns))
        spread = []
        for name in ("outlet", "month"):
            facet = self._columns.facets[name]
            codes = facet.codes.take(documents).astype(np.int64)
            told = codes > 0
            spread.append(distinct_values(at[told], codes[told], size, len(facet.value_of)))
        names = (table.names[number].decode() for number in chosen.tolist())
        rows = (table.here[chosen], table.overall[chosen], articles, *spread)
        return tuple(map(WordCount, names, *(row.tolist() for row in rows)))

    def _stems(self, words: WordsInOrder) -> tuple[StringList, Keys]:
        """All stems of forms, ascending, and the stem of each form where it stands alone."""
        if self._stems_of_forms is not None:
            return self._stems_of_forms
        held = [one for one in self._segments if EXACT in one.fields.terms]
        names, ranks = union_terms([one.fields.all_terms(STEM) for one in held])
        stems = np.zeros(len(words.forms), np.int64)
        for one, numbers in zip(held, ranks, strict=True):
            stems[words.ranks[one.base]] = numbers[one.fields.array(STEM, "of_forms")]
        self._stems_of_forms = names, stems
        return names, stems

    @cached_property
    def _stem_terms(self) -> tuple[StringList, list[NDArray[np.uint32]]]:
        """All stems with postings, ascending, and the rank of each term of each segment."""
        return union_terms([held.fields.terms.get(STEM, NO_TERMS) for held in self._segments])

    @cached_property
    def _articles_overall(self) -> Counts:
        return self._articles(self._columns.live)

    def _articles(self, wanted: Mask) -> Counts:
        """How many of some documents have each stem."""
        names, ranks = self._stem_terms
        counted = np.zeros(len(names), np.int64)
        for held, numbers in zip(self._segments, ranks, strict=True):
            if STEM not in held.fields.postings:
                continue
            postings = held.fields.postings[STEM]
            counted[numbers] += postings.counts_within(wanted[held.base : held.base + postings.size])
        return counted


NO_TERMS = StringList(np.zeros(1, np.uint32), np.empty(0, np.uint8))


def _summed(counts: Counts, group: Keys, size: int) -> Counts:
    """Counts added up by group."""
    return np.bincount(group, counts, size).astype(np.int64)


def _best(table: _Table, measure: Measure, hits: int, limits: tuple[int, int, frozenset[str]]) -> Keys:
    """The numbers of the words with the highest measure, at most so many, above what is expected."""
    least, most, without = limits
    able = np.flatnonzero(table.here >= least)
    excluded = [number for word in without if (number := table.names.find(word.encode())) >= 0]
    able = able[~np.isin(able, excluded)]
    here, overall, (inside, whole) = table.here[able], table.overall[able], table.sizes
    more = here * whole > inside * overall
    able, here, overall = able[more], here[more], overall[more]
    values = association.value(measure, (here, inside, overall, whole), hits)
    order = np.lexsort((able, -here, -np.round(values, DIGITS)))
    chosen: Keys = able[order[:most]]
    return chosen

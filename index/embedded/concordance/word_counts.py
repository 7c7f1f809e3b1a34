"""Counts of words around places, and of stems by articles, over one generation."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index import association
from index.association import DIGITS, ContingencyTable
from index.embedded.columnar.format.string_lists import StringList
from index.embedded.columnar.postings.term_union import indices_of, union_terms
from index.embedded.concordance.blocks import SegmentPositions
from index.embedded.concordance.occurrences import POSITION_BITS, Keys, Occurrences
from index.embedded.concordance.words_in_order import WordsInOrder
from index.embedded.evaluating.trends import distinct_values
from index.embedded.facts.columns import Columns, Mask
from index.embedded.schema import EXACT, STEM, TITLE_EXACT, TITLE_STEM
from index.query.tree import Node
from index.word_statistics import Choice, Collocates, CollocatesWanted, Keywords, KeywordsWanted, WordCount, WordKind

Counts = NDArray[np.int64]
AT_ONCE: Final = 1 << 20  # words of windows that are counted at once
SPREAD: Final = ("outlet", "month")  # facets over which words are counted


@dataclass(frozen=True, slots=True)
class _Table:
    """Words with their counts here and overall; numbers ascend as the words do."""

    names: StringList
    here: Counts
    overall: Counts
    sizes: tuple[int, int]  # of everything here, and of everything


class _Spread:
    """How many articles, and values of the facets in `SPREAD`, some words have; rows come in pieces of documents."""

    def __init__(self, columns: Columns, size: int) -> None:
        self._facets = [columns.facets[name] for name in SPREAD]
        self._documents = len(columns)
        self._articles = np.zeros(size, np.int64)
        self._seen = [np.zeros((size, len(facet.value_of)), bool) for facet in self._facets]

    def add(self, at: Keys, documents: Keys) -> None:
        """Add rows, a word and a document each; no document was in a piece before."""
        self._articles += distinct_values(at, documents, len(self._articles), self._documents)
        for facet, seen in zip(self._facets, self._seen, strict=True):
            seen[at, facet.codes.take(documents)] = True

    def counts(self) -> tuple[Counts, ...]:
        """The counts of each word: articles, then values of each facet; code 0 is none."""
        return self._articles, *(np.count_nonzero(seen[:, 1:], axis=1) for seen in self._seen)


class WordCounter:
    """Counts words around places and stems of articles; what it counts of the whole archive is kept."""

    def __init__(self, segments: Sequence[SegmentPositions], columns: Columns) -> None:
        self._segments = segments
        self._columns = columns
        self._stems_of_forms: tuple[StringList, Keys] | None = None

    def collocates(self, words: WordsInOrder, found: Occurrences, wanted: CollocatesWanted, tree: Node) -> Collocates:
        """The words around some places."""
        here, hidden = np.zeros((2, len(words.totals)), np.int64)
        pieces = list(_pieces(found, wanted.window))
        for piece in pieces:
            covered = words.covered(piece)
            hidden += np.bincount(words.taken(covered), minlength=len(hidden))
            window = words.around(piece, covered, wanted.window)
            beside = words.taken(window)
            here += np.bincount(beside, minlength=len(here))
        here, overall = here[1:], (words.totals_with(found) - hidden)[1:]
        sizes = int(here.sum()), int(overall.sum())
        table, group = _Table(words.forms, here, overall, sizes), np.arange(len(here))
        if wanted.by is WordKind.STEM:
            names, group = self._stems(words)
            here, overall = (_summed(counts, group, len(names)) for counts in (here, overall))
            table = _Table(names, here, overall, sizes)
        chosen = _best(table, len(found.keys), wanted.choice)
        place = np.full(len(table.names), -1)
        place[chosen] = np.arange(len(chosen))
        spread = _Spread(self._columns, len(chosen))
        for piece in pieces:
            if len(pieces) > 1:  # the window of a single piece is still at hand
                window = words.around(piece, words.covered(piece), wanted.window)
                beside = words.taken(window)
            at = place[group[beside - np.uint32(1)]]
            spread.add(at[at >= 0], words.documents(window[at >= 0]))
        return Collocates(_words(table, chosen, spread.counts()), len(found.keys), *sizes, tree)

    def keywords(self, matching: Mask, within: Mask | None, wanted: KeywordsWanted, tree: Node) -> Keywords:
        """The stems that set some documents apart from all those around them: the archive, unless told otherwise."""
        names, ranks = self._stem_terms
        overall = self._articles_overall if within is None else self._articles(within)
        around = len(self._columns.by_id) if within is None else int(np.count_nonzero(within))
        sizes = int(np.count_nonzero(matching)), around
        table = _Table(names, self._articles(matching), overall, sizes)
        chosen = _best(table, sizes[0], wanted.choice)
        found = np.zeros((len(SPREAD), len(chosen)), np.int64)
        for place, rank in enumerate(chosen.astype(np.uint32)):  # of the type of ranks, which are not converted then
            found[:, place] = self._spread_of(self._having(rank, ranks, matching))
        return Keywords(_words(table, chosen, (table.here[chosen], *found)), *sizes, tree)

    def _having(
        self, rank: np.uint32, ranks: Sequence[NDArray[np.uint32]], wanted: Mask
    ) -> Iterator[NDArray[np.uint32]]:
        """Those of some documents that have a stem, a list a segment."""
        for held, numbers in zip(self._segments, ranks, strict=True):
            term = int(np.searchsorted(numbers, rank))  # the terms of a segment ascend, and so do their ranks
            if term < len(numbers) and numbers[term] == rank:
                there = held.fields.postings[STEM].documents_of(term)
                if held.base or there.dtype != np.uint32:
                    there = there + np.uint32(held.base)
                yield there[wanted.take(there, mode="clip")]

    def _spread_of(self, documents: Iterable[NDArray[np.uint32]]) -> list[int]:
        """How many values of the facets in `SPREAD` some documents have."""
        facets = [self._columns.facets[name] for name in SPREAD]
        seen = [np.zeros(len(facet.value_of), bool) for facet in facets]
        for some in documents:
            for facet, there in zip(facets, seen, strict=True):
                there[facet.codes.take(some, mode="clip")] = True
        return [int(np.count_nonzero(there[1:])) for there in seen]

    def _stems(self, words: WordsInOrder) -> tuple[StringList, Keys]:
        """All stems of forms, ascending, and the stem of each form where it stands alone."""
        if self._stems_of_forms is not None:
            return self._stems_of_forms
        held = [one for one in self._segments if EXACT in one.fields.terms]
        names, ranks = union_terms([one.fields.all_terms(name) for name in (STEM, TITLE_STEM) for one in held])
        stems = np.zeros(len(words.forms), np.int64)
        for one, numbers, of_titles in zip(held, ranks, ranks[len(held) :], strict=False):
            of_forms = numbers[one.fields.array(STEM, "of_forms")]
            of_words, more = words.ranks[one.base], words.more[one.base]
            stems[of_words[: len(of_forms)]] = of_forms
            if len(more):
                titles = indices_of(more, one.fields.terms[TITLE_EXACT])
                stems[of_words[len(of_forms) :]] = of_titles[one.fields.array(TITLE_STEM, "of_forms")[titles]]
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


def _pieces(found: Occurrences, window: int) -> Iterator[Occurrences]:
    """Places a piece at a time, at least one, whose windows have about AT_ONCE words; no document is in two of them."""
    first, places = 0, max(AT_ONCE // (2 * window + 1), 1)
    while first < len(found.keys) or not first:
        last = min(first + places, len(found.keys))
        if last < len(found.keys):
            last = int(np.searchsorted(found.keys, ((found.keys[last] >> POSITION_BITS) + 1) << POSITION_BITS))
        yield Occurrences(found.keys[first:last], found.lengths[first:last])
        first = max(last, 1)


def _summed(counts: Counts, group: Keys, size: int) -> Counts:
    """Counts added up by group."""
    return np.bincount(group, counts, size).astype(np.int64)


def _words(table: _Table, chosen: Keys, spread: Sequence[Counts]) -> tuple[WordCount, ...]:
    """The chosen words with how many articles, outlets and months they have here."""
    names = (table.names[number].decode() for number in chosen.tolist())
    rows = (table.here[chosen], table.overall[chosen], *spread)
    return tuple(map(WordCount, names, *(row.tolist() for row in rows)))


def _best(table: _Table, places: int, choice: Choice) -> Keys:
    """The numbers of the chosen words, the best first; none is as rare here as is expected."""
    able = np.flatnonzero(table.here >= choice.least)
    here, overall, (inside, whole) = table.here[able], table.overall[able], table.sizes
    more = here * whole > inside * overall
    able, here, overall = able[more], here[more], overall[more]
    values = np.round(association.value(choice.measure, ContingencyTable(here, inside, overall, whole), places), DIGITS)
    wanted = choice.most + len(choice.without)
    if wanted < len(able):  # sorting all of them would take longer than all else
        first = np.flatnonzero(values >= np.partition(values, len(values) - wanted)[len(values) - wanted])
        able, here, values = able[first], here[first], values[first]
    ordered: Keys = able[np.lexsort((able, -here, -values))]
    kept = (number for number in ordered.tolist() if table.names[number].decode() not in choice.without)
    return np.array(list(islice(kept, choice.most)), np.int64)

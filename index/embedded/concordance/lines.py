"""Lines: the places of an answer, sampled and ordered, a stretch of them at a time."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from archive.article import Article
from index.concordance import MOST_PLACES, Concordance, LineOrder, Lines, Place, TooManyPlaces
from index.embedded.concordance.blocks import SegmentPositions
from index.embedded.concordance.occurrences import NO_KEYS, POSITION_BITS, Keys, OccurrenceFinder, Occurrences
from index.embedded.concordance.sampling import Sample, located, taken, together
from index.embedded.concordance.word_counts import WordCounter
from index.embedded.concordance.words_in_order import POSITION, WordsInOrder, title_lengths
from index.embedded.facts.columns import Columns, Mask, Numbers
from index.embedded.terms.segment_terms import documents_of, fields_of
from index.query.tree import Node
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted

Leaves = Sequence[tuple[Any, int]]  # Whoosh's readers of segments, each with its first document number
BY_CONTEXT = frozenset({LineOrder.LEFT, LineOrder.RIGHT, LineOrder.HIT})


class _Counted(NamedTuple):
    """Places: those that are kept, ascending; how many there are in all, and in how many articles."""

    kept: Occurrences
    total: int
    articles: int


class LineFinder:
    """Finds and orders the lines of queries over one generation."""

    def __init__(self, leaves: Leaves, columns: Columns, article: Callable[[int], Article]) -> None:
        self._segments = [SegmentPositions(fields_of(reader), base, reader.doc_count_all()) for reader, base in leaves]
        self._documents = [documents_of(reader) for reader, _ in leaves]
        self._columns = columns
        self._occurrences = OccurrenceFinder(self._segments, article)
        self._counter = WordCounter(self._segments, columns)
        self._words: WordsInOrder | None = None
        self._making = Lock()

    def find(self, tree: Node, matching: Numbers, wanted: Lines) -> Concordance:
        """The wanted lines of a query that some documents match."""
        titles = title_lengths(self._documents)
        sample = None if wanted.sample is None else Sample(wanted.sample, wanted.seed, self._columns.ids, titles)
        counted = self._read(tree, self._mask(matching, once=wanted.stories_once), sample)
        found = counted.kept
        chosen = self._ordered(found, wanted.order)[wanted.first : wanted.first + wanted.size]
        places = self._places(taken(found, chosen), titles)
        return Concordance(places, counted.total, counted.articles, len(found.keys), tree)

    def collocates(self, tree: Node, matching: Numbers, wanted: CollocatesWanted) -> Collocates:
        """The words around the places of a query that some documents match."""
        found = self._read(tree, self._mask(matching, once=wanted.stories_once), None).kept
        return self._counter.collocates(self._words_in_order(), found, wanted, tree)

    def keywords(self, tree: Node, matching: Numbers, wanted: KeywordsWanted, beside: Numbers | None) -> Keywords:
        """The stems that set some documents apart: from the archive, or from those beside them."""
        mask = self._mask(matching, once=False)
        within = None if beside is None else mask | self._mask(beside, once=False)
        return self._counter.keywords(mask, within, wanted, tree)

    def _read(self, tree: Node, wanted: Mask, sample: Sample | None) -> _Counted:
        """The places in the wanted documents, or a sample of them. Raises TooManyPlaces if more than MOST_PLACES."""
        found = self._occurrences.find(tree, wanted)
        kept, total, articles = [Occurrences(NO_KEYS, NO_KEYS)], 0, 0
        for block in found.blocks:
            total += len(block.keys)
            articles += int(np.count_nonzero(np.diff(block.keys >> POSITION_BITS, prepend=-1)))
            if sample is None:
                kept.append(block)
            else:
                sample.add(block)
            if (total if sample is None else len(sample.found.keys)) > MOST_PLACES:
                raise TooManyPlaces(max(found.words, total))
        held = together(kept) if sample is None else sample.found
        return _Counted(held, total, articles)

    def _mask(self, documents: Numbers, *, once: bool) -> Mask:
        if once:
            documents = documents[self._columns.oldest.take(documents).argsort()]
            documents = documents[np.unique(self._columns.stories.of.take(documents), return_index=True)[1]]
        mask = np.zeros(len(self._columns), bool)
        mask[documents] = True
        return mask

    def _ordered(self, found: Occurrences, order: LineOrder) -> Keys:
        """The indices of occurrences in order."""
        documents = found.keys >> POSITION_BITS
        dates = (self._columns.oldest.take(documents).astype(np.int64) << POSITION_BITS) | (found.keys & POSITION)
        by_date = dates.argsort()
        if order in BY_CONTEXT:
            keys = self._words_in_order().keys(found, order)
        elif order is LineOrder.OUTLET:
            codes = self._columns.facets["outlet"].codes.take(documents).astype(np.uint32)
            keys = [codes - np.uint32(1)]  # no outlet becomes the highest code
        else:
            return by_date
        sorted_: Keys = by_date[np.lexsort([key[by_date] for key in reversed(keys)])]
        return sorted_

    def _words_in_order(self) -> WordsInOrder:
        with self._making:
            if self._words is None:
                live = None if self._columns.all_live else self._columns.live
                self._words = WordsInOrder(self._segments, self._documents, live)
            return self._words

    def _places(self, found: Occurrences, titles: Keys) -> list[Place]:
        documents, in_title, words = located(found.keys, titles)
        ids = map(self._columns.ids.__getitem__, documents.tolist())
        return list(map(Place, ids, in_title.tolist(), words.tolist(), found.lengths.tolist()))

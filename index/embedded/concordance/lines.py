"""Lines: the places of an answer, sampled and ordered, a stretch of them at a time."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.concordance import (
    GOLDEN,
    LOW,
    MOST_PLACES,
    Concordance,
    LineOrder,
    Lines,
    Place,
    TooManyPlaces,
    article_key,
)
from index.embedded.concordance.occurrences import (
    POSITION_BITS,
    Keys,
    OccurrenceFinder,
    Occurrences,
    SegmentPositions,
)
from index.embedded.concordance.word_counts import WordCounter
from index.embedded.concordance.words_in_order import POSITION, WordsInOrder, title_lengths
from index.embedded.facts.columns import Columns, Mask, Numbers
from index.embedded.schema import TITLE_GAP
from index.embedded.terms.segment_terms import documents_of, fields_of
from index.query.tree import Node
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted

Leaves = Sequence[tuple[Any, int]]  # Whoosh's readers of segments, each with its first document number
MIXED_AT_ONCE = 1 << 18  # occurrences of which a sample is taken at a time
BY_CONTEXT = frozenset({LineOrder.LEFT, LineOrder.RIGHT, LineOrder.HIT})


class LineFinder:
    """Finds and orders the lines of queries over one generation."""

    def __init__(self, leaves: Leaves, columns: Columns, article: Callable[[int], Article]) -> None:
        self._segments = [SegmentPositions(fields_of(reader), base) for reader, base in leaves]
        self._documents = [documents_of(reader) for reader, _ in leaves]
        self._columns = columns
        self._occurrences = OccurrenceFinder(self._segments, article)
        self._counter = WordCounter(self._segments, columns)
        self._words: WordsInOrder | None = None
        self._making = Lock()

    def find(self, tree: Node, matching: Numbers, wanted: Lines) -> Concordance:
        """The wanted lines of a query that some documents match."""
        found = self._occurrences.find(tree, self._mask(matching, once=wanted.stories_once))
        total = len(found.keys)
        articles = int(np.count_nonzero(np.diff(found.keys >> POSITION_BITS, prepend=-1)))
        if wanted.sample is not None and wanted.sample < total:
            found = _taken(found, self._sampled(found.keys, wanted.sample, wanted.seed))
        if len(found.keys) > MOST_PLACES:
            raise TooManyPlaces(total)
        chosen = self._ordered(found, wanted.order)[wanted.first : wanted.first + wanted.size]
        return Concordance(self._places(_taken(found, chosen)), total, articles, len(found.keys), tree)

    def collocates(self, tree: Node, matching: Numbers, wanted: CollocatesWanted) -> Collocates:
        """The words around the places of a query that some documents match."""
        found = self._occurrences.find(tree, self._mask(matching, once=wanted.stories_once))
        if len(found.keys) > MOST_PLACES:
            raise TooManyPlaces(len(found.keys))
        return self._counter.collocates(self._words_in_order(), found, wanted, tree)

    def keywords(self, tree: Node, matching: Numbers, wanted: KeywordsWanted, beside: Numbers | None) -> Keywords:
        """The stems that set some documents apart: from the archive, or from those beside them."""
        mask = self._mask(matching, once=False)
        within = None if beside is None else mask | self._mask(beside, once=False)
        return self._counter.keywords(mask, within, wanted, tree)

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

    def _sampled(self, keys: Keys, most: int, seed: int) -> Keys:
        """The indices of the occurrences with the smallest sampling keys, ascending."""
        chosen, mixed = np.empty(0, np.int64), np.empty(0, np.uint64)
        for first in range(0, len(keys), MIXED_AT_ONCE):
            some = self._sampling_keys(keys[first : first + MIXED_AT_ONCE], seed)
            chosen = np.concatenate((chosen, np.arange(first, first + len(some))))
            mixed = np.concatenate((mixed, some))
            order = mixed.argsort(kind="stable")[:most]
            chosen, mixed = chosen[order], mixed[order]
        return np.sort(chosen)

    def _sampling_keys(self, keys: Keys, seed: int) -> NDArray[np.uint64]:
        documents, in_title, words = self._located(keys)
        there, which = np.unique(documents, return_inverse=True)
        articles = np.array([article_key(self._columns.ids[one]) for one in there.tolist()], np.uint64)
        numbers = (2 * words + in_title + 1).astype(np.uint64)
        mixed = _mixed(np.uint64(seed & LOW) + numbers * np.uint64(GOLDEN))
        return _mixed(articles[which] ^ mixed)

    def _located(self, keys: Keys) -> tuple[Keys, Mask, Keys]:
        """The document of each key, whether it is in the title, and the number of its word there."""
        documents, positions = keys >> POSITION_BITS, keys & POSITION
        titles = title_lengths(self._documents).take(documents)
        in_title = positions < titles
        return documents, in_title, np.where(in_title, positions, positions - titles - TITLE_GAP)

    def _places(self, found: Occurrences) -> list[Place]:
        documents, in_title, words = self._located(found.keys)
        ids = map(self._columns.ids.__getitem__, documents.tolist())
        return list(map(Place, ids, in_title.tolist(), words.tolist(), found.lengths.tolist()))


def _taken(found: Occurrences, places: Keys) -> Occurrences:
    return Occurrences(found.keys.take(places), found.lengths.take(places))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """As `index.concordance.mixed`, for many numbers."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    result: NDArray[np.uint64] = numbers ^ (numbers >> np.uint64(31))
    return result

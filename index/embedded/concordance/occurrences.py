"""Occurrences: where in their articles the leaves of a query stand, from the positions of the exact fields.

    keys     i8[n]   document · 2^32 + position, ascending and unique; positions as in the exact field: words of the
                     title from 0, words of the text from the length of the title plus `TITLE_GAP`
    lengths  i8[n]   how many words each occurrence has

The positions of a word's forms are its occurrences, but for two kinds of documents: where a part of a hyphenated word
has another stem than alone, and where a form stands both in capitals and not, of a word that asks for capitals. These
few documents are *doubtful*: their text is read.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from archive.article import Article, Role
from index.embedded.columnar.format.arrays import Array, concatenated_ranges
from index.embedded.columnar.postings.derived_fields import forms_of
from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.postings.term_union import indices_of
from index.embedded.concordance.blocks import Block, SegmentPositions, blocks
from index.embedded.facts.columns import Mask
from index.embedded.schema import EXACT, INDEX_FIELDS, TITLE_GAP, TITLE_UNITS, UNITS, TextFields
from index.embedded.terms.segment_terms import term_ranges
from index.query.leaves import text_leaves
from index.query.tree import Node, Phrase, TextLeaf, Word
from index.words.stemming import stem, stem_of
from index.words.tokenizer import Token, is_all_caps, tokenize

Keys = NDArray[np.int64]
POSITION_BITS = 32  # of a key; the document stands above them
NO_KEYS: Keys = np.empty(0, np.int64)


class Occurrences(NamedTuple):
    """The occurrences of some leaves; the module describes the arrays."""

    keys: Keys
    lengths: Keys


class FoundOccurrences(NamedTuple):
    """How often the words of a query stand in its documents (see `Blocks`), and its occurrences, a block at a time."""

    words: int
    blocks: Iterator[Occurrences]


class _MovedUnits(NamedTuple):
    """The units in which a part has another stem than alone: their terms, the stem of the form alone, the stem there.

    Stems are numbers as in `derived_fields`.
    """

    terms: Array
    alone: Array
    there: Array


class OccurrenceFinder:
    """Finds the occurrences of query trees over the segments of a generation; `article` reads a document."""

    def __init__(self, segments: Sequence[SegmentPositions], article: Callable[[int], Article]) -> None:
        self._segments = segments
        self._article = article
        self._moved: dict[tuple[int, str], _MovedUnits] = {}

    def find(self, tree: Node, wanted: Mask) -> FoundOccurrences:
        """The occurrences of all leaves but negated ones in the wanted documents; where several begin, the longest.

        They come a block of documents at a time, and all of their keys ascend. `wanted` is bool[N]. Raises
        TooManyPlaces before any are read if the words stand more than MOST_FOUND times there.
        """
        planned = blocks(tuple(dict.fromkeys(text_leaves(tree))), self._segments, wanted)
        return FoundOccurrences(planned.occurrences, map(self._within, planned.each))

    def _within(self, block: Block) -> Occurrences:
        """The occurrences in one block."""
        found = [self._leaf(leaf, terms, block) for leaf, terms in block.there.leaves]
        keys = np.concatenate([NO_KEYS, *(one.keys for one in found)])
        lengths = np.concatenate([NO_KEYS, *(one.lengths for one in found)])
        if (keys[1:] > keys[:-1]).all():
            return Occurrences(keys, lengths)
        order = np.lexsort((-lengths, keys))
        keys, lengths = keys[order], lengths[order]
        first = np.ones(len(keys), bool)
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        return Occurrences(keys[first], lengths[first])

    def _leaf(self, leaf: TextLeaf, terms: Sequence[Array], block: Block) -> Occurrences:
        fields = INDEX_FIELDS[leaf.field]
        words = [block_keys(block, fields.exact, numbers) for numbers in terms]
        match leaf:
            case Phrase(forms=forms, slop=distance, ordered=False):
                return _together(words, tuple(Counter(forms).values()), distance)
            case Phrase(forms=forms, slop=slop):
                of_forms = dict(zip(dict.fromkeys(forms), words, strict=True))
                return _chained([of_forms[form] for form in forms], slop)
            case Word():
                (keys,) = words
                keys = self._exact(leaf, keys, block)
            case _:
                (keys,) = words
        return Occurrences(keys, np.ones(len(keys), np.int64))

    def _exact(self, word: Word, keys: Keys, block: Block) -> Keys:
        """The keys of a word, from those of its forms and the text of doubtful documents."""
        if word.capitals:
            sure, doubtful = _in_capitals(word, block)
        else:
            doubtful = self._mixed(word, block)
            sure = ~doubtful
        base = block.there.held.base
        keys = keys[sure.take((keys >> POSITION_BITS) - base)]
        read = [self._read(document + base, word) for document in doubtful.nonzero()[0].tolist()]
        return np.sort(np.concatenate([keys, *read])) if read else keys

    def _mixed(self, word: Word, block: Block) -> Mask:
        """The wanted documents with a hyphenated word in which a part has this stem only there, or only elsewhere."""
        names, fields = INDEX_FIELDS[word.field], block.there.held.fields
        units = UNITS if names.exact == EXACT else TITLE_UNITS
        marked = np.zeros(len(block.wanted), bool)
        if units in fields.postings:
            number = fields.derived_number(names.stem, stem(word.form).encode())
            moved = self._moved_units(block.there.held, names, units)
            for term in moved.terms[(moved.alone == number) != (moved.there == number)].tolist():
                marked[fields.postings[units].of(term).documents] = True
        return marked & block.wanted

    def _moved_units(self, segment: SegmentPositions, fields: TextFields, units: str) -> _MovedUnits:
        at = segment.base, units
        if at not in self._moved:
            held = segment.fields
            there, of_forms = held.array(fields.stem, "of_units"), held.array(fields.stem, "of_forms")
            alone = of_forms[indices_of(forms_of(held.terms[units]), held.terms[fields.exact])]
            terms = np.flatnonzero(alone != there)
            self._moved[at] = _MovedUnits(terms, alone[terms], there[terms])
        return self._moved[at]

    def _read(self, document: int, word: Word) -> Keys:
        """The occurrences of a word in a document, from its text."""
        found = [at for at, text, token in placed_tokens(self._article(document), word.field) if _is(token, text, word)]
        return np.array(found, np.int64) + (document << POSITION_BITS)


def placed_tokens(article: Article, field: str | None) -> Iterator[tuple[int, str, Token]]:
    """The words of the text that a field searches: position as in the exact field, text, token."""
    title = tokenize(article.title)
    if field == "title" or not article.title_derived:
        yield from ((at, article.title, token) for at, token in enumerate(title))
    if field is None:
        body = "\n".join(article.text[one.start : one.end] for one in article.passages if one.role is Role.BODY)
        yield from ((at, body, token) for at, token in enumerate(tokenize(body), len(title) + TITLE_GAP))


def block_keys(block: Block, field: str, numbers: Array) -> Keys:
    """The keys of some terms of an exact field in a block, ascending."""
    held = block.there.held
    postings = (_kept(posting, block.wanted) for posting in _in_portions(held, field, numbers))
    keys = np.concatenate([NO_KEYS, *(occurrence_keys(posting, held.base) for posting in postings)])
    keys.sort(kind="stable")  # merges ascending runs
    return keys


def occurrence_keys(posting: PostingList, base: int) -> Keys:
    """The keys of posting lists with positions; the documents are numbered from `base` on."""
    if posting.positions is None:
        raise ValueError("a field without positions has no places")
    documents = posting.documents.astype(np.int64) + base
    keys: Keys = (documents << POSITION_BITS).repeat(posting.counts.astype(np.int64))
    keys += posting.positions
    return keys


def _kept(posting: PostingList, wanted: Mask) -> PostingList:
    """The postings of wanted documents; the positions of others are not touched."""
    kept = wanted.take(posting.documents)
    if posting.positions is None or kept.all():
        return posting
    counts = posting.counts.astype(np.int64)
    begins, counts = (np.cumsum(counts) - counts)[kept], counts[kept]
    return PostingList(posting.documents[kept], counts, posting.positions[concatenated_ranges(begins, counts)])


def _in_portions(held: SegmentPositions, field: str, numbers: Array) -> Iterator[PostingList]:
    """The posting lists of some terms of a field with their positions, a bounded portion at a time."""
    for first, last in term_ranges(numbers):
        postings = held.fields.postings[field]
        for begin, end in portions(postings.starts[first : last + 1]):
            yield postings.between(first + begin, first + end, placed=True)


def _in_capitals(word: Word, block: Block) -> tuple[Mask, Mask]:
    """The wanted documents that have a form only in capitals, and those that have it in capitals and otherwise."""
    names, fields = INDEX_FIELDS[word.field], block.there.held.fields
    sure, doubtful = np.zeros((2, len(block.wanted)), bool)
    capital, written = (fields.posting(name, word.form.encode()) for name in (names.capitals, names.exact))
    at = np.searchsorted(written.documents, capital.documents)
    only = written.counts.take(at) == capital.counts
    sure[capital.documents[only]] = True
    doubtful[capital.documents[~only]] = True
    return sure & block.wanted, doubtful & block.wanted


def _is(token: Token, text: str, word: Word) -> bool:
    if word.capitals:
        return token.form == word.form and is_all_caps(text[token.start : token.end])
    if word.without:  # then each part of a hyphenated word stands for itself
        return token.form not in word.without and stem(token.form) == stem(word.form)
    return stem_of(token.form, token.unit) == stem(word.form)


def _together(words: Sequence[Keys], times: Sequence[int], distance: int) -> Occurrences:
    """The shortest stretches with all words as many times as wanted, the last at most a distance after the first."""
    begins = np.sort(np.concatenate(words), kind="stable")
    ends = begins
    for word, wanted in zip(words, times, strict=True):
        last = np.searchsorted(word, begins) + (wanted - 1)  # of the places that a stretch needs of this word
        held = last < len(word)
        begins, ends = begins[held], np.maximum(ends[held], word[last[held]])
    near = ends - begins <= distance
    begins, ends = begins[near], ends[near]
    shortest = np.append(ends[1:] > ends[:-1], np.ones(min(len(ends), 1), bool))  # the next one does not lie within
    return Occurrences(begins[shortest], (ends - begins + 1)[shortest])


def _chained(words: Sequence[Keys], slop: int) -> Occurrences:
    """The places of words that follow each other, each at most `slop` positions after the nearest one before it."""
    begins = ends = words[0]
    for following in words[1:]:
        before = np.searchsorted(ends, following) - 1  # the nearest end before each, -1 for none
        near = before >= 0
        near[near] = following[near] - ends[before[near]] <= slop
        ends, begins = following[near], begins[before[near]]
    return Occurrences(begins, ends - begins + 1)

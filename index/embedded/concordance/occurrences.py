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
from index.concordance import MOST_FOUND, TooManyPlaces
from index.embedded.columnar.format.arrays import Array
from index.embedded.columnar.postings.derived_fields import forms_of
from index.embedded.columnar.postings.inversion import PostingList
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.postings.term_union import indices_of
from index.embedded.columnar.segments.segment_files import SegmentFields
from index.embedded.evaluating.leaf_queries import TEXT_FIELDS, TextFields
from index.embedded.facts.columns import Mask
from index.embedded.schema import EXACT, TITLE_GAP, TITLE_UNITS, UNITS
from index.embedded.terms.segment_terms import matching_terms, term_ranges
from index.query.tree import And, Expanded, Node, Or, Phrase, Wildcard, Word
from index.words.stemming import stem, stem_of
from index.words.tokenizer import Token, is_all_caps, tokenize

Keys = NDArray[np.int64]
Leaf = Word | Phrase | Wildcard
POSITION_BITS = 32
NO_KEYS: Keys = np.empty(0, np.int64)


class Occurrences(NamedTuple):
    """The occurrences of some leaves; the module describes the arrays."""

    keys: Keys
    lengths: Keys


class SegmentPositions(NamedTuple):
    """The fields of one segment, and its first document number."""

    fields: SegmentFields
    base: int


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

    def find(self, tree: Node, wanted: Mask) -> Occurrences:
        """The occurrences of all leaves but negated ones in the wanted documents; where several begin, the longest.

        `wanted` is bool[N]. Raises TooManyPlaces if there are more than MOST_FOUND.
        """
        found: list[Occurrences] = []
        for leaf in text_leaves(tree):
            found.append(self._leaf(leaf, wanted))
            _refuse_too_many([one.keys for one in found])
        keys = np.concatenate([NO_KEYS, *(one.keys for one in found)])
        lengths = np.concatenate([NO_KEYS, *(one.lengths for one in found)])
        if (keys[1:] > keys[:-1]).all():
            return Occurrences(keys, lengths)
        order = np.lexsort((-lengths, keys))
        keys, lengths = keys[order], lengths[order]
        first = np.ones(len(keys), bool)
        np.not_equal(keys[1:], keys[:-1], out=first[1:])
        return Occurrences(keys[first], lengths[first])

    def _leaf(self, leaf: Leaf, wanted: Mask) -> Occurrences:
        fields = TEXT_FIELDS[leaf.field]
        match leaf:
            case Phrase(forms=forms, slop=distance, ordered=False):
                times = Counter(forms)
                words = [self._form(fields.exact, form, wanted) for form in times]
                return _together(words, tuple(times.values()), distance)
            case Phrase(forms=forms, slop=slop):
                return _chained([self._form(fields.exact, form, wanted) for form in forms], slop)
            case Wildcard(pattern=pattern):
                keys = self._keys(fields.exact, lambda held: matching_terms(held.fields, fields.exact, pattern), wanted)
            case Word():
                keys = self._word(leaf, fields, wanted)
        return Occurrences(keys, np.ones(len(keys), np.int64))

    def _form(self, field: str, form: str, wanted: Mask) -> Keys:
        """The keys of one form of an exact field."""

        def number(held: SegmentPositions) -> Array:
            found = held.fields.number(field, form.encode())
            return np.array([found] if found >= 0 else [], np.int64)

        return self._keys(field, number, wanted)

    def _keys(self, field: str, numbers: Callable[[SegmentPositions], Array], wanted: Mask) -> Keys:
        """The keys of some terms of an exact field, ascending; `numbers` gives those of the terms in a segment."""
        pieces = [NO_KEYS]
        for held in (held for held in self._segments if field in held.fields.postings):
            for posting in _in_portions(held, field, numbers(held)):
                keys = occurrence_keys(posting, held.base)
                pieces.append(keys[wanted.take(keys >> POSITION_BITS)])
                _refuse_too_many(pieces)
        keys = np.concatenate(pieces)
        keys.sort(kind="stable")  # merges ascending runs
        return keys

    def _word(self, word: Word, fields: TextFields, wanted: Mask) -> Keys:
        if word.capitals:
            keys = self._form(fields.exact, word.form, wanted)
            sure, doubtful = self._in_capitals(word.form, fields, wanted)
        else:
            root, without = stem(word.form), {form.encode() for form in word.without}
            keys = self._keys(fields.exact, lambda held: _forms_of_stem(held.fields, fields, root, without), wanted)
            doubtful = self._mixed(fields, root, wanted)
            sure = ~doubtful
        keys = keys[sure.take(keys >> POSITION_BITS)]
        read = [self._read(document, word) for document in doubtful.nonzero()[0].tolist()]
        return np.sort(np.concatenate([keys, *read])) if read else keys

    def _in_capitals(self, form: str, fields: TextFields, wanted: Mask) -> tuple[Mask, Mask]:
        """The documents that have a form only in capitals, and those that have it in capitals and otherwise."""
        sure, doubtful = np.zeros((2, len(wanted)), bool)
        for held in self._segments:
            capital, written = (held.fields.posting(name, form.encode()) for name in (fields.capitals, fields.exact))
            documents = capital.documents.astype(np.int64)
            at = np.searchsorted(written.documents, documents)
            only = written.counts.take(at) == capital.counts
            sure[documents[only] + held.base] = True
            doubtful[documents[~only] + held.base] = True
        return sure & wanted, doubtful & wanted

    def _mixed(self, fields: TextFields, root: str, wanted: Mask) -> Mask:
        """The wanted documents with a hyphenated word in which a part has this stem only there, or only elsewhere."""
        units = UNITS if fields.exact == EXACT else TITLE_UNITS
        marked = np.zeros(len(wanted), bool)
        for place, held in enumerate(self._segments):
            if units in held.fields.postings:
                number = held.fields.derived_number(fields.stem, root.encode())
                moved = self._moved_units(place, fields, units)
                for term in moved.terms[(moved.alone == number) != (moved.there == number)].tolist():
                    marked[held.fields.postings[units].of(term).documents.astype(np.int64) + held.base] = True
        return marked & wanted

    def _moved_units(self, place: int, fields: TextFields, units: str) -> _MovedUnits:
        if (place, units) not in self._moved:
            held = self._segments[place].fields
            there, of_forms = held.array(fields.stem, "of_units"), held.array(fields.stem, "of_forms")
            alone = of_forms[indices_of(forms_of(held.terms[units]), held.terms[fields.exact])]
            terms = np.flatnonzero(alone != there)
            self._moved[place, units] = _MovedUnits(terms, alone[terms], there[terms])
        return self._moved[place, units]

    def _read(self, document: int, word: Word) -> Keys:
        """The occurrences of a word in a document, from its text."""
        found = [at for at, text, token in placed_tokens(self._article(document), word.field) if _is(token, text, word)]
        return np.array(found, np.int64) + (document << POSITION_BITS)


def text_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves of a tree that have places: those that search words and are not negated."""
    match node:
        case And(parts) | Or(parts):
            for part in parts:
                yield from text_leaves(part)
        case Expanded(asked=asked, also=also):
            yield from text_leaves(asked)
            yield from (other.leaf for other in also)
        case Word() | Phrase() | Wildcard() if node.field in TEXT_FIELDS:
            yield node
        case _:  # negated, a date, a fact, or `Everything`
            return


def placed_tokens(article: Article, field: str | None) -> Iterator[tuple[int, str, Token]]:
    """The words of the text that a field searches: position as in the exact field, text, token."""
    title = tokenize(article.title)
    if field == "title" or not article.title_derived:
        yield from ((at, article.title, token) for at, token in enumerate(title))
    if field is None:
        body = "\n".join(article.text[one.start : one.end] for one in article.passages if one.role is Role.BODY)
        yield from ((at, body, token) for at, token in enumerate(tokenize(body), len(title) + TITLE_GAP))


def occurrence_keys(posting: PostingList, base: int) -> Keys:
    """The keys of posting lists with positions; the documents are numbered from `base` on."""
    if posting.positions is None:
        raise ValueError("a field without positions has no places")
    documents = posting.documents.astype(np.int64) + base
    keys: Keys = (documents << POSITION_BITS).repeat(posting.counts.astype(np.int64))
    keys += posting.positions
    return keys


def _in_portions(held: SegmentPositions, field: str, numbers: Array) -> Iterator[PostingList]:
    """The posting lists of some terms of a field with their positions, a bounded portion at a time."""
    for first, last in term_ranges(numbers):
        postings = held.fields.postings[field]
        for begin, end in portions(postings.starts[first : last + 1]):
            yield postings.between(first + begin, first + end, placed=True)


def _refuse_too_many(found: Sequence[Keys]) -> None:
    """Raise TooManyPlaces if there are more than MOST_FOUND, each counted once."""
    if sum(map(len, found)) > MOST_FOUND and (places := len(np.unique(np.concatenate(found)))) > MOST_FOUND:
        raise TooManyPlaces(places)


def _is(token: Token, text: str, word: Word) -> bool:
    if word.capitals:
        return token.form == word.form and is_all_caps(text[token.start : token.end])
    if word.without:  # then each part of a hyphenated word stands for itself
        return token.form not in word.without and stem(token.form) == stem(word.form)
    return stem_of(token.form, token.unit) == stem(word.form)


def _forms_of_stem(fields: SegmentFields, names: TextFields, root: str, without: set[bytes]) -> Array:
    """The numbers of the forms that have a stem where they stand alone, ascending."""
    if names.stem not in fields.terms:
        return np.empty(0, np.int64)
    number = fields.derived_number(names.stem, root.encode())
    found = np.flatnonzero(fields.array(names.stem, "of_forms") == number) if number >= 0 else np.empty(0, np.int64)
    terms = fields.terms[names.exact]
    return np.array([at for at in found.tolist() if terms[at] not in without], np.int64)


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

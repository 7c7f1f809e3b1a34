"""Preparing: what of indexing can be done for some articles by themselves, in any process.

    articles → rows of facts, for the columns
             → records, packed and compressed in blocks
             → words → runs of postings, inverted

Here a *word* of a stem field is a form with its hyphenated unit ("anak anak-anak"), or the form alone where they are
the same. It becomes a stem only when the build writes it: so each different word of an archive is stemmed once, not
once a batch, and a batch does not depend on what was stemmed before.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from archive.article import Article
from index.analysis import pairs, runs_written
from index.columnar import stored
from index.columnar.arrays import Array, smallest
from index.columnar.postings import Postings, invert, packed, row_counts
from index.columnar.sources import Batch, Run
from index.columnar.texts import listed
from index.packing import pack
from index.rows import Row, row
from index.stemming import Stems
from index.whoosh_schema import EXACT, STEM, TITLE_EXACT, TITLE_GAP, TITLE_STEM

BETWEEN = " "  # form and unit in a word; no form has a blank in it
Pair = tuple[str, str]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Some articles, ready to be taken in: their facts, and all that the index holds of them."""

    rows: Sequence[Row]
    batch: Batch


def prepare(articles: Sequence[Article]) -> Prepared:
    """Everything of indexing that needs nothing but these articles."""
    written = _Written()
    titles = [written.numbers(article.title) for article in articles]
    bodies = [written.numbers("\n".join(article.paragraphs)) for article in articles]
    words = _Words(written)
    derived = np.array([article.title_derived for article in articles], bool)
    title, body = words.tokens(titles), words.tokens(bodies)
    text = _text(title, body, derived)
    exact, stem = words.spellings()
    runs = {
        EXACT: text.inverted(exact, placed=True),
        STEM: text.inverted(stem, placed=False),
        TITLE_EXACT: title.inverted(exact, placed=True),
        TITLE_STEM: title.inverted(stem, placed=False),
        "id": _ids(articles),
    }
    lengths = {EXACT: text.lengths(), STEM: text.lengths(), TITLE_EXACT: title.lengths(), TITLE_STEM: title.lengths()}
    records = [stored.packed({"article": pack(article)}) for article in articles]
    return Prepared([row(article) for article in articles], Batch(len(articles), runs, lengths, stored.blocks(records)))


def stems_of(words: Sequence[bytes], stems: Stems) -> list[bytes]:
    """The stem of each word of a stem field."""
    pairs = [(form, unit or form) for form, _, unit in (word.decode().partition(BETWEEN) for word in words)]
    stems.learn(pairs)
    return [stems.stem_of(form, unit).encode() for form, unit in pairs]


class _Written(dict[str, int]):
    """The different runs of characters met in a batch, numbered as they come."""

    def __missing__(self, run: str) -> int:
        number = self[run] = len(self)
        return number

    def numbers(self, text: str) -> "array[int]":
        """The number of every run of a text."""
        return array("I", map(self.__getitem__, runs_written(text)))


class _Words:
    """The words of all runs of a batch: each different pair of form and unit, numbered as they come.

    starts   i8[runs+1]   where the words of each run begin in `words`; most runs are one word, "Jong-un" is two
    words    i8[…]        their numbers
    """

    def __init__(self, written: _Written) -> None:
        number_of: dict[Pair, int] = {}
        taken_apart = [pairs(run) for run in written]
        self.starts = np.concatenate(([0], np.cumsum([len(parts) for parts in taken_apart], dtype=np.int64)))
        self.words = np.array(
            [number_of.setdefault(pair, len(number_of)) for parts in taken_apart for pair in parts], np.int64
        )
        self._pairs = list(number_of)

    def spellings(self) -> tuple["_Spelling", "_Spelling"]:
        """How words are spelt in exact fields, and in stem fields until they are stemmed."""
        return (
            _Spelling.of([form for form, _ in self._pairs]),
            _Spelling.of([form if form == unit else form + BETWEEN + unit for form, unit in self._pairs]),
        )

    def tokens(self, texts: Sequence["array[int]"]) -> "_Tokens":
        """The words of some texts, given as numbers of runs."""
        runs = np.concatenate([np.empty(0, np.uint32), *(np.frombuffer(text, np.uint32) for text in texts)])
        ends = np.cumsum([len(text) for text in texts], dtype=np.int64)
        sizes = self.starts[runs + 1] - self.starts[runs]
        before = np.concatenate(([0], np.cumsum(sizes)))
        words = self.words[np.repeat(self.starts[runs] - before[:-1], sizes) + np.arange(before[-1])]
        counts = np.diff(before[np.concatenate(([0], ends))])
        return _Tokens(words, counts, np.arange(len(words)) - np.repeat(np.cumsum(counts) - counts, counts))


@dataclass(frozen=True, slots=True)
class _Spelling:
    """Terms in ascending order, and the place among them of each word."""

    terms: Sequence[bytes]
    place: Numbers

    @classmethod
    def of(cls, spelt: Sequence[str]) -> "_Spelling":
        encoded = [term.encode() for term in spelt]
        terms = sorted(set(encoded))
        place_of = {term: place for place, term in enumerate(terms)}
        return cls(terms, np.fromiter(map(place_of.__getitem__, encoded), np.int64, len(encoded)))


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The words of documents in turn, how many each document has, and where in its document each word stands."""

    words: Numbers
    counts: Numbers
    positions: Numbers

    def lengths(self) -> Array:
        """How many words each document has."""
        return packed(self.counts)

    def inverted(self, spelling: _Spelling, *, placed: bool) -> Run:
        """The postings of these words under a spelling; of its terms, those that are there."""
        documents = np.repeat(np.arange(len(self.counts), dtype=np.uint32), self.counts)
        count = len(spelling.terms)
        found = invert(
            spelling.place[self.words].astype(smallest(count)), documents, count, self.positions if placed else None
        )
        used = row_counts(found.starts) > 0
        kept = listed([term for term, there in zip(spelling.terms, used.tolist(), strict=True) if there])
        starts = np.append(found.starts[:-1][used], found.starts[-1])
        places = None if found.places is None else np.append(found.places[:-1][used], found.places[-1])
        return Run(kept, replace(found, starts=starts, places=places))


def _text(title: _Tokens, body: _Tokens, derived: NDArray[np.bool_]) -> _Tokens:
    """Title and body of each document as one text, with a gap between; a derived title stands in the body already."""
    heads = np.where(derived, 0, title.counts)
    counts = heads + body.counts
    begins = np.cumsum(counts) - counts
    at_title = np.repeat(begins, title.counts) + title.positions
    at_body = np.repeat(begins + heads, body.counts) + body.positions
    words, positions = (np.empty(counts.sum(), np.int64) for _ in range(2))
    kept = np.repeat(~derived, title.counts)
    words[at_title[kept]], positions[at_title[kept]] = title.words[kept], title.positions[kept]
    words[at_body] = body.words
    positions[at_body] = body.positions + np.repeat(title.counts + TITLE_GAP, body.counts)
    return _Tokens(words, counts, positions)


def _ids(articles: Sequence[Article]) -> Run:
    ids = [article.id.encode() for article in articles]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    terms = listed([ids[number] for number in order])
    return Run(terms, Postings(np.arange(len(ids) + 1, dtype=np.uint32), packed(np.array(order, np.uint32))))

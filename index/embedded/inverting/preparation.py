"""Preparation of a batch: everything that indexing can do for some articles on their own, in any process.

    articles → fact rows, for the columns
             → stored records, packed and compressed in blocks  ┐
             → tokens → inverted runs of postings               ┴→ a file in the build's folder

Nothing is stemmed here. Stem fields are derived from the finished exact fields (`columnar.postings.derived_fields`), so
that each distinct word of an archive is stemmed once. For that, the *units* are collected here: the parts of hyphenated
words with the whole word ("anak anak-anak").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article, Role
from index.embedded.columnar.format import stored_records
from index.embedded.columnar.format.arrays import Array, concatenated_ranges, smallest_dtype
from index.embedded.columnar.format.string_lists import StringList, pack_strings
from index.embedded.columnar.format.string_order import argsort_strings
from index.embedded.columnar.postings.inversion import downcast, invert, row_counts
from index.embedded.columnar.postings.sources import Batch, Run
from index.embedded.columnar.segments import batches
from index.embedded.columnar.segments.batches import BatchFile
from index.embedded.facts.rows import Rows, rows
from index.embedded.inverting.token_cache import NONE, TokenCache
from index.embedded.schema import (
    CAPITALS,
    EXACT,
    STEM,
    TITLE_CAPITALS,
    TITLE_EXACT,
    TITLE_GAP,
    TITLE_STEM,
    TITLE_UNITS,
    UNITS,
)
from index.storage.serialization import serialize
from index.words.chunking import chunks

TOKEN_CACHE = TokenCache()

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class PreparedBatch:
    """Some articles ready for indexing: their fact rows, and the file with their postings and stored records."""

    rows: Rows
    batch: BatchFile


def prepare(folder: Path, articles: Sequence[Article]) -> PreparedBatch:
    """Prepare articles for indexing; the batch is written to a file in the folder."""
    return PreparedBatch(rows(articles), batches.write_batch(invert_articles(articles), folder))


def invert_articles(articles: Sequence[Article]) -> Batch:
    """Tokenize and invert articles into a batch."""
    texts = [article.title for article in articles] + [_body(article) for article in articles]
    words = _TokenizedTexts(texts)
    derived = np.array([article.title_derived for article in articles], bool)
    title, body = words.tokens(0, len(articles)), words.tokens(len(articles), len(texts))
    text = _title_and_body(title, body, derived)
    runs = {
        EXACT: text.inverted(words.terms, placed=True),
        UNITS: text.of_units().inverted(words.terms),
        CAPITALS: text.where(text.capitals).inverted(words.terms),
        TITLE_EXACT: title.inverted(words.terms, placed=True),
        TITLE_UNITS: title.of_units().inverted(words.terms),
        TITLE_CAPITALS: title.where(title.capitals).inverted(words.terms),
    }
    lengths = {
        **dict.fromkeys((EXACT, STEM, CAPITALS), text.lengths()),
        **dict.fromkeys((TITLE_EXACT, TITLE_STEM, TITLE_CAPITALS), title.lengths()),
    }
    records = [stored_records.encode_record(serialize(article)._asdict()) for article in articles]
    return Batch(len(articles), runs, lengths, stored_records.compress_blocks(records))


def _body(article: Article) -> str:
    """The body paragraphs of an article with their white space unchanged: any amount of it separates words."""
    return "\n".join(article.text[part.start : part.end] for part in article.passages if part.role is Role.BODY)


class _TokenizedTexts:
    """The tokens of a batch's texts; `terms` are the distinct terms, ascending, and tokens are indices into them."""

    def __init__(self, texts: Sequence[str]) -> None:
        written = TOKEN_CACHE.numbers(chunks(texts))
        starts, forms, units, capitals = TOKEN_CACHE.arrays()
        seen = np.zeros(len(starts) - 1, bool)
        seen[written] = True
        different = np.flatnonzero(seen)
        places = np.cumsum(seen) - 1
        self._chunks = places[written]
        self._ends = np.concatenate(([0], np.flatnonzero(written == 0) + 1))
        sizes = row_counts(starts)[different]
        self._starts = np.concatenate(([0], np.cumsum(sizes)))
        at = concatenated_ranges(starts[different], sizes)
        self._capitals = capitals[at]
        self.terms, (self._forms, self._units) = _ranked(forms[at], units[at])

    def tokens(self, first: int, last: int) -> "_Tokens":
        """The tokens of the texts from `first` to before `last`."""
        written = self._chunks[self._ends[first] : self._ends[last]]
        sizes = row_counts(self._starts)[written]
        before = np.concatenate(([0], np.cumsum(sizes)))
        at = concatenated_ranges(self._starts[written], sizes)
        counts = np.diff(before[self._ends[first : last + 1] - self._ends[first]])
        positions = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
        return _Tokens(self._forms[at], self._units[at], counts, positions, self._capitals[at])


def _ranked(*known: Numbers) -> tuple[StringList, list[Numbers]]:
    """The distinct cached terms, ascending, and each array of term numbers as indices into them; NONE stays."""
    seen = np.zeros(max(int(terms.max(initial=0)) for terms in known) + 2, bool)  # the last entry is that of NONE, -1
    for terms in known:
        seen[terms] = True
    used = np.flatnonzero(seen[:-1])
    spelt = pack_strings(TOKEN_CACHE.spelt(used))
    order = argsort_strings(spelt)
    places = np.full(len(seen), NONE)
    places[used[order]] = np.arange(len(used))
    return spelt.taken(order), [places[terms] for terms in known]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The tokens of some documents in turn: term, unit (or NONE), position in the document, and whether in all caps.

    `counts` is the number of tokens of each document.
    """

    words: Numbers
    units: Numbers
    counts: Numbers
    positions: Numbers
    capitals: Mask

    def lengths(self) -> Array:
        """The number of tokens of each document."""
        return downcast(self.counts)

    def of_units(self) -> "_Tokens":
        """The tokens that are part of a hyphenated unit, with the unit's term as word."""
        found = self.where(self.units != NONE)
        return replace(found, words=found.units)

    def where(self, mask: Mask) -> "_Tokens":
        """The tokens for which a mask is true."""
        documents = np.repeat(np.arange(len(self.counts)), self.counts)[mask]
        counts = np.bincount(documents, minlength=len(self.counts))
        return _Tokens(self.words[mask], self.units[mask], counts, self.positions[mask], self.capitals[mask])

    def inverted(self, terms: StringList, *, placed: bool = False) -> Run:
        """The postings of these tokens, and the terms that have any."""
        documents = np.repeat(np.arange(len(self.counts), dtype=np.uint32), self.counts)
        kind, count = smallest_dtype(len(terms)), len(terms)
        found = invert(self.words.astype(kind), documents, count, self.positions if placed else None)
        used = np.flatnonzero(row_counts(found.starts))
        starts = np.append(found.starts[used], found.starts[-1])
        places = None if found.places is None else np.append(found.places[used], found.places[-1])
        return Run(terms.taken(used), replace(found, starts=starts, places=places))


def _title_and_body(title: _Tokens, body: _Tokens, derived: Mask) -> _Tokens:
    """Title and body of each document as one text, with a position gap; a derived title is in the body already."""
    heads = np.where(derived, 0, title.counts)
    counts = heads + body.counts
    begins = np.cumsum(counts) - counts
    at_title = np.repeat(begins, title.counts) + title.positions
    at_body = np.repeat(begins + heads, body.counts) + body.positions
    words, units, positions = (np.empty(counts.sum(), np.int64) for _ in range(3))
    capital = np.empty(len(words), bool)
    kept = np.repeat(~derived, title.counts)
    at_kept = at_title[kept]
    words[at_kept], words[at_body] = title.words[kept], body.words
    units[at_kept], units[at_body] = title.units[kept], body.units
    capital[at_kept], capital[at_body] = title.capitals[kept], body.capitals
    positions[at_kept] = title.positions[kept]
    positions[at_body] = body.positions + np.repeat(title.counts + TITLE_GAP, body.counts)
    return _Tokens(words, units, counts, positions, capital)

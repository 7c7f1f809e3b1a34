"""Preparing: what of indexing can be done for some articles by themselves, in any process.

    articles → rows of facts, for the columns
             → records, packed and compressed in blocks  ┐
             → words → runs of postings, inverted        ┴→ a file in the build's folder

Nothing is stemmed here: stems are derived from the exact fields when all of them are whole (see `columnar.deriving`),
so that each different word of an archive is stemmed once. What they need beside the forms are the *units*: the parts
of hyphenated words with the whole they belong to ("anak anak-anak").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from archive.article import Article, Role
from index.embedded.columnar.format import stored_records
from index.embedded.columnar.format.arrays import Array, smallest, spread
from index.embedded.columnar.format.string_lists import Texts, listed
from index.embedded.columnar.format.string_order import ascending
from index.embedded.columnar.postings.inversion import invert, packed, row_counts
from index.embedded.columnar.postings.sources import Batch, Run
from index.embedded.columnar.segments import batches
from index.embedded.columnar.segments.batches import Filed
from index.embedded.facts.rows import Rows, rows
from index.embedded.inverting.chunking import stretches
from index.embedded.inverting.token_cache import NONE, KnownStretches
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
from index.embedded.serialization import pack

KNOWN = KnownStretches()

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Some articles, ready to be taken in: their facts, and the file with all that the index holds of them."""

    rows: Rows
    batch: Filed


def prepare(folder: Path, articles: Sequence[Article]) -> Prepared:
    """Everything of indexing that needs nothing but these articles; what it gives lies in a file in the folder."""
    return Prepared(rows(articles), batches.filed(inverted(articles), folder))


def inverted(articles: Sequence[Article]) -> Batch:
    """Some articles as a batch."""
    texts = [article.title for article in articles] + [_body(article) for article in articles]
    words = _Words(texts)
    derived = np.array([article.title_derived for article in articles], bool)
    title, body = words.tokens(0, len(articles)), words.tokens(len(articles), len(texts))
    text = _text(title, body, derived)
    runs = {
        EXACT: text.inverted(words.terms, placed=True),
        UNITS: text.of_units().inverted(words.terms),
        CAPITALS: text.kept(text.capitals).inverted(words.terms),
        TITLE_EXACT: title.inverted(words.terms, placed=True),
        TITLE_UNITS: title.of_units().inverted(words.terms),
        TITLE_CAPITALS: title.kept(title.capitals).inverted(words.terms),
    }
    lengths = {
        **dict.fromkeys((EXACT, STEM, CAPITALS), text.lengths()),
        **dict.fromkeys((TITLE_EXACT, TITLE_STEM, TITLE_CAPITALS), title.lengths()),
    }
    records = [stored_records.packed({"article": pack(article)}) for article in articles]
    return Batch(len(articles), runs, lengths, stored_records.blocks(records))


def _body(article: Article) -> str:
    """The paragraphs of an article, their white space as it is: it parts words, however much there is."""
    return "\n".join(article.text[part.start : part.end] for part in article.passages if part.role is Role.BODY)


class _Words:
    """The words of a batch's texts; `terms` are what they are spelt as, ascending, and words are places among them."""

    def __init__(self, texts: Sequence[str]) -> None:
        written = KNOWN.numbers(stretches(texts))
        starts, forms, units, capitals = KNOWN.arrays()
        met = np.zeros(len(starts) - 1, bool)
        met[written] = True
        different = np.flatnonzero(met)
        places = np.cumsum(met) - 1
        self._stretches = places[written]
        self._ends = np.concatenate(([0], np.flatnonzero(written == 0) + 1))
        sizes = row_counts(starts)[different]
        self._starts = np.concatenate(([0], np.cumsum(sizes)))
        at = spread(starts[different], sizes)
        self._capitals = capitals[at]
        self.terms, (self._forms, self._units) = _ranked(forms[at], units[at])

    def tokens(self, first: int, last: int) -> "_Tokens":
        """The words of the texts from one to before another."""
        written = self._stretches[self._ends[first] : self._ends[last]]
        sizes = row_counts(self._starts)[written]
        before = np.concatenate(([0], np.cumsum(sizes)))
        at = spread(self._starts[written], sizes)
        counts = np.diff(before[self._ends[first : last + 1] - self._ends[first]])
        positions = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts)
        return _Tokens(self._forms[at], self._units[at], counts, positions, self._capitals[at])


def _ranked(*known: Numbers) -> tuple[Texts, list[Numbers]]:
    """Known terms as they are spelt, ascending, and of each array of them the place of each; NONE stays."""
    used = np.unique(np.concatenate(known))
    used = used[used != NONE]
    spelt = listed(KNOWN.spelt(used))
    order = ascending(spelt)
    places = np.full(used.max(initial=0) + 2, NONE)  # the last is that of NONE
    places[used[order]] = np.arange(len(used))
    return spelt.taken(order), [places[terms] for terms in known]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """The words of documents in turn, with their units, where in its document each stands, whether in capitals.

    `counts` says how many words each document has.
    """

    words: Numbers
    units: Numbers
    counts: Numbers
    positions: Numbers
    capitals: Mask

    def lengths(self) -> Array:
        """How many words each document has."""
        return packed(self.counts)

    def of_units(self) -> "_Tokens":
        """The words of hyphenated units, as these."""
        found = self.kept(self.units != NONE)
        return replace(found, words=found.units)

    def kept(self, mask: Mask) -> "_Tokens":
        """Some of these words."""
        documents = np.repeat(np.arange(len(self.counts)), self.counts)[mask]
        counts = np.bincount(documents, minlength=len(self.counts))
        return _Tokens(self.words[mask], self.units[mask], counts, self.positions[mask], self.capitals[mask])

    def inverted(self, terms: Texts, *, placed: bool = False) -> Run:
        """The postings of these words; of all terms, those that are there."""
        documents = np.repeat(np.arange(len(self.counts), dtype=np.uint32), self.counts)
        kind, count = smallest(len(terms)), len(terms)
        found = invert(self.words.astype(kind), documents, count, self.positions if placed else None)
        used = np.flatnonzero(row_counts(found.starts))
        starts = np.append(found.starts[used], found.starts[-1])
        places = None if found.places is None else np.append(found.places[used], found.places[-1])
        return Run(terms.taken(used), replace(found, starts=starts, places=places))


def _text(title: _Tokens, body: _Tokens, derived: Mask) -> _Tokens:
    """Title and body of each document as one text, with a gap between; a derived title stands in the body already."""
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

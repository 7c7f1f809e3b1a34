"""Deriving: a field of stems made from the field of written words, without reading a text again.

A stem's postings are those of all its forms together: of a document that has several, the frequencies are added. One
thing the forms do not tell: a part of a hyphenated word may have another stem there than alone (`meniru-nirukan` is
tiru twice, `nirukan` alone is not). So there is a field of *units*, whose terms are "form unit", for what stands in
hyphens; what has another stem there is taken away from the stem of its form and given to that of its unit.

    derived.…            terms and postings as of any field without positions, see `texts`, `packed_postings`
    derived.unused       texts of stems without postings: the form stands in hyphens only, and has another stem there
    derived.of_forms     u4[T]   for each term of the field it was made from, the place of its stem in `terms + unused`
    derived.of_units     u4[U]   for each term of the field of units, likewise

So the field can be made anew whenever stems change, and what stem a form has need not be kept anywhere else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import Array, ArrayWriter, Spool, spread
from index.embedded.columnar.format.string_lists import Texts, listed
from index.embedded.columnar.postings.inversion import Counts, Posting, Postings, changes, row_counts
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.postings.packed import PackedPostings
from index.embedded.columnar.postings.packed_writer import PostingsWriter
from index.embedded.columnar.postings.sources import Run
from index.embedded.columnar.postings.term_union import places_of, ranked

BETWEEN = b" "  # form and unit in a term of the field of units; no form has a blank in it

Signed = NDArray[np.int64]
Spelling = Callable[[Texts], Texts]


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a field is derived: from which field, with which field of units, and how terms of both are spelt in it."""

    forms: str
    units: str
    spelling: Spelling


@dataclass(frozen=True, slots=True)
class Lists:
    """Posting lists that are put together, in the order of the stem they belong to.

    `stems` u4[L]; `terms` int64[L], the number of the list's term in its field; `unit` bool[L], whether that is the
    field of units; `signs` int64[L], -1 for a list that is taken away; `counts` int64[L], the postings of each.
    """

    stems: Array
    terms: Signed
    unit: NDArray[np.bool_]
    signs: Signed
    counts: Counts

    def portion(self, begin: int, end: int) -> "Lists":
        """Some neighbouring lists."""
        some = slice(begin, end)
        return Lists(self.stems[some], self.terms[some], self.unit[some], self.signs[some], self.counts[some])


def write_derived(writer: ArrayWriter, name: str, made_of: tuple[Run, Run], rules: tuple[Spelling, int]) -> None:
    """Write the field derived from a field of forms and a field of units, by a spelling, for so many documents."""
    spelling, size = rules
    forms, units = made_of
    terms, (of_forms, of_units) = ranked([spelling(forms.terms), spelling(units.terms)])
    lists = _lists(forms, units, of_forms, of_units)
    plain = [_plain(run.postings, writer.path.parent) for run in made_of]
    packed, met = PostingsWriter(writer.path.parent, size), 0
    for begin, end in _ranges(lists):
        stems, documents, frequencies = _together(lists.portion(begin, end), *plain)
        last = int(lists.stems[end - 1]) + 1
        packed.append(np.bincount(stems - met, minlength=last - met), Posting(documents, frequencies))
        met = last
    used = packed.finish(writer, name)
    _write_terms(writer, name, (terms, of_forms, of_units), used)


def _plain(held: Postings | PackedPostings, folder: Path) -> Postings:
    """Postings without positions, to be taken by their rows: packed ones are unpacked into temporary files."""
    if isinstance(held, Postings):
        return held
    documents, frequencies = (Spool(folder, kind) for kind in held.types)
    for first, last in portions(held.starts):
        posting = held.between(first, last)
        documents.append(posting.documents)
        frequencies.append(posting.counts)
    return Postings(held.starts, documents.array(), frequencies.array())


def forms_of(units: Texts) -> Texts:
    """The forms of the terms of a field of units."""
    return listed([term.partition(BETWEEN)[0] for term in units])


def _write_terms(writer: ArrayWriter, name: str, ranked_: tuple[Texts, Array, Array], with_postings: Array) -> None:
    """Write the terms that have postings, and after them in `of_…` those that have none."""
    terms, of_forms, of_units = ranked_
    used, unused = np.flatnonzero(with_postings), np.flatnonzero(~with_postings)
    numbers = np.empty(len(terms), np.uint32)
    numbers[np.concatenate((used, unused))] = np.arange(len(terms), dtype=np.uint32)
    string_lists.write(writer, f"{name}.terms", terms.taken(used))
    string_lists.write(writer, f"{name}.unused", terms.taken(unused))
    writer.add(f"{name}.of_forms", numbers[of_forms])
    writer.add(f"{name}.of_units", numbers[of_units])


def _lists(forms: Run, units: Run, of_forms: Array, of_units: Array) -> Lists:
    """All lists that are put together, by stem."""
    alone = places_of(forms_of(units.terms), forms.terms)
    moved = np.flatnonzero(of_forms[alone] != of_units)  # units whose part has another stem alone
    unit_counts = row_counts(units.postings.starts)[moved]
    stems = np.concatenate((of_forms, of_forms[alone[moved]], of_units[moved]))
    terms = np.concatenate((np.arange(len(forms.terms)), moved, moved))
    signs = np.ones(len(stems), np.int64)
    signs[len(of_forms) : len(of_forms) + len(moved)] = -1
    counts = np.concatenate((row_counts(forms.postings.starts), unit_counts, unit_counts))
    order = np.argsort(stems, kind="stable")
    return Lists(stems[order], terms[order], order >= len(of_forms), signs[order], counts[order])


def _ranges(lists: Lists) -> Iterator[tuple[int, int]]:
    """Ranges of lists that cover all of them, never dividing a stem's, each of some PORTION postings."""
    edges = np.append(np.flatnonzero(changes(lists.stems)), len(lists.stems))
    before = np.concatenate(([0], np.cumsum(lists.counts)))[edges]
    for first, last in portions(before):
        yield int(edges[first]), int(edges[last])


def _together(lists: Lists, forms: Postings, units: Postings) -> tuple[Array, Array, Signed]:
    """The postings of some stems: the stem of each, its document, and its frequency."""
    documents, frequencies = np.empty(lists.counts.sum(), np.uint32), np.empty(lists.counts.sum(), np.int64)
    at = np.cumsum(lists.counts) - lists.counts
    for postings, mine in ((forms, ~lists.unit), (units, lists.unit)):
        if mine.any():
            rows = spread(postings.starts[lists.terms[mine]].astype(np.int64), lists.counts[mine])
            here = spread(at[mine], lists.counts[mine])
            documents[here] = postings.documents[rows]
            frequencies[here] = 1 if postings.frequencies is None else postings.frequencies[rows]
    frequencies *= np.repeat(lists.signs, lists.counts)
    keys = np.repeat(lists.stems.astype(np.uint64) << np.uint64(32), lists.counts) | documents
    order = np.argsort(keys, kind="stable")  # lists are ascending, and merging them is what a stable sort does
    keys = keys[order]
    begins = np.flatnonzero(changes(keys))
    summed = np.add.reduceat(frequencies[order], begins) if len(begins) else frequencies
    kept = summed > 0
    keys = keys[begins[kept]]
    return (keys >> np.uint64(32)).astype(np.int64), keys.astype(np.uint32), summed[kept]

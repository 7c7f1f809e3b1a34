"""Derived fields: a field of stems made from a field of word forms, without reading any text again.

A stem's postings are those of all its forms, with frequencies summed per document. But part of a hyphenated word may
have another stem there than alone. So a field of *units*, with terms "form unit", covers words in hyphens: such
occurrences are subtracted from the stem of the form and added to that of the unit (docs/architecture/columnar.md).

    name.unused      a string list: the stems without postings
    name.of_forms    u4[T]   for each term of the field of forms, the index of its stem in `terms + unused`
    name.of_units    u4[U]   for each term of the field of units, likewise
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format import string_lists
from index.embedded.columnar.format.arrays import Array, ArrayWriter, Spool, concatenated_ranges
from index.embedded.columnar.format.string_lists import StringList, pack_strings
from index.embedded.columnar.postings.inversion import Counts, PostingList, Postings, changes, row_counts
from index.embedded.columnar.postings.merging import portions
from index.embedded.columnar.postings.packed import PackedPostings
from index.embedded.columnar.postings.packed_writer import PostingsWriter
from index.embedded.columnar.postings.sources import Run
from index.embedded.columnar.postings.term_union import indices_of, union_terms

UNIT_SEPARATOR = b" "  # between form and unit in a term of the field of units; no form contains a space

Signed = NDArray[np.int64]
TermMapping = Callable[[StringList], StringList]  # each term → the derived term it belongs to


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a field is derived: the field of forms, the field of units, and the derived term of each of their terms."""

    forms: str
    units: str
    mapping: TermMapping


@dataclass(frozen=True, slots=True)
class Ingredients:
    """What a field of one segment is derived from: two runs, the mapping of their terms, how many documents."""

    forms: Run
    units: Run
    mapping: TermMapping
    size: int


class _DerivedTerms(NamedTuple):
    """All derived terms, ascending, and the index of that of each form and of each unit."""

    terms: StringList
    of_forms: Array
    of_units: Array


@dataclass(frozen=True, slots=True)
class SignedLists:
    """The posting lists to add up, in the order of the stem they belong to.

    `stems` u4[L]; `terms` int64[L], the number of the list's term in its field; `unit` bool[L], whether that is the
    field of units; `signs` int64[L], -1 for a list to subtract; `counts` int64[L], the number of its postings.
    """

    stems: Array
    terms: Signed
    unit: NDArray[np.bool_]
    signs: Signed
    counts: Counts

    def portion(self, begin: int, end: int) -> "SignedLists":
        """Return the lists from `begin` to before `end`."""
        some = slice(begin, end)
        return SignedLists(self.stems[some], self.terms[some], self.unit[some], self.signs[some], self.counts[some])


def write_derived(writer: ArrayWriter, name: str, made_of: Ingredients) -> None:
    """Write a derived field of one segment."""
    forms, units, mapping = made_of.forms, made_of.units, made_of.mapping
    terms, (of_forms, of_units) = union_terms([mapping(forms.terms), mapping(units.terms)])
    lists = _lists(forms, units, of_forms, of_units)
    plain = [_unpacked(run.postings, writer.path.parent) for run in (forms, units)]
    packed, done = PostingsWriter(writer.path.parent, made_of.size), 0
    for begin, end in _ranges(lists):
        stems, documents, frequencies = _summed(lists.portion(begin, end), *plain)
        last = int(lists.stems[end - 1]) + 1
        packed.append(np.bincount(stems - done, minlength=last - done), PostingList(documents, frequencies))
        done = last
    used = packed.finish(writer, name)
    _write_terms(writer, name, _DerivedTerms(terms, of_forms, of_units), used)


def _unpacked(postings: Postings | PackedPostings, folder: Path) -> Postings:
    """Return postings that can be indexed by row, without positions; packed ones go to temporary files."""
    if isinstance(postings, Postings):
        return postings
    documents, frequencies = (Spool(folder, kind) for kind in postings.types)
    for first, last in portions(postings.starts):
        posting = postings.between(first, last)
        documents.append(posting.documents)
        frequencies.append(posting.counts)
    return Postings(postings.starts, documents.array(), frequencies.array())


def forms_of(units: StringList) -> StringList:
    """Return the form of each term of a field of units."""
    return pack_strings([term.partition(UNIT_SEPARATOR)[0] for term in units])


def _write_terms(writer: ArrayWriter, name: str, derived: _DerivedTerms, with_postings: Array) -> None:
    """Write the stems, those with postings before those without; `of_…` numbers them in this order."""
    terms, of_forms, of_units = derived
    used, unused = np.flatnonzero(with_postings), np.flatnonzero(~with_postings)
    numbers = np.empty(len(terms), np.uint32)
    numbers[np.concatenate((used, unused))] = np.arange(len(terms), dtype=np.uint32)
    string_lists.write(writer, f"{name}.terms", terms.taken(used))
    string_lists.write(writer, f"{name}.unused", terms.taken(unused))
    writer.add(f"{name}.of_forms", numbers[of_forms])
    writer.add(f"{name}.of_units", numbers[of_units])


def _lists(forms: Run, units: Run, of_forms: Array, of_units: Array) -> SignedLists:
    """Return all posting lists to add up, by stem."""
    alone = indices_of(forms_of(units.terms), forms.terms)
    moved = np.flatnonzero(of_forms[alone] != of_units)  # units whose stem differs from that of their form
    unit_counts = row_counts(units.postings.starts)[moved]
    stems = np.concatenate((of_forms, of_forms[alone[moved]], of_units[moved]))
    terms = np.concatenate((np.arange(len(forms.terms)), moved, moved))
    signs = np.ones(len(stems), np.int64)
    signs[len(of_forms) : len(of_forms) + len(moved)] = -1
    counts = np.concatenate((row_counts(forms.postings.starts), unit_counts, unit_counts))
    order = np.argsort(stems, kind="stable")
    return SignedLists(stems[order], terms[order], order >= len(of_forms), signs[order], counts[order])


def _ranges(lists: SignedLists) -> Iterator[tuple[int, int]]:
    """Yield ranges of lists that cover all, of some PORTION postings each; the lists of one stem stay together."""
    edges = np.append(np.flatnonzero(changes(lists.stems)), len(lists.stems))
    before = np.concatenate(([0], np.cumsum(lists.counts)))[edges]
    for first, last in portions(before):
        yield int(edges[first]), int(edges[last])


def _summed(lists: SignedLists, forms: Postings, units: Postings) -> tuple[Array, Array, Signed]:
    """Add up posting lists; return the stem, the document and the frequency of each resulting posting."""
    documents, frequencies = np.empty(lists.counts.sum(), np.uint32), np.empty(lists.counts.sum(), np.int64)
    at = np.cumsum(lists.counts) - lists.counts
    for postings, mine in ((forms, ~lists.unit), (units, lists.unit)):
        if mine.any():
            rows = concatenated_ranges(postings.starts[lists.terms[mine]].astype(np.int64), lists.counts[mine])
            here = concatenated_ranges(at[mine], lists.counts[mine])
            documents[here] = postings.documents[rows]
            frequencies[here] = 1 if postings.frequencies is None else postings.frequencies[rows]
    frequencies *= np.repeat(lists.signs, lists.counts)
    keys = np.repeat(lists.stems.astype(np.uint64) << np.uint64(32), lists.counts) | documents
    order = np.argsort(keys, kind="stable")  # fast: a stable sort merges ascending lists
    keys = keys[order]
    begins = np.flatnonzero(changes(keys))
    summed = np.add.reduceat(frequencies[order], begins) if len(begins) else frequencies
    kept = summed > 0
    keys = keys[begins[kept]]
    return (keys >> np.uint64(32)).astype(np.int64), keys.astype(np.uint32), summed[kept]

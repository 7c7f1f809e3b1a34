"""The files of one segment: array files named after it, and its entry in Whoosh's list of segments.

    MAIN_<id>.terms       field.terms.at, field.terms.text, field.by_ending (see `string_lists`); field.starts,
                          field.dense, field.documents, field.frequencies, field.positions, … (see `packed`)
    MAIN_<id>.derived     the same for derived fields, if there are any (see `derived_fields`)
    MAIN_<id>.order       the words of texts and titles in order, if there are derived fields (see `word_order`)
    MAIN_<id>.documents   field.lengths u1|u2|u4[N]; stored.first, stored.at, stored.data (see `stored_records`)

Lengths are exact. The sum of each field's lengths is in the list of segments.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embedded.columnar.format import stored_records, string_lists
from index.embedded.columnar.format.arrays import Array, ArrayFile, ArrayWriter, DamagedFile
from index.embedded.columnar.format.string_lists import StringList, concatenate_lists
from index.embedded.columnar.postings.derived_fields import Derivation, Ingredients, write_derived
from index.embedded.columnar.postings.inversion import EMPTY_POSTING_LIST, PostingList, downcast
from index.embedded.columnar.postings.merging import live_count, write_field
from index.embedded.columnar.postings.packed import PackedPostings
from index.embedded.columnar.postings.sources import EMPTY, FileSource, Run, Source
from index.embedded.columnar.postings.word_order import OrderedFields, SegmentWords, SlotLayout, write_order
from index.embedded.columnar.stock import W3Segment

# Extensions; Whoosh removes every file named after a segment it drops.
TERMS, DERIVED, ORDER, DOCUMENTS = ".terms", ".derived", ".order", ".documents"


class Segment(W3Segment):  # type: ignore[misc]  # of unknown type, see `stock`
    """A columnar segment in Whoosh's list of segments: its id, its number of documents, and which are deleted."""

    _fieldlengths: dict[str, int]
    _deleted: set[int] | None
    derived: bool = False  # whether it has derived fields

    def should_assemble(self) -> bool:
        """Never pack the files into one, because arrays must stay aligned."""
        return False

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002  # Whoosh's signature
        """Mark a document as deleted, or as no longer deleted, which stock Whoosh cannot."""
        self._deleted = self._deleted or set()
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def live(self) -> NDArray[np.bool_] | None:
        """Return bool[N], which documents are not deleted; None if all are live."""
        if not self._deleted:
            return None
        mask = np.ones(self.doc_count_all(), bool)
        mask[list(self._deleted)] = False
        return mask


class SegmentFields:
    """The terms and postings of all fields of one segment, in mapped memory; `files` holds them.

    `words` has the words of texts and titles in order, if their file is named.
    """

    def __init__(self, *paths: Path, order: Path | None = None) -> None:
        self.files = [ArrayFile(path) for path in paths]
        self._file_of = {name: file for file in self.files for name in file.attributes["fields"]}
        self.names: list[str] = sorted(self._file_of)
        self.terms = {name: string_lists.read(self._file_of[name], f"{name}.terms") for name in self.names}
        self.postings = {
            name: PackedPostings(file, name, file.attributes["size"]) for name, file in self._file_of.items()
        }
        self.words = None if order is None else SegmentWords(ArrayFile(order))
        if self.words is not None:
            self.files.append(self.words.file)

    @property
    def runs(self) -> dict[str, Run]:
        """The terms and postings of every field."""
        return {name: Run(self.terms[name], self.postings[name]) for name in self.names}

    def array(self, field: str, name: str) -> Array:
        """Return another array of a field."""
        return self._file_of[field][f"{field}.{name}"]

    def all_terms(self, field: str) -> StringList:
        """Return the terms of a derived field, with and without postings, as `of_forms` and `of_units` number them."""
        return concatenate_lists([self.terms[field], string_lists.read(self._file_of[field], f"{field}.unused")])

    def derived_number(self, field: str, term: bytes) -> int:
        """Return the number of a term of a derived field in `all_terms`, or -1 if it is not there."""
        found = self.number(field, term)
        if found >= 0 or field not in self.terms:
            return found
        unused = string_lists.read(self._file_of[field], f"{field}.unused").find(term)
        return len(self.terms[field]) + unused if unused >= 0 else -1

    def number(self, field: str, term: bytes) -> int:
        """Return the number of a term within its field, or -1 if it is not there."""
        return self.terms[field].find(term) if field in self.terms else -1

    def posting(self, field: str, term: bytes, *, placed: bool = False) -> PostingList:
        """Return the posting list of a term, empty if the term is not there; positions only if `placed`."""
        number = self.number(field, term)
        return EMPTY_POSTING_LIST if number < 0 else self.postings[field].of(number, placed=placed)


class SegmentDocuments:
    """The field lengths and stored records of one segment, in mapped memory."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.count: int = self.file.attributes["count"]
        self.stored = stored_records.StoredRecords(self.file)
        self.lengths = {name: self.file[f"{name}.lengths"] for name in self.file.attributes["lengths"]}

    def lengths_of(self, field: str) -> Array:
        """Return how many tokens each document has in a field."""
        lengths = self.lengths.get(field)
        return np.zeros(self.count, np.uint8) if lengths is None else lengths


def open_fields(folder: Path, segment: Segment) -> SegmentFields:
    """Open the terms and postings of a segment; OSError or DamagedFile if they cannot be read."""
    terms, derived, order = (folder / segment.make_filename(extension) for extension in (TERMS, DERIVED, ORDER))
    return SegmentFields(terms, derived, order=order) if segment.derived else SegmentFields(terms)


def open_documents(folder: Path, segment: Segment) -> SegmentDocuments:
    """Open the documents of a segment; OSError or DamagedFile if they cannot be read."""
    documents = SegmentDocuments(folder / segment.make_filename(DOCUMENTS))
    if documents.count != segment.doc_count_all():
        raise DamagedFile(f"{documents.file.path.name} has another number of documents than the list of segments says")
    return documents


def open_source(folder: Path, segment: Segment) -> FileSource:
    """Open a segment as a source of another one, without its derived fields."""
    fields, documents = SegmentFields(folder / segment.make_filename(TERMS)), open_documents(folder, segment)
    return FileSource(segment.doc_count_all(), fields.runs, documents.lengths, documents.stored, segment.live())


def write(folder: Path, segment: Segment, sources: Sequence[Source]) -> None:
    """Write the files of a new segment: the live documents of `sources` in order; TooLarge if they are too many."""
    count = sum(map(live_count, sources))
    segment.set_doc_count(count)
    with ArrayWriter(folder / segment.make_filename(TERMS)) as writer:
        fields = sorted({name for source in sources for name in source.runs})
        for name in fields:
            write_field(writer, name, sources)
        writer.attributes.update(fields=fields, size=count)
    lengths = {name: _lengths(name, sources) for name in sorted({name for s in sources for name in s.lengths})}
    write_documents(folder, segment, lengths, (block for source in sources for block in source.live_blocks()))


def derive(folder: Path, segment: Segment, derivations: Mapping[str, Derivation], ordered: OrderedFields) -> None:
    """Write the derived fields of a segment and its words in order, replacing any it has."""
    runs = SegmentFields(folder / segment.make_filename(TERMS)).runs
    with _anew(folder / segment.make_filename(DERIVED)) as writer:
        for name, derivation in derivations.items():
            forms, units = runs.get(derivation.forms, EMPTY), runs.get(derivation.units, EMPTY)
            write_derived(writer, name, Ingredients(forms, units, derivation.mapping, segment.doc_count_all()))
        writer.attributes.update(fields=list(derivations), size=segment.doc_count_all())
    lengths = open_documents(folder, segment).lengths_of
    titles, texts = (lengths(name).astype(np.int64) for name in (ordered.titles, ordered.texts))
    layout = SlotLayout(titles, texts, ordered.gap)
    with _anew(folder / segment.make_filename(ORDER)) as writer:
        write_order(writer, runs.get(ordered.texts, EMPTY), runs.get(ordered.titles, EMPTY), layout)
    segment.derived = True


def _anew(path: Path) -> ArrayWriter:
    """A writer of a file that is not overwritten, since another generation may hard-link it."""
    path.unlink(missing_ok=True)
    return ArrayWriter(path)


def write_documents(
    folder: Path, segment: Segment, lengths: dict[str, Array], blocks: Iterable[stored_records.Block]
) -> None:
    """Write field lengths and stored records, and set the sums of lengths in the segment's entry of the list."""
    segment._fieldlengths = {name: int(column.sum(dtype=np.int64)) for name, column in lengths.items()}
    with ArrayWriter(folder / segment.make_filename(DOCUMENTS)) as writer:
        writer.attributes.update(lengths=list(lengths), count=segment.doc_count_all())
        for name, column in lengths.items():
            writer.add(f"{name}.lengths", column)
        stored_records.write(writer, blocks)


def _lengths(field: str, sources: Sequence[Source]) -> Array:
    return downcast(np.concatenate(list(_live_lengths(field, sources))))


def _live_lengths(field: str, sources: Sequence[Source]) -> Iterator[Array]:
    for source in sources:
        lengths: NDArray[Any] = source.lengths.get(field, np.zeros(source.count, np.uint8))
        yield lengths if source.live is None else lengths[source.live]

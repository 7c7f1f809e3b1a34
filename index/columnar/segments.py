"""One segment: two array files beside each other, named after it, and Whoosh's own word for it.

    MAIN_<id>.terms       field.terms.at, field.terms.text, field.by_ending: see `texts`; field.starts, field.documents,
                          field.frequencies, field.places, …: see `postings`
    MAIN_<id>.documents   field.lengths u1|u2|u4[N]; stored.first, stored.at, stored.data: see `stored`

Lengths are exact; the sum of each field's lengths stands in Whoosh's own segment list.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.columnar import stored, texts
from index.columnar.arrays import Array, ArrayFile, ArrayWriter, DamagedFile
from index.columnar.merging import write_field
from index.columnar.postings import NOTHING, Posting, Postings, packed
from index.columnar.sources import Held, Run, Source
from index.columnar.stock import W3Segment

TERMS, DOCUMENTS = ".terms", ".documents"  # extensions; Whoosh removes whatever is named after a segment it drops


class Segment(W3Segment):  # type: ignore[misc]  # of unknown type, see `stock`
    """A columnar segment in Whoosh's list of segments: its id, how many documents it has, which are deleted."""

    _fieldlengths: dict[str, int]
    _deleted: set[int] | None

    def should_assemble(self) -> bool:
        """Never pack the files into one: arrays must stay aligned."""
        return False

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002  # Whoosh's signature
        """Mark a document deleted, or no longer deleted, which stock Whoosh cannot."""
        self._deleted = self._deleted or set()
        (self._deleted.add if delete else self._deleted.discard)(docnum)

    def live(self) -> NDArray[np.bool_] | None:
        """bool[N]: which documents are not deleted; None where all are live."""
        if not self._deleted:
            return None
        mask = np.ones(self.doc_count_all(), bool)
        mask[list(self._deleted)] = False
        return mask


class Fields:
    """The terms and postings of one segment, in mapped memory."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.names: list[str] = list(self.file.attributes["fields"])
        self.terms = {name: texts.read(self.file, f"{name}.terms") for name in self.names}
        self.postings = {name: self._postings(name) for name in self.names}

    def number(self, field: str, term: bytes) -> int:
        """The number of a term among those of its field, or -1 where there is none."""
        return self.terms[field].find(term) if field in self.terms else -1

    def posting(self, field: str, term: bytes) -> Posting:
        """The posting list of a term; an empty one where there is none."""
        number = self.number(field, term)
        return NOTHING if number < 0 else self.postings[field].of(number)

    def _postings(self, name: str) -> Postings:
        file = self.file
        return Postings(
            file[f"{name}.starts"],
            file[f"{name}.documents"],
            file.get(f"{name}.frequencies"),
            file.get(f"{name}.places"),
            file.get(f"{name}.positions"),
            file.get(f"{name}.excess_at"),
            file.get(f"{name}.excess"),
        )


class Documents:
    """Lengths and stored records of one segment, in mapped memory."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.count: int = self.file.attributes["count"]
        self.stored = stored.Stored(self.file)
        self.lengths = {name: self.file[f"{name}.lengths"] for name in self.file.attributes["fields"]}

    def lengths_of(self, field: str) -> Array:
        """How many tokens each document has in a field."""
        held = self.lengths.get(field)
        return np.zeros(self.count, np.uint8) if held is None else held


def open_fields(folder: Path, segment: Segment) -> Fields:
    """Open the terms of a segment; OSError or DamagedFile where they cannot be read."""
    return Fields(folder / segment.make_filename(TERMS))


def open_documents(folder: Path, segment: Segment) -> Documents:
    """Open the documents of a segment; OSError or DamagedFile where they cannot be read."""
    documents = Documents(folder / segment.make_filename(DOCUMENTS))
    if documents.count != segment.doc_count_all():
        raise DamagedFile(f"{documents.file.path.name} has another number of documents than the list of segments says")
    return documents


def open_source(folder: Path, segment: Segment) -> Held:
    """A segment as a source of the next one."""
    fields, documents = open_fields(folder, segment), open_documents(folder, segment)
    runs = {name: Run(fields.terms[name], fields.postings[name]) for name in fields.names}
    return Held(segment.doc_count_all(), runs, documents.lengths, documents.stored, segment.live())


def write(folder: Path, segment: Segment, sources: Sequence[Source]) -> None:
    """Write the files of a new segment, all live documents of `sources` in order; TooLarge where they are too many."""
    count = sum(source.count if source.live is None else int(np.count_nonzero(source.live)) for source in sources)
    segment.set_doc_count(count)
    with ArrayWriter(folder / segment.make_filename(TERMS)) as writer:
        fields = sorted({name for source in sources for name in source.runs})
        for name in fields:
            write_field(writer, name, sources)
        writer.attributes["fields"] = fields
    lengths = {name: _lengths(name, sources) for name in sorted({name for s in sources for name in s.lengths})}
    write_documents(folder, segment, lengths, [block for source in sources for block in source.live_blocks()])


def write_documents(folder: Path, segment: Segment, lengths: dict[str, Array], blocks: Sequence[stored.Block]) -> None:
    """Write lengths and stored records of a segment, and their sums into its entry in the list of segments."""
    segment._fieldlengths = {name: int(of_all.sum(dtype=np.int64)) for name, of_all in lengths.items()}
    with ArrayWriter(folder / segment.make_filename(DOCUMENTS)) as writer:
        writer.attributes.update(fields=list(lengths), count=segment.doc_count_all())
        for name, of_all in lengths.items():
            writer.add(f"{name}.lengths", of_all)
        stored.write(writer, blocks)


def _lengths(field: str, sources: Sequence[Source]) -> Array:
    return packed(np.concatenate(list(_live_lengths(field, sources))))


def _live_lengths(field: str, sources: Sequence[Source]) -> Iterator[Array]:
    for source in sources:
        lengths: NDArray[Any] = source.lengths.get(field, np.zeros(source.count, np.uint8))
        yield lengths if source.live is None else lengths[source.live]

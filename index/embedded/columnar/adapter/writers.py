"""Whoosh's writers over one segment, for its own `add_document` and for merging segments of other codecs.

Whole batches take another way to the same files, a hundred times faster (see `bulk_writer`).
"""

from array import array
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from index.embedded.columnar.format import stored_records
from index.embedded.columnar.format.arrays import Array, ArrayWriter
from index.embedded.columnar.format.string_lists import pack_strings
from index.embedded.columnar.postings.inversion import Postings, downcast, starts_from_counts
from index.embedded.columnar.postings.merging import write_field
from index.embedded.columnar.postings.sources import Batch, Run
from index.embedded.columnar.segments.segment_files import TERMS, Segment, write_documents
from index.embedded.columnar.stock import Existence, FieldWriter, Frequency, Positions, W3PerDocWriter


class DocumentsWriter(W3PerDocWriter):  # type: ignore[misc]  # of unknown type, see `stock`
    """Collects lengths and stored fields and writes them when closed; other schemas' columns go to stock files."""

    _indoc: bool

    def __init__(self, codec: Any, storage: Any, segment: Segment) -> None:
        self._lengths: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._records: list[stored_records.EncodedRecord] = []
        super().__init__(codec, storage, segment)

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int | None) -> None:  # noqa: ARG002
        """Add a field of the current document."""
        if value is not None:
            self._storedfields[fieldname] = value
        if length:
            self._lengths[fieldname][self._docnum] = length

    def finish_doc(self) -> None:
        """Finish the current document."""
        if self._indoc:
            self._records.append(stored_records.encode_record(self._storedfields))
        self._indoc = False

    def cancel_doc(self) -> None:
        """Discard the current document."""
        super().cancel_doc()
        for lengths in self._lengths.values():
            lengths.pop(self._docnum, None)

    def close(self) -> None:
        """Write everything."""
        super().close()
        self._segment.set_doc_count(self._doccount)
        lengths = {name: self._column(found) for name, found in self._lengths.items()}
        write_documents(
            Path(self._storage.folder), self._segment, lengths, stored_records.compress_blocks(self._records)
        )

    def _create_column(self, fieldname: str, column: Any) -> None:
        if fieldname != "_stored":  # where stock Whoosh keeps stored fields
            super()._create_column(fieldname, column)

    def _column(self, lengths: Mapping[int, int]) -> Array:
        column = np.zeros(self._doccount, np.int64)
        column[list(lengths)] = list(lengths.values())
        return downcast(column)


class TermsWriter(FieldWriter):  # type: ignore[misc]  # as above
    """Collects postings, which come by field, term and document, and writes them when closed."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self._folder = folder
        self._segment = segment
        self._runs: dict[str, Run] = {}
        self._field: _Gathered | None = None
        self._name = ""
        self.is_closed = False

    def start_field(self, fieldname: str, fieldobj: Any) -> None:
        """Start a field; ValueError if its postings hold more than frequencies and positions."""
        if type(fieldobj.format) not in {Existence, Frequency, Positions}:
            raise ValueError(f"field {fieldname!r}: columnar segments keep frequencies and positions, nothing else")
        self._name, self._field = fieldname, _Gathered(fieldobj.format)

    def start_term(self, text: bytes) -> None:
        """Start a term."""
        self._gathered().terms.append(text)
        self._gathered().counts.append(0)

    def add(self, docnum: int, weight: float, vbytes: bytes, length: int | None) -> None:  # noqa: ARG002
        """Add one posting; ValueError if it is boosted."""
        self._gathered().add(docnum, weight, vbytes)

    def finish_term(self) -> None:
        """Finish the term; there is nothing to do."""

    def finish_field(self) -> None:
        """Finish the field."""
        self._runs[self._name] = self._gathered().run()

    def close(self) -> None:
        """Write everything."""
        source = Batch(self._segment.doc_count_all(), self._runs, {}, ())
        with ArrayWriter(self._folder / self._segment.make_filename(TERMS)) as writer:
            for name in self._runs:
                write_field(writer, name, [source])
            writer.attributes.update(fields=list(self._runs), size=source.count)
        self.is_closed = True

    def _gathered(self) -> "_Gathered":
        if self._field is None:
            raise ValueError("a term without a field")
        return self._field


class _Gathered:
    """The postings of one field, as they arrive."""

    def __init__(self, format_: Any) -> None:
        self.terms: list[bytes] = []
        self.counts = array("q")
        self._format = format_
        self._documents, self._frequencies, self._positions = array("I"), array("I"), array("I")
        self._places = array("q")

    def add(self, document: int, weight: float, value: bytes) -> None:
        if weight != int(weight):
            raise ValueError(f"a weight of {weight}: columnar segments keep frequencies, no boosts")
        self.counts[-1] += 1
        self._documents.append(document)
        self._frequencies.append(int(weight))
        if isinstance(self._format, Positions):
            self._positions.extend(self._format.decode_positions(value))

    def run(self) -> Run:
        """Return the postings as arrays."""
        starts = starts_from_counts(np.array(self.counts, np.int64))
        documents, frequencies = np.array(self._documents, np.uint32), np.array(self._frequencies, np.uint32)
        terms = pack_strings(self.terms)
        found = starts, downcast(documents), downcast(frequencies)
        if not isinstance(self._format, Positions):
            return Run(terms, Postings(*found))
        places = np.concatenate(([0], np.cumsum(frequencies, dtype=np.int64)))[starts].astype(np.uint32)
        return Run(terms, Postings(*found, places, downcast(np.array(self._positions, np.uint32))))

"""Whoosh's readers over one segment: terms, cursors, lengths and stored fields, everything its own queries need.

The files of a segment are opened with the reader, never later: after a merge, Whoosh deletes the files of segments it
no longer lists, and an open reader must still be able to read them.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.embedded.columnar.adapter.lengths import quantized
from index.embedded.columnar.adapter.matcher import PostingMatcher
from index.embedded.columnar.format.string_lists import StringList
from index.embedded.columnar.segments.segment_files import (
    Segment,
    SegmentDocuments,
    SegmentFields,
    open_documents,
    open_fields,
)
from index.embedded.columnar.stock import FieldCursor, TermInfo, TermNotFound, TermsReader, W3PerDocReader

Term = tuple[str, bytes]


class ColumnarTermsReader(TermsReader):  # type: ignore[misc]  # of unknown type, see `stock`
    """Whoosh's reader of the terms and postings of one segment; `fields` holds the arrays."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self.fields: SegmentFields = open_fields(folder, segment)
        self._documents = open_documents(folder, segment)

    def __contains__(self, term: Term) -> bool:
        return self.fields.number(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields that have terms."""
        return self.fields.names

    def cursor(self, fieldname: str, fieldobj: Any) -> "ColumnarCursor":
        """Return a cursor at the first term of a field."""
        return ColumnarCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """Iterate over all terms, by field and then by bytes."""
        return ((name, term) for name in self.fields.names for term in self.fields.terms[name])

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """Yield the terms of a field from `prefix` on, and then those of later fields."""
        for name in self.fields.names:
            if name >= fieldname:
                terms = self.fields.terms[name]
                begin = terms.beginning(prefix).start if name == fieldname else 0
                yield from ((name, term) for term in terms.between(begin, len(terms)))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """Iterate over all terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """Iterate over the terms that `terms_from` yields, with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term, computed from its postings; TermNotFound if it is not there."""
        number = self.fields.number(fieldname, text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        posting = self.fields.postings[fieldname].of(number)
        lengths = self._documents.lengths.get(fieldname)
        steps = None if lengths is None else quantized(lengths[posting.documents])
        return TermInfo(
            weight=float(posting.counts.sum(dtype=np.int64)),
            df=len(posting.documents),
            minlength=None if steps is None else int(steps.min()),
            maxlength=0 if steps is None else int(steps.max()),
            maxweight=float(posting.counts.max()),
            minid=int(posting.documents[0]),
            maxid=int(posting.documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs in all documents together."""
        return float(self._counts(fieldname, text).sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents a term occurs in."""
        return len(self._counts(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> PostingMatcher:
        """Return a matcher over a term's postings; TermNotFound if it is not there."""
        if (fieldname, text) not in self:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return PostingMatcher(self.fields.posting(fieldname, text, placed=True), (fieldname, text), format_, scorer)

    def _counts(self, fieldname: str, text: bytes) -> Any:
        if (fieldname, text) not in self:
            raise KeyError((fieldname, text))  # SegmentReader turns it into 0
        return self.fields.posting(fieldname, text).counts


class ColumnarCursor(FieldCursor):  # type: ignore[misc]  # as above
    """A cursor over the terms of one field."""

    def __init__(self, reader: ColumnarTermsReader, fieldname: str, fieldobj: Any) -> None:
        self._reader = reader
        self._field = fieldname
        self._object = fieldobj
        self._terms: StringList | list[bytes] = reader.fields.terms.get(fieldname, [])
        self._at = 0

    def first(self) -> Any:
        """Go to the first term."""
        self._at = 0
        return self.text()

    def find(self, string: bytes | str) -> Any:
        """Go to the first term that does not sort before `string`."""
        wanted = string if isinstance(string, bytes) else self._object.to_bytes(string)
        self._at = self._terms.beginning(wanted).start if isinstance(self._terms, StringList) else 0
        return self.text()

    def next(self) -> Any:
        """Go to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """Return the term as the field decodes it, None after the last."""
        return self._object.from_bytes(self._terms[self._at]) if self.is_valid() else None

    term = text  # the name that Whoosh's MultiCursor calls

    def term_info(self) -> TermInfo | None:
        """Return the statistics of the term, None after the last."""
        return self._reader.term_info(self._field, self._terms[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Return whether the cursor is at a term."""
        return self._at < len(self._terms)


class ColumnarDocumentReader(W3PerDocReader):  # type: ignore[misc]  # as above
    """Whoosh's reader of lengths and stored fields from our arrays; other schemas' columns come from stock files."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        super().__init__(storage, segment)
        self.documents: SegmentDocuments = open_documents(Path(storage.folder), segment)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int | None:
        """Return the quantized length of a document in a field; None, as in stock Whoosh, if it is empty."""
        length: int | None = self.doc_field_length_reader(fieldname, default)(docnum)
        return length

    def doc_field_length_reader(self, fieldname: str, default: int = 0) -> Callable[[int], int | None]:
        """Return a function from documents to quantized lengths in one field."""
        lengths = self.documents.lengths.get(fieldname)
        if lengths is None:
            return lambda _: default
        return lambda docnum: int(quantized(lengths[docnum])) or None

    def min_field_length(self, fieldname: str) -> int:
        """Return the quantized length of the shortest document."""
        lengths = self.documents.lengths.get(fieldname)
        return 0 if lengths is None or not len(lengths) else int(quantized(lengths.min()))

    def max_field_length(self, fieldname: str) -> int:
        """Return the quantized length of the longest document."""
        lengths = self.documents.lengths.get(fieldname)
        return 0 if lengths is None or not len(lengths) else int(quantized(lengths.max()))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        return self.documents.stored[docnum]

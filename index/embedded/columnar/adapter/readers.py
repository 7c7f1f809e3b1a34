"""Whoosh's readers over one segment: terms, cursors, lengths, stored fields; everything its own queries need.

Both files of a segment are opened with the reader, never later: after a merge Whoosh deletes what it no longer lists,
and an open reader must go on reading what it began with.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.embedded.columnar.adapter.lengths import stepped
from index.embedded.columnar.adapter.matcher import PostingMatcher
from index.embedded.columnar.format.string_lists import Texts
from index.embedded.columnar.segments.segment_files import Documents, Fields, Segment, open_documents, open_fields
from index.embedded.columnar.stock import FieldCursor, TermInfo, TermNotFound, TermsReader, W3PerDocReader

Term = tuple[str, bytes]


class ColumnarTerms(TermsReader):  # type: ignore[misc]  # of unknown type, see `stock`
    """The terms of one segment; `fields` are its arrays."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        self.fields: Fields = open_fields(folder, segment)
        self._documents = open_documents(folder, segment)

    def __contains__(self, term: Term) -> bool:
        return self.fields.number(*term) >= 0

    def indexed_field_names(self) -> list[str]:
        """The fields that have terms."""
        return self.fields.names

    def cursor(self, fieldname: str, fieldobj: Any) -> "ColumnarCursor":
        """A cursor before the first term of a field."""
        return ColumnarCursor(self, fieldname, fieldobj)

    def terms(self) -> Iterator[Term]:
        """All terms, by field and then by bytes."""
        return ((name, term) for name in self.fields.names for term in self.fields.terms[name])

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        """All terms from a place in a field on, later fields included."""
        for name in self.fields.names:
            if name >= fieldname:
                terms = self.fields.terms[name]
                begin = terms.beginning(prefix).start if name == fieldname else 0
                yield from ((name, term) for term in terms.between(begin, len(terms)))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        """All terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        """All terms from a place on with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term, computed from its postings; TermNotFound where there is none."""
        number = self.fields.number(fieldname, text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        posting = self.fields.postings[fieldname].of(number)
        lengths = self._documents.lengths.get(fieldname)
        found = None if lengths is None else stepped(lengths[posting.documents])
        return TermInfo(
            weight=float(posting.counts.sum(dtype=np.int64)),
            df=len(posting.documents),
            minlength=None if found is None else int(found.min()),
            maxlength=0 if found is None else int(found.max()),
            maxweight=float(posting.counts.max()),
            minid=int(posting.documents[0]),
            maxid=int(posting.documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands in all documents together."""
        return float(self._found(fieldname, text).sum(dtype=np.int64))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many documents a term stands in."""
        return len(self._found(fieldname, text))

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> PostingMatcher:
        """A matcher over a term's postings; TermNotFound where there is none."""
        if (fieldname, text) not in self:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return PostingMatcher(self.fields.posting(fieldname, text, placed=True), (fieldname, text), format_, scorer)

    def _found(self, fieldname: str, text: bytes) -> Any:
        if (fieldname, text) not in self:
            raise KeyError((fieldname, text))  # what SegmentReader turns into 0
        return self.fields.posting(fieldname, text).counts


class ColumnarCursor(FieldCursor):  # type: ignore[misc]  # as above
    """A cursor over the terms of one field."""

    def __init__(self, reader: ColumnarTerms, fieldname: str, fieldobj: Any) -> None:
        self._reader = reader
        self._field = fieldname
        self._object = fieldobj
        self._terms: Texts | list[bytes] = reader.fields.terms.get(fieldname, [])
        self._at = 0

    def first(self) -> Any:
        """To the first term."""
        self._at = 0
        return self.text()

    def find(self, string: bytes | str) -> Any:
        """To the first term not before `string`."""
        wanted = string if isinstance(string, bytes) else self._object.to_bytes(string)
        self._at = self._terms.beginning(wanted).start if isinstance(self._terms, Texts) else 0
        return self.text()

    def next(self) -> Any:
        """To the next term."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """The term as the field spells it, None after the last."""
        return self._object.from_bytes(self._terms[self._at]) if self.is_valid() else None

    term = text  # what Whoosh's MultiCursor asks for

    def term_info(self) -> TermInfo | None:
        """The statistics of the term."""
        return self._reader.term_info(self._field, self._terms[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether the cursor stands on a term."""
        return self._at < len(self._terms)


class ColumnarDocuments(W3PerDocReader):  # type: ignore[misc]  # as above
    """Lengths and stored fields from our arrays; a foreign schema's columns from stock Whoosh's files."""

    def __init__(self, storage: Any, segment: Segment) -> None:
        super().__init__(storage, segment)
        self.documents: Documents = open_documents(Path(storage.folder), segment)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int | None:
        """The length of a document in a field as scores see it; None, as in stock Whoosh, for an empty one."""
        length: int | None = self.doc_field_length_reader(fieldname, default)(docnum)
        return length

    def doc_field_length_reader(self, fieldname: str, default: int = 0) -> Callable[[int], int | None]:
        """A function that gives the length of a document in one field."""
        lengths = self.documents.lengths.get(fieldname)
        if lengths is None:
            return lambda _: default
        return lambda docnum: int(stepped(lengths[docnum])) or None

    def min_field_length(self, fieldname: str) -> int:
        """The shortest document's length as scores see it."""
        lengths = self.documents.lengths.get(fieldname)
        return 0 if lengths is None or not len(lengths) else int(stepped(lengths.min()))

    def max_field_length(self, fieldname: str) -> int:
        """The longest document's length as scores see it."""
        lengths = self.documents.lengths.get(fieldname)
        return 0 if lengths is None or not len(lengths) else int(stepped(lengths.max()))

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """What is stored of a document."""
        return self.documents.stored[docnum]

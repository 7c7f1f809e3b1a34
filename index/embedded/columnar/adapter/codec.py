"""The codec: the classes that write and read a columnar segment. Whoosh finds it through the segments themselves."""

from pathlib import Path
from typing import Any

from index.embedded.columnar.adapter.readers import ColumnarDocumentReader, ColumnarTermsReader
from index.embedded.columnar.adapter.writers import DocumentsWriter, TermsWriter
from index.embedded.columnar.segments.segment_files import Segment
from index.embedded.columnar.stock import W3Codec


class ColumnarCodec(W3Codec):  # type: ignore[misc]  # of unknown type, see `stock`
    """A Whoosh codec for segments of memory-mapped arrays; only for indexes in a folder."""

    def per_document_writer(self, storage: Any, segment: Segment) -> DocumentsWriter:
        """Return the writer of lengths and stored fields."""
        return DocumentsWriter(self, storage, segment)

    def field_writer(self, storage: Any, segment: Segment) -> TermsWriter:
        """Return the writer of terms and postings."""
        return TermsWriter(Path(storage.folder), segment)

    def per_document_reader(self, storage: Any, segment: Segment) -> ColumnarDocumentReader:
        """Return the reader of lengths and stored fields."""
        return ColumnarDocumentReader(storage, segment)

    def terms_reader(self, storage: Any, segment: Segment) -> ColumnarTermsReader:
        """Return the reader of terms and postings."""
        return ColumnarTermsReader(Path(storage.folder), segment)

    def new_segment(self, storage: Any, indexname: str) -> Segment:  # noqa: ARG002  # Whoosh's signature
        """Return an empty segment under a new name."""
        return Segment(self, indexname)

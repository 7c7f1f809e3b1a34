"""The codec: which classes write and read a columnar segment. Whoosh finds it through the segments it is written in."""

from pathlib import Path
from typing import Any

from index.embedded.columnar.adapter.readers import ColumnarDocuments, ColumnarTerms
from index.embedded.columnar.adapter.writers import DocumentsWriter, TermsWriter
from index.embedded.columnar.segments.segment_files import Segment
from index.embedded.columnar.stock import W3Codec


class ColumnarCodec(W3Codec):  # type: ignore[misc]  # of unknown type, see `stock`
    """Segments of memory-mapped arrays; for indexes in a folder."""

    def per_document_writer(self, storage: Any, segment: Segment) -> DocumentsWriter:
        """What writes lengths and stored fields."""
        return DocumentsWriter(self, storage, segment)

    def field_writer(self, storage: Any, segment: Segment) -> TermsWriter:
        """What writes terms and postings."""
        return TermsWriter(Path(storage.folder), segment)

    def per_document_reader(self, storage: Any, segment: Segment) -> ColumnarDocuments:
        """What reads lengths and stored fields."""
        return ColumnarDocuments(storage, segment)

    def terms_reader(self, storage: Any, segment: Segment) -> ColumnarTerms:
        """What reads terms and postings."""
        return ColumnarTerms(Path(storage.folder), segment)

    def new_segment(self, storage: Any, indexname: str) -> Segment:  # noqa: ARG002  # Whoosh's signature
        """An empty segment under a new name."""
        return Segment(self, indexname)

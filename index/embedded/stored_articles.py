"""Stored articles: reads whole articles from the segments of a generation by document number."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archive.article import Article
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.schema import SCHEMA
from index.embedded.serialization import deserialize


class StoredArticles:
    """The articles of all segments, each with its own date and an empty digest (digests are in the columns)."""

    def __init__(self, leaves: Sequence[tuple[Any, int]]) -> None:
        self._leaves = leaves

    @classmethod
    def opened(cls, folder: Path) -> "StoredArticles":
        """Open the stored articles of a generation on disk, which must have at least one segment."""
        return cls(ColumnarIndex(folder, SCHEMA, readonly=True).reader().leaf_readers())

    def __getitem__(self, document: int) -> Article:
        reader, base = next(leaf for leaf in reversed(self._leaves) if leaf[1] <= document)
        return deserialize(reader.stored_fields(document - base)["article"])

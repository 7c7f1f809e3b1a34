"""Stored articles: whole articles read back from the segments of a generation, by the number of their document."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from archive.article import Article
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.schema import SCHEMA
from index.embedded.serialization import unpack


class StoredArticles:
    """The articles of some segments, each with the date of its own, and without digests, which columns have."""

    def __init__(self, leaves: Sequence[tuple[Any, int]]) -> None:
        self._leaves = leaves

    @classmethod
    def opened(cls, folder: Path) -> "StoredArticles":
        """Those of a generation's segments as they lie on the disk; it must have any."""
        return cls(ColumnarIndex(folder, SCHEMA, readonly=True).reader().leaf_readers())

    def __getitem__(self, document: int) -> Article:
        reader, base = next(leaf for leaf in reversed(self._leaves) if leaf[1] <= document)
        return unpack(reader.stored_fields(document - base)["article"])

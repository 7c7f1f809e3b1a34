"""Stored articles: reads whole articles from the segments of a generation by document number, and keeps recent ones.

Records lie in compressed blocks by document number. Many in another order are read in windows of that order, each
in the order of the blocks, so that a block is unpacked once a window.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

from archive.article import Article
from index.embedded.columnar.adapter.segment_list import ColumnarIndex
from index.embedded.columnar.format.stored_records import EncodedRecord, decode_record
from index.embedded.schema import SCHEMA
from index.storage.serialization import PackedArticle, deserialize

KEPT: Final = 10_000_000  # bytes, as estimated, of the articles kept in memory: over a thousand of usual length
PASSAGE_SIZE: Final = 150  # bytes that a passage takes in memory
WINDOW: Final = 4_000  # records; within 6 % of the speed of reading all at once, which needs all memory
WINDOW_OF_FACTS: Final = 2 * WINDOW  # where texts are not read
WINDOW_BYTES: Final = 16_000_000  # of the records of a window; long articles make smaller windows


class RecentArticles:
    """The articles read last, so that an article is read once for a page and the next pages; for all threads."""

    def __init__(self, most: int = KEPT) -> None:
        self._room = most
        self._kept: dict[int, Article] = {}  # the one read last is the last
        self._changing = Lock()

    def read(self, document: int, store: Callable[[int], Article]) -> Article:
        """Return an article, which is taken from the store if it is not kept, and make it the one read last."""
        article = self._kept.get(document) or store(document)
        with self._changing:
            if self._kept.pop(document, None) is None:
                self._room -= _size(article)
            self._kept[document] = article
            while self._room < 0:
                self._room += _size(self._kept.pop(next(iter(self._kept))))
        return article


def _size(article: Article) -> int:
    return len(article.text) + PASSAGE_SIZE * len(article.passages)


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
        return deserialize(PackedArticle(**reader.stored_fields(document - base)))

    def in_order(self, documents: Sequence[int], *, texts: bool) -> Iterator[PackedArticle]:
        """Yield the serialized articles of a window of documents, in the given order; without texts, those are empty.

        If they take too much memory, those of its halves are read in turn.
        """
        held: dict[int, EncodedRecord] = {}
        size = 0
        for document, record in self._encoded(sorted(documents), texts=texts):
            held[document] = record
            size += record.size
            if size > WINDOW_BYTES and len(documents) > 1:
                held.clear()
                middle = len(documents) // 2
                yield from self.in_order(documents[:middle], texts=texts)
                yield from self.in_order(documents[middle:], texts=texts)
                return
        for document in documents:
            parts = decode_record(held[document])
            yield PackedArticle(parts["facts"], parts.get("text", b""))

    def _encoded(self, documents: Sequence[int], *, texts: bool) -> Iterator[tuple[int, EncodedRecord]]:
        """The encoded records of documents in ascending order."""
        for number, (reader, base) in enumerate(self._leaves):
            after = self._leaves[number + 1][1] if number + 1 < len(self._leaves) else None
            start = bisect_left(documents, base)
            own = documents[start : None if after is None else bisect_left(documents, after)]
            stored = reader._perdoc.documents.stored  # private, as in `segment_terms`
            yield from zip(own, stored.encoded([document - base for document in own], long=texts), strict=True)

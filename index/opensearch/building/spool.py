"""A spool of prepared articles on the disk, until their stories are known."""

import json
from collections.abc import Iterator
from pathlib import Path

import zstandard

from archive.article import ArticleDate
from index.opensearch.documents import Prepared


class PreparedSpool:
    """Prepared articles by id, compressed in one file; only where each begins stays in memory."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._places: dict[str, tuple[int, int]] = {}
        self._heads: dict[str, tuple[str, ArticleDate, str | None]] = {}
        self._pack, self._unpack = zstandard.ZstdCompressor(1), zstandard.ZstdDecompressor()
        self._end = 0

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def add(self, article: Prepared) -> None:
        """Keep an article."""
        packed = self._pack.compress(json.dumps([article.body, article.facts, article.packed]).encode())
        self._file.seek(self._end)
        self._file.write(packed)
        self._places[article.id] = self._end, len(packed)
        self._heads[article.id] = article.digest, article.date, article.outlet
        self._end += len(packed)

    def head(self, article_id: str) -> tuple[str, ArticleDate, str | None]:
        """The digest, the own date and the outlet of an article that was kept."""
        return self._heads[article_id]

    def get(self, article_id: str) -> Prepared:
        """An article that was kept."""
        start, size = self._places[article_id]
        self._file.seek(start)
        body, facts, packed = json.loads(self._unpack.decompress(self._file.read(size)))
        return Prepared(article_id, *self._heads[article_id], body, facts, (packed[0], packed[1]))

    def close(self) -> None:
        """Release the file."""
        self._file.close()

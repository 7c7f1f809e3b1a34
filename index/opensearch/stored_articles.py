"""Whole articles of a generation, read by their ids, a portion a request."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple

from archive.article import Article, ArticleDate, DateBasis, DatePrecision, Evidence, EvidenceKind
from index.engine import DamagedIndex
from index.opensearch.cluster import Cluster
from index.opensearch.identifiers import document_id
from index.storage.serialization import PackedArticle, deserialize, deserialize_facts, serialize

PORTION: Final = 200  # articles a request: some 500 kB
TEXT: Final = "text"  # the part of a document with the text, which is left out where it is not needed


class StoredArticle(NamedTuple):
    """An article as it was added, the date it has by its copies (None: its own), and its story."""

    own: Article
    copied: ArticleDate | None
    story: str

    @property
    def article(self) -> Article:
        """The article with the date that its copies imply."""
        return self.own if self.copied is None else replace(self.own, date=self.copied)


def article_document(article: Article) -> str:
    """The document of an article with which no other is grouped, as JSON."""
    facts, text = (part.decode("utf-8", "surrogatepass") for part in serialize(article))
    told = {"id": article.id, "digest": article.digest, "story": article.id, "facts": facts, TEXT: text}
    return json.dumps({**told, "copied": None})


def with_story(document: str, story: str, copied: ArticleDate | None) -> str:
    """The document of an article with another story, and with the date that it has by its copies."""
    return json.dumps({**json.loads(document), "story": story, "copied": None if copied is None else _packed(copied)})


class StoredArticles:
    """The articles of one index `articles`."""

    def __init__(self, cluster: Cluster, index: str) -> None:
        self._cluster = cluster
        self._index = index

    def find(self, article_id: str) -> StoredArticle | None:
        """An article, or None."""
        (told,) = self._cluster.documents(self._index, [document_id(article_id)])
        return None if told is None else _stored(told)

    def read(self, ids: Sequence[str], *, texts: bool = True) -> Iterator[StoredArticle]:
        """Articles that are there, in turn. Raises DamagedIndex for one that is not."""
        for start in range(0, len(ids), PORTION):
            wanted = ids[start : start + PORTION]
            without = () if texts else (TEXT,)
            found = self._cluster.documents(self._index, list(map(document_id, wanted)), without=without)
            for article_id, told in zip(wanted, found, strict=True):
                if told is None:
                    raise DamagedIndex(f"the article {article_id!r} is missing in the index; run: flask reindex --full")
                yield _stored(told, texts=texts)


def _stored(told: Mapping[str, Any], *, texts: bool = True) -> StoredArticle:
    facts, digest = told["facts"].encode("utf-8", "surrogatepass"), told["digest"]
    if texts:
        own = deserialize(PackedArticle(facts, told[TEXT].encode("utf-8", "surrogatepass")), digest)
    else:
        own = deserialize_facts(facts, digest)
    return StoredArticle(own, _unpacked(told["copied"]), told["story"])


def _packed(day: ArticleDate) -> list[Any]:
    evidence = [(piece.words, piece.bearing.value) for piece in day.evidence]
    return [day.first and day.first.isoformat(), day.precision.value, day.basis and day.basis.value, evidence]


def _unpacked(told: Sequence[Any] | None) -> ArticleDate | None:
    if told is None:
        return None
    first, precision, basis, evidence = told
    pieces = tuple(Evidence(words, EvidenceKind(bearing)) for words, bearing in evidence)
    known = None if basis is None else DateBasis(basis)
    return ArticleDate(first and date.fromisoformat(first), DatePrecision(precision), known, pieces)

"""Reads a generation back and says what is not as it was written."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from index.engine import EngineError
from index.opensearch.cluster import Cluster
from index.opensearch.identifiers import number_of
from index.opensearch.ledger import Entry
from index.opensearch.published import Published
from index.storage.identity import index_id
from index.storage.reading_back import read_back

PORTION: Final = 1000
UNREADABLE: Final = (ValueError, KeyError, TypeError, EngineError)  # what a damaged article raises


def problems(published: Published) -> Iterator[str]:
    """Yield a sentence for each inconsistency of a generation."""
    for name in published.manifest.files:
        try:
            published.file(name)
        except EngineError as error:
            yield str(error)
            return
    ledger, manifest = published.ledger, published.manifest
    if index_id(ledger.rows()) != manifest.id:
        yield f"the articles say the index is {index_id(ledger.rows())}, the manifest {manifest.id}"
    yield from _searched(published)
    ids = list(ledger.entries)
    for start in range(0, len(ids), PORTION):
        yield from _stored(published, ids[start : start + PORTION])


def _stored(published: Published, ids: Sequence[str]) -> Iterator[str]:
    """What is wrong with some whole articles."""
    for article_id, told in read_back(ids, lambda some: _ids_and_digests(published, some), UNREADABLE):
        if isinstance(told, Exception):
            yield f"article {article_id}: cannot be read back ({told})"
        else:
            yield from _differences(published, article_id, told)


def _ids_and_digests(published: Published, ids: Sequence[str]) -> list[tuple[str, str]]:
    """The id and the digest that some articles are stored with."""
    return [(stored.own.id, stored.own.digest) for stored in published.articles.read(ids)]


def _differences(published: Published, article_id: str, told: tuple[str, str]) -> Iterator[str]:
    if told[0] != article_id:
        yield f"article {article_id}: another one ({told[0]}) is stored in its place"
    elif told[1] != published.ledger.entries[article_id].digest:
        yield f"article {article_id}: its digest is not the one it was added with"


def _searched(published: Published) -> Iterator[str]:
    """What is wrong with the documents that are searched."""
    entries, seen = published.ledger.entries, set[str]()
    for article_id, story, group in _rows(published.generations.cluster, published.manifest.texts):
        held = entries.get(article_id)
        if held is None or article_id in seen:
            yield f"article {article_id}: it is searched, but no part of the index"
        elif (story, group) != _numbers(held):
            yield f"article {article_id}: it is searched in another story than it belongs to"
        seen.add(article_id)
    for article_id in entries.keys() - seen:
        yield f"article {article_id}: it is not searched"


def _numbers(held: Entry) -> tuple[int, int]:
    return number_of(held.story), number_of(held.group)


def _rows(cluster: Cluster, index: str) -> Iterator[tuple[str, int, int]]:
    body: dict[str, Any] = {"size": PORTION, "sort": [{"id": "asc"}], "_source": False}
    body["docvalue_fields"] = ["id", "story", "group"]
    while True:
        hits = cluster.search(index, body)["hits"]["hits"]
        for hit in hits:
            yield hit["fields"]["id"][0], hit["fields"]["story"][0], hit["fields"]["group"][0]
        if len(hits) < PORTION:
            return
        body["search_after"] = hits[-1]["sort"]

"""Writes the indices of a generation: copies of the published ones that take what changed, or new ones.

Articles are sent as they come, each as if no other were grouped with it, while the next ones are prepared. When the
stories are known, those are written again of which that was not true. An index that is begun before the mean length of
its texts is known gets that at the end. Few articles wait until all is known, and are written once.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NamedTuple

from archive.dating.dates_from_copies import dated_by_copies
from index.engine import DamagedIndex, EngineError
from index.opensearch import mapping
from index.opensearch.bulk import PORTION_BYTES, BulkWriter
from index.opensearch.cluster import ScriptsForbidden
from index.opensearch.documents import Place, Prepared, alone, prepare, regrouped, with_since
from index.opensearch.generations import Generations
from index.opensearch.identifiers import document_id, number_of
from index.opensearch.ledger import Ledger, copies_of, far, to_write
from index.opensearch.mapping import Lengths, Similarity
from index.opensearch.published import Published
from index.opensearch.stored_articles import PORTION, StoredArticles
from index.parallel import parallel_map

SMALL: Final = 500  # articles; so few are written anew in less time than indices are copied
UNKNOWN: Final = Lengths(1.0, 1.0)  # mean lengths, until they are known


class Indices(NamedTuple):
    """The names of the indices of texts and of whole articles."""

    texts: str
    articles: str


@dataclass(frozen=True, slots=True)
class Begun:
    """A published generation that a new one is built upon, and whether its indices may be copied."""

    published: Published
    copied: bool


class GenerationWriter:
    """Writes one generation upon a published one, or without; `since` tells when some articles were first added."""

    def __init__(
        self, generations: Generations, base: Begun | None, since: Callable[[Collection[str]], Mapping[str, int]]
    ) -> None:
        self._generations = generations
        self._since = since
        self._published = None if base is None else base.published
        self._base = base.published if base and base.copied and self._is_worth_copying(base.published) else None
        self.similarity = Similarity.SCRIPTED if self._base is None else self._base.manifest.similarity
        self._written: dict[str, Place] = {} if self._base is None else dict(self._base.ledger.places())
        name = generations.new_name()
        self._indices = Indices(f"{name}-texts", f"{name}-articles")
        self._waiting: dict[str, Prepared] = {}
        self._size = 0  # of the texts that wait, in bytes
        self._sent = set[str]()
        self._bulk: BulkWriter | None = None

    def _is_worth_copying(self, base: Published) -> bool:
        """Whether to begin with the published indices: not if the archive is small, or is to have other shards."""
        if len(base.ledger.entries) < SMALL:
            return False
        return self._generations.shards(base.manifest.texts) == self._generations.cluster.address.shards

    def add(self, article: Prepared) -> None:
        """Take an article. It is sent when some megabytes have come together."""
        self._waiting[article.id] = article
        self._size += len(article.text)
        if self._size >= PORTION_BYTES:
            self._send_waiting()

    def send(self) -> None:
        """Send what waits, if anything was sent before: it is written while the articles are grouped."""
        if self._bulk is not None:
            self._send_waiting()

    def finish(self, after: Ledger, average: Lengths) -> Indices:
        """Write what is not as it was sent, and verify all; without a change, these are the published indices."""
        writing = to_write(self._written, after) | self._waiting.keys() | self._misdated(after)
        gone = self._written.keys() - after.entries.keys()
        begun = self._bulk is not None
        if self._base is not None and not begun and not writing and not gone:
            return Indices(self._base.manifest.texts, self._base.manifest.articles_index)
        bulk = self._opened(average)
        bulk.flush()
        self._remove(gone)
        self._write_again(sorted(writing), after)
        bulk.flush()
        if begun and self.similarity is Similarity.SCRIPTED:  # the other one knows the mean length by itself
            self._generations.set_similarities(self._indices.texts, mapping.similarities(average, self.similarity))
        self._generations.refresh(*self._indices)
        self._verify(len(after.entries))
        return self._indices

    def discard(self) -> None:
        """Remove what was written; where that fails, the next build does."""
        if self._bulk is not None:
            self.close()
            with suppress(EngineError):
                for index in self._indices:
                    self._generations.cluster.request("DELETE", f"/{index}?ignore_unavailable=true")

    def close(self) -> None:
        """End the threads that send."""
        if self._bulk is not None:
            self._bulk.close()

    def _misdated(self, after: Ledger) -> set[str]:
        """Articles that may be written with a day that is far from all stated ones, or wrongly without."""
        years, entries = after.stated_years(), after.entries
        found = far({article_id: entries[article_id] for article_id in self._sent}, years)
        before = years if self._base is None else self._base.ledger.stated_years()
        return found if before == years else found | far(entries, before, years)

    def _opened(self, average: Lengths) -> BulkWriter:
        """What writes to the new indices, which are made if they are not there yet."""
        if self._bulk is None:
            cluster, indices, base = self._generations.cluster, self._indices, self._base
            self._bulk = BulkWriter(cluster)
            if base is None:
                self.similarity = self._create(average)
                self._generations.create(indices.articles, mapping.articles(cluster.address))
            else:
                settings = {"number_of_replicas": cluster.address.replicas}
                changed = mapping.text_settings(cluster.address, average, self.similarity)
                self._generations.clone(base.manifest.texts, indices.texts, changed)
                self._generations.clone(base.manifest.articles_index, indices.articles, settings)
        return self._bulk

    def _create(self, average: Lengths) -> Similarity:
        """Make the index of texts, with the servers' own similarity where they run no scripts."""
        for kind in Similarity:
            try:
                self._generations.create(
                    self._indices.texts, mapping.texts(self._generations.cluster.address, average, kind)
                )
            except ScriptsForbidden:
                if kind is Similarity.BUILT_IN:
                    raise
            else:
                return kind
        raise AssertionError

    def _send_waiting(self) -> None:
        since = self._since(self._waiting)
        for article in self._waiting.values():
            self._write(article, alone(article.id, article.outlet), since[article.id])
        self._sent |= self._waiting.keys()
        self._waiting.clear()
        self._size = 0

    def _write(self, article: Prepared, place: Place, since: int) -> None:
        bulk, before = self._opened(UNKNOWN), self._written.get(article.id)
        indexing = (_action("index", article.id, place.group), with_since(article.text, since))
        if before is not None and before.group != place.group:  # it may lie in another shard from now on
            bulk.add(self._indices.texts, [(_action("delete", article.id, before.group), None), indexing])
        else:
            bulk.add(self._indices.texts, [indexing])
        bulk.add(self._indices.articles, [(_action("index", article.id), article.whole)])
        self._written[article.id] = place

    def _remove(self, gone: Iterable[str]) -> None:
        bulk = self._opened(UNKNOWN)
        for article_id in sorted(gone):
            bulk.add(self._indices.texts, [(_action("delete", article_id, self._written[article_id].group), None)])
            bulk.add(self._indices.articles, [(_action("delete", article_id), None)])

    def _write_again(self, ids: Sequence[str], after: Ledger) -> None:
        """Write articles with their places, and with dates that their copies complete; far days are none."""
        places, years = after.places(), after.stated_years()
        dates = copies_of(after, {after.entries[article_id].story for article_id in ids})
        since = self._since(ids)
        for article in self._prepared(ids):
            place, date = places[article.id], article.date
            if place.stories > 1:
                date = dated_by_copies(date, dates.get(place.story, ()))
            date = years.plausible(date)
            same = date == article.date and place == alone(article.id, article.outlet)
            self._write(article if same else regrouped(article, date, place), place, since[article.id])

    def _prepared(self, ids: Iterable[str]) -> Iterator[Prepared]:
        """Prepared articles in any order: those that wait, those that were sent, and published ones."""
        waiting, again = dict[str, Prepared](), (list[str](), list[str]())
        for article_id in ids:
            if article_id in self._waiting:
                waiting[article_id] = self._waiting[article_id]
            else:
                again[article_id in self._sent].append(article_id)
        yield from waiting.values()
        if again[0]:
            assert self._published is not None  # noqa: S101  # an article that was not added is published
            yield from _again(self._published.articles, again[0])
        if again[1]:
            self._generations.refresh(self._indices.articles)
            yield from _again(StoredArticles(self._generations.cluster, self._indices.articles), again[1])

    def _verify(self, wanted: int) -> None:
        """Refuse to publish what does not hold the articles it should."""
        cluster = self._generations.cluster
        for index in self._indices:
            found = cluster.request("GET", f"/{index}/_count")["count"]
            if found != wanted:
                raise DamagedIndex(
                    f"{cluster.address} holds {found:,} articles in place of {wanted:,}; nothing was published; "
                    "run: flask reindex --full"
                )


def _again(articles: StoredArticles, ids: Sequence[str]) -> Iterator[Prepared]:
    """Articles that are prepared anew, on all cores."""
    portions = ([held.own for held in articles.read(ids[at : at + PORTION])] for at in range(0, len(ids), PORTION))
    for prepared in parallel_map(prepare, portions):
        yield from prepared.articles


def _action(kind: str, article_id: str, group: str | None = None) -> str:
    routing = {} if group is None else {"routing": str(number_of(group))}
    return json.dumps({kind: {"_id": document_id(article_id), **routing}})

"""Writes the indices of a generation: copies of the published ones that take what changed, or new ones."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from archive.article import ArticleDate
from archive.dating.dates_from_copies import dated_by_copies
from index.engine import DamagedIndex
from index.opensearch import mapping
from index.opensearch.documents import Place, Prepared, document_id, number_of, text_document
from index.opensearch.generations import VERSION, Generations, Manifest
from index.opensearch.ledger import Ledger, copies_of, to_write
from index.opensearch.mapping import Lengths
from index.opensearch.published import Published
from index.opensearch.stored_articles import article_document
from index.storage.identity import index_id
from index.words.stemming import version as stemming_version

SMALL: Final = 500  # articles; so few are written anew in less time than indices are copied
Source = Callable[[Sequence[str]], Iterator[Prepared]]


@dataclass(frozen=True, slots=True)
class Change:
    """The ledgers before and after, the ids of the articles that were added, and the mean lengths of texts then."""

    before: Ledger
    after: Ledger
    added: Iterable[str]
    average: Lengths


class GenerationWriter:
    """Writes one generation upon a published one, or without."""

    def __init__(self, generations: Generations, base: Published | None, change: Change, source: Source) -> None:
        self._generations = generations
        self._cluster = generations.cluster
        self._change = change
        self._source = source
        self._places = change.after.places()
        self._years = change.after.stated_years()
        self._base = base if base is not None and self._is_worth_copying(base) else None

    def _is_worth_copying(self, base: Published) -> bool:
        """Whether to begin with the published indices: not if the archive is small, or is to have other shards."""
        if len(self._change.before.entries) < SMALL:
            return False
        return self._generations.shards(base.manifest.texts) == self._cluster.address.shards

    def write(self, name: str) -> Manifest:
        """Write what changed, verify it, and describe the generation."""
        change, base = self._change, self._base
        after = change.after
        writing = sorted(after.entries if base is None else to_write(change.before, after, change.added))
        gone = change.before.entries.keys() - after.entries.keys() if base is not None else set[str]()
        texts, articles = f"{name}-texts", f"{name}-articles"
        if base is not None and not writing and not gone:
            texts, articles = base.manifest.texts, base.manifest.articles_index
        else:
            self._open(texts, articles)
            dates = copies_of(after, {after.entries[article_id].story for article_id in writing})
            self._cluster.write(texts, self._text_actions(writing, sorted(gone), dates))
            self._cluster.write(articles, self._article_actions(writing, sorted(gone), dates))
            self._generations.refresh(texts, articles)
            self._verify(texts, articles)
        built = datetime.now().astimezone().replace(microsecond=0).isoformat()
        sizes = len(after.entries), after.stories()
        described = (VERSION, stemming_version(), index_id(after.rows()), *sizes, built)
        return Manifest(*described, texts, articles, change.average.text, {})

    def _open(self, texts: str, articles: str) -> None:
        address, base = self._cluster.address, self._base
        if base is None:
            self._generations.create(texts, mapping.texts(address, self._change.average))
            self._generations.create(articles, mapping.articles(address))
            return
        self._generations.clone(base.manifest.texts, texts, mapping.text_settings(address, self._change.average))
        self._generations.clone(base.manifest.articles_index, articles, {"number_of_replicas": address.replicas})

    def _text_actions(
        self, writing: Sequence[str], gone: Iterable[str], dates: Mapping[str, list[ArticleDate]]
    ) -> Iterator[tuple[str, str | None]]:
        before = self._change.before.entries if self._base is not None else {}
        for article_id in gone:
            yield _action("delete", article_id, before[article_id].group), None
        for article in self._source(writing):
            place = self._places[article.id]
            held = before.get(article.id)
            if held is not None and held.group != place.group:  # it may lie in another shard from now on
                yield _action("delete", article.id, held.group), None
            date = self._date(article, place, dates)
            yield _action("index", article.id, place.group), text_document(article, date, place)

    def _article_actions(
        self, writing: Sequence[str], gone: Iterable[str], dates: Mapping[str, list[ArticleDate]]
    ) -> Iterator[tuple[str, str | None]]:
        for article_id in gone:
            yield _action("delete", article_id), None
        for article in self._source(writing):
            place = self._places[article.id]
            date = self._date(article, place, dates)
            copied = None if date == article.date else date
            yield _action("index", article.id), article_document(article, copied, place.story)

    def _date(self, article: Prepared, place: Place, dates: Mapping[str, list[ArticleDate]]) -> ArticleDate:
        """The date of an article, completed from its copies; no day if it is far from all stated ones."""
        own = dated_by_copies(article.date, dates.get(place.story, ())) if place.stories > 1 else article.date
        return self._years.plausible(own)

    def _verify(self, *indices: str) -> None:
        """Refuse to publish what does not hold the articles it should."""
        wanted = len(self._change.after.entries)
        for index in indices:
            found = self._cluster.request("GET", f"/{index}/_count")["count"]
            if found != wanted:
                raise DamagedIndex(
                    f"{self._cluster.address} holds {found:,} articles in place of {wanted:,}; nothing was published; "
                    "run: flask reindex --full"
                )


def _action(kind: str, article_id: str, group: str | None = None) -> str:
    routing = {} if group is None else {"routing": str(number_of(group))}
    return json.dumps({kind: {"_id": document_id(article_id), **routing}})

"""Builds the next generation in a cluster from added, replaced and removed articles.

The indices begin as copies of the published ones, which share their files, and take whole documents. Indices that
nothing changes are shared as they are.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Final

from archive.article import Article
from archive.copies.candidates.known_texts import NO_TEXTS, KnownTexts
from archive.reading.seen_ids import SeenIds
from index.engine import EngineError
from index.opensearch import word_file
from index.opensearch.building.sampled_texts import IndexedTexts
from index.opensearch.building.writing import Begun, GenerationWriter
from index.opensearch.documents import PreparedArticles, counts_of, prepare
from index.opensearch.generations import VERSION, Generations, Manifest
from index.opensearch.ledger import LEDGER, Head, Ledger, entry
from index.opensearch.published import WORDS, Published, PublishedArticles
from index.opensearch.word_counts import WordCounts
from index.storage import first_seen
from index.storage.first_seen import FIRST_SEEN, FirstSeen
from index.storage.identity import index_id
from index.words.stemming import version as stemming_version

AT_ONCE: Final = 256  # articles added one by one are prepared in portions of this size


class OpenSearchBuild:
    """A generation under construction; implements `engine.Build`."""

    def __init__(self, generations: Generations, folder: Path, base: Published | None, reason: str = "") -> None:
        self.discarded = reason  # see `Build.discarded`
        self._generations = generations
        self._cluster = generations.cluster
        self._base = base
        self._stale = base is not None and not base.manifest.stems_are_current  # its words must be stemmed again
        self._before = Ledger({}) if base is None else base.ledger
        self._files = folder / "files"
        self._files.mkdir()
        self._begun = first_seen.now()
        self._known = FirstSeen.load(self.published_file(FIRST_SEEN))
        begun = None if base is None else Begun(base, copied=not self._stale)
        self._writer = GenerationWriter(generations, begun, self._since)
        self._new: dict[str, Head] = {}
        self._counts = WordCounts()
        self._waiting: list[Article] = []
        self._added, self._removed = SeenIds(), set[str]()
        self._grouped: tuple[Mapping[str, str], Mapping[str, str]] | None = None
        self._published_files: set[str] = set()
        if base is not None:
            for name in base.files:
                (self._files / name).write_bytes(base.file(name))

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Article id → digest of the articles the build started with."""
        return {article_id: held.digest for article_id, held in self._before.entries.items()}

    @property
    def preparation(self) -> Callable[[Sequence[Article]], PreparedArticles]:
        """See `Build.preparation`."""
        return prepare

    def add(self, article: Article) -> None:
        """Add an article, replacing a published one with the same id; ValueError if the id was already added."""
        self._register(article.id)
        self._waiting.append(article)
        if len(self._waiting) >= AT_ONCE:
            self._add_waiting()

    def add_prepared(self, prepared: PreparedArticles) -> None:
        """Add prepared articles; see `Build.add_prepared`."""
        for article in prepared.articles:
            self._register(article.id)
        self._keep(prepared)

    def remove(self, article_id: str) -> None:
        """Remove a published article; KeyError if there is none."""
        if article_id not in self._before.entries or article_id in self._removed:
            raise KeyError(article_id)
        self._removed.add(article_id)

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The paragraphs of articles the build started with, some hundred a request; KeyError where there is none."""
        if unknown := [article_id for article_id in ids if article_id not in self._before.entries]:
            raise KeyError(unknown[0])
        return (one.paragraphs for portion in self._base.portions(ids) for one in portion) if self._base else iter(())

    @property
    def known_texts(self) -> KnownTexts:
        """The texts of the articles the build started with; see `Build.known_texts`."""
        return NO_TEXTS if self._base is None else IndexedTexts(self._cluster, self._base.manifest.texts)

    @cached_property
    def published(self) -> Mapping[str, Article]:
        """The published articles; see `Build.published`."""
        held = self._base or self._readable()
        return {} if held is None else PublishedArticles(held)

    def published_file(self, name: str) -> Path | None:
        """Return the path of a published companion file; see `Build.published_file`."""
        try:
            held = self._base or self._readable()
            if held is None:
                return None
            folder = self._files.parent / "published"
            folder.mkdir(exist_ok=True)
            if name in held.files and not (folder / name).exists():
                (folder / name).write_bytes(held.file(name))
            return folder / name
        except EngineError:
            return None

    def _readable(self) -> Published | None:
        """The published generation, which this build does not begin with."""
        meta = self._generations.current()
        return None if meta is None else Published(self._generations, meta)

    def finish_articles(self) -> None:
        """See `Build.finish_articles`."""
        self._add_waiting()
        self._writer.send()

    def set_stories(self, stories: Mapping[str, str], loose: Mapping[str, str] | None = None) -> None:
        """Set the stories and loose groups; see `Build.set_stories`."""
        self._grouped = stories, loose or {}

    def companion_file(self, name: str) -> Path:
        """Return the path of a companion file of this generation."""
        return self._files / name

    def publish_file(self, name: str) -> None:
        """Publish a companion file although nothing else has changed; see `Build.publish_file`."""
        self._published_files.add(name)

    def finish(self) -> bool:
        """Write and publish the generation; tell whether anything changed."""
        self._add_waiting()
        changed = bool(self._new or self._removed or self._grouped is not None or self._stale)
        if not changed and (self._base is None or not self._published_files):
            return False
        self._known.joined(map(_packed, self._new), self._begun).save(self.companion_file(FIRST_SEEN))
        files: dict[str, Path | bytes] = {path.name: path for path in self._files.iterdir() if path.is_file()}
        if changed:
            files |= {LEDGER: self._after.pack(), WORDS: word_file.pack(self._all_counts)}  # while the server writes
            manifest = self._write()
        else:
            assert self._base is not None  # noqa: S101  # without one, there are changes
            files |= {held: self._base.file(held) for held in (LEDGER, WORDS)}
            manifest = self._base.manifest
        self._generations.write_meta(self._meta, manifest, files)
        self._generations.copied(self._meta, manifest.texts, manifest.articles_index)
        self._generations.publish(self._meta)
        return True

    def discard(self) -> None:
        """Remove what was not published; where that fails, the next build does."""
        with suppress(EngineError):
            if self._generations.current() != self._meta:
                self._cluster.request("DELETE", f"/{self._meta}?ignore_unavailable=true")
                self._writer.discard()

    def close(self) -> None:
        """Send nothing more."""
        self._writer.close()

    def _since(self, ids: Collection[str]) -> Mapping[str, int]:
        """Since when the index has had some articles."""
        return dict(zip(ids, self._known.of(map(_packed, ids), self._begun).tolist(), strict=True))

    def _register(self, article_id: str) -> None:
        if self._added.add(article_id) is not None:
            raise ValueError(f"the article {article_id!r} was added twice")

    def _add_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._keep(prepare(waiting))

    def _keep(self, prepared: PreparedArticles) -> None:
        for article in prepared.articles:
            self._new[article.id] = article.digest, article.date, article.outlet
            self._writer.add(article)
        self._counts.add(prepared.counts)

    @cached_property
    def _meta(self) -> str:
        """The name of the index of the new generation that is published last."""
        return f"{self._generations.new_name()}-meta"

    @cached_property
    def _after(self) -> Ledger:
        """The ledger of the new generation."""
        entries = {}
        for article_id, held in self._before.entries.items():
            if article_id not in self._removed and article_id not in self._new:
                entries[article_id] = held._replace(**self._grouping(article_id, held.story, held.group))
        for article_id, head in self._new.items():
            before = self._before.entries.get(article_id)
            told = (before.story, before.group) if before else (article_id, article_id)
            grouped = self._grouping(article_id, *told)
            entries[article_id] = entry(head, grouped["story"], grouped["group"])
        return Ledger(entries)

    def _grouping(self, article_id: str, story: str, group: str) -> dict[str, str]:
        if self._grouped is None:
            return {"story": story, "group": group}
        stories, loose = self._grouped
        own = stories.get(article_id, article_id)
        return {"story": own, "group": loose.get(article_id, own)}

    @cached_property
    def _all_counts(self) -> WordCounts:
        """The counts of words of the new generation."""
        if self._base is None:
            return self._counts
        if self._stale:
            every = WordCounts()
            for articles in self._base.portions(sorted(self._after.entries.keys() - self._new.keys())):
                every.add(counts_of(articles))
        else:
            every = word_file.counts_of(self._base.file(WORDS))
            replaced = self._new.keys() & self._before.entries.keys()
            for articles in self._base.portions(sorted(self._removed | replaced)):
                every.subtract(counts_of(articles))
        every.add(self._counts)
        return every

    def _write(self) -> Manifest:
        """Write texts and articles, and describe them."""
        after = self._after
        average = self._all_counts.lengths(len(after.entries))
        indices = self._writer.finish(after, average)
        built = datetime.now().astimezone().replace(microsecond=0).isoformat()
        sizes = len(after.entries), after.stories()
        described = (VERSION, stemming_version(), index_id(after.rows()), *sizes, built)
        return Manifest(*described, *indices, average.text, self._writer.similarity, {})


def _packed(article_id: str) -> bytes:
    return article_id.encode("utf-8", "surrogatepass")

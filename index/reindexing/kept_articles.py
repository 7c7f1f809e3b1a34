"""Decides which published articles stay although they were not read: those whose file is there but cannot be read.

A file that is gone takes its articles with it. A file that may not be opened, is damaged or was cut short says nothing
about its articles, so all of them stay as they are, whatever of them could still be read, in this file or as duplicates
in others. New articles that stand before the damage are taken. Which article came from which file is known exactly
(`article_files`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from functools import cached_property

from archive.article import Article
from archive.reading.source_log import SourceLog, UnreadableSource
from archive.record import Record, Rejected
from index.engine import Build, DamagedIndex, EngineError
from index.reindexing.article_files import ARTICLE_FILES, FREE, ArticleFiles, CollectedFiles
from index.reindexing.first_pass import CountedRecord
from index.reindexing.report import KeptArticles
from index.storage.former_addresses import FORMER_ADDRESSES, CollectedAddresses, FormerAddresses

UNKNOWN_FILE = "a file that is not known"
WHY_UNKNOWN = "which file they came from was not recorded, and not everything can be read"


class KeptArticleSet:
    """The articles that stay in one reindex: `follow` the records that are read to the last, then ask.

    `files_read` is false until `follow` begins: a run without any change reads no file.
    """

    def __init__(self, build: Build, log: SourceLog) -> None:
        self.files = CollectedFiles()
        self.former = CollectedAddresses()
        self.files_read = False
        self._build = build
        self._log = log
        self._staying: dict[str, UnreadableSource | None] = {}  # with what cannot be read; None where it is not known
        self._kept: set[str] = set()  # those of them that were not read as they are

    @property
    def ids(self) -> Collection[str]:
        """The articles that stay and were not read as they are."""
        return sorted(self._kept)

    @property
    def any_stay(self) -> bool:
        """Whether any article stays, read or not."""
        return bool(self._staying)

    def follow(self, items: Iterable[Record | Rejected]) -> Iterator[Record | Rejected]:
        """Yield the items, noting their files, and then what stays without being read, to be counted only."""
        self.files_read = True
        for item in items:
            if isinstance(item, Record):
                self.files.add(item, self._log.path)
                self.former.add(item)
            yield item
        self.files.rename(self._log.renamed)
        if self._log.unreadable:
            self._kept.update(self._staying_unread())
            for article_id in self._kept:
                with suppress(DamagedIndex):  # of lines that are not counted few are missed
                    yield counted(self._build.published[article_id])

    def has_moved(self, article_id: str, source: int) -> bool:
        """Whether an article came from another place before: another file, or another row of it.

        `source` is the hash of its place now.
        """
        before = self._before.source_of(article_id) if self._before is not None else None
        return before is not None and before != source

    def keep(self, article_id: str) -> bool:
        """Keep an article that was read otherwise than it is, if its file cannot be read to its end; tell whether."""
        if article_id not in self._staying:
            return False
        self._kept.add(article_id)
        return True

    def articles(self, *, give_up: bool) -> Iterator[Article]:
        """Yield what stays, as published. What cannot be read there either is let go with `give_up`, else an error."""
        for article_id in self.ids:
            try:
                article = self._build.published[article_id]
            except DamagedIndex:
                if not give_up:
                    raise
                self._kept.discard(article_id)
            else:
                yield article

    def save(self) -> None:
        """Save which file each article came from, and what old links mean, beside the index that is built."""
        self.files.save(self._build.companion_file(ARTICLE_FILES))
        before = FormerAddresses.load(self._build.published_file(FORMER_ADDRESSES))
        before.followed_by(self.former.table(self._log.renamed)).save(self._build.companion_file(FORMER_ADDRESSES))

    @cached_property
    def unread(self) -> list[str]:
        """The published articles that were not read in this run; ask after the last record."""
        return [article_id for article_id in self._known if article_id not in self.files]

    @cached_property
    def published(self) -> int:
        """The number of published articles, also of an index that cannot be read."""
        return len(self._known) or (len(self._before) if self._before is not None else 0)

    @property
    def gone(self) -> int:
        """The number of published articles that were not read and do not stay."""
        if self._known or self._before is None:
            return sum(article_id not in self._kept for article_id in self.unread)
        return self._before.missing_from(self.files)[0]

    @property
    def replaced(self) -> int:
        """The number of published articles that are gone, while a changed text stands at their place."""
        return self._before.replaced_by(self.files) if self._before is not None else 0

    @property
    def lost(self) -> str:
        """Why articles that should stay cannot: the published index cannot be read; "" if none are lost."""
        unreadable = self._log.unreadable
        _, problem = self._published
        if not unreadable or not problem:
            return ""
        if self._before is None:
            if all(one.judged for one in unreadable):
                return ""
        else:
            unreadable = [unreadable[mark] for mark in self._before.missing_from(self.files)[1]]
            if not unreadable:
                return ""
        more = f" and {len(unreadable) - 1:,} more" if len(unreadable) > 1 else ""
        return (
            f"{unreadable[0].where}{more} cannot be read, so articles that came from there would be lost: they can "
            f"only stay if the published index can be read ({problem})"
        )

    def summary(self) -> list[KeptArticles]:
        """How many articles stay, by file."""
        counts: Counter[tuple[str, str]] = Counter()
        for article_id in self._kept:
            source = self._staying[article_id]
            counts[(UNKNOWN_FILE, WHY_UNKNOWN) if source is None else (source.where, source.reason)] += 1
        return [KeptArticles(where, reason, count) for (where, reason), count in sorted(counts.items())]

    def _staying_unread(self) -> Iterator[str]:
        """Find the articles that stay, and note their files; yield those that were not read at all."""
        unreadable, before = self._log.unreadable, self._before
        unread = set(self.unread)
        if before is not None:
            for number, source in enumerate(unreadable):
                before.mark(source.path, number)
        for article_id in self._known:
            mark = before.mark_of(article_id) if before is not None else None
            if mark is None:
                if article_id not in unread or all(one.judged for one in unreadable):
                    continue
            elif mark == FREE:
                continue
            self._staying[article_id] = None if mark is None else unreadable[mark]
            self.files.carry(article_id, before)
            if article_id in unread:
                yield article_id

    @property
    def _known(self) -> Collection[str]:
        """The ids of the published articles; none if the published index cannot be read."""
        return self._published[0]

    @cached_property
    def _published(self) -> tuple[Collection[str], str]:
        """The ids of the published articles, or none and why the published index cannot be read."""
        if self._build.digests:
            return self._build.digests, ""
        try:
            return self._build.published, ""
        except EngineError as error:
            return (), str(error)

    @cached_property
    def _before(self) -> ArticleFiles | None:
        return ArticleFiles.load(self._build.published_file(ARTICLE_FILES))


def counted(article: Article) -> CountedRecord:
    """The record of an article that stays, as far as its lines, title and outlet are concerned."""
    title = None if article.title_derived else article.title
    return CountedRecord(article.id, article.source, article.text, title, outlet=article.outlet, url=article.url)

"""The contract of an engine in its plainest reading: every article looked at, nothing clever; an oracle for tests."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from archive.article import Article
from index.analysis import Token, tokens
from index.dateranges import days
from index.engine import Count, Found, IndexInfo, Match, NoIndex
from index.facets import FACETS, facts
from index.language import parse
from index.query import Copies, Query, Sort
from index.stemming import stem, stem_of
from index.tree import And, DateRange, Everything, Node, Not, Or, Phrase, Wildcard, Word
from index.values import matches as fact_matches


class MemoryEngine:
    """Articles and their stories in two dictionaries."""

    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}
        self.stories: dict[str, str] = {}
        self.built: datetime | None = None
        self.files: dict[str, bytes] = {}

    def info(self) -> IndexInfo:
        if self.built is None:
            raise NoIndex("there is no index; run: flask reindex")
        ids = ",".join(sorted(f"{a.id}:{a.digest}:{self.stories.get(a.id, a.id)}" for a in self.articles.values()))
        stories = {self.stories.get(id_, id_) for id_ in self.articles}
        return IndexInfo(f"{crc32(ids.encode()):x}", len(self.articles), len(stories), self.built)

    def get(self, article_id: str) -> tuple[Article, str] | None:
        self.info()
        article = self.articles.get(article_id)
        return None if article is None else (article, self.stories.get(article_id, article_id))

    def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> Found:
        info, tree = self.info(), parse(query.text)
        said = [article for article in self.articles.values() if says(article, tree)]
        matching = [article for article in said if self._passes(article, query, frozenset())]
        counts = {
            name: self._counts(name, [a for a in said if self._passes(a, query, left_out)])
            for name, left_out in FACETS.items()
            if name in facets
        }
        groups: defaultdict[str, list[Article]] = defaultdict(list)
        for article in ordered(matching, query.sort):
            story = self.stories.get(article.id, article.id)
            groups[story if query.copies is Copies.FOLD else article.id].append(article)
        page = list(groups.values())[(query.page - 1) * query.size : query.page * query.size]
        matches = tuple(
            Match(first, 0.0, self.stories.get(first.id, first.id), tuple(copy.id for copy in copies))
            for first, *copies in page
        )
        stories = {self.stories.get(article.id, article.id) for article in matching}
        return Found(len(matching), len(stories), matches, counts, info)

    def _passes(self, article: Article, query: Query, left_out: frozenset[str]) -> bool:
        held = facts(article, self.stories.get(article.id, article.id))
        chosen = all(set(held[f]) & set(values) for f, values in query.chosen.items() if f not in left_out)
        excluded = any(set(held[f]) & set(values) for f, values in query.excluded.items() if f not in left_out)
        return chosen and not excluded and within(article, *days(query.since, query.until))

    def _counts(self, name: str, articles: list[Article]) -> dict[str, Count]:
        held: defaultdict[str, list[str]] = defaultdict(list)
        for article in articles:
            for value in facts(article, "")[name]:
                held[value].append(self.stories.get(article.id, article.id))
        return {value: Count(len(stories), len(set(stories))) for value, stories in held.items()}

    def check(self) -> Iterator[str]:
        self.info()
        return iter(())

    @contextmanager
    def build(self, *, fresh: bool = False) -> Iterator["MemoryBuild"]:
        with TemporaryDirectory() as folder:
            build = MemoryBuild(self, Path(folder), fresh=fresh)
            yield build
            if build.changed:
                self.articles, self.stories, self.built = build.held, dict(build.stories), datetime.now(UTC)
                self.files = {file.name: file.read_bytes() for file in Path(folder).iterdir()}


class MemoryBuild:
    """The next state of a memory engine, put in place when the block is left."""

    def __init__(self, engine: MemoryEngine, folder: Path, *, fresh: bool) -> None:
        self.held = {} if fresh else dict(engine.articles)
        self.stories: Mapping[str, str] = {} if fresh else engine.stories
        self.digests: Mapping[str, str] = {article.id: article.digest for article in self.held.values()}
        self.changed = False
        self._began = dict(self.held)
        self._added: set[str] = set()
        self._folder = folder
        for name, content in ({} if fresh else engine.files).items():
            (folder / name).write_bytes(content)

    @property
    def preparation(self) -> Callable[[Sequence[Article]], list[Article]]:
        return list

    def take(self, prepared: list[Article]) -> None:
        for article in prepared:
            self.add(article)

    def add(self, article: Article) -> None:
        if article.id in self._added:
            raise ValueError(f"the article {article.id!r} was added twice")
        self._added.add(article.id)
        self.held[article.id] = article
        self.changed = True

    def remove(self, article_id: str) -> None:
        del self.held[article_id]
        self.changed = True

    def text(self, article_id: str) -> tuple[str, ...]:
        return self._began[article_id].paragraphs

    def group(self, stories: Mapping[str, str]) -> None:
        self.stories = stories
        self.changed = True

    def beside(self, name: str) -> Path:
        return self._folder / name


def says(article: Article, node: Node) -> bool:
    """Whether an article matches a query tree."""
    match node:
        case And(parts):
            return all(says(article, part) for part in parts)
        case Or(parts):
            return any(says(article, part) for part in parts)
        case Not(part):
            return not says(article, part)
        case Everything():
            return True
        case DateRange(first, last):
            return within(article, first, last)
        case _:
            return says_leaf(article, node)


def says_leaf(article: Article, node: Word | Phrase | Wildcard) -> bool:
    """Whether an article, or the part or fact of it that is asked, has what a leaf asks for."""
    if node.field not in {None, "title"}:
        return any(fact_matches(node, value) for value in facts(article, "")[str(node.field)])
    return any(holds(words, node) for words in texts(article, node.field))


def texts(article: Article, field: str | None) -> list[list[Token]]:
    """The stretches of words a phrase can stand in: the title, and the text as one."""
    title = tokens(article.title)
    if field == "title":
        return [title]
    body = [token for paragraph in article.paragraphs for token in tokens(paragraph)]
    return [body] if article.title_derived else [title, body]


def holds(words: list[Token], leaf: Word | Phrase | Wildcard) -> bool:
    """Whether a stretch of words has what a leaf asks for."""
    match leaf:
        case Word(form):
            return stem(form) in {stem_of(token.form, token.unit) for token in words}
        case Wildcard(pattern):
            return any(fnmatchcase(token.form, pattern) for token in words)
        case Phrase(forms, _, slop):
            reached = {place for place, token in enumerate(words) if token.form == forms[0]}
            for form in forms[1:]:
                near = {place + step for place in reached for step in range(1, slop + 1)}
                reached = {place for place in near if place < len(words) and words[place].form == form}
            return bool(reached)


def within(article: Article, first: date | None, last: date | None) -> bool:
    """Whether an article is known to have appeared in a range of days."""
    if first is None and last is None:
        return True
    begin, end = article.date.first, article.date.last
    return begin is not None and end is not None and (first or date.min) <= begin and end <= (last or date.max)


def ordered(articles: list[Article], sort: Sort) -> list[Article]:
    """Oldest or newest first (relevance counts as newest: no scores here), undated last, equal days by id."""
    sign = 1 if sort is Sort.OLDEST else -1
    by_day = [(a.date.first is None, sign * (a.date.first or date.min).toordinal(), a.id, a) for a in articles]
    return [article for *_, article in sorted(by_day, key=lambda row: row[:3])]

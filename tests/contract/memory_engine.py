"""The in-memory engine: the simplest engine that fulfils the contract, a linear scan. It is the oracle of the tests."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from fnmatch import fnmatchcase
from functools import partial
from itertools import chain, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

from archive.article import Article
from archive.copies.stories import NO_STORIES, STORIES, Stories
from archive.dating.dates_from_copies import dated_by_copies
from archive.dating.outliers import StatedYears
from archive.meanings.short_forms import SHORT_FORMS_FILE, ShortForms
from archive.press.boilerplate import BOILERPLATE, BoilerplateLine
from archive.press.boilerplate import load as load_boilerplate
from index.concordance import Concordance, Lines
from index.engine import EngineAnswer, GroupedArticle, IndexInfo, Match, NoIndex
from index.expansion.query_expansion import ExpansionContext, parse_and_expand
from index.facets import FACETS, Count, FacetCounts, facts, story_facts
from index.fact_matching import matches as fact_matches
from index.query.date_ranges import days
from index.query.request import Copies, Lead, Query, Sort
from index.query.subqueries import with_possible_dates
from index.query.tree import And, DateRange, Everything, Expanded, Node, Not, Or, Phrase, StoryMeasure, Wildcard, Word
from index.query.tree import StorySize as InSize
from index.storage import first_seen
from index.storage.former_addresses import FORMER_ADDRESSES, FormerAddresses
from index.trends import Interval, Series, Split, Tally, Trend, bin_of
from index.word_statistics import Collocates, CollocatesWanted, Keywords, KeywordsWanted, Similar, SimilarWanted
from index.words.stemming import stem, stem_of
from index.words.tokenizer import Token, is_all_caps
from tests.contract import plain_words
from tests.contract.plain_concordance import places_of, tokens_of

StorySize = tuple[int, int]  # versions and outlets


class MemoryEngine:
    """An engine that keeps articles and their stories in dictionaries."""

    def __init__(self) -> None:
        self.own: dict[str, Article] = {}  # with the dates of their own
        self.articles: dict[str, Article] = {}  # with what copies add to them
        self.stories: dict[str, str] = {}
        self.loose: dict[str, str] = {}
        self.sizes: dict[str, StorySize] = {}  # of stories
        self.built: datetime | None = None
        self.since: dict[str, int] = {}  # of every article that was ever here
        self.files: dict[str, bytes] = {}
        # What is made of the articles once; a build replaces them.
        self.words_of: dict[str, Article] | None = None
        self.words: MemoryVocabulary
        self.read_from: dict[str, Article] | None = None
        self.meant: ExpansionContext

    def snapshot(self) -> "MemoryEngine":
        self.info()
        return copy(self)  # a build replaces what it changes

    def info(self) -> IndexInfo:
        if self.built is None:
            raise NoIndex("there is no index; run: flask reindex")
        ids = ",".join(sorted(f"{a.id}:{a.digest}:{self.story(a)}:{self.group(a)}" for a in self.articles.values()))
        stories = {self.story(article) for article in self.articles.values()}
        return IndexInfo(f"{crc32(ids.encode()):x}", len(self.articles), len(stories), self.built)

    def get(self, article_id: str) -> GroupedArticle | None:
        self.info()
        article = self.articles.get(article_id)
        return None if article is None else GroupedArticle(article, self.story(article))

    def story_sizes(self, stories: Collection[str]) -> dict[str, StorySize]:
        return {self.story(one): self.size(one) for one in self.articles.values() if self.story(one) in stories}

    def says(self, article: Article, tree: Node) -> bool:
        return says(article, tree, self.size(article))

    def size(self, article: Article) -> StorySize:
        return self.sizes[self.story(article)]

    def facts_of(self, article: Article) -> dict[str, tuple[str, ...]]:
        return {**facts(article, self.story(article)), **story_facts(*self.size(article))}

    def first_seen(self, ids: Collection[str]) -> dict[str, datetime]:
        self.info()
        return {one: datetime.fromtimestamp(self.since[one], UTC) for one in ids if one in self.articles}

    def moved(self, former_id: str) -> str | None:
        self.info()
        with self._written(FORMER_ADDRESSES) as path:
            article_id = FormerAddresses.load(path).get(former_id)
        return article_id if article_id in self.articles else None

    def story(self, article: Article) -> str:
        return self.stories.get(article.id, article.id)

    def group(self, article: Article) -> str:
        return self.loose.get(article.id, self.story(article))

    def find(self, query: Query, facets: Collection[str] = tuple(FACETS)) -> EngineAnswer:
        info, tree = self.info(), parse_and_expand(query, self.meanings())
        said = [article for article in self.articles.values() if self.says(article, tree)]
        matching = [article for article in said if self._passes(article, query, frozenset())]
        counts = {
            name: self._counts(name, [a for a in said if self._passes(a, query, left_out)])
            for name, left_out in FACETS.items()
            if name in facets
        }
        folded = self._folded(matching, query)
        start = (query.page - 1) * query.size
        if query.after is not None:
            places = ["", *(group[0].id for group in folded)]
            if query.after not in places:
                raise KeyError(query.after)
            start = places.index(query.after)
        page = folded[start : start + query.size]
        more = query.after is not None and start + query.size < len(folded)
        last = page[-1][0].id if more else None
        matches = tuple(self._match(led(group, query.lead)) for group in page)
        stories = {self.story(article) for article in matching}
        left_out = self._perhaps(tree, query) - len(matching)
        return EngineAnswer(len(matching), len(stories), len(folded), matches, counts, info, tree, left_out, last)

    def trends(self, query: Query, by: Interval, split: Split | None = None) -> Trend:
        self.info()
        tree = parse_and_expand(query, self.meanings())
        said = [article for article in self.articles.values() if self.says(article, tree)]
        matching = [article for article in said if self._passes(article, query, frozenset())]
        left_out = self._perhaps(tree, query) - len(matching)
        undated = sum(bin_of(article.date, by) is None for article in matching)
        values = self._split(matching, by, split) if split else {}
        return Trend(self._tally(matching), self._over_time(matching, by), undated + left_out, values)

    def _split(self, articles: list[Article], by: Interval, split: Split) -> dict[str, Series]:
        held: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles:
            for value in set(self.facts_of(article)[split.facet]):
                held[value].append(article)
        first = sorted(held, key=lambda value: (-len(held[value]), value))[: split.most]
        return {value: Series(self._tally(held[value]), self._over_time(held[value], by)) for value in first}

    def _over_time(self, articles: list[Article], by: Interval) -> dict[str, Tally]:
        held: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles:
            if name := bin_of(article.date, by):
                held[name].append(article)
        return {name: self._tally(held[name]) for name in sorted(held)}

    def _tally(self, articles: list[Article]) -> Tally:
        stories = {self.story(article) for article in articles}
        outlets = {article.outlet for article in articles} - {None}
        return Tally(len(articles), len(stories), len(outlets), sum(article.words for article in articles))

    def walk(self, query: Query, *, texts: bool = True) -> Iterator[Match]:
        self.info()
        tree = parse_and_expand(query, self.meanings())
        matching = [a for a in self.articles.values() if self.says(a, tree) and self._passes(a, query, frozenset())]
        hits = (self._match(led(group, query.lead)) for group in self._folded(matching, query.sorted_by(Sort.OLDEST)))
        return hits if texts else (replace(hit, article=replace(hit.article, text="", passages=())) for hit in hits)

    def facts(self, query: Query, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        held = ((match.article.id, self.facts_of(match.article)) for match in self.walk(query))
        return ((one, *(next(iter(told[name]), "") for name in names)) for one, told in held)

    def digests(self) -> Iterator[tuple[str, str]]:
        self.info()
        return ((one, article.digest) for one, article in sorted(self.articles.items()))

    def _match(self, group: list[Article]) -> Match:
        return Match(group[0], 0.0, self.story(group[0]), tuple(copy.id for copy in group[1:]))

    def concordance(self, query: Query, wanted: Lines) -> Concordance:
        tree, matching = self._matching(query, once=wanted.stories_once)
        found = [line for article in matching for line in places_of(article, tree)]
        total, articles = len(found), len({line.place.article for line in found})
        if wanted.sample is not None:
            chosen = sorted(found, key=lambda line: line.sampled(wanted.seed))[: wanted.sample]
            found = [line for line in found if line in chosen]
        found.sort(key=lambda line: line.key(wanted.order))
        places = [line.place for line in found[wanted.first : wanted.first + wanted.size]]
        return Concordance(places, total, articles, len(found), tree)

    def collocates(self, query: Query, wanted: CollocatesWanted) -> Collocates:
        tree, matching = self._matching(query, once=wanted.stories_once)
        return plain_words.collocates(list(self.articles.values()), matching, tree, wanted)

    def keywords(self, query: Query, wanted: KeywordsWanted) -> Keywords:
        tree, matching = self._matching(query, once=False)
        every = list(self.articles.values())
        if wanted.against is not None:
            beside = self._matching(wanted.against, once=False)[1]
            either = {article.id for article in (*matching, *beside)}
            every = [article for article in every if article.id in either]
        return plain_words.keywords(every, matching, tree, wanted)

    def similar(self, wanted: SimilarWanted) -> list[Similar]:
        self.info()
        newest = ordered(list(self.articles.values()), Sort.NEWEST)
        return plain_words.similar(newest, self.story, wanted)

    def _matching(self, query: Query, *, once: bool) -> tuple[Node, list[Article]]:
        """The tree of a query, and the articles that match, oldest first; of a story only the first, if wanted."""
        self.info()
        tree = parse_and_expand(query, self.meanings())
        found = [a for a in self.articles.values() if self.says(a, tree) and self._passes(a, query, frozenset())]
        firsts = {self.story(article): article for article in reversed(ordered(found, Sort.OLDEST))}
        return tree, [a for a in ordered(found, Sort.OLDEST) if not once or firsts[self.story(a)] is a]

    def _sizes(self) -> Iterator[tuple[str, StorySize]]:
        versions: defaultdict[str, list[str | None]] = defaultdict(list)
        for article in self.articles.values():
            versions[self.story(article)].append(article.outlet)
        for story, outlets in versions.items():
            yield story, (len(outlets), len({*outlets} - {None}))

    def _dated(self, article: Article) -> Article:
        """An article with the date that the copies in its story imply."""
        copies = [other.date for other in self.own.values() if self.story(other) == self.story(article)]
        stated = [other.date.stated_day.toordinal() for other in self.own.values() if other.date.stated_day]
        return replace(article, date=StatedYears.of(stated).plausible(dated_by_copies(article.date, copies)))

    def _folded(self, articles: list[Article], query: Query) -> list[list[Article]]:
        """The hits of all pages, each with the articles folded into it."""
        groups: defaultdict[str, list[Article]] = defaultdict(list)
        for article in self._ordered(articles, query.sort):
            kinds = {Copies.FOLD: self.story(article), Copies.LOOSE: self.group(article), Copies.SHOW: article.id}
            groups[kinds[query.copies]].append(article)
        return list(groups.values())

    def _ordered(self, articles: list[Article], sort: Sort) -> list[Article]:
        found = ordered(articles, sort)
        if sort is Sort.INDEXED:
            return sorted(found, key=lambda article: -self.since[article.id])
        if sort is Sort.COPIES:
            return sorted(found, key=lambda article: -self.size(article)[0])
        if sort is Sort.OUTLETS:
            return sorted(found, key=lambda article: (-self.size(article)[1], -self.size(article)[0]))
        return found

    def _perhaps(self, tree: Node, query: Query) -> int:
        """How many articles match and pass all filters, as far as is known of their dates."""
        dated, rest, text = days(query.since, query.until), query.dated(None, None), with_possible_dates(tree)
        some = (article for article in self.articles.values() if self.says(article, text))
        return sum(self._passes(article, rest, frozenset()) and touches(article, *dated) for article in some)

    def _passes(self, article: Article, query: Query, left_out: frozenset[str]) -> bool:
        held = self.facts_of(article)
        chosen = all(set(held[f]) & set(values) for f, values in query.chosen.items() if f not in left_out)
        excluded = any(set(held[f]) & set(values) for f, values in query.excluded.items() if f not in left_out)
        return chosen and not excluded and within(article, *days(query.since, query.until))

    def _counts(self, name: str, articles: list[Article]) -> FacetCounts:
        held: defaultdict[str, list[str]] = defaultdict(list)
        for article in articles:
            for value in self.facts_of(article)[name]:
                held[value].append(self.story(article))
        without = [self.story(article) for article in articles if not self.facts_of(article)[name]]
        counts = {value: Count(len(stories), len(set(stories))) for value, stories in held.items()}
        return FacetCounts(counts, Count(len(without), len(set(without))))

    def vocabulary(self) -> "MemoryVocabulary":
        self.info()
        if self.words_of is not self.articles:
            self.words_of, self.words = self.articles, MemoryVocabulary(self.articles.values())
        return self.words

    def short_forms(self) -> ShortForms:
        self.info()
        with self._written(SHORT_FORMS_FILE) as path:
            return ShortForms.load(path)

    def boilerplate(self) -> list[BoilerplateLine]:
        self.info()
        with self._written(BOILERPLATE) as path:
            return load_boilerplate(path)

    def relatives(self) -> Stories:
        self.info()
        with self._written(STORIES) as path:
            return Stories.load(path) if path.exists() else NO_STORIES

    @contextmanager
    def _written(self, name: str) -> Iterator[Path]:
        """A companion file of the last build, if it wrote one."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            if name in self.files:
                path.write_bytes(self.files[name])
            yield path

    def meanings(self) -> ExpansionContext:
        if self.read_from is not self.articles:
            self.read_from, self.meant = (
                self.articles,
                ExpansionContext(self.short_forms(), self.vocabulary(), partial(fact_values, self.articles)),
            )
        return self.meant

    def check(self) -> Iterator[str]:
        self.info()
        return iter(())

    @contextmanager
    def build(self, *, fresh: bool = False) -> Iterator["MemoryBuild"]:
        with TemporaryDirectory() as folder:
            build = MemoryBuild(self, Path(folder), fresh=fresh)
            yield build
            if build.changed:
                self.own, self.built = build.held, datetime.now(UTC)
                self.stories, self.loose = dict(build.stories), dict(build.loose)
                self.since = dict.fromkeys(self.own, build.begun) | self.since
                self.articles = {article.id: self._dated(article) for article in self.own.values()}
                self.sizes = dict(self._sizes())
                self.files = {file.name: file.read_bytes() for file in Path(folder).iterdir() if file.is_file()}


class MemoryVocabulary:
    """The vocabulary of some articles, searched by a linear scan."""

    def __init__(self, articles: Iterable[Article]) -> None:
        articles = list(articles)
        self._capitals = Counter(
            chain.from_iterable(
                set(chain.from_iterable(map(forms_in_capitals, written(article, None)))) for article in articles
            )
        )
        self._titles = [[token.form for token in tokens_of(article.title)] for article in articles]
        stretches = [[[token.form for token in words] for words in texts(article, None)] for article in articles]
        self._stems = Counter(chain.from_iterable(map(plain_words.stems_of, articles)))
        self._texts = list(chain.from_iterable(stretches))
        self._counts = Counter(chain.from_iterable(set(chain.from_iterable(of_one)) for of_one in stretches))

    def articles(self, form: str) -> int:
        return self._counts[form]

    def forms(self, stem_: str) -> Sequence[tuple[str, int]]:
        return self._those(lambda form: stem(form) == stem_)

    def starting(self, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        return self._those(lambda form: form.startswith(beginning))[:most]

    def near(self, form: str, most: int) -> Sequence[tuple[str, int]]:
        return self._those(lambda other: is_one_edit(form, other))[:most]

    def articles_in_capitals(self, form: str) -> int:
        return self._capitals[form]

    def articles_with_stem(self, stem_: str) -> int:
        return self._stems[stem_]

    def occurrences(self, forms: Sequence[str]) -> int:
        wanted = list(forms)
        return sum(words[start : start + len(wanted)] == wanted for words in self._texts for start in range(len(words)))

    def following(self, form: str, beginning: str, most: int) -> Sequence[tuple[str, int]]:
        pairs = (pair for title in self._titles for pair in pairwise(title))
        found = Counter(second for first, second in pairs if first == form and second.startswith(beginning))
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].encode()))[:most]

    def size(self) -> int:
        return sum(map(len, self._texts))

    def _those(self, wanted: Callable[[str], bool]) -> Sequence[tuple[str, int]]:
        found = ((form, count) for form, count in self._counts.items() if wanted(form))
        return sorted(found, key=lambda pair: (-pair[1], pair[0].encode()))


def is_one_edit(form: str, other: str) -> bool:
    """Whether deleting, inserting or substituting one letter, or swapping two adjacent ones, gives the other form."""
    if form == other:
        return False
    same = next((place for place, pair in enumerate(zip(form, other, strict=False)) if pair[0] != pair[1]), None)
    start = min(len(form), len(other)) if same is None else same
    one, two = form[start:], other[start:]
    if one[2:] == two[2:] and one[:2] == two[:2][::-1] and len(one) > 1:
        return True
    added = two[:1].isascii() and two[:1].isalpha()
    return one[1:] == two or (added and (one == two[1:] or one[1:] == two[1:]))


class MemoryBuild:
    """The next state of a memory engine, which replaces its state when the block is left."""

    def __init__(self, engine: MemoryEngine, folder: Path, *, fresh: bool) -> None:
        self.held = {} if fresh else dict(engine.own)
        self.stories: Mapping[str, str] = {} if fresh else engine.stories
        self.loose: Mapping[str, str] = {} if fresh else engine.loose
        self.digests: Mapping[str, str] = {article.id: article.digest for article in self.held.values()}
        self.changed, self.begun = False, first_seen.now()
        self.discarded, self.known_texts = "", None
        self.published: Mapping[str, Article] = dict(engine.own)
        self._began = dict(self.held)
        self._added: set[str] = set()
        self._folder = folder
        self._published = folder / "published" if engine.built is not None else None
        for to, files in ((folder, {} if fresh else engine.files), (self._published, engine.files)):
            if to is not None:
                to.mkdir(exist_ok=True)
                for name, content in files.items():
                    (to / name).write_bytes(content)

    @property
    def preparation(self) -> Callable[[Sequence[Article]], list[Article]]:
        return list

    def add_prepared(self, prepared: list[Article]) -> None:
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

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
        return iter([self._began[article_id].paragraphs for article_id in ids])

    def finish_articles(self) -> None:
        """Do nothing, since nothing is written to disk."""

    def set_stories(self, stories: Mapping[str, str], loose: Mapping[str, str] | None = None) -> None:
        self.stories, self.loose = stories, loose or {}
        self.changed = True

    def companion_file(self, name: str) -> Path:
        return self._folder / name

    def published_file(self, name: str) -> Path | None:
        return self._published and self._published / name

    def publish_file(self, name: str) -> None:
        """Do nothing, since all files are in one folder."""


def fact_values(articles: Mapping[str, Article], field: str) -> list[str]:
    """All values of a fact."""
    return sorted({value for article in articles.values() for value in facts(article, "")[field]})


def says(article: Article, node: Node, size: StorySize = (1, 1)) -> bool:
    """Whether an article whose story has this size matches a query tree."""
    match node:
        case Expanded(asked, also):
            return any(says(article, part, size) for part in (asked, *(other.leaf for other in also)))
        case And(parts):
            return all(says(article, part, size) for part in parts)
        case Or(parts):
            return any(says(article, part, size) for part in parts)
        case Not(part):
            return not says(article, part, size)
        case DateRange() | InSize() | Everything():
            return lies_in(article, node, size)
        case _:
            return says_leaf(article, node)


def lies_in(article: Article, node: DateRange | InSize | Everything, size: StorySize) -> bool:
    """Whether the date of an article, or the size of its story, lies in a range."""
    match node:
        case DateRange(first, last, possibly=possibly):
            return within(article, first, last) or (possibly and touches(article, first, last))
        case InSize(measure, least, most):
            count = size[measure is StoryMeasure.OUTLETS]
            return (least or 0) <= count <= (count if most is None else most)
    return True


def says_leaf(article: Article, node: Word | Phrase | Wildcard) -> bool:
    """Whether an article, or the field of it that a leaf searches, matches the leaf."""
    if node.field not in {None, "title"}:
        return any(fact_matches(node, value) for value in facts(article, "")[str(node.field)])
    if isinstance(node, Word) and node.capitals:
        return any(node.form == form for text in written(article, node.field) for form in forms_in_capitals(text))
    return any(holds(words, node) for words in texts(article, node.field))


def forms_in_capitals(text: str) -> set[str]:
    """The words of a text that are in all caps."""
    return {token.form for token in tokens_of(text) if is_all_caps(text[token.start : token.end])}


def written(article: Article, field: str | None) -> list[str]:
    """The texts of a field: the title, the paragraphs, or both."""
    body = [] if field == "title" else article.paragraphs
    return [*([] if article.title_derived and not field else [article.title]), *body]


def texts(article: Article, field: str | None) -> list[Sequence[Token]]:
    """The token sequences that a phrase can match in: the title, and the whole text."""
    title = tokens_of(article.title)
    if field == "title":
        return [title]
    body = [token for paragraph in article.paragraphs for token in tokens_of(paragraph)]
    return [body] if article.title_derived else [title, body]


def holds(words: Sequence[Token], leaf: Word | Phrase | Wildcard) -> bool:
    """Whether a token sequence matches a leaf."""
    match leaf:
        case Word(form, without=()):
            return stem(form) in {stem_of(token.form, token.unit) for token in words}
        case Word(form, without=without):
            return stem(form) in {stem(token.form) for token in words if token.form not in without}
        case Wildcard(pattern):
            return any(fnmatchcase(token.form, pattern) for token in words)
        case Phrase(forms, _, distance, ordered=False):
            said = [token.form for token in words]
            windows = (said[start : start + distance + 1] for start in range(len(said)))
            return any(not Counter(forms) - Counter(window) for window in windows)
        case Phrase(forms, _, slop):
            reached = {place for place, token in enumerate(words) if token.form == forms[0]}
            for form in forms[1:]:
                near = {place + step for place in reached for step in range(1, slop + 1)}
                reached = {place for place in near if place < len(words) and words[place].form == form}
            return bool(reached)


def within(article: Article, first: date | None, last: date | None) -> bool:
    """Whether an article is known to have appeared within a date range."""
    if first is None and last is None:
        return True
    begin, end = article.date.first, article.date.last
    return begin is not None and end is not None and (first or date.min) <= begin and end <= (last or date.max)


def touches(article: Article, first: date | None, last: date | None) -> bool:
    """Whether an article may have appeared within a date range, as far as is known."""
    begin, end = article.date.first, article.date.last
    return begin is None or end is None or ((first or date.min) <= end and begin <= (last or date.max))


def led(group: list[Article], lead: Lead) -> list[Article]:
    """The articles of a hit, with its lead article first."""
    first = group[0]
    if lead is Lead.EARLIEST:
        first = min(group, key=known_by)
    if lead is Lead.LONGEST:
        first = max(group, key=lambda article: article.words)
    return [first, *(article for article in group if article is not first)]


def known_by(article: Article) -> tuple[bool, bool, date, date, str]:
    """A sort key: the day by which an article is known to have appeared, disputed days later, undated articles last."""
    day = article.date
    return day.last is None, day.disputed, day.last or date.min, day.first or date.min, article.id


def ordered(articles: list[Article], sort: Sort) -> list[Article]:
    """Sort oldest or newest first, undated last, ties by id. There are no scores, so relevance means newest."""
    sign = 1 if sort is Sort.OLDEST else -1
    by_day = [(a.date.first is None, sign * (a.date.first or date.min).toordinal(), a.id, a) for a in articles]
    return [article for *_, article in sorted(by_day, key=lambda row: row[:3])]

"""Lines in context, words around places, and keywords, from the texts of all articles of an answer.

The server cannot tell positions of many articles at once, so the texts are read: exactly, and of a stated number of
articles at most.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple, Protocol

import numpy as np

from archive.article import Article
from index import association
from index.association import DIGITS, ContingencyTable
from index.concordance import (
    MOST_PLACES,
    WORDS_COMPARED,
    Concordance,
    LineOrder,
    Lines,
    Place,
    TooManyPlaces,
    article_key,
    sampling_key,
)
from index.opensearch.querying.places import TokenizedArticle, places
from index.opensearch.vocabulary import ClusterVocabulary
from index.query.leaves import text_leaves
from index.query.tree import Node
from index.word_statistics import (
    Choice,
    Collocates,
    CollocatesWanted,
    Keywords,
    KeywordsWanted,
    Sizes,
    WordCount,
    WordKind,
)
from index.words.stemming import stem, stem_of

MOST_ARTICLES: Final = 20_000  # whose texts are read for one question: some ten seconds
BEYOND: Final = b"\xff"  # after every word
LAST_OUTLET: Final = "\U0010ffff"


class _Line(NamedTuple):
    place: Place
    key: tuple[bytes, ...]
    sample: int


def concordance(articles: Iterable[Article], tree: Node, wanted: Lines) -> Concordance:
    """The wanted lines of some articles, which come oldest first."""
    leaves = list(text_leaves(tree))
    found: list[_Line] = []
    for article in articles:
        held = TokenizedArticle(article)
        found += _lines(held, places(held, leaves), wanted)
        if len(found) > MOST_PLACES:
            raise TooManyPlaces(len(found))
    total, of = len(found), len({line.place.article for line in found})
    if wanted.sample is not None and len(found) > wanted.sample:
        chosen = sorted(range(len(found)), key=lambda at: found[at].sample)[: wanted.sample]
        found = [found[at] for at in sorted(chosen)]
    found.sort(key=lambda line: line.key)
    shown = [line.place for line in found[wanted.first : wanted.first + wanted.size]]
    return Concordance(shown, total, of, len(found), tree)


def _lines(article: TokenizedArticle, found: Sequence[tuple[bool, tuple[int, int]]], wanted: Lines) -> Iterator[_Line]:
    key = article_key(article.article.id) if found else 0
    for in_title, (begin, end) in found:
        words = (article.title if in_title else article.body).forms
        sample = sampling_key(key, begin, int(in_title), wanted.seed)
        place = Place(article.article.id, in_title, begin, end - begin)
        yield _Line(place, _order(wanted.order, words, (begin, end), article.article.outlet), sample)


def _order(order: LineOrder, words: Sequence[str], place: tuple[int, int], outlet: str | None) -> tuple[bytes, ...]:
    begin, end = place
    match order:
        case LineOrder.OUTLET:
            return ((outlet or LAST_OUTLET).encode(),)
        case LineOrder.HIT:
            return tuple(word.encode() for word in words[begin:end][:WORDS_COMPARED])
        case LineOrder.RIGHT:
            context = words[end : end + WORDS_COMPARED]
        case LineOrder.LEFT:
            context = words[max(0, begin - WORDS_COMPARED) : begin][::-1]
        case _:
            return ()
    told = [word.encode() for word in context]
    return (*told, *([BEYOND] * (WORDS_COMPARED - len(told))))


@dataclass(slots=True)
class _Where:
    """Where a word is: in which articles, outlets and months."""

    articles: set[str] = field(default_factory=set)
    outlets: set[str] = field(default_factory=set)
    months: set[str] = field(default_factory=set)

    def add(self, article: Article) -> None:
        self.articles.add(article.id)
        if article.outlet is not None:
            self.outlets.add(article.outlet)
        if (day := article.date.value) and len(day) >= len("2018-05"):
            self.months.add(day[:7])


class _Found(NamedTuple):
    """Counts here, differences of the counts of the whole archive, and where each word is."""

    here: "Counter[str]"
    overall: "Counter[str]"
    where: Mapping[str, _Where]


def collocates(
    articles: Iterable[Article], tree: Node, wanted: CollocatesWanted, vocabulary: ClusterVocabulary
) -> Collocates:
    """The words around the places of a query in some articles."""
    leaves, hits = list(text_leaves(tree)), 0
    found = _Found(Counter(), Counter(), defaultdict(_Where))
    for article in articles:
        held = TokenizedArticle(article)
        hits += _count_around(held, places(held, leaves), wanted, found)
    size = vocabulary.size() + found.overall.total()
    occurring = _occurrences(vocabulary, wanted.by)
    overall = {word: occurring(word) + found.overall[word] for word in found.here}
    best = _best(found.here, overall, Sizes(found.here.total(), size, hits), wanted.choice)
    return Collocates(_counted(best, overall, found), hits, found.here.total(), size, tree)


def _occurrences(vocabulary: ClusterVocabulary, by: WordKind) -> Callable[[str], int]:
    if by is WordKind.FORM:
        return lambda word: vocabulary.occurrences([word])
    return lambda word: sum(vocabulary.occurrences([form]) for form, _ in vocabulary.forms(word))


def _count_around(
    article: TokenizedArticle, found: Sequence[tuple[bool, tuple[int, int]]], wanted: CollocatesWanted, into: _Found
) -> int:
    """Count the words around the places of an article; return how many places there are."""
    named = stem if wanted.by is WordKind.STEM else str
    for in_title, text in ((True, article.title), (False, article.body)):
        stretches = [stretch for title, stretch in found if title is in_title]
        if not stretches:
            continue
        words = text.forms
        if in_title and article.article.title_derived:
            into.overall.update(map(named, words))
        covered = {at for begin, end in stretches for at in range(begin, end)}
        near = {at for begin, end in stretches for at in range(begin - wanted.window, end + wanted.window)}
        into.overall.subtract(named(words[at]) for at in covered)
        for at in near - covered:
            if 0 <= at < len(words):
                word = named(words[at])
                into.here[word] += 1
                into.where[word].add(article.article)
    return len(found)


class Stems(Protocol):
    """The articles that others are told from: how many there are, and how many of them have a stem."""

    @property
    def size(self) -> int:
        """The number of articles."""
        ...

    def having(self, stem: str) -> int:
        """The number of articles with a stem."""
        ...


@dataclass(frozen=True, slots=True)
class ArchiveStems:
    """All articles of an archive."""

    vocabulary: ClusterVocabulary
    size: int

    def having(self, stem: str) -> int:
        """See `Stems.having`."""
        return self.vocabulary.articles_with_stem(stem)


@dataclass(frozen=True, slots=True)
class CountedStems:
    """Some articles."""

    counts: "Counter[str]"
    size: int

    def having(self, stem: str) -> int:
        """See `Stems.having`."""
        return self.counts[stem]


def stems_of(articles: Collection[Article]) -> CountedStems:
    """The stems of some articles."""
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update(_stems(TokenizedArticle(article)))
    return CountedStems(counts, len(articles))


def keywords(articles: Iterable[Article], tree: Node, wanted: KeywordsWanted, around: Stems) -> Keywords:
    """The stems that set some articles apart from all those around them."""
    found, number = _Found(Counter(), Counter(), defaultdict(_Where)), 0
    for article in articles:
        number += 1
        for word in _stems(TokenizedArticle(article)):
            found.here[word] += 1
            found.where[word].add(article)
    overall = {word: around.having(word) for word in found.here}
    best = _best(found.here, overall, Sizes(number, around.size, number), wanted.choice)
    return Keywords(_counted(best, overall, found), number, around.size, tree)


def _stems(article: TokenizedArticle) -> set[str]:
    return {stem_of(form, unit) for _, text in article.searched(None) for form, unit in text.parts}


def _best(here: Mapping[str, int], overall: Mapping[str, int], sizes: Sizes, choice: Choice) -> list[str]:
    """The chosen words, the best first, ties by count, then by the word; none is as rare here as is expected."""
    able = [
        word
        for word, count in here.items()
        if count >= choice.least and word not in choice.without and count * sizes.whole > sizes.here * overall[word]
    ]
    if not able:
        return []
    counts, everywhere = np.array([here[word] for word in able]), np.array([overall[word] for word in able])
    table = ContingencyTable(counts, sizes.here, everywhere, sizes.whole)
    values = np.round(association.value(choice.measure, table, sizes.places), DIGITS).tolist()
    ordered = sorted(zip(able, values, strict=True), key=lambda pair: (-pair[1], -here[pair[0]], pair[0].encode()))
    return [word for word, _ in ordered[: choice.most]]


def _counted(words: Sequence[str], overall: Mapping[str, int], found: _Found) -> tuple[WordCount, ...]:
    return tuple(
        WordCount(word, found.here[word], overall[word], len(where.articles), len(where.outlets), len(where.months))
        for word in words
        for where in (found.where[word],)
    )

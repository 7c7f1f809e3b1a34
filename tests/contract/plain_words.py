"""The plainest reading of word counts: windows walked word by word, and sets of stems of each article."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from archive.article import Article
from index import association
from index.association import DIGITS, ContingencyTable
from index.query.tree import Node
from index.ranking import K1, B, idf
from index.word_statistics import (
    Choice,
    Collocates,
    CollocatesWanted,
    Keywords,
    KeywordsWanted,
    Similar,
    SimilarWanted,
    Sizes,
    WordCount,
    WordKind,
)
from index.words.stemming import stem, stem_of
from tests.contract.plain_concordance import places_of, tokens_of

Where = dict[str, list[Article]]


def texts_of(article: Article) -> list[list[str]]:
    """The words of the title, none of a derived one, and of the text."""
    return [
        [] if article.title_derived else _title(article),
        [token.form for part in article.paragraphs for token in tokens_of(part)],
    ]


def _title(article: Article) -> list[str]:
    return [token.form for token in tokens_of(article.title)]


def collocates(
    archive: Iterable[Article], matching: Iterable[Article], tree: Node, wanted: CollocatesWanted
) -> Collocates:
    """The words around the places of a query."""
    named = stem if wanted.by is WordKind.STEM else str
    overall = Counter(named(word) for article in archive for words in texts_of(article) for word in words)
    here, hits, where = Counter[str](), 0, defaultdict[str, list[Article]](list)
    for article in matching:
        lines = [line.place for line in places_of(article, tree)]
        texts = texts_of(article)
        if article.title_derived and any(line.in_title for line in lines):
            texts[0] = _title(article)
            overall.update(map(named, texts[0]))
        for part, words in enumerate(texts):
            places = [(line.word, line.word + line.words) for line in lines if line.in_title is (part == 0)]
            hits += len(places)
            covered = {at for begin, end in places for at in range(begin, end)}
            beside = {at for begin, end in places for at in range(begin - wanted.window, end + wanted.window)}
            overall.subtract(named(words[at]) for at in covered)
            for at in sorted(beside - covered):
                if 0 <= at < len(words):
                    here[named(words[at])] += 1
                    where[named(words[at])].append(article)
    inside, whole = here.total(), overall.total()
    scored = _best(here, overall, Sizes(inside, whole, hits), wanted.choice)
    return Collocates(_counted(scored[: wanted.most], here, overall, where), hits, inside, whole, tree)


def keywords(archive: Iterable[Article], matching: Sequence[Article], tree: Node, wanted: KeywordsWanted) -> Keywords:
    """The stems that set some articles apart."""
    every = list(archive)
    overall = Counter(stem_ for article in every for stem_ in stems_of(article))
    where = defaultdict[str, list[Article]](list)
    for article in matching:
        for stem_ in stems_of(article):
            where[stem_].append(article)
    here = Counter({stem_: len(articles) for stem_, articles in where.items()})
    scored = _best(here, overall, Sizes(len(matching), len(every), len(matching)), wanted.choice)
    return Keywords(_counted(scored[: wanted.most], here, overall, where), len(matching), len(every), tree)


def stems_of(article: Article) -> set[str]:
    """The stems of an article."""
    return set(_stems(article))


def _stems(article: Article) -> Iterator[str]:
    parts = [*([] if article.title_derived else [article.title]), *article.paragraphs]
    return (stem_of(token.form, token.unit) for part in parts for token in tokens_of(part))


def similar(archive: Sequence[Article], story: Callable[[Article], str], wanted: SimilarWanted) -> list[Similar]:
    """The articles that share some stems, scored one by one; of equal ones the first."""
    stems = {article.id: Counter(_stems(article)) for article in archive}
    average = sum(counted.total() for counted in stems.values()) / max(len(archive), 1)
    having = Counter(stem for counted in stems.values() for stem in counted)
    scored: list[tuple[float, str, Similar]] = []
    for article in archive:
        counted = stems[article.id]
        norm = K1 * (1 - B + B * counted.total() / (average or 1))
        score = sum(idf(len(archive), having[s]) * counted[s] / (counted[s] + norm) for s in wanted.stems if counted[s])
        shared = tuple(s for s in wanted.stems if counted[s])
        if len(shared) >= max(wanted.least, 1) and story(article) != wanted.without:
            scored.append((score, story(article), Similar(article.id, shared)))
    best: dict[str, Similar] = {}
    for _, of, found in sorted(scored, key=lambda told: -told[0]):
        best.setdefault(of, found)
    return list(best.values())[: wanted.most]


def _best(
    here: Counter[str],
    overall: Counter[str],
    sizes: Sizes,
    choice: Choice,
) -> list[str]:
    (inside, whole, hits), (measure, least, _, without) = sizes, choice
    able = [
        word
        for word, count in here.items()
        if count >= least and word not in without and count * whole > inside * overall[word]
    ]
    tables = {word: ContingencyTable(here[word], inside, overall[word], whole) for word in able}
    values = {word: round(float(association.value(measure, table, hits)), DIGITS) for word, table in tables.items()}
    return sorted(able, key=lambda word: (-values[word], -here[word], word.encode()))


def _counted(words: list[str], here: Counter[str], overall: Counter[str], where: Where) -> tuple[WordCount, ...]:
    return tuple(
        WordCount(
            word,
            here[word],
            overall[word],
            len({article.id for article in where[word]}),
            len({article.outlet for article in where[word]} - {None}),
            len({(article.date.value or "")[:7] for article in where[word] if len(article.date.value or "") >= 7}),
        )
        for word in words
    )

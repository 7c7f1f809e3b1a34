"""The engine of the app. Pages and API query it through these functions, so both give the same answers.

A request or command asks `reader`, which holds what was published at its first question. So its content, index id,
ETag and citations belong together, whatever is published meanwhile.
"""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from flask import Flask, current_app, g

from archive.article import Article
from archive.meanings.synonyms import synonyms
from index.answers.bounded_facts import bounded
from index.answers.expansion_evidence import Evidence, evidence
from index.answers.expansion_report import Expansion
from index.answers.search import Results, search
from index.answers.zero_results import Explanation, explain
from index.engine import Engine, EngineAnswer, EngineError, IndexInfo, Reader
from index.opening import open_engine
from index.query.request import MAX_PAGE_SIZE, Copies, Query, Sort
from index.trends import Interval, Tally
from index.words.families import relations

GC_THRESHOLD = 20_000  # objects; rendering a page creates about 3,500, which are freed once it is sent
MOST_VERSIONS = 500  # versions of a story that are read; a daily text may have tens of thousands
MOST_READ = 10_000_000  # characters of all versions that are read: some hundred milliseconds
EVIDENCE_KEPT = 1_000  # expansions whose evidence stays in memory, half a kilobyte each
ENGINE = "kliping.engine"  # the key in app.extensions of the engine, set once it is open
MADE = "kliping.made"  # the key in app.extensions of an index and what was made from it once
_HELD = "kliping_reader"  # the name in flask.g of what the current request reads

Made = TypeVar("Made")


def register(app: Flask) -> None:
    """Let each request begin and end with a reader of its own, even where requests share an application context."""
    app.before_request(_release)
    app.teardown_request(lambda _: _release())


def _release() -> None:
    g.pop(_HELD, None)


def reader() -> Reader:
    """Return what this request or command asks: the index that was published at its first question."""
    held: Reader | None = g.get(_HELD)
    if held is None:
        held = engine().snapshot()
        setattr(g, _HELD, held)
    return held


def index_of_request() -> str | None:
    """Return the id of the index that this request has asked; None if it has asked none."""
    held: Reader | None = g.get(_HELD)
    return None if held is None else held.info().id


def engine() -> Engine:
    """Return the engine of the app, for builds; it is opened on first use, not by commands that need none."""
    extensions = current_app.extensions
    if ENGINE not in extensions:
        extensions[ENGINE] = open_engine(current_app.config["KLIPING_INDEX"])
        _collect_garbage_less_often()
    opened: Engine = extensions[ENGINE]
    return opened


def _collect_garbage_less_often() -> None:
    """Restrict garbage collection to new objects, and run it less often than the default of five times a page.

    Objects in memory when the engine is opened stay there, and the objects of a page are rarely part of a reference
    cycle. Scanning all of them took a twentieth of the time and delayed some pages by 60 ms.
    """
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)


def answer(query: Query, *, facets: bool = True) -> Results:
    """Run a query; one without text has no relevance to sort by, so it is sorted newest first."""
    results = search(reader(), _ordered(query), facets=facets)
    g.articles_found = results.articles  # for the log of requests
    return results


def matches(query: Query) -> EngineAnswer:
    """Run a query for its matches alone, in the same order, without facets and snippets."""
    found = reader().find(_ordered(query), facets=())
    g.articles_found = found.articles
    return found


def _ordered(query: Query) -> Query:
    if query.sort is Sort.RELEVANCE and not query.text.strip():
        return replace(query, sort=Sort.NEWEST)
    return query


def once_per_index(name: str, make: Callable[[], Made]) -> Made:
    """Return a value made from the published index. It is made again only after the next publication."""
    index = reader().info()
    kept: tuple[IndexInfo, dict[str, Any]] | None = current_app.extensions.get(MADE)
    if kept is None or kept[0] != index:
        kept = current_app.extensions[MADE] = (index, {})
    if name not in kept[1]:
        kept[1][name] = make()
    made: Made = kept[1][name]
    return made


def published_index() -> IndexInfo | None:
    """Return the index that this request reads; None if there is none that answers."""
    try:
        return reader().info()
    except EngineError:
        return None


def answer_tag(index_id: str) -> str:
    """Return what an answer is made from, for its ETag: the index, the word families and the keeper's synonyms."""
    return "+".join(filter(None, (index_id, relations.version(), synonyms().version)))


def archive_counts(by: Interval) -> Mapping[str, Tally]:
    """Count the whole archive by day, month or year."""
    return once_per_index(f"counts by {by}", lambda: reader().trends(Query(), by).bins)


def expansion_evidence(one: Expansion) -> Evidence:
    """Return the evidence of an expansion, which takes a short query once for each published index."""
    kept: dict[Expansion, Evidence] = once_per_index("evidence", dict)
    found = kept.get(one)
    if found is None:
        found = evidence(reader(), one)
        if len(kept) >= EVIDENCE_KEPT:
            kept.clear()
        kept[one] = found
    return found


def zero_results_help(results: Results) -> Explanation:
    """Explain an answer: a spelling correction, and the contents of a zero-results page if nothing was found."""
    return explain(reader(), results)


@dataclass(frozen=True, slots=True)
class StoryArticles:
    """The articles of a story, sorted by the last day each can be from, and the number of all that there are."""

    articles: tuple[Article, ...]
    total: int


def story_articles(story: str, wanted: tuple[str, ...] = ()) -> StoryArticles:
    """Return the articles of a story, none if there is no such story; of a very large story the oldest.

    An article dated only to a month may be from its last day, so it follows the articles known to be from earlier days.
    Articles without a date come last. Those whose ids are `wanted` are always there.
    """
    oldest, total = _oldest(story)
    articles = {article.id: article for article in oldest}
    for article_id in wanted:
        held = None if article_id in articles else reader().get(article_id)
        if held is not None and held.story == story:
            articles[article_id] = held.article
    known = sorted(articles.values(), key=lambda article: article.date.last or date.max)
    return StoryArticles(tuple(map(bounded, known)), total)


def _oldest(story: str) -> tuple[list[Article], int]:
    """Return the first articles of a story in the engine's order, as many as may be read, and the number of all."""
    one = Query(chosen={"story": (story,)}, copies=Copies.SHOW, sort=Sort.OLDEST, size=MAX_PAGE_SIZE)
    articles: list[Article] = []
    read = 0
    while True:
        found = reader().find(one.at(len(articles) // MAX_PAGE_SIZE + 1), facets=())
        for match in found.matches:
            articles.append(match.article)
            read += len(match.article.text)
            if len(articles) == MOST_VERSIONS or read > MOST_READ:
                return articles, found.articles
        if not found.matches or len(articles) >= found.articles:
            return articles, found.articles

"""The engine of the app. Pages and API query it through these functions, so both give the same answers.

A request or command asks `reader`, which holds what was published at its first question. So its content, index id,
ETag and citations belong together, whatever is published meanwhile.
"""

import gc
from dataclasses import replace
from datetime import date
from itertools import count

from flask import Flask, current_app, g

from index.answers.search import Results, search
from index.answers.zero_results import Explanation, explain
from index.engine import Engine, Match, Reader
from index.opening import open_engine
from index.query.request import MAX_PAGE_SIZE, Copies, Query, Sort

GC_THRESHOLD = 20_000  # objects; rendering a page creates about 3,500, which are freed once it is sent
ENGINE = "kliping.engine"  # the key in app.extensions of the engine, set once it is open
_HELD = "kliping_reader"  # the name in flask.g of what the current request reads


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


def asked_index() -> str | None:
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


def answer(query: Query) -> Results:
    """Run a query; one without text has no relevance to sort by, so it is sorted newest first."""
    if query.sort is Sort.RELEVANCE and not query.text.strip():
        query = replace(query, sort=Sort.NEWEST)
    results = search(reader(), query)
    g.articles_found = results.articles  # for the log of requests
    return results


def zero_results_help(results: Results) -> Explanation:
    """Explain an answer: a spelling correction, and the contents of a zero-results page if nothing was found."""
    return explain(reader(), results)


def story_matches(story: str) -> tuple[Match, ...]:
    """Return all articles of a story, sorted by the last day each can be from; empty if there is no such story.

    An article dated only to a month may be from its last day, so it follows the articles known to be from earlier days.
    Articles without a date come last.
    """
    one = Query(chosen={"story": (story,)}, copies=Copies.SHOW, sort=Sort.OLDEST, size=MAX_PAGE_SIZE)
    matches: list[Match] = []
    for page in count(1):
        found = reader().find(one.at(page), facets=())
        matches += found.matches
        if not found.matches or len(matches) >= found.articles:
            break
    return tuple(sorted(matches, key=lambda match: match.article.date.last or date.max))

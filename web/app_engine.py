"""The engine of the app. Pages and API query it through these functions, so both give the same answers."""

import gc
from dataclasses import replace
from datetime import date
from itertools import count

from flask import current_app

from index.answers.search import Results, search
from index.answers.zero_results import Explanation, explain
from index.engine import Engine, Match
from index.opening import open_engine
from index.query.request import MAX_PAGE_SIZE, Copies, Query, Sort

GC_THRESHOLD = 20_000  # objects; rendering a page creates about 3,500, which are freed once it is sent
ENGINE = "kliping.engine"  # the key in app.extensions of the engine, set once it is open


def engine() -> Engine:
    """Return the engine of the app; it is opened on first use, so commands that need none do not open it."""
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
    return search(engine(), query)


def zero_results_help(results: Results) -> Explanation:
    """Explain an answer: a spelling correction, and the contents of a zero-results page if nothing was found."""
    return explain(engine(), results)


def story_matches(story: str) -> tuple[Match, ...]:
    """Return all articles of a story, sorted by the last day each can be from; empty if there is no such story.

    An article dated only to a month may be from its last day, so it follows the articles known to be from earlier days.
    Articles without a date come last.
    """
    one = Query(chosen={"story": (story,)}, copies=Copies.SHOW, sort=Sort.OLDEST, size=MAX_PAGE_SIZE)
    matches: list[Match] = []
    for page in count(1):
        found = engine().find(one.at(page), facets=())
        matches += found.matches
        if not found.matches or len(matches) >= found.articles:
            break
    return tuple(sorted(matches, key=lambda match: match.article.date.last or date.max))

"""Asking the engine: what pages and API have in common, so that both give the same answer."""

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

VALUES_BETWEEN_COLLECTIONS = 20_000  # while a page is made there are some 3,500, which are gone when it is sent
ENGINE = "kliping.engine"  # the app's extension that holds the engine once it is open


def engine() -> Engine:
    """The engine of this app, opened when first asked for, so that commands which need none open none."""
    extensions = current_app.extensions
    if ENGINE not in extensions:
        extensions[ENGINE] = open_engine(current_app.config["KLIPING_INDEX"])
        _collect_seldom()
    opened: Engine = extensions[ENGINE]
    return opened


def _collect_seldom() -> None:
    """Look for cycles among new values alone, and not five times a page.

    What is in memory when the engine is opened stays there, and what a page is made of is hardly ever in a cycle:
    looking through all of it took a twentieth of the time, and held up some pages by 60 ms.
    """
    gc.freeze()
    gc.set_threshold(VALUES_BETWEEN_COLLECTIONS)


def answer(query: Query) -> Results:
    """The answer to a query; one without words has no relevance to sort by and shows the newest first."""
    if query.sort is Sort.RELEVANCE and not query.text.strip():
        query = replace(query, sort=Sort.NEWEST)
    return search(engine(), query)


def explained(results: Results) -> Explanation:
    """What helps on from an answer; little is done for it where something was found."""
    return explain(engine(), results)


def copies(story: str) -> tuple[Match, ...]:
    """Every article of a story, by when each is known to have appeared; none where there is no such story.

    What is dated to a month may be of its last day: it comes after what is known to be of an earlier one.
    """
    one = Query(chosen={"story": (story,)}, copies=Copies.SHOW, sort=Sort.OLDEST, size=MAX_PAGE_SIZE)
    matches: list[Match] = []
    for page in count(1):
        found = engine().find(one.at(page), facets=())
        matches += found.matches
        if not found.matches or len(matches) >= found.articles:
            break
    return tuple(sorted(matches, key=lambda match: match.article.date.last or date.max))

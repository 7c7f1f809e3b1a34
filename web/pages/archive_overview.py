"""What the archive holds, for the front page: outlets by years, newest articles, most copied stories, questions.

All of it is made once for each published index, so only the first visit after a publication waits for it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from archive.article import Article
from index.answers.bounded_facts import bounded
from index.answers.coverage import Coverage, coverage
from index.engine import EngineError, Reader
from index.facets import Count
from index.query.request import Copies, Query, Sort
from index.trends import Interval
from web import app_engine
from web.pages.coverage_table import CoverageTable, coverage_table
from web.pages.query_examples import examples

MOST_STORIES: Final = 5
MOST_NEWEST: Final = 6
# Subjects that news of all years and places write about. The two with the most articles become questions.
SUBJECTS: Final = ("pemilu", "banjir", "gempa bumi", "korupsi", "harga beras", "vaksin")
LEADING: Final = 3  # outlets named in the answer to a question


@dataclass(frozen=True, slots=True)
class CopiedStory:
    """A story of several articles: its id, the title of one of them, and how many versions and outlets it has."""

    story: str
    title: str
    versions: int
    outlets: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What the archive has about a subject: its articles and stories, its fullest year, and the outlets with the most.

    `peak` and `outlets` name a value with its number of articles; `peak` is None if no article found has a year.
    """

    text: str
    articles: int
    stories: int
    peak: tuple[str, int] | None
    outlets: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What the front page shows of the archive."""

    coverage: Coverage
    table: CoverageTable
    newest: tuple[Article, ...]
    copied: tuple[CopiedStory, ...]
    most_carried: CopiedStory | None  # the story of the most outlets
    subjects: tuple[Subject, ...]


def overview() -> Overview:
    """Return the overview of the published index."""
    return app_engine.once_per_index("overview", _overview)


def most_carried() -> CopiedStory | None:
    """Return a story that many outlets carried; None without an index, or without copies in it."""
    try:
        return overview().most_carried
    except EngineError:
        return None


def _overview() -> Overview:
    reader = app_engine.reader()
    held = coverage(reader, Query(), Interval.YEAR)
    leading = tuple(row.outlet for row in held.rows[:MOST_NEWEST])
    copied = tuple(_copied(reader, (story for story, _ in reader.relatives().largest(MOST_STORIES))))
    widest = reader.find(Query(sort=Sort.OUTLETS, size=1), facets=()).matches
    carried = [story for story in _copied(reader, (match.story for match in widest)) if story.versions > 1]
    return Overview(
        coverage=held,
        table=coverage_table(held),
        newest=tuple(_newest(reader, leading)),
        copied=copied,
        most_carried=next(iter(carried), None),
        subjects=tuple(_subjects(reader)),
    )


def _newest(reader: Reader, outlets: tuple[str, ...]) -> list[Article]:
    """Return the newest article of each outlet, or where there are few of them the newest of all."""
    newest = Query(sort=Sort.NEWEST, size=1)
    if len(outlets) < MOST_NEWEST:
        found = list(reader.find(replace(newest, size=MOST_NEWEST), facets=()).matches)
    else:
        queries = (newest.narrowed("outlet", outlet) for outlet in outlets)
        found = [match for query in queries for match in reader.find(query, facets=()).matches]
    articles = [replace(bounded(match.article), text="", passages=()) for match in found]
    return sorted(articles, key=lambda article: article.date.value or "", reverse=True)


def _copied(reader: Reader, stories: Iterable[str]) -> Iterator[CopiedStory]:
    for story in stories:
        if held := reader.get(story):
            found = reader.find(Query(chosen={"story": (held.story,)}, copies=Copies.SHOW, size=1), facets=("outlet",))
            yield CopiedStory(held.story, bounded(held.article).title, found.articles, len(found.counts["outlet"]))


def _subjects(reader: Reader) -> list[Subject]:
    """Return the subjects that the archive has the most of, or failing those an example of a query."""
    found = [_subject(reader, text) for text in SUBJECTS]
    known = sorted((one for one in found if one.articles), key=lambda one: -one.articles)[:2]
    usual = examples()["words"]
    return known or ([_subject(reader, usual.text)] if usual.articles else [])


def _subject(reader: Reader, text: str) -> Subject:
    found = reader.find(Query(text, size=1), facets=("year", "outlet"))
    years, outlets = (_most_first(found.counts[name]) for name in ("year", "outlet"))
    peak = (years[0][0], years[0][1].articles) if years else None
    leading = tuple((name, count.articles) for name, count in outlets[:LEADING])
    return Subject(text, found.articles, found.stories, peak, leading)


def _most_first(counts: Mapping[str, Count]) -> list[tuple[str, Count]]:
    return sorted(counts.items(), key=lambda value: (-value[1].articles, value[0]))

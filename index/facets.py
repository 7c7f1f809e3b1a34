"""Facets: which facts of an article are counted and filtered by, and how facet counts are ordered for display.

The counts of a facet ignore the values chosen in that facet, so that a second value can be added. The counts of years
also ignore a chosen month, because a month lies within a year. Values are sorted by count, then by value, so that ties
never depend on the index. Years and months are sorted by time, sizes of stories from the smallest.
"""

from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final, NamedTuple

from archive.article import Article, ArticleDate, DateBasis, DatePrecision
from index.query.request import Query

# Facet → the facets whose choices its counts ignore.
FACETS: Final[Mapping[str, frozenset[str]]] = {
    "year": frozenset({"year", "month"}),
    "month": frozenset({"month"}),
    "outlet": frozenset({"outlet"}),
    "bureau": frozenset({"bureau"}),
    "section": frozenset({"section"}),
    "agency": frozenset({"agency"}),
    "reporter": frozenset({"reporter"}),
    "editor": frozenset({"editor"}),
    "place": frozenset({"place"}),
    "precision": frozenset({"precision"}),
    "basis": frozenset({"basis"}),
    "versions": frozenset({"versions"}),
    "outlets": frozenset({"outlets"}),
}
BY_TIME = frozenset({"year", "month"})
# Facets of the whole story, which are known once all articles are: how many articles it has, and of how many outlets.
OF_STORIES = frozenset({"versions", "outlets"})
IN_ORDER = BY_TIME | OF_STORIES  # facets whose values stand in an order of their own, not by count
OF_ARTICLES = tuple(name for name in FACETS if name not in OF_STORIES)
# Their values, each with its least and its greatest number.
SIZES: Final[Mapping[str, tuple[int, int | None]]] = {"1": (1, 1), "2-4": (2, 4), "5-9": (5, 9), "10+": (10, None)}
NO_BASIS = "none"  # value of `basis` for an article without any evidence of its date
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# Facets and filters with a fixed set of values.
KNOWN_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "precision": tuple(precision.value for precision in DatePrecision),
    "basis": (*(basis.value for basis in DateBasis), NO_BASIS),
    "weekday": WEEKDAYS,
    "versions": tuple(SIZES),
    "outlets": tuple(SIZES),
}
# Filter names: the facets, and what nobody counts: the story, the day of the year (08-17), and the day of the week. The
# last two are known of articles dated to the day.
FILTERS = frozenset({*FACETS, "story", "day", "weekday"})


class Estimate(int):
    """A number that an engine could not count exactly; who shows it says "about".

    Arithmetic makes plain numbers of it, so whoever calculates with one keeps in mind that it is an estimate.
    """

    __slots__ = ()


def estimated(numbers: Iterable[int]) -> bool:
    """Whether some of the numbers of an answer are estimates."""
    return any(isinstance(one, Estimate) for one in numbers)


class Count(NamedTuple):
    """The count of a facet value: how many matching articles have it, and how many distinct stories.

    Stories may be an `Estimate`.

    This is a tuple because an answer may have thousands of counts, and a tuple takes two thirds of the time to create.
    """

    articles: int
    stories: int


NONE = Count(0, 0)
Counted = tuple[str, Count]


class FacetCounts(Mapping[str, Count]):
    """Value → count of one facet, of the values that occur; `missing` counts the articles without a value.

    A facet may have tens of thousands of values, of which a page shows six. So an engine may count them as arrays, and
    make a `Count` only of a value that is asked for.
    """

    def __init__(self, counts: Mapping[str, Count], missing: Count = NONE) -> None:
        self._counts = counts
        self.missing = missing

    def __getitem__(self, value: str) -> Count:
        return self._counts[value]

    def __len__(self) -> int:
        return len(self._counts)

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def items(self) -> ItemsView[str, Count]:
        """All values with their counts."""
        return self._counts.items()

    def __eq__(self, other: object) -> bool:
        same = isinstance(other, Mapping) and dict(self.items()) == dict(other.items())
        return same and (not isinstance(other, FacetCounts) or self.missing == other.missing)

    __hash__ = None  # type: ignore[assignment]  # as of other mappings

    def __repr__(self) -> str:
        return f"FacetCounts({dict(self.items())!r}, {self.missing!r})"

    def most_frequent(self, most: int, *, by_stories: bool = False) -> list[Counted]:
        """The values with the most articles, or stories, at most `most` of them; ties by value."""
        return nsmallest(most, self.items(), key=lambda one: (-one[1][by_stories], one[0]))


class Value(NamedTuple):
    """A facet value, its count, and whether the query chose or excluded it; an answer of the API has four hundred."""

    value: str
    hits: Count
    selected: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of an answer: its first values, the number of all, and the count of the articles that have no value."""

    name: str
    values: tuple[Value, ...]
    total: int
    missing: Count


def story_facts(versions: int, outlets: int) -> dict[str, tuple[str, ...]]:
    """The facts of an article that depend on its story: the values of `OF_STORIES`. No known outlet has no value."""
    return {"versions": _size(versions), "outlets": _size(outlets)}


def _size(count: int) -> tuple[str, ...]:
    return tuple(value for value, (least, most) in SIZES.items() if least <= count <= (most or count))


def facts(article: Article, story: str) -> dict[str, tuple[str, ...]]:
    """Map facet or filter name to the values of this article. Every engine counts and filters by these.

    The facts of its whole story are those of `story_facts`.
    """
    single = (article.outlet, article.bureau, article.section, article.agency, article.place)
    outlet, bureau, section, agency, place = (() if fact is None else (fact,) for fact in single)
    return {
        **date_facts(article.date),
        "outlet": outlet,
        "bureau": bureau,
        "section": section,
        "agency": agency,
        "reporter": article.reporters,
        "editor": article.editors,
        "place": place,
        "story": (story,),
    }


def date_facts(day: ArticleDate) -> dict[str, tuple[str, ...]]:
    """The part of `facts` that depends on the date of an article."""
    exact = day.first if day.precision is DatePrecision.DAY else None
    return {
        "year": (f"{day.first.year:04}",) if day.first else (),
        "month": (day.first.isoformat()[:7],) if day.first and day.precision is not DatePrecision.YEAR else (),
        "precision": (day.precision.value,),
        "basis": (day.basis.value if day.basis else NO_BASIS,),
        "day": (exact.isoformat()[5:],) if exact else (),
        "weekday": (WEEKDAYS[exact.weekday()],) if exact else (),
    }


def present(name: str, counts: FacetCounts, query: Query, most: int | None, *, by_stories: bool = False) -> Facet:
    """Return a facet for display: at most `most` values (None: all), plus the chosen and excluded ones.

    Values are sorted by the number of their articles, or of their stories.
    """
    chosen, excluded = query.chosen.get(name, ()), query.excluded.get(name, ())
    asked = dict.fromkeys((*chosen, *excluded), NONE)
    added = sum(value not in counts for value in asked)
    first = counts.most_frequent(most, by_stories=by_stories) if most is not None and name not in IN_ORDER else None
    if first is None or asked:
        held = dict(counts.items() if first is None else first)
        held.update((value, counts.get(value, NONE)) for value in asked)
        first = _ordered(name, held, by_stories)
    values = [
        Value(value, count, value in chosen, value in excluded)
        for place, (value, count) in enumerate(first)
        if most is None or place < most or value in asked
    ]
    return Facet(name, tuple(values), len(counts) + added, counts.missing)


def _ordered(name: str, counts: Mapping[str, Count], by_stories: bool) -> list[Counted]:  # noqa: FBT001  # an index
    if name in BY_TIME:
        return sorted(counts.items(), reverse=True)
    if name in OF_STORIES:
        return sorted(counts.items(), key=lambda one: KNOWN_VALUES[name].index(one[0]))
    return sorted(counts.items(), key=lambda one: (-one[1][by_stories], one[0]))

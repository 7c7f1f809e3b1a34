"""Facets: which facts an answer is counted by, and how the counts are put before a reader.

A facet's own choices never shrink its own counts, so that a second value can be added to the first; the year also
leaves out the choice of month, which lies inside it. Values stand by count, then by value, so that the order of two
equals never depends on the index. Years and months stand by time, as a reader expects.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from archive.article import Article, ArticleDate, Basis, Precision
from index.engine import Count
from index.query.request import Query

# Facet → the facets whose choices its counts leave out.
FACETS: Final[Mapping[str, frozenset[str]]] = {
    "year": frozenset({"year", "month"}),
    "month": frozenset({"month"}),
    "outlet": frozenset({"outlet"}),
    "bureau": frozenset({"bureau"}),
    "agency": frozenset({"agency"}),
    "reporter": frozenset({"reporter"}),
    "editor": frozenset({"editor"}),
    "place": frozenset({"place"}),
    "precision": frozenset({"precision"}),
    "basis": frozenset({"basis"}),
}
BY_TIME = frozenset({"year", "month"})
NO_BASIS = "none"  # of a date nothing speaks for
# Facets of few values, all of them known before any article is.
KNOWN_VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "precision": tuple(precision.value for precision in Precision),
    "basis": (*(basis.value for basis in Basis), NO_BASIS),
}
# Fields one can filter by: the facets, and the story, whose values are too many to count but which gathers copies.
FILTERS = frozenset({*FACETS, "story"})


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet with both its counts, and whether the query chose or excluded it."""

    value: str
    count: Count
    selected: bool
    excluded: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet of an answer: its first values, and how many there are in all."""

    name: str
    values: tuple[Value, ...]
    total: int


def facts(article: Article, story: str) -> dict[str, tuple[str, ...]]:
    """Facet or filter name → the values this article has for it; what every engine counts and filters by."""
    single = (article.outlet, article.bureau, article.agency, article.place)
    outlet, bureau, agency, place = (() if fact is None else (fact,) for fact in single)
    return {
        **date_facts(article.date),
        "outlet": outlet,
        "bureau": bureau,
        "agency": agency,
        "reporter": article.reporters,
        "editor": article.editors,
        "place": place,
        "story": (story,),
    }


def date_facts(day: ArticleDate) -> dict[str, tuple[str, ...]]:
    """What of `facts` depends on the date of an article."""
    return {
        "year": (f"{day.first.year:04}",) if day.first else (),
        "month": (day.first.isoformat()[:7],) if day.first and day.precision is not Precision.YEAR else (),
        "precision": (day.precision.value,),
        "basis": (day.basis.value if day.basis else NO_BASIS,),
    }


def present(name: str, counts: Mapping[str, Count], query: Query, most: int | None) -> Facet:
    """The facet as a reader sees it: at most `most` values (None is all), with those chosen or excluded among them."""
    chosen, excluded = query.chosen.get(name, ()), query.excluded.get(name, ())
    counts = {**{value: Count(0, 0) for value in (*chosen, *excluded)}, **counts}
    likely = counts if most is None or name in BY_TIME else _not_rarer(counts, most)
    kept = {*_ordered(name, likely)[:most], *chosen, *excluded}
    values = tuple(
        Value(value, counts[value], value in chosen, value in excluded)
        for value in _ordered(name, {value: counts[value] for value in kept})
    )
    return Facet(name, values, len(counts))


def _ordered(name: str, counts: Mapping[str, Count]) -> list[str]:
    if name in BY_TIME:
        return sorted(counts, reverse=True)
    return sorted(counts, key=lambda value: (-counts[value].articles, value))


def _not_rarer(counts: Mapping[str, Count], most: int) -> Mapping[str, Count]:
    """The `most` most frequent values and those equal to the last of them: thousands need not be put in order."""
    if len(counts) <= most:
        return counts
    least = sorted((count.articles for count in counts.values()), reverse=True)[most - 1]
    return {value: count for value, count in counts.items() if count.articles >= least}

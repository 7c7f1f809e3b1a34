"""The query: the one value between a URL or command line and an engine.

It holds what was asked, not how it is evaluated: the query text as typed, the facet values chosen and excluded, the
range of days, order, folding and page. Every change gives a new query, so a template can link to "this, but narrowed".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

MAX_PAGE_SIZE = 100
DEFAULT_PAGE_SIZE = 10

Choices = Mapping[str, tuple[str, ...]]
NO_CHOICES: Choices = MappingProxyType({})


class Sort(StrEnum):
    """The order of hits; articles without a date come last in both orders by date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Copies(StrEnum):
    """What is one hit: a story with its copies, a loose group (fillings of one form, round-ups as well), an article."""

    FOLD = "fold"
    LOOSE = "loose"
    SHOW = "show"


class Lead(StrEnum):
    """Which of the articles folded into one hit stands for it: the best match, the earliest known, or the longest."""

    BEST = "best"
    EARLIEST = "earliest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asks. `since` and `until` are days as typed: YYYY, YYYY-MM or YYYY-MM-DD, both ends included.

    Where `expand` is false, short forms and spellings are not searched beside what was typed. `off` are single forms
    and expansions that are not, as they are shown: "ditemui", "amerika serikat".
    """

    text: str = ""
    chosen: Choices = field(default_factory=lambda: NO_CHOICES)
    excluded: Choices = field(default_factory=lambda: NO_CHOICES)
    since: str | None = None
    until: str | None = None
    sort: Sort = Sort.RELEVANCE
    copies: Copies = Copies.FOLD
    lead: Lead = Lead.BEST
    page: int = 1
    size: int = DEFAULT_PAGE_SIZE
    expand: bool = True
    off: tuple[str, ...] = ()

    def narrowed(self, facet: str, value: str) -> "Query":
        """The first page with `value` chosen as well (and no longer excluded)."""
        return replace(
            self, chosen=_with(self.chosen, facet, value), excluded=_without(self.excluded, facet, value), page=1
        )

    def without(self, facet: str, value: str) -> "Query":
        """The first page with `value` excluded (and no longer chosen)."""
        return replace(
            self, chosen=_without(self.chosen, facet, value), excluded=_with(self.excluded, facet, value), page=1
        )

    def widened(self, facet: str, value: str) -> "Query":
        """The first page with `value` neither chosen nor excluded."""
        return replace(
            self, chosen=_without(self.chosen, facet, value), excluded=_without(self.excluded, facet, value), page=1
        )

    def saying(self, text: str) -> "Query":
        """The first page of another query text under the same filters."""
        return replace(self, text=text, page=1)

    def dated(self, since: str | None, until: str | None) -> "Query":
        """The first page of another range of days."""
        return replace(self, since=since, until=until, page=1)

    def sorted_by(self, sort: Sort) -> "Query":
        """The first page in another order."""
        return replace(self, sort=sort, page=1)

    def with_copies(self, copies: Copies) -> "Query":
        """The first page with copies folded or shown."""
        return replace(self, copies=copies, page=1)

    def led_by(self, lead: Lead) -> "Query":
        """The same page with another article standing for each hit, since hits keep their places."""
        return replace(self, lead=lead)

    def expanded(self, *, expand: bool) -> "Query":
        """The first page with or without what means the same."""
        return replace(self, expand=expand, page=1)

    def switched_off(self, form: str) -> "Query":
        """The first page without a form or expansion."""
        return replace(self, off=(*self.switched_on(form).off, form), page=1)

    def switched_on(self, form: str) -> "Query":
        """The first page with a form or expansion that was switched off."""
        kept = tuple(other for other in self.off if other.casefold() != form.casefold())
        return replace(self, off=kept, page=1)

    def at(self, page: int) -> "Query":
        """Another page of the same answer, the first being 1."""
        return replace(self, page=page)


def _with(choices: Choices, facet: str, value: str) -> Choices:
    values = choices.get(facet, ())
    return choices if value in values else MappingProxyType({**choices, facet: (*values, value)})


def _without(choices: Choices, facet: str, value: str) -> Choices:
    kept = {name: tuple(v for v in values if (name, v) != (facet, value)) for name, values in choices.items()}
    return MappingProxyType({name: values for name, values in kept.items() if values})

"""The search request: the value that URLs and commands are turned into, and that engines answer.

It holds the query text as typed, the facet values chosen and excluded, the date range, sort order, folding and page. It
is immutable: every change returns a new query, so that a template can link to a narrower or wider query.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from types import MappingProxyType

MAX_PAGE_SIZE = 100  # hits; whole results are walked or exported
DEFAULT_PAGE_SIZE = 10  # hits: one screen and a half

Choices = Mapping[str, tuple[str, ...]]
NO_CHOICES: Choices = MappingProxyType({})


class Sort(StrEnum):
    """The order of hits. Articles without a date come last in both date orders.

    `COPIES` and `OUTLETS` put first what the most articles of its story, or the most outlets, have; all articles of the
    archive count, also those that do not match. `INDEXED` puts first what the index has had for the shortest time
    (`storage.first_seen`). Equal ones are in the order of `NEWEST`.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    COPIES = "copies"
    OUTLETS = "outlets"
    INDEXED = "indexed"


class Copies(StrEnum):
    """What a hit is: a story with its copies, a loose group (also same-template texts and round-ups), or an article."""

    FOLD = "fold"
    LOOSE = "loose"
    SHOW = "show"


class Lead(StrEnum):
    """Which article of a folded hit represents it: the best match, the earliest known, or the longest."""

    BEST = "best"
    EARLIEST = "earliest"
    LONGEST = "longest"


@dataclass(frozen=True, slots=True)
class Query:
    """A search request.

    `since` and `until` are dates as typed: YYYY, YYYY-MM or YYYY-MM-DD, both inclusive. If `expand` is false, the query
    is not expanded by short forms and spelling variants. `off` are the single word forms and expansions that are
    switched off, as displayed: "ditemui", "amerika serikat". `on` are far relatives of the words that are searched with
    their own near forms: "pemerintah" beside perintah. If `after` is given, the page has the hits after the one at the
    place of the article with that id (`EngineAnswer.last`), or the first hits if it is empty; `page` is then ignored.
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
    on: tuple[str, ...] = ()
    after: str | None = None

    def narrowed(self, facet: str, value: str) -> "Query":
        """Also choose `value` (and no longer exclude it); first page."""
        return _changed(
            self, chosen=_with(self.chosen, facet, value), excluded=_without(self.excluded, facet, value), page=1
        )

    def without(self, facet: str, value: str) -> "Query":
        """Exclude `value` (and no longer choose it); first page."""
        return _changed(
            self, chosen=_without(self.chosen, facet, value), excluded=_with(self.excluded, facet, value), page=1
        )

    def widened(self, facet: str, value: str) -> "Query":
        """Neither choose nor exclude `value`; first page."""
        return _changed(
            self, chosen=_without(self.chosen, facet, value), excluded=_without(self.excluded, facet, value), page=1
        )

    def with_text(self, text: str) -> "Query":
        """Replace the query text and keep the filters; first page."""
        return _changed(self, text=text, page=1)

    def dated(self, since: str | None, until: str | None) -> "Query":
        """Replace the date range; first page."""
        return _changed(self, since=since, until=until, page=1)

    def sorted_by(self, sort: Sort) -> "Query":
        """Change the sort order; first page."""
        return _changed(self, sort=sort, page=1)

    def with_copies(self, copies: Copies) -> "Query":
        """Change the folding of copies; first page."""
        return _changed(self, copies=copies, page=1)

    def led_by(self, lead: Lead) -> "Query":
        """Change which article represents each hit; same page, because the order of hits stays the same."""
        return _changed(self, lead=lead)

    def expanded(self, *, expand: bool) -> "Query":
        """Switch query expansion on or off; first page."""
        return _changed(self, expand=expand, page=1)

    def switched_off(self, form: str) -> "Query":
        """Switch off a word form or expansion; first page."""
        return _changed(self, off=(*self.switched_on(form).off, form), page=1)

    def switched_on(self, form: str) -> "Query":
        """Switch a word form or expansion on again; first page."""
        return _changed(self, off=_without_form(self.off, form), page=1)

    def with_far(self, form: str) -> "Query":
        """Also search a far relative of a word; first page."""
        return _changed(self.switched_on(form), on=(*_without_form(self.on, form), form))

    def without_far(self, form: str) -> "Query":
        """No longer search a far relative of a word; first page."""
        return _changed(self, on=_without_form(self.on, form), page=1)

    def selection(self) -> "Query":
        """Drop what only orders, folds and pages hits; what decides which articles match stays."""
        return _changed(self, **_AS_SHOWN)

    def unfiltered(self) -> "Query":
        """Drop all filters and dates; first page."""
        return _changed(self, chosen=NO_CHOICES, excluded=NO_CHOICES, since=None, until=None, page=1)

    def at(self, page: int) -> "Query":
        """Go to another page of the same answer, counted from 1."""
        return self if page == self.page else _changed(self, page=page)


def _without_form(forms: tuple[str, ...], form: str) -> tuple[str, ...]:
    return tuple(other for other in forms if other.casefold() != form.casefold())


_FIELDS = tuple(field.name for field in fields(Query))
_AS_SHOWN = {one.name: one.default for one in fields(Query) if one.name in {"sort", "copies", "lead", "page", "size"}}


def _changed(query: Query, **changes: object) -> Query:
    """Copy a query with some changes: `dataclasses.replace` in a third of its time, since a page has eighty queries."""
    made = object.__new__(Query)
    for name in _FIELDS:
        object.__setattr__(made, name, changes[name] if name in changes else getattr(query, name))
    return made


def _with(choices: Choices, facet: str, value: str) -> Choices:
    values = choices.get(facet, ())
    return choices if value in values else MappingProxyType({**choices, facet: (*values, value)})


def _without(choices: Choices, facet: str, value: str) -> Choices:
    kept = {name: tuple(v for v in values if (name, v) != (facet, value)) for name, values in choices.items()}
    return MappingProxyType({name: values for name, values in kept.items() if values})

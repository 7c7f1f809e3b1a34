"""URL arguments: parsing and building them. No other module knows the names of the arguments.

The pages and the API take the same arguments. Default values are not written, so each query has exactly one URL. An
argument that cannot be parsed is rejected with its name, its value and the valid values. It is never ignored or
reinterpreted: a misspelled filter must not become an unfiltered search.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeVar
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from index.answers.expansion_report import WordForm, with_form_switched
from index.facets import FILTERS, KNOWN_VALUES, OF_STORIES
from index.query.date_ranges import days, first_day
from index.query.request import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Choices, Copies, Lead, Query, Sort
from web.parameter_errors import BadParameter, RepeatedParameter, ReversedDays, UnknownParameter, Valid
from web.paths import path

TEXT, SINCE, UNTIL, SORT, COPIES, PAGE, SIZE = "q", "from", "to", "sort", "copies", "page", "size"
LEAD = "lead"  # which of the articles folded into one hit is shown as the hit
EXPAND = "expand"  # on or off: whether the query is expanded with short forms and spelling variants
OFF = "off"  # a word form or expansion that is not searched; may be repeated
ON = "on"  # a far relative of a word that is searched; may be repeated
NOT = "not."  # prefix of a filter name: the value is excluded
LANGUAGE = "lang"  # pages only; stored in a cookie and removed from the URL
BASE, WITH = "base", "with"  # story page and API only: the base version, and the version compared with it
PART = "part"  # article page and API only: which part of a very long article is shown
FORMAT, TEXTS, FIELDS, IDS, ABOUT = "format", "text", "fields", "ids", "about"  # exports only
CURSOR, ID, WITHIN = "cursor", "id", "find"  # walks of the API; articles of unAPI; what values of a facet contain
STYLE, PARAGRAPH = "style", "paragraph"  # pages of citations only: in which style, and the paragraph that is quoted
CHOICES: Final = tuple(sorted(FILTERS))
ARRANGING: Final = (SORT, COPIES, LEAD, PAGE, SIZE)  # what orders, folds and pages hits, as `Query.selection` drops it
NAMES: Final = (
    *(TEXT, EXPAND, OFF, ON, *CHOICES),
    *(NOT + name for name in CHOICES),
    *(SINCE, UNTIL, *ARRANGING),
)

# Mail programs and social media add these to every link. They are not part of a query, and readers cannot fix them.
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid")

QUOTED_KEPT: Final = 4_096  # quoted values in memory: a page quotes the same few dozens two hundred times
_RANK: Final = {name: rank for rank, name in enumerate(NAMES)}  # arguments are written in the order of NAMES
# Nine digits are far beyond any last page, and still a small integer in every engine.
_PAGE = re.compile(r"[1-9]\d{0,8}", re.ASCII)
_FORMS = {
    "year": (re.compile(r"\d{4}", re.ASCII), "YYYY"),
    "month": (re.compile(r"\d{4}-\d{2}", re.ASCII), "YYYY-MM"),
    "day": (re.compile(r"\d{2}-\d{2}", re.ASCII), "MM-DD"),
}
_LEAP_YEAR = "2000-"  # a day of the year is a day of this one, also 29 February
_Choice = TypeVar("_Choice", bound=StrEnum)
_Default = TypeVar("_Default")


class Switch(StrEnum):
    """The values of an argument that turns something on or off."""

    ON = "on"
    OFF = "off"


def read(args: MultiDict[str, str]) -> Query:
    """Parse the arguments of a URL into a query. An empty argument counts as absent.

    Raises:
        BadParameter: If an argument cannot be parsed.
    """
    since, until = _range(args)
    return Query(
        text=single(args, TEXT),
        chosen=_choices(args, ""),
        excluded=_choices(args, NOT),
        since=since,
        until=until,
        sort=one_of(Sort, args, SORT, Sort.RELEVANCE),
        copies=one_of(Copies, args, COPIES, Copies.FOLD),
        lead=one_of(Lead, args, LEAD, Lead.BEST),
        page=_page(args),
        size=_size(args),
        expand=one_of(Switch, args, EXPAND, Switch.ON) is Switch.ON,
        off=tuple(dict.fromkeys(filter(None, args.getlist(OFF)))),
        on=tuple(dict.fromkeys(filter(None, args.getlist(ON)))),
    )


def write(query: Query) -> list[tuple[str, str]]:
    """Return the arguments of a query in a fixed order, without default values."""
    pairs = [(TEXT, query.text)] if query.text else []
    if not query.expand:
        pairs.append((EXPAND, Switch.OFF.value))
    pairs += [(OFF, form) for form in query.off if form]
    pairs += [(ON, form) for form in query.on if form]
    if query.chosen:
        pairs += _pairs(query.chosen, "")
    if query.excluded:
        pairs += _pairs(query.excluded, NOT)
    pairs += [(name, value) for name, value in ((SINCE, query.since), (UNTIL, query.until)) if value]
    pairs += _order_and_page(query)
    return pairs


def _order_and_page(query: Query) -> list[tuple[str, str]]:
    """The arguments of order, folding and page; a page has two hundred URLs, and most of them have none of these."""
    pairs: list[tuple[str, str]] = []
    if query.sort is not Sort.RELEVANCE:
        pairs.append((SORT, query.sort.value))
    if query.copies is not Copies.FOLD:
        pairs.append((COPIES, query.copies.value))
    if query.lead is not Lead.BEST:
        pairs.append((LEAD, query.lead.value))
    if query.page != 1:
        pairs.append((PAGE, str(query.page)))
    if query.size != DEFAULT_PAGE_SIZE:
        pairs.append((SIZE, str(query.size)))
    return pairs


def url(endpoint: str, query: Query, *more: tuple[str, str], **values: str) -> str:
    """Build the URL of an endpoint for a query, with further arguments; `values` is the variable part of the path."""
    pairs = write(query)
    pairs += [(name, value) for name, value in more if value]
    return path(endpoint, values) + ("?" + _encoded(pairs) if pairs else "")


def whole(query: Query) -> Query:
    """Return the query for its whole result, without order and page."""
    return replace(query, sort=Sort.RELEVANCE, page=1, size=DEFAULT_PAGE_SIZE)


def followed(query: Query) -> Query:
    """Return the query of a feed: the whole result, in the order of indexing if the query has that one."""
    return whole(query).sorted_by(query.sort) if query.sort is Sort.INDEXED else whole(query)


def query_string(query: Query) -> str:
    """Return the arguments of a query as the end of an address, "" if all have their default values."""
    pairs = write(query)
    return "?" + _encoded(pairs) if pairs else ""


class UrlBuilder:
    """Builds the URLs of the first page of a query with one more value of an argument, or with another text.

    The query must not have the value yet. A page has some two hundred such URLs, so what they share is encoded once.
    """

    def __init__(self, endpoint: str, query: Query) -> None:
        pairs = write(query.at(1))
        self._path = path(endpoint, {}) + "?"
        self._ranks = [_RANK[name] for name, _ in pairs]
        self._written = [_encoded([pair]) for pair in pairs]

    def adding(self, argument: str) -> Callable[[str], str]:
        """Return a function that builds the URL with one more value of an argument, given that value."""
        place, written = bisect_right(self._ranks, _RANK[argument]), self._written
        before = self._path + "&".join([*written[:place], f"{argument}="])
        after = "".join([f"&{one}" for one in written[place:]])
        return lambda value: before + _quoted(value) + after

    def with_text(self, text: str) -> str:
        """Build the URL with another text, which is not empty."""
        others = self._written[1:] if self._ranks[:1] == [_RANK[TEXT]] else self._written
        return self._path + "&".join([f"{TEXT}={_quoted(text)}", *others])


def form_url_builder(endpoint: str, query: Query) -> Callable[[WordForm], str]:
    """Return a function that builds the URL of the query with a form switched, given that form.

    An answer may list a hundred forms. Almost all are one more value of an argument, so the rest is encoded only once.
    """
    urls = UrlBuilder(endpoint, query)
    leave_out, search_too = urls.adding(OFF), urls.adding(ON)
    named = {form.casefold() for form in (*query.off, *query.on)}

    def address(form: WordForm) -> str:
        if form.form in named or form.off is not form.far:
            return url(endpoint, with_form_switched(query, form))
        return (search_too if form.far else leave_out)(form.form)

    return address


def single(args: MultiDict[str, str], name: str) -> str:
    """Return the value of an argument that may be given only once, "" if it is absent.

    Raises:
        RepeatedParameter: If the argument has several non-empty values.
    """
    values = [value for value in args.getlist(name) if value]
    if len(values) > 1:
        raise RepeatedParameter(name, values[1])
    return values[0] if values else ""


def one_of(kind: type[_Choice], args: MultiDict[str, str], name: str, default: _Default) -> _Choice | _Default:
    """Return the value of an argument with a fixed set of values, or the default if it is absent.

    Raises:
        BadParameter: If the argument has another value, or several.
    """
    value = single(args, name)
    try:
        return kind(value) if value else default
    except ValueError:
        raise BadParameter(name, value, Valid.ONE_OF, names=", ".join(kind)) from None


def require_known(args: MultiDict[str, str], known: tuple[str, ...] = NAMES) -> None:
    """Check that all arguments are known.

    Raises:
        UnknownParameter: For the first argument that is not in `known`.
    """
    for name, value in args.items():
        if name not in known:
            raise UnknownParameter(name, value, known)


def without_tracking(args: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return the arguments without the tracking arguments that other sites add to links."""
    return MultiDict((name, value) for name, value in args.items(multi=True) if not _TRACKING.fullmatch(name))


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Encode arguments as a query string; the names need no quoting, since they are letters and dots."""
    return "&".join([f"{name}={_quoted(value)}" for name, value in pairs])


@lru_cache(QUOTED_KEPT)
def _quoted(value: str) -> str:
    return quote_plus(value)


def _choices(args: MultiDict[str, str], prefix: str) -> Choices:
    chosen = {name: tuple(dict.fromkeys(_values(args, prefix + name, name))) for name in CHOICES}
    return MappingProxyType({name: values for name, values in chosen.items() if values})


def _values(args: MultiDict[str, str], argument: str, name: str) -> Iterator[str]:
    form, known = _FORMS.get(name), KNOWN_VALUES.get(name)
    for given in filter(None, args.getlist(argument)):
        value = given.replace(" ", "+") if name in OF_STORIES else given  # 10+ typed into the address bar
        if known and value not in known:
            raise BadParameter(argument, value, Valid.ONE_OF, names=", ".join(known))
        if form:
            pattern, valid = form
            whole = _LEAP_YEAR + value if name == "day" else value
            if not (pattern.fullmatch(value) and _is_date(whole)):
                raise BadParameter(argument, value, Valid.EXACTLY, names=valid)
        yield value


def _pairs(choices: Choices, prefix: str) -> Iterator[tuple[str, str]]:
    return ((prefix + name, value) for name in sorted(choices) for value in choices[name])


def _range(args: MultiDict[str, str]) -> tuple[str | None, str | None]:
    since, until = _day(args, SINCE), _day(args, UNTIL)
    first, last = days(since, until)
    if since and until and first and last and first > last:
        raise ReversedDays(since, until)
    return since, until


def _day(args: MultiDict[str, str], name: str) -> str | None:
    value = single(args, name).strip()
    if value and not _is_date(value):
        raise BadParameter(name, value, Valid.DAY)
    return value or None


def _is_date(value: str) -> bool:
    try:
        first_day(value)
    except ValueError:
        return False
    return True


def _page(args: MultiDict[str, str]) -> int:
    value = single(args, PAGE) or "1"
    if not _PAGE.fullmatch(value):
        raise BadParameter(PAGE, value, Valid.WHOLE_NUMBER, least=1)
    return int(value)


def _size(args: MultiDict[str, str]) -> int:
    value = single(args, SIZE) or str(DEFAULT_PAGE_SIZE)
    if not _PAGE.fullmatch(value) or int(value) > MAX_PAGE_SIZE:
        raise BadParameter(SIZE, value, Valid.WHOLE_NUMBER_TO, least=1, most=MAX_PAGE_SIZE)
    return int(value)

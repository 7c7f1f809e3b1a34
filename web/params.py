"""URL arguments: the only module that knows what the parts of a query are called in an address.

The page and the API take the same arguments. What is at its default is not written, so that one query has one address;
what cannot be read is refused by name, with its value and what would be right, and never taken for something else.
"""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeVar
from urllib.parse import urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from index.dateranges import first_day
from index.facets import FILTERS
from index.query import DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE, Choices, Copies, Query, Sort

TEXT, SINCE, UNTIL, SORT, COPIES, PAGE, SIZE = "q", "from", "to", "sort", "copies", "page", "size"
NOT = "not."  # before the name of a filter: the value is excluded
LANGUAGE = "lang"  # of the pages only; it is kept in a cookie and never stays in an address
WITHIN = "find"  # of the pages with all values of a facet only: what the values shown must contain
CHOICES: Final = tuple(sorted(FILTERS))
NAMES: Final = (TEXT, *CHOICES, *(NOT + name for name in CHOICES), SINCE, UNTIL, SORT, COPIES, PAGE, SIZE)

_PAGE = re.compile(r"[1-9]\d{0,8}", re.ASCII)  # nine digits: far past any last page, and small in every engine
_FORMS = {"year": re.compile(r"\d{4}", re.ASCII), "month": re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)}
_Choice = TypeVar("_Choice", bound=StrEnum)


class BadParameter(ValueError):
    """An argument has a value it cannot have; `valid` says in a few words what would be right."""

    def __init__(self, name: str, value: str, valid: str) -> None:
        super().__init__(f"The argument {name} cannot be {value!r}; it must be {valid}.")
        self.name, self.value, self.valid = name, value, valid


def read(args: MultiDict[str, str]) -> Query:
    """The query an address asks, empty arguments being absent ones; BadParameter where one cannot be understood."""
    return Query(
        text=args.get(TEXT, ""),
        chosen=_choices(args, ""),
        excluded=_choices(args, NOT),
        since=_day(args, SINCE),
        until=_day(args, UNTIL),
        sort=_one_of(Sort, args, SORT, Sort.RELEVANCE),
        copies=_one_of(Copies, args, COPIES, Copies.FOLD),
        page=_page(args),
        size=_size(args),
    )


def write(query: Query) -> list[tuple[str, str]]:
    """The arguments of a query, in a fixed order, without those at their default."""
    plain = Query()
    pairs = [
        (SINCE, query.since or ""),
        (UNTIL, query.until or ""),
        (SORT, "" if query.sort is plain.sort else query.sort.value),
        (COPIES, "" if query.copies is plain.copies else query.copies.value),
        (PAGE, "" if query.page == plain.page else str(query.page)),
        (SIZE, "" if query.size == plain.size else str(query.size)),
    ]
    filters = [*_pairs(query.chosen, ""), *_pairs(query.excluded, NOT)]
    return [(name, value) for name, value in [(TEXT, query.text), *filters, *pairs] if value]


def url(endpoint: str, query: Query, **values: str) -> str:
    """The address of an endpoint for a query; `values` are the parts of its path."""
    path = url_for(endpoint, _anchor=None, _method=None, _scheme=None, _external=False, **values)
    pairs = write(query)
    return path + ("?" + urlencode(pairs) if pairs else "")


def require_known(args: Iterable[str]) -> None:
    """Refuse arguments nobody knows: a misspelt filter must not become a search without it."""
    for name in args:
        if name not in NAMES:
            raise BadParameter(name, "", f"left out: it is not one of {', '.join(NAMES)}")


def _choices(args: MultiDict[str, str], prefix: str) -> Choices:
    chosen = {name: tuple(dict.fromkeys(_values(args, prefix + name, name))) for name in CHOICES}
    return MappingProxyType({name: values for name, values in chosen.items() if values})


def _values(args: MultiDict[str, str], argument: str, name: str) -> Iterator[str]:
    form = _FORMS.get(name)
    for value in filter(None, args.getlist(argument)):
        if form and not form.fullmatch(value):
            raise BadParameter(argument, value, {"year": "YYYY", "month": "YYYY-MM"}[name])
        yield value


def _pairs(choices: Choices, prefix: str) -> Iterator[tuple[str, str]]:
    return ((prefix + name, value) for name in sorted(choices) for value in choices[name])


def _day(args: MultiDict[str, str], name: str) -> str | None:
    value = args.get(name, "").strip()
    if not value:
        return None
    try:
        first_day(value)
    except ValueError:
        raise BadParameter(name, value, "YYYY, YYYY-MM or YYYY-MM-DD") from None
    return value


def _one_of(kind: type[_Choice], args: MultiDict[str, str], name: str, default: _Choice) -> _Choice:
    value = args.get(name, "")
    try:
        return kind(value) if value else default
    except ValueError:
        raise BadParameter(name, value, "one of " + ", ".join(kind)) from None


def _page(args: MultiDict[str, str]) -> int:
    value = args.get(PAGE, "") or "1"
    if not _PAGE.fullmatch(value):
        raise BadParameter(PAGE, value, "a whole number from 1")
    return int(value)


def _size(args: MultiDict[str, str]) -> int:
    value = args.get(SIZE, "") or str(DEFAULT_PAGE_SIZE)
    if not _PAGE.fullmatch(value) or int(value) > MAX_PAGE_SIZE:
        raise BadParameter(SIZE, value, f"a whole number from 1 to {MAX_PAGE_SIZE}")
    return int(value)

"""Finds the articles in a JSON value: in lists, in objects around them, and in tables written column by column.

An API answers with an object that holds a list of articles (`articles`, `data.posts`, `hits.hits`); a database
nests the article under a key (`_source`, `article`); pandas writes objects keyed by row number, and tables by column.
What is no container is taken for an article itself, so that its parser can say what is missing in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol, TypeAlias

from archive.reading.fields.names import SUMMARY_NAMES, normalized

DEEPEST = 6  # levels of lists and objects around an article
KNOWN_BY: Final = ("title", "url", "date")  # one of them beside a text makes an article, not a paragraph
_WRAPPERS: Final = frozenset({"rendered", "html", "plain", "raw", "value", "text", "#text", "$t", "#cdata", "@value"})

Found: TypeAlias = Mapping[str, object]


class Mapper(Protocol):
    """What is asked of the mapping of names to fields."""

    @property
    def readings(self) -> Sequence["Mapper"]:
        """The mappers to look for articles by, one after the other."""

    def field_of(self, name: str) -> str | None:
        """The field a name stands for."""

    def mapped_values(self, found: Found, *, through_lists: bool = True) -> Mapping[str, object]:
        """The values of the nested names that the keeper mapped, by those names."""


def articles_in(value: object, mapper: Mapper) -> Iterator[object]:
    """The articles in a value, in its order; the value itself where none is found in it."""
    for names in mapper.readings:
        if isinstance(value, dict) and _is_plain(value, names):
            yield value
            return
        found = _Search(names).articles(value, DEEPEST)
        first = next(found, None)
        if first is not None:
            yield first
            yield from found
            return
    yield value


def _is_plain(value: Found, mapper: Mapper) -> bool:
    """Whether an object is an article at first sight: its text is a string, or nothing in it is nested."""
    nested = False
    for name, inner in value.items():
        if isinstance(inner, str):
            if inner and mapper.field_of(name) == "text" and normalized(name) not in SUMMARY_NAMES:
                return True
        elif isinstance(inner, dict | list):
            nested = True
    return not nested


class _Search:
    """One search for articles; the mapper says what names mean."""

    def __init__(self, mapper: Mapper) -> None:
        self._mapper = mapper

    def articles(self, value: object, levels: int) -> Iterator[Found]:
        """All articles in a value, at most so many levels down."""
        if levels == 0:
            return
        if isinstance(value, list):
            for member in with_names(value, self._mapper):
                yield from self.articles(member, levels - 1)
        elif isinstance(value, dict):
            yield from self._in_object(value, levels)

    def _in_object(self, value: Found, levels: int) -> Iterator[Found]:
        if rows := _rows_of_columns(value, self._mapper):
            yield from rows
            return
        if not self._own_text(value) and not self._mapped(value):
            inside = self._inside(value, levels)
            if first := next(inside, None):
                yield first
                yield from inside
                return
            if not self._has(value, "text"):
                return
        yield value

    def _inside(self, value: Found, levels: int) -> Iterator[Found]:
        """The articles in the lists and objects of an object, with what it says about all of them."""
        titled = self._titled(value)
        for key, inner in value.items():
            if not isinstance(inner, list | dict):
                continue
            listed = isinstance(inner, list) or _is_keyed(inner)
            members = inner.values() if isinstance(inner, dict) and listed else (inner,)
            for member in members:
                for found in self.articles(member, levels - 1):
                    if titled and listed and not self._titled(found):
                        return  # paragraphs of one article
                    yield self._with_outer(found, value, key, ("outlet",) if listed else None)

    def _with_outer(self, found: Found, outer: Found, key: str, only: Sequence[str] | None) -> Found:
        """An article with the fields that stand outside it and that it does not have itself."""
        known = {self._mapper.field_of(name) for name in found}
        added = {}
        for name, value in outer.items():
            field = self._mapper.field_of(name)
            wanted = field is not None and field not in known and field != "text" and name != key
            if wanted and (only is None or field in only) and name not in found:
                added[name] = value
        return {**found, **added} if added else found

    def _own_text(self, value: Found) -> bool:
        """Whether an object has a text of its own: words, paragraphs, or an object that wraps them."""
        for name, inner in value.items():
            if self._mapper.field_of(name) != "text" or normalized(name) in SUMMARY_NAMES:
                continue
            if isinstance(inner, str) and inner.strip():
                return True
            if isinstance(inner, list) and inner and not isinstance(inner[0], dict | list):
                return True
            if isinstance(inner, dict) and _WRAPPERS.intersection(map(normalized, map(str, inner))):
                return not self._titled(inner)
        return False

    def _mapped(self, value: Found) -> bool:
        """Whether a nested name of the keeper's leads to a value; in a list only if the list is of paragraphs."""
        return bool(self._mapper.mapped_values(value, through_lists=self._titled(value)))

    def _titled(self, value: Found) -> bool:
        return any(self._has(value, field) for field in KNOWN_BY)

    def _has(self, value: Found, field: str) -> bool:
        return any(self._mapper.field_of(name) == field for name in value)


def _is_keyed(value: Found) -> bool:
    """Whether an object is a list in disguise: all its values are objects, keyed by number or by id."""
    return len(value) > 0 and all(isinstance(inner, dict) for inner in value.values())


def _rows_of_columns(value: Found, mapper: Mapper) -> list[Found]:
    """The rows of a table written column by column, as pandas does; [] if it is none."""
    columns, data = value.get("columns"), value.get("data")
    if isinstance(columns, list) and isinstance(data, list) and all(isinstance(row, list) for row in data):
        return [dict(zip(map(str, columns), row, strict=False)) for row in data]
    known = [inner for name, inner in value.items() if mapper.field_of(name)]
    if len(known) < 2 or not any(mapper.field_of(name) == "text" for name in value):
        return []
    if all(isinstance(inner, dict) for inner in known):
        return _by_key(value)
    lists = {name: inner for name, inner in value.items() if isinstance(inner, list)}
    lengths = {len(lists.get(name, ())) for name in value if mapper.field_of(name)}
    if len(lengths) == 1 and min(lengths) > 1:
        rows = range(min(lengths))
        return [{name: inner[row] for name, inner in lists.items() if row < len(inner)} for row in rows]
    return []


def _by_key(value: Found) -> list[Found]:
    """Rows of columns that are objects keyed by row."""
    keys: dict[str, None] = {}
    for inner in value.values():
        if isinstance(inner, dict):
            if any(isinstance(cell, dict) and normalized(key) not in _WRAPPERS for key, cell in inner.items()):
                return []
            keys.update(dict.fromkeys(inner))
    numbered = all(key.lstrip("-").isdigit() for key in keys)
    if not numbered:
        return []
    return [
        {name: inner[key] for name, inner in value.items() if isinstance(inner, dict) and key in inner} for key in keys
    ]


def with_names(values: Iterable[object], mapper: Mapper) -> Iterator[object]:
    """The members of a list; where the first has the names of the others, which are lists too, they are objects."""
    names: list[str] = []
    for at, value in enumerate(values):
        if at == 0 and isinstance(value, list) and all(isinstance(name, str) for name in value):
            known = any(names.field_of(name) == "text" for names in mapper.readings for name in value)
            names = value if known else []
            if names:
                continue
        yield dict(zip(names, value, strict=False)) if names and isinstance(value, list) else value


def value_at(found: Found, path: str, *, through_lists: bool = True) -> object:
    """The value at a path of names with dots between, such as `article.content`; None if there is none.

    The first names may be those of what the object was found in. Through a list the values of all its members are
    taken, unless lists are no part of the article.
    """
    names = [normalized(name) for name in path.split(".")]
    for start in range(len(names)):
        value = _walk(found, names[start:], through_lists=through_lists)
        if value is not None:
            return value
    return None


def _walk(value: object, names: Sequence[str], *, through_lists: bool) -> object:
    for at, name in enumerate(names):
        if isinstance(value, list) and through_lists:
            members = [_walk(member, names[at:], through_lists=True) for member in value if isinstance(member, dict)]
            return [member for member in members if member is not None] or None
        if not isinstance(value, dict):
            return None
        value = next((inner for key, inner in value.items() if normalized(str(key)) == name), None)
    return value

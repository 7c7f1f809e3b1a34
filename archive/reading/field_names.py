"""Field mapping: maps the column names and keys of a file to our fields.

News collections name the same field in dozens of ways; `archive.reading.fields.names` lists them. If several names
match one field, the first with a value is used in our order of preference. The keeper's explicit mapping covers all
other names, also nested ones with dots between (`article.content`). Where a record or a table has a name of the
mapping, it alone counts for its field; others are read as if there were no mapping, so that one folder may hold files
of many kinds.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from archive.reading.fields.name_parts import field_by_words
from archive.reading.fields.names import FIELDS, LISTED, NAMES, SUMMARY_NAMES, is_time_of_handling, normalized
from archive.reading.fields.nesting import value_at
from archive.reading.fields.usage import FieldUsage
from archive.reading.fields.values import value_text

MOST_NAMES = 1_000  # of fields in a record or table; the widest collections of news have some hundred
LONGEST_NAMES = 100_000  # characters of all names together
ADDRESS = re.compile(  # of a page, not only of a site; without a scheme, two levels down
    r"(?:https?:)?//[^\s/?#]++/[^\s]*[^\s/][^\s]*|(?<![a-z0-9.-])[a-z0-9-]++(?:\.[a-z0-9-]++)++/[^\s/]++/[^\s]*[^\s/][^\s]*",
    re.IGNORECASE,
)

FieldPositions = tuple[tuple[str, tuple[int, ...]], ...]
NamesOfFields = Mapping[str, str | tuple[str, ...]]  # our field → its name in the files, or its names in different ones


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The fields of one article in a file.

    `number` is its place there, if the file may hold many: a line, an array position, the name of a member or a sheet.
    Several articles of one line have their place in it after a dot: "3.2".
    """

    fields: Mapping[str, str]
    number: int | str | None = None

    def inside(self, member: str) -> "RawRecord":
        """The same in a member of a container."""
        return replace(self, number=_place_inside(member, self.number))


@dataclass(frozen=True, slots=True)
class BadRecord:
    """A part of a file that yields no article, and the reason; without a number it is the whole file.

    `broken` is True if nobody knows where it ends. A file whose last part is broken is not read to its end.
    """

    reason: str
    number: int | str | None = None
    broken: bool = False

    def inside(self, member: str) -> "BadRecord":
        """The same in a member of a container."""
        return replace(self, number=_place_inside(member, self.number))


def _place_inside(member: str, number: int | str | None) -> str:
    return member if number is None else f"{member}:{number}"


class UnknownField(ValueError):
    """A mapping names an unknown field. The message lists the known ones."""


class FieldMapper:
    """Maps the names used in a file to our fields; those of an explicit `mapping` before those that are recognised."""

    def __init__(self, mapping: NamesOfFields | None = None) -> None:
        for field in mapping or {}:
            if field not in NAMES:
                raise UnknownField(f"there is no field {field!r} to map; the fields are {', '.join(FIELDS)}")
        names = {field: (given,) if isinstance(given, str) else given for field, given in (mapping or {}).items()}
        self._mapping = tuple((field, name) for field, given in names.items() for name in given)
        self._usage: FieldUsage | None = None  # of the file that is being read, once `begin_file` was called
        self._unmatched = {name: normalized(name) for _, name in self._mapping}

    def begin_file(self) -> FieldUsage:
        """Begin to tally the names of another file; what is mapped from now on is added to the tally returned."""
        self._usage = FieldUsage()
        return self._usage

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The names of the explicit mapping that no file had so far."""
        return tuple(self._unmatched)

    def _cross_off(self, names: Sequence[str]) -> None:
        """Take the names of a file from those that no file had."""
        standing = set(map(normalized, names))
        self._unmatched = {name: key for name, key in self._unmatched.items() if key not in standing}

    def leave_out(self, counts: Mapping[str, int]) -> None:
        """Note how much of which kind is in the file and no article."""
        if self._usage is not None:
            self._usage.left_out.update(counts)

    def has(self, field: str, names: Sequence[str]) -> bool:
        """Whether one of the names maps to the field."""
        if self._unmatched:
            self._cross_off(names)
        return any(found == field for found, _ in _positions(tuple(names), self._mapping))

    def count(self, names: Sequence[str]) -> int:
        """Number of our fields that the names map to."""
        return len(_positions(tuple(names), self._mapping))

    def field_of(self, name: str) -> str | None:
        """The field a single name maps to; of a field of the mapping, its names there alone."""
        return _field_of(name, self._mapping)

    @cached_property
    def readings(self) -> tuple["FieldMapper", ...]:
        """The mappers to look for articles by: this one, then one without the explicit mapping."""
        return (self, FieldMapper()) if self._mapping else (self,)

    def mapped_values(self, found: Mapping[str, object], *, through_lists: bool = True) -> Mapping[str, object]:
        """The values at the nested names of the explicit mapping, by those names."""
        if not self._mapping:
            return {}
        names = [name for _, name in self._mapping if "." in name and name not in found]
        values = {name: value_at(found, name, through_lists=through_lists) for name in names}
        return {name: value for name, value in values.items() if value is not None}

    def fields(self, names: Sequence[str], values: Sequence[object]) -> dict[str, str]:
        """Our fields with non-empty, repaired values. `values` are in the order of `names` and may be fewer."""
        if self._unmatched:
            self._cross_off(names)
        found: dict[str, str] = {}
        taken: list[int] = []
        for field, places in _positions(tuple(names), self._mapping):
            for place in places:
                words = value_text(field, values[place]) if place < len(values) else ""
                if words:
                    found[field] = words
                    taken.append(place)
                    break
        if self._usage is not None:
            self._usage.note(names, values, taken, found)
        if "url" not in found and (address := self._other_address(tuple(names), values)):
            found["url"] = address
        return found

    def _other_address(self, names: tuple[str, ...], values: Sequence[object]) -> str | None:
        """The address of the article where it stands in another field: in the source or, as in feeds, in the id."""
        for field, places in _positions(names, self._mapping):
            if field in {"outlet", "id"}:
                for place in places:
                    words = value_text("url", values[place]) if place < len(values) else ""
                    if ADDRESS.fullmatch(words):
                        return words
        return None


def too_many(names: Sequence[str]) -> str | None:
    """Why these names of fields are not mapped: there are too many, or they are too long; None if they are not."""
    if len(names) > MOST_NAMES:
        return f"more than {MOST_NAMES:,} fields; is it an article?"
    if sum(map(len, names)) > LONGEST_NAMES:
        return f"the names of its fields have more than {LONGEST_NAMES:,} characters; is it an article?"
    return None


@lru_cache(maxsize=1024)  # records of a file rarely differ in their field names
def _positions(names: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> FieldPositions:
    """Our fields with the positions in `names` that may hold them, in order of preference."""
    mapped = {normalized(name) for _, name in mapping}
    standing: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        standing.setdefault(normalized(name), []).append(place)
    free = {name: places for name, places in standing.items() if name not in mapped}
    wanted: dict[str, list[int]] = {}
    by_words = _by_words(names, free)
    for field, known in NAMES.items():
        wanted[field] = [place for name in known for place in free.get(normalized(name), ())]
        summaries = [place for place in wanted[field] if normalized(names[place]) in SUMMARY_NAMES]
        sure = [place for place in wanted[field] if place not in summaries]
        wanted[field] = [*sure, *by_words.get(field, ()), *summaries]
    given: dict[str, list[int]] = {}
    for field, name in mapping:
        given.setdefault(field, []).extend(standing.get(normalized(name), ()))
    wanted |= {field: places for field, places in given.items() if places}
    return tuple((field, tuple(places)) for field, places in wanted.items() if places)


def _by_words(names: tuple[str, ...], free: Mapping[str, list[int]]) -> dict[str, list[int]]:
    """The positions of names that no list has, by the field that their words stand for."""
    found: dict[str, list[int]] = {}
    for name, places in free.items():
        if name not in LISTED and not is_time_of_handling(name) and (field := field_by_words(names[places[0]])):
            found.setdefault(field, []).extend(places)
    return found


@lru_cache(maxsize=4096)
def _field_of(name: str, mapping: tuple[tuple[str, str], ...]) -> str | None:
    """The field of a name; a recognised name stands for no field that the mapping names otherwise."""
    field = next((field for field, _ in _positions((name,), mapping)), None)
    given = {normalized(one) for mapped, one in mapping if mapped == field}
    return field if not given or normalized(name) in given else None

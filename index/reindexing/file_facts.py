"""What is told about each file after a reindex: columns not used, facts its articles lack, and which column has them.

A column that is not recognised and looks like a date, an address or a name is told first, with the field it would fill.
It is suggested only for a field that no other column of the file fills.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Final

from archive.article import DatePrecision
from archive.dating.stated_dates import parse_stated_date
from archive.press.bylines import read_names
from archive.press.outlets import publisher_in_text
from archive.press.places import PLACES
from archive.reading.fields.names import is_time_of_handling, normalized
from archive.reading.fields.usage import FieldUsage, UnusedName
from index.reindexing.fact_counts import FactCounts

MOST_FILES = 1_000  # told of; those with most to tell
MOST_UNUSED = 200  # names told of a file
AGREEING: Final = 0.6  # of the examples; values of a column are never all clean
FEWEST_WORDS_OF_A_TITLE, LONGEST_TITLE = 4, 200  # words, characters

_ADDRESS = re.compile(r"(?:https?:)?//[^\s/]+\.[a-z]{2,}(?:[/?]\S*)?|www\.\S+\.\S+/\S+", re.IGNORECASE)
_MEDIA = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|avif|css|js)(?:[?#].*)?$", re.IGNORECASE)
_DATE_NAME = re.compile(r"tgl|tanggal|date|waktu|time|hari|terbit|tayang|publish|posted|day|jam")
_PERSON = re.compile(r"(?:[A-Z][\w.'’-]*\s){1,4}[A-Z][\w.'’-]*")
_OTHER_NAMES = re.compile(
    r"image|foto|photo|gambar|video|thumb|caption|tag|keyword|kategori|categor|kota|city|provinsi|lokasi|place|topi[ck]|"
    r"related|terkait|lang|status|type|jenis|label|rubrik|section|kanal|channel"
)


@dataclass(frozen=True, slots=True)
class UnusedField:
    """A name that was not used: how many records have it, an example, and the field that `--map` could fill from it."""

    name: str
    records: int
    example: str
    suggested: str | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is told about a file, or about the files of one article each in a folder.

    `left_out` counts by kind what is in a file and no article.
    """

    where: str
    records: int = 0
    facts: FactCounts = field(default_factory=FactCounts)
    unused: tuple[UnusedField, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def suggested(self) -> tuple[UnusedField, ...]:
        """The names that look like a field that nothing fills."""
        return tuple(one for one in self.unused if one.suggested)

    @property
    def is_notable(self) -> bool:
        """Whether there is anything to report."""
        facts = self.facts
        return bool(
            self.left_out
            or self.unused
            or facts.undated
            or facts.without_outlet
            or facts.without_title
            or facts.unread_dates
        )

    def as_values(self) -> dict[str, object]:
        """The facts as plain values."""
        return asdict(self)

    @classmethod
    def from_values(cls, held: Mapping[str, object]) -> "FileFacts":
        """Make them from plain values. Raises TypeError and KeyError for others."""
        values = dict(held)
        facts, unused = values.pop("facts"), values.pop("unused")
        if not isinstance(facts, dict) or not isinstance(unused, list):
            raise TypeError
        return cls(facts=FactCounts(**facts), unused=tuple(UnusedField(**one) for one in unused), **values)  # type: ignore[arg-type]


def tell_files(usage: Mapping[str, FieldUsage], counts: Mapping[str, FactCounts]) -> list[FileFacts]:
    """What is to be told about each file: first those with a column to map, then those that lack most."""
    groups = dict.fromkeys((*usage, *counts))
    files = [_facts_of(group, usage.get(group), counts.get(group)) for group in groups]
    return sorted((one for one in files if one.is_notable), key=_order)[:MOST_FILES]


def _order(one: FileFacts) -> tuple[bool, int]:
    facts = one.facts
    return not one.suggested, -(facts.undated + facts.without_outlet + facts.without_title + facts.unread_dates)


def _facts_of(where: str, usage: FieldUsage | None, counts: FactCounts | None) -> FileFacts:
    facts = counts or FactCounts()
    if usage is None:
        return FileFacts(where, facts.articles, facts)
    unused = sorted(_unused(usage), key=lambda one: one.suggested is None)
    records = max(usage.records, facts.articles)
    return FileFacts(where, records, facts, tuple(unused[:MOST_UNUSED]), dict(usage.left_out.most_common()))


def _unused(usage: FieldUsage) -> Iterator[UnusedField]:
    """The unused names, with a suggestion for at most one name a field."""
    open_fields = {name: looks for name, looks in _LOOKS.items() if name not in usage.fields}
    for name, unused in usage.unused.items():
        suggested = next((one for one, looks in open_fields.items() if looks(normalized(name), unused)), None)
        if suggested:
            del open_fields[suggested]
        yield UnusedField(name, unused.records, unused.examples[0] if unused.examples else "", suggested)


def _agree(examples: Sequence[str], test: Callable[[str], object]) -> bool:
    return bool(examples) and sum(map(bool, map(test, examples))) >= AGREEING * len(examples)


def _is_date(name: str, unused: UnusedName) -> bool:
    """Whether values are days; plain numbers only under a name that speaks of time."""
    if is_time_of_handling(name):
        return False
    named = _DATE_NAME.search(name) is not None
    return _agree(unused.examples, lambda value: (named or not value.replace(".", "").isdigit()) and _is_day(value))


def _is_day(value: str) -> bool:
    found = parse_stated_date(value)
    return found is not None and found.precision is DatePrecision.DAY


def _is_address(name: str, unused: UnusedName) -> bool:
    if _OTHER_NAMES.search(name):
        return False
    return _agree(unused.examples, lambda value: _ADDRESS.fullmatch(value) and not _MEDIA.search(value))


def _is_outlet(name: str, unused: UnusedName) -> bool:
    return not _OTHER_NAMES.search(name) and _agree(unused.examples, publisher_in_text)


def _is_person(name: str, unused: UnusedName) -> bool:
    if _OTHER_NAMES.search(name):
        return False
    return _agree(
        unused.examples,
        lambda value: _PERSON.fullmatch(value) and value not in PLACES and len(read_names(value)) == 1,
    )


def _is_title(name: str, unused: UnusedName) -> bool:
    if _OTHER_NAMES.search(name):
        return False
    return len(unused.examples) > 1 and _agree(
        unused.examples,
        lambda value: (
            len(value.split()) >= FEWEST_WORDS_OF_A_TITLE
            and len(value) < LONGEST_TITLE
            and not _ADDRESS.match(value)
            and not _is_day(value)
        ),
    )


_LOOKS: Final[Mapping[str, Callable[[str, UnusedName], bool]]] = {
    "date": _is_date,
    "url": _is_address,
    "outlet": _is_outlet,
    "reporter": _is_person,
    "title": _is_title,
}

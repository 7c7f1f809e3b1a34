"""The ledger of a generation: of each article its digest, its own date, and where it is grouped, in one packed file.

A build reads it to know what is published, and tells from the new one what has to be written: an article whose story or
loose group is another than as it was written, or whose date may follow from copies that changed.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

import zstandard

from archive.article import READ_FROM_TEXT, STATED_BASES, ArticleDate, DateBasis, DatePrecision
from archive.dating.outliers import StatedYears
from index.opensearch.documents import Place

LEDGER: Final = "ledger.zst"
STATED: Final = frozenset(basis.value for basis in STATED_BASES)
READ: Final = frozenset(basis.value for basis in READ_FROM_TEXT)
PRECISE: Final = frozenset({DatePrecision.DAY.value, DatePrecision.MONTH.value})


class Entry(NamedTuple):
    """An article: its digest, its own first day, precision and basis, its outlet, and its story and loose group."""

    digest: str
    first: str | None
    precision: str
    basis: str | None
    outlet: str | None
    story: str
    group: str

    @property
    def telling(self) -> bool:
        """Whether the date is stated to the day or month: it says something about copies, and they nothing about it."""
        return self.basis in STATED and self.precision in PRECISE


Entries = Mapping[str, Entry]
Head = tuple[str, ArticleDate, str | None]  # of an article its digest, its own date and its outlet


def entry(head: Head, story: str, group: str) -> Entry:
    """The entry of an article with a digest, a date of its own, and an outlet."""
    digest, day, outlet = head
    first = day.first.isoformat() if day.first else None
    basis = day.basis.value if day.basis else None
    return Entry(digest, first, day.precision.value, basis, outlet, story, group)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The entries of all articles by id."""

    entries: Entries

    def pack(self) -> bytes:
        """As bytes."""
        told = [[article_id, *held] for article_id, held in sorted(self.entries.items())]
        return zstandard.ZstdCompressor(3).compress(json.dumps(told).encode())

    def places(self) -> Mapping[str, Place]:
        """Where each article is grouped."""
        stories = Counter(held.story for held in self.entries.values())
        groups = Counter(held.group for held in self.entries.values())
        known = {(held.story, held.outlet) for held in self.entries.values() if held.outlet is not None}
        outlets = Counter(story for story, _ in known)
        return {
            article_id: Place(held.story, held.group, stories[held.story], groups[held.group], outlets[held.story])
            for article_id, held in self.entries.items()
        }

    def rows(self) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        """The rows that identify an index; see `identity.index_id`."""
        for article_id, held in sorted(self.entries.items()):
            texts = (article_id, held.digest, held.story, held.group)
            a, b, c, d = (text.encode("utf-8", "surrogatepass") for text in texts)
            yield a, b, c, d

    def stated_years(self) -> StatedYears:
        """The years in which nearly all stated days lie."""
        stated = (held.first for held in self.entries.values() if held.telling and held.precision == DatePrecision.DAY)
        return StatedYears.of([date.fromisoformat(first).toordinal() for first in stated if first])

    def stories(self) -> int:
        """How many stories there are."""
        return len({held.story for held in self.entries.values()})


def unpacked(packed: bytes) -> Ledger:
    """The ledger of `Ledger.pack`."""
    told = json.loads(zstandard.ZstdDecompressor().decompress(packed))
    return Ledger({article_id: Entry(*held) for article_id, *held in told})


def copies_of(ledger: Ledger, stories: Iterable[str]) -> Mapping[str, list[ArticleDate]]:
    """The distinct stated dates of the articles in some stories, to the day or month, without their evidence."""
    wanted = frozenset(stories)
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for held in ledger.entries.values():
        if held.story in wanted and held.telling and held.first:
            found[held.story].add((held.first, held.precision))
    return {
        story: [
            ArticleDate(date.fromisoformat(first), DatePrecision(precision), DateBasis.GIVEN)
            for first, precision in sorted(days)
        ]
        for story, days in found.items()
    }


def to_write(written: Mapping[str, Place], after: Ledger) -> set[str]:
    """The articles of the new generation that are grouped elsewhere than as written, or whose copies are other ones."""
    new = after.places()
    moved = {article_id for article_id, place in new.items() if written.get(article_id) != place}
    gone = written.keys() - new.keys()
    touched = {new[article_id].story for article_id in moved}
    touched |= {written[article_id].story for article_id in (moved | gone) & written.keys()}
    redated = {article_id for article_id, held in after.entries.items() if not held.telling and held.story in touched}
    return moved | redated


def far(entries: Entries, *judged: StatedYears) -> set[str]:
    """The articles with a date read from a text that is far from one of some stated years."""
    earliest, latest = (max(one.near[0] for one in judged), min(one.near[1] for one in judged))
    first, last = earliest.isoformat(), latest.isoformat()
    read = {article_id: held for article_id, held in entries.items() if held.basis in READ and held.first}
    return {article_id for article_id, held in read.items() if not first <= (held.first or "") <= last}

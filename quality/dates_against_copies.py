"""Dating quality against copies: whether a date found in a text agrees with the day its copies were given.

Two kinds of articles are asked. `hidden`: the given date and the address of one article in ONE_IN are hidden, and the
day is compared with the hidden one. `undated`: articles without either, whose day is compared with the days given to
their copies. Only articles in a story with a copy that has a given day count, after that copy has had its say
(`dates_from_copies`). Stories are grouped as in an index.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha1
from itertools import islice
from pathlib import Path

from archive.article import STATED_BASES, Article, ArticleDate, DatePrecision
from archive.copies.fingerprints import Fingerprint, fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.told import Told, told_by
from archive.dating.dates_from_copies import FOLLOWING_DAYS, dated_by_copies
from archive.dating.metadata_dates import date_from_metadata
from archive.intake import article_from_record
from archive.reading.records import read
from archive.record import Record
from index.parallel import parallel_map
from quality.figures import Figures

PORTION = 500  # articles dated at once in one process
ONE_IN = 4  # articles whose given date is hidden


@dataclass(frozen=True, slots=True)
class Asked:
    """An article as an archive would have it: its date, fingerprint and what it tells of itself.

    `hidden` is the day that was taken from it.
    """

    id: str
    dated: ArticleDate
    print: Fingerprint
    told: Told
    hidden: date | None = None

    @property
    def stated(self) -> date | None:
        """The day that metadata states, if it does."""
        return self.dated.stated_day


def measure(data: Path) -> Figures:
    """How days found in texts agree with given days; see `_shares`."""
    path = data / "news.jsonl.gz"
    if not path.exists():
        raise FileNotFoundError(2, "no such file", str(path))
    records = (item for item in read([path]) if isinstance(item, Record))
    asked = [one for portion in parallel_map(_read, _portions(records)) for one in portion]
    kinds = {"hidden": Counter[str](), "undated": Counter[str]()}
    for kind, outcomes in _judged(asked):
        kinds[kind].update(outcomes)
    return {kind: _shares(counts) for kind, counts in kinds.items()}


def is_hidden(article_id: str) -> bool:
    """Whether an article is one of those whose metadata dates are hidden."""
    return sha1(article_id.encode(), usedforsecurity=False).digest()[0] % ONE_IN == 0


def _portions(records: Iterable[Record]) -> Iterator[list[Record]]:
    records = iter(records)
    while portion := list(islice(records, PORTION)):
        yield portion


def _read(portion: Sequence[Record]) -> list[Asked]:
    return [one for record in portion if (one := _asked(record))]


def _asked(record: Record) -> Asked | None:
    """Make the article of a record, without its metadata dates if it is one of those to be hidden."""
    hidden = None
    if is_hidden(record.id):
        hidden = _stated_day(record)
        record = replace(record, date=None, url=None)
    made = article_from_record(record)
    if not isinstance(made, Article):
        return None
    return Asked(made.id, made.date, fingerprint(made.paragraphs), told_by(made), hidden)


def _stated_day(record: Record) -> date | None:
    """The day that a record states, unless its address contradicts its date."""
    found = date_from_metadata(record.date, record.url)
    return found.first if found.precision is DatePrecision.DAY and len(found.evidence) == 1 else None


def _judged(asked: Sequence[Asked]) -> Iterator[tuple[str, Counter[str]]]:
    """The kind and the outcomes of each article that has a copy with a given day."""
    detector = NearDuplicateDetector()
    for one in asked:
        detector.add(one.id, one.print, one.told)
    story_of = detector.group(lambda _: ()).story_ids
    members: dict[str, list[Asked]] = {}
    for one in asked:
        if one.id in story_of:
            members.setdefault(story_of[one.id], []).append(one)
    for story in members.values():
        for one in story:
            others = [other for other in story if other is not one]
            days = [day for other in others if (day := other.stated)]
            if days and one.dated.basis not in STATED_BASES:
                truth = [one.hidden] if one.hidden else days
                found = dated_by_copies(one.dated, [other.dated for other in others])
                yield "hidden" if one.hidden else "undated", _outcomes(found, truth)


def _outcomes(found: ArticleDate, truth: Sequence[date]) -> Counter[str]:
    outcomes = Counter({"articles": 1})
    if found.precision is DatePrecision.DAY and found.first is not None:
        outcomes["to_a_day"] = 1
        if any(abs((day - found.first).days) <= FOLLOWING_DAYS for day in truth):
            outcomes["near"] = 1
        elif not found.disputed:
            outcomes["far_undisputed"] = 1
    return outcomes


def _shares(counts: Mapping[str, int]) -> Figures:
    """The figures of one kind.

    articles: those with a copy that has a given day. to_a_day: the share of them that are dated to a day.
    within_three_days: of these, the share within `FOLLOWING_DAYS` of the day they are compared with. far_undisputed:
    how many are farther off without saying that their date is disputed.
    """
    return {
        "articles": counts["articles"],
        "to_a_day": counts["to_a_day"] / max(1, counts["articles"]),
        "within_three_days": counts["near"] / max(1, counts["to_a_day"]),
        "far_undisputed": counts["far_undisputed"],
    }

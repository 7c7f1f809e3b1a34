"""Bounds of a record: a text, a field or a word of more characters is no article, and would stop the work on others.

A bound is far above what news has: the longest of 54,540 articles has 38,570 characters, its longest field 323.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from archive.reading.containers.bounds import CONTAINER_BOUNDS, ContainerBounds
from archive.record import Record, Rejected

LONGEST_FIELD = 10_000  # characters of a field other than the text
LONGEST_WORD = 10_000  # characters without a space, a hyphen or another sign; only data in place of a text has them
MOST_LINES = 50_000  # of a text
LONGEST_TEXT = 4_000_000  # characters unless set otherwise; the complete works of Shakespeare have 5 million
SECONDS = 30  # of work on one article or web page unless set otherwise; usual ones take a fiftieth of a second
MEBIBYTES = 4096  # for the work on a portion of articles, a page or a JSON value unless set otherwise

_LETTERS = re.compile(r"\w+")
_FIELDS = tuple(name for name in Record.__slots__ if name not in {"text", "where"})
_VALUES = attrgetter(*_FIELDS)


@dataclass(frozen=True, slots=True)
class RecordBounds:
    """The bounds of a record that a keeper may change; `seconds` and `mebibytes` are for reading it.

    `container` are those of the files that hold files.
    """

    longest_text: int = LONGEST_TEXT
    seconds: float = SECONDS
    mebibytes: int = MEBIBYTES
    container: ContainerBounds = CONTAINER_BOUNDS

    def hold(self, found: Iterable[Record | Rejected]) -> Iterator[Record | Rejected]:
        """Pass on what is found, each record that goes beyond a bound as a `Rejected` that names it."""
        for item in found:
            reason = self.exceeded(item) if isinstance(item, Record) else None
            yield item if reason is None else Rejected(item.where, reason)

    def exceeded(self, record: Record) -> str | None:
        """The bound that a record goes beyond, as a reason; None if it keeps within all."""
        if len(record.text) > self.longest_text:
            return (
                f"its text has more than {self.longest_text:,} characters; split it, or raise KLIPING_LONGEST_ARTICLE"
            )
        if len(record.text) > LONGEST_WORD and _has_long_word(record.text):
            return f"a word of its text has more than {LONGEST_WORD:,} characters; it is data, not a text"
        if len(record.text) > MOST_LINES and record.text.count("\n") >= MOST_LINES:
            return f"its text has more than {MOST_LINES:,} lines; split it"
        if max(map(len, filter(None, _VALUES(record))), default=0) <= LONGEST_FIELD:
            return None
        name = next(name for name in _FIELDS if len(getattr(record, name) or "") > LONGEST_FIELD)
        return f"its field {name} has more than {LONGEST_FIELD:,} characters; correct or remove it"


RECORD_BOUNDS = RecordBounds()


def _has_long_word(text: str) -> bool:
    suspects = (piece for piece in text.split() if len(piece) > LONGEST_WORD)
    return any(len(word) > LONGEST_WORD for piece in suspects for word in _LETTERS.findall(piece))

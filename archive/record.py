"""Records: what reading hands on, one article's worth of raw input each, nothing judged yet.

A record says what a file gave for each of our fields, in the file's own words. Turning those words into facts is the
work of `intake`; a record that cannot become an article is a `Rejected`, which names the place and the reason.
"""

from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter

DIGEST_BYTES = 16  # 128 bits: no two of 10⁹ records collide by chance


@dataclass(frozen=True, slots=True)
class Record:
    """One article's fields as a file gave them; `where` names the file, and the line where one file holds many."""

    id: str
    where: str
    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    bureau: str | None = None
    agency: str | None = None
    reporter: str | None = None
    editor: str | None = None
    place: str | None = None
    url: str | None = None

    def digest(self, version: str) -> str:
        """Fingerprint of everything but `where`, under a version of the rules that turn records into articles."""
        fields = [version, *("" if field is None else "=" + field for field in JUDGED(self))]
        sizes = ",".join(str(len(field)) for field in fields)
        return blake2b((sizes + "".join(fields)).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()


# Every field but `where`: moving a file changes no article.
JUDGED = attrgetter(*(name for name in Record.__slots__ if name != "where"))


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something under the given paths that could not become an article: where it is and why, for the keeper."""

    where: str
    reason: str

"""Records: the raw input of one article each, as read from a file and not yet interpreted.

A record holds the file's own value for each field. `intake` turns it into an article. Input that cannot become an
article is a `Rejected`, which states the location and the reason.
"""

from dataclasses import dataclass
from hashlib import blake2b
from operator import attrgetter

DIGEST_BYTES = 16  # 128 bits: no accidental collisions among 10⁹ records


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of one article as found in a file.

    `where` is the path for the keeper's messages, with the line or position if the file holds many. `source` is the
    same relative to the given folder, for readers, who are not shown how the server's disk is ordered. `former_id` is
    the id that earlier versions made of the place of a record without one; it stands in old links.
    """

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
    section: str | None = None
    source: str = ""
    former_id: str = ""

    def __reduce__(self) -> tuple[type["Record"], tuple[str | None, ...]]:
        """Pickle by position; records go between processes, where a name for each field takes twice the time."""
        return type(self), FIELDS(self)

    def digest(self, version: str) -> str:
        """Fingerprint of all fields but the places, and of the version of the rules that turn records into articles."""
        fields = [version, *["" if field is None else "=" + field for field in DIGESTED_FIELDS(self)]]
        sizes = ",".join(str(len(field)) for field in fields)
        return blake2b((sizes + "".join(fields)).encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()


FIELDS = attrgetter(*Record.__slots__)
# Places are excluded, so moving a file changes no article.
DIGESTED_FIELDS = attrgetter(*(name for name in Record.__slots__ if name not in {"where", "source", "former_id"}))


@dataclass(frozen=True, slots=True)
class Rejected:
    """Input that could not become an article: its location and the reason, for the archive's keeper."""

    where: str
    reason: str

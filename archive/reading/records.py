"""Reading: paths → records. The one way in, for a single article as for a million.

Everything streams: a record is handed on before the next is read, and what is kept meanwhile is only which ids were
given, since an id names one article. What cannot be read is handed on as well, as a `Rejected` with its reason.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryFile

from archive.reading.decompression import Unreadable
from archive.reading.field_names import Draft, Flaw, Recognition
from archive.reading.formats import articles
from archive.reading.progress import Meter
from archive.reading.seen_ids import MetIds
from archive.reading.walking import Blocked, Source, sources
from archive.record import Record, Rejected

LONGEST_ID = 200  # characters; an id is part of an address and of a line in a citation
UNFIT_IN_IDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
LOST_IN_ADDRESSES = re.compile(r"^/|(?:^|/)\.\.?(?:/|$)")  # browsers resolve them before they ask


class MissingPath(Exception):
    """A path to read does not exist; the message names it."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no file or folder {path}")
        self.path = path


def read(
    paths: Sequence[Path], mapping: Mapping[str, str] | None = None, meter: Meter | None = None
) -> Iterator[Record | Rejected]:
    """All articles in files and folders, in the order of `paths` and then of names; lazily, followed by a meter.

    Raises MissingPath and UnknownField (of `mapping`: our field → the files' name for it) at once.
    """
    recognition = Recognition(mapping)
    for path in paths:
        if not os.path.exists(path):  # noqa: PTH110  # Path.exists raises where a folder above may not be entered
            raise MissingPath(path)
    return _once(_read(paths, recognition, meter or Meter()))


def _read(paths: Sequence[Path], recognition: Recognition, meter: Meter) -> Iterator[Record | Rejected]:
    base = Path.cwd()
    for source in sources(paths):
        where = shown(source.path, base)
        if isinstance(source, Blocked):
            yield Rejected(where, source.reason)
            continue
        found = None
        try:
            for found in articles(source.path, recognition, meter):
                yield _record(found, source, where)
            if found is None:
                yield Rejected(where, "no article in it")
        except Unreadable as error:
            yield Rejected(where, str(error))


def _record(found: Draft | Flaw, source: Source, where: str) -> Record | Rejected:
    """The record of a draft, under its own id or the file's, or why it cannot be one."""
    place = where if found.number is None else f"{where}:{found.number}"
    if isinstance(found, Flaw):
        return Rejected(place, found.reason)
    own = source.id if found.number is None else f"{source.id}:{found.number}"
    fields = {"id": own, **found.fields}
    if "text" not in fields:
        return Rejected(place, "no text")
    if len(fields["id"]) > LONGEST_ID:
        return Rejected(place, f"its id has more than {LONGEST_ID} characters; give it a shorter one")
    if UNFIT_IN_IDS.search(fields["id"]):
        return Rejected(place, "its id has control characters in it; give it another one")
    if LOST_IN_ADDRESSES.search(fields["id"]):
        return Rejected(place, "an id cannot have . or .. between slashes, nor begin with a slash; give it another one")
    return Record(where=place, **fields)


def _once(found: Iterator[Record | Rejected]) -> Iterator[Record | Rejected]:
    """The same, but every id only the first time; where that was is kept on the disk, a line a record."""
    given = MetIds()
    with TemporaryFile() as places:
        end = 0
        for record in found:
            if isinstance(record, Rejected):
                yield record
                continue
            before = given.add(record.id, end)
            if before is None:
                end += places.write(record.where.encode("utf-8", "surrogatepass") + b"\n")
                yield record
            else:
                places.seek(before)
                first = places.readline().rstrip(b"\n").decode("utf-8", "surrogatepass")
                places.seek(end)
                yield Rejected(record.where, f"the id {record.id} was already given at {first}")


def shown(path: Path, base: Path) -> str:
    """A path as the keeper would recognise it: below `base` without what stands above it, else in full."""
    full = os.path.abspath(path)  # noqa: PTH100  # Path.absolute keeps "..", and resolving would rename linked files
    inner = full.removeprefix(f"{base}{os.sep}")
    return os.fsencode(inner).decode("utf-8", "replace")

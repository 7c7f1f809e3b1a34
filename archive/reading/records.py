"""The entry point for reading: streams the records in files and folders.

Each record is yielded before the next is read. Only the ids already used are kept, because an id names one article.
Input that cannot be read is yielded as a `Rejected` with its reason.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from archive.reading.article_ids import ArticleIds
from archive.reading.bounds import RECORD_BOUNDS, RecordBounds
from archive.reading.containers.decompression import FailedReading, UnknownKind, UnreadableFile, UnsuitableFile
from archive.reading.containers.newest_captures import newest_captures
from archive.reading.containers.web_archives import OLDER
from archive.reading.field_names import BadRecord, FieldMapper, NamesOfFields, RawRecord
from archive.reading.fields.usage import FieldUsage
from archive.reading.file_discovery import InaccessiblePath, SavedFiles, Source, SourceFile, is_missing, source_files
from archive.reading.file_reading import PartlyRead, ReadingRun, read_file
from archive.reading.formats import suffixes
from archive.reading.parsing.ahead import Ahead
from archive.reading.parsing.answer_file import NO_ANSWERS, AnswerFile
from archive.reading.parsing.parsers import Parsers
from archive.reading.progress import ReadingProgress
from archive.reading.read_ahead import read_ahead
from archive.reading.source_log import SourceLog
from archive.record import Record, Rejected

RULES = "9"  # increase when the same files give other records, so that unchanged files are read again
SAVED_FILES = "files that browsers saved beside pages"
LONGEST_ID = 200  # characters; an id is part of a URL and of a citation
INVALID_IN_IDS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
RELATIVE_URL_PARTS = re.compile(r"^/|(?:^|/)\.\.?(?:/|$)")  # browsers resolve these before sending the request
WEB_ARCHIVE = ".warc"


@dataclass(frozen=True, slots=True)
class ReadingMeans:
    """What reading may use: the folder of a temporary file, the answers of parsers that were kept, and cores."""

    scratch: Path | None = None
    answers: AnswerFile = NO_ANSWERS
    cores: int = 1


NO_MEANS = ReadingMeans()


class MissingPath(Exception):
    """A given path does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no file or folder {path}")
        self.path = path


def read(
    paths: Sequence[Path],
    mapping: NamesOfFields | None = None,
    bounds: RecordBounds = RECORD_BOUNDS,
    log: SourceLog | None = None,
    means: ReadingMeans = NO_MEANS,
) -> Iterator[Record | Rejected]:
    """Read all articles in files and folders lazily, in the order of `paths` and then of names.

    `mapping` maps our fields to the names used in the files. A record beyond the `bounds` is rejected. `log` tells
    which file a record is from, and what cannot be read. Raises MissingPath and UnknownField immediately, before
    anything is read.
    """
    mapper = FieldMapper(mapping)
    for path in paths:
        if is_missing(path):
            raise MissingPath(path)
    captures = cache(partial(_captures, tuple(paths), bounds))
    ahead = Ahead(bounds, means.cores) if means.cores > 1 else None
    run = ReadingRun(mapper, ReadingProgress(), Parsers(bounds, means.answers, ahead), captures)
    log, ids = log or SourceLog(), ArticleIds(means.scratch)
    log.renamed = ids.renamed
    sources = source_files(paths) if ahead is None else _followed(source_files(paths), ahead)
    if ahead is not None:
        ahead.follow(read_ahead(paths, run, ahead))
    return ids.give(bounds.hold(_read(sources, run, log)))


def _followed(sources: Iterator[Source], ahead: Ahead) -> Iterator[Source]:
    """The sources, while what they ask the parsers is parsed ahead."""
    with closing(ahead):
        for ahead.file, source in enumerate(sources):
            yield source


def _read(sources: Iterator[Source], run: ReadingRun, log: SourceLog) -> Iterator[Record | Rejected]:
    base, mapper = Path.cwd(), run.mapper
    for source in sources:
        where = display_path(source.path, base)
        log.enter(source.path)
        if isinstance(source, InaccessiblePath):
            log.fail(where, source.reason)
            yield Rejected(where, source.reason)
            continue
        if isinstance(source, SavedFiles):
            beside = display_path(source.page, base)
            log.note_usage(beside, FieldUsage(files=0, left_out=Counter({SAVED_FILES: source.count})))
            continue
        found = None
        usage = mapper.begin_file()
        try:
            for found in read_file(source.path, run):
                yield _record(found, source, where)
            if found is None and OLDER not in usage.left_out:
                yield Rejected(where, "no article in it")
            elif isinstance(found, BadRecord) and found.broken:
                log.fail(where, found.reason)
        except PartlyRead as error:
            log.fail(where, str(error))
        except UnreadableFile as error:
            if not isinstance(error, UnknownKind):
                log.fail(where, str(error), judged=isinstance(error, UnsuitableFile))
                log.may_recover |= isinstance(error, FailedReading)
            yield Rejected(where, str(error))
        log.note_usage(where if found is None or found.number is None else f"{where}:{found.number}", usage)
    log.unmet_names = mapper.unmatched


def _captures(paths: Sequence[Path], bounds: RecordBounds) -> Mapping[str, str]:
    """The times of the newest captures of all addresses, where there are several web archives."""
    files = (source.path for source in source_files(paths) if isinstance(source, SourceFile))
    archives = [path for path in files if suffixes(path.name)[0] == WEB_ARCHIVE]
    return newest_captures(archives, bounds.container) if len(archives) > 1 else {}


def _record(found: RawRecord | BadRecord, source: SourceFile, where: str) -> Record | Rejected:
    """Build the record, with its own id or none yet, or reject it with a reason."""
    row = "" if found.number is None else f":{found.number}"
    place = where + row
    if isinstance(found, BadRecord):
        return Rejected(place, found.reason)
    fields = {"id": "", **found.fields}
    if "text" not in fields:
        return Rejected(place, "no text")
    if len(fields["id"]) > LONGEST_ID:
        return Rejected(place, f"its id has more than {LONGEST_ID} characters; give it a shorter one")
    if INVALID_IN_IDS.search(fields["id"]):
        return Rejected(place, "its id has control characters in it; give it another one")
    if RELATIVE_URL_PARTS.search(fields["id"]):
        return Rejected(place, "an id cannot have . or .. between slashes, nor begin with a slash; give it another one")
    former = "" if fields["id"] else source.id + row
    return Record(where=place, source=source.name + row, former_id=former, **fields)


def display_path(path: Path, base: Path) -> str:
    """A path for messages: relative to `base` if below it, else absolute."""
    full = os.path.abspath(path)  # noqa: PTH100  # Path.absolute keeps "..", and resolving renames linked files
    inner = full.removeprefix(f"{base}{os.sep}")
    return os.fsencode(inner).decode("utf-8", "replace")

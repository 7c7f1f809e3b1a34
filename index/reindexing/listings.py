"""Listings: which articles each of the last indexes had, so that a figure can be explained after the index has changed.

A listing is a small file beside the index, named by the index id: a line of facts as JSON, then a line for each article
with its id, a tab, and the first letters of its digest; compressed with Zstandard. It is written before an index is
replaced by another. Half a megabyte is enough for fifty thousand articles.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import zstandard

from index.engine import DamagedIndex, Engine, IndexInfo, NoIndex, Reader
from index.reindexing.report import ReindexReport

MOST_KEPT: Final = 10  # listings; older ones are removed
DIGEST_LETTERS: Final = 8  # of a digest in hexadecimal: two states of an article have the same by 1 in 4 billion
ENDING: Final = ".tsv.zst"
LEVEL: Final = 9  # of Zstandard: listings are written seldom and kept
_NAME = re.compile(r"[0-9a-f]{4,64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two indexes: the ids of the articles that came, went and changed, each in order."""

    came: tuple[str, ...]
    went: tuple[str, ...]
    changed: tuple[str, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Listings:
    """The listings in a folder, which need not exist yet."""

    folder: Path

    def keep(self, info: IndexInfo, digests: Iterable[tuple[str, str]]) -> None:
        """Write the listing of an index, and remove those that are too many. Raises OSError."""
        if not _NAME.fullmatch(info.id):
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        unfinished = self.folder / f".{info.id}.unfinished"
        facts = {"id": info.id, "articles": info.articles, "stories": info.stories, "built": info.built.isoformat()}
        try:
            with unfinished.open("wb") as file, zstandard.ZstdCompressor(LEVEL).stream_writer(file) as packed:
                packed.write(f"{json.dumps(facts)}\n".encode())
                for article_id, digest in digests:
                    packed.write(f"{json.dumps(article_id)}\t{digest[:DIGEST_LETTERS]}\n".encode())
            unfinished.replace(self._path(info.id))
        finally:
            unfinished.unlink(missing_ok=True)
        for old in self.listed()[MOST_KEPT:]:
            self._path(old.id).unlink(missing_ok=True)

    def listed(self) -> list[IndexInfo]:
        """The indexes with a listing, the one listed last first; files that are none are passed over."""
        paths = list(self.folder.glob(f"*{ENDING}")) if self.folder.is_dir() else []
        found = []
        for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns, reverse=True):
            with suppress(DamagedIndex):
                found.append(self._facts(path))
        return found

    def _read(self, index_id: str) -> Iterator[tuple[str, str]]:
        path = self._path(index_id)
        try:
            lines = iter(_lines(path))
            next(lines)
            for line in lines:
                article_id, _, digest = line.rstrip("\n").rpartition("\t")
                yield json.loads(article_id), digest
        except (OSError, ValueError, StopIteration, zstandard.ZstdError) as error:
            raise DamagedIndex(f"the listing {path} cannot be read ({error}); remove it") from error

    def changes(self, before: str, after: str, reader: Reader) -> Changes:
        """What differs between two indexes: that of the reader, or some that have a listing, by their ids.

        Raises DamagedIndex for a listing that cannot be read.
        """
        gone = dict(self._digests(before, reader))
        came, changed, same = [], [], 0
        for article_id, digest in self._digests(after, reader):
            was = gone.pop(article_id, None)
            if was is None:
                came.append(article_id)
            elif was != digest:
                changed.append(article_id)
            else:
                same += 1
        return Changes(tuple(sorted(came)), tuple(sorted(gone)), tuple(sorted(changed)), same)

    def _digests(self, index_id: str, reader: Reader) -> Iterator[tuple[str, str]]:
        """The id of each article of an index, and the first letters of its digest."""
        if index_id == reader.info().id:
            return ((article_id, digest[:DIGEST_LETTERS]) for article_id, digest in reader.digests())
        return self._read(index_id)

    def _path(self, index_id: str) -> Path:
        return self.folder / f"{index_id}{ENDING}"

    def _facts(self, path: Path) -> IndexInfo:
        try:
            facts = json.loads(next(iter(_lines(path))))
            built = datetime.fromisoformat(facts["built"])
            return IndexInfo(facts["id"], facts["articles"], facts["stories"], built)
        except (OSError, ValueError, KeyError, TypeError, StopIteration, zstandard.ZstdError) as error:
            raise DamagedIndex(f"the listing {path} cannot be read ({error}); remove it") from error


def keep_listing(listings: Listings | None, engine: Engine, report: ReindexReport) -> None:
    """Keep the listing of the published index, if there is one and a run changes it.

    An index that cannot be read has no listing.
    """
    if listings is not None and (report.new or report.changed or report.removed):
        with suppress(NoIndex, DamagedIndex):
            reader = engine.snapshot()
            listings.keep(reader.info(), reader.digests())


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as unpacked:
        yield from TextIOWrapper(unpacked, "utf-8", newline="\n")

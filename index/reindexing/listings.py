"""Listings: which articles each of the last indexes had, so that a figure can be explained after the index has changed.

A listing is a small file beside the index, named by the index id: a line of facts as JSON, then a line for each article
with its id, a tab, and the first letters of its digest; compressed with Zstandard. It is written before an index is
replaced by another. Half a megabyte is enough for fifty thousand articles.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Final

import zstandard

from index.engine import DamagedIndex, Engine, IndexInfo, NoIndex, Reader
from index.query.request import Copies, Query
from index.reindexing.report import ReindexReport

MOST_KEPT: Final = 10  # listings; older ones are removed
DIGEST_LETTERS: Final = 8  # of a digest in hexadecimal: two states of an article have the same by 1 in 4 billion
ENDING: Final = ".tsv.zst"
LEVEL: Final = 9
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
        for old in self.kept()[MOST_KEPT:]:
            self._path(old.id).unlink(missing_ok=True)

    def kept(self) -> list[IndexInfo]:
        """The indexes with a listing, the one listed last first; files that are none are passed over."""
        paths = list(self.folder.glob(f"*{ENDING}")) if self.folder.is_dir() else []
        found = []
        for path in sorted(paths, key=lambda path: path.stat().st_mtime_ns, reverse=True):
            with suppress(DamagedIndex):
                found.append(self._facts(path))
        return found

    def read(self, index_id: str) -> dict[str, str]:
        """The digest of each article of an index. Raises DamagedIndex for a listing that cannot be read."""
        path = self._path(index_id)
        try:
            lines = iter(_lines(path))
            next(lines)
            pairs = (line.rstrip("\n").rpartition("\t") for line in lines)
            return {json.loads(article_id): digest for article_id, _, digest in pairs}
        except (OSError, ValueError, StopIteration, zstandard.ZstdError) as error:
            raise DamagedIndex(f"the listing {path} cannot be read ({error}); remove it") from error

    def _path(self, index_id: str) -> Path:
        return self.folder / f"{index_id}{ENDING}"

    def _facts(self, path: Path) -> IndexInfo:
        try:
            facts = json.loads(next(iter(_lines(path))))
            built = datetime.fromisoformat(facts["built"])
            return IndexInfo(facts["id"], facts["articles"], facts["stories"], built)
        except (OSError, ValueError, KeyError, TypeError, StopIteration, zstandard.ZstdError) as error:
            raise DamagedIndex(f"the listing {path} cannot be read ({error}); remove it") from error


def keep_listing(listings: Listings | None, engine: Engine, digests: Mapping[str, str], report: ReindexReport) -> None:
    """Keep the listing of the published index, if there is one and a run changes it.

    `digests` are those that a build started with; a fresh one starts with none, so all articles are read. An index that
    cannot be read has no listing.
    """
    if listings is not None and (report.new or report.changed or report.removed):
        with suppress(NoIndex, DamagedIndex):
            reader = engine.snapshot()
            listings.keep(reader.info(), digests.items() if digests else digests_of(reader))


def digests_of(reader: Reader) -> Iterator[tuple[str, str]]:
    """The id and digest of every article of an index."""
    for match in reader.walk(Query(copies=Copies.SHOW), texts=False):
        yield match.article.id, match.article.digest


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> Changes:
    """Compare two indexes by the digests of their articles."""
    both = before.keys() & after.keys()
    changed = sorted(article_id for article_id in both if before[article_id] != after[article_id])
    return Changes(
        tuple(sorted(after.keys() - before.keys())),
        tuple(sorted(before.keys() - after.keys())),
        tuple(changed),
        len(both) - len(changed),
    )


def _lines(path: Path) -> Iterator[str]:
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as unpacked:
        yield from TextIOWrapper(unpacked, "utf-8", newline="\n")

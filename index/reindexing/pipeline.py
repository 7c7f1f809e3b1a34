"""Reindex: the one path from files to a published index.

    paths → read → lines that outlets repeat
               └─→ Record → intake → Article → preparation, fingerprint → build.take → stories → build.group → publish
                   └── unchanged: kept ──┘     └─ in portions, on all cores ─┘

Records stream through and wait on the disk meanwhile: what is boilerplate must be known before the first article is
made, or the same archive would give other articles in another order. No more than some portions of texts are held at a
time. An article whose record has the digest the index already holds is kept as it stands, so a second run costs little
more than reading the files. Afterwards the index holds exactly the articles under the paths; what could not become one
is listed, and nothing is published if anything fails.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from pathlib import Path
from time import perf_counter
from typing import Any

from archive.article import Article
from archive.copies.fingerprint_table import StaleFingerprintsError
from archive.copies.fingerprints import Fingerprint, fingerprint
from archive.copies.near_duplicates import Fingerprints
from archive.copies.stories import STORIES, Stages
from archive.intake import digest, intake
from archive.meanings.definitions import Definition, definitions
from archive.press import boilerplate
from archive.press.boilerplate import BOILERPLATE, Boilerplate, Repeated, Rules
from archive.reading.progress import Meter
from archive.reading.record_spool import WaitingRecords, packed, unpacked
from archive.reading.records import read
from archive.reading.seen_ids import MetIds
from archive.record import Record, Rejected
from index.engine import Build, Damaged, Engine, EngineError
from index.parallel import spread
from index.reindexing import source_digest
from index.reindexing.first_pass import batched, gather
from index.reindexing.short_form_learning import Learning
from index.reindexing.source_digest import SOURCES, Sources

FINGERPRINTS = "fingerprints.npz"


class NothingRead(EngineError):
    """No article lies under the paths; emptying a full index is never meant by that; `rejected` says why."""

    def __init__(self, paths: Sequence[Path], rejected: Sequence[Rejected]) -> None:
        super().__init__(f"no article under {', '.join(map(str, paths))}; the index is as it was")
        self.rejected = tuple(rejected)


@dataclass(frozen=True, slots=True)
class Request:
    """What to reindex, and how: `mapping` has the files' own names of fields, `meter` follows the bytes read.

    `rules` are the keeper's own lines of boilerplate.
    """

    paths: tuple[Path, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    full: bool = False
    dry_run: bool = False
    rules: Rules = field(default_factory=Rules)
    meter: Meter = field(default_factory=Meter)


class Phase(StrEnum):
    """What a reindex is at."""

    LEARNING = "looking for boilerplate"
    READING = "reading"
    GROUPING = "grouping copies"
    PUBLISHING = "writing the index"
    DONE = "done"


@dataclass(slots=True)
class Report:
    """What a reindex did, counted while it runs: articles by what became of them, rejects, the stages of grouping."""

    phase: Phase = Phase.LEARNING
    seen: int = 0  # records looked through for boilerplate
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    stages: Stages | None = None
    seconds: float = 0.0

    @property
    def articles(self) -> int:
        """How many articles the index holds afterwards."""
        return self.new + self.changed + self.unchanged

    @property
    def read(self) -> int:
        """How many records were read, rejected ones included."""
        return self.articles + len(self.rejected)

    @property
    def done(self) -> int:
        """How many records the phase has been through."""
        return self.seen if self.phase is Phase.LEARNING else self.read


Progress = Callable[[Report], None]


def reindex(engine: Engine, request: Request, progress: Progress = lambda _: None) -> Report:
    """Make the index hold exactly the articles under the paths; `progress` is told after every portion and phase.

    Raises MissingPath, NothingRead and EngineError; the published index is then as it was.
    """
    start = perf_counter()
    report = Report()
    with engine.build(fresh=request.full) as build:
        run = _Run(build, request, report)
        run.read(progress)
        if not report.articles:
            raise NothingRead(request.paths, report.rejected)
        if not request.dry_run:
            run.settle(progress)
    report.phase = Phase.DONE
    report.seconds = perf_counter() - start
    return report


class _Run:
    """One pass over the records into one build."""

    def __init__(self, build: Build, request: Request, report: Report) -> None:
        self._build = build
        self._request = request
        self._report = report
        self._known = build.digests
        self._learning = Learning(build)
        self._met = MetIds()  # of those that are known
        self._repeated: Sequence[Repeated] = ()
        self._boilerplate = Boilerplate()
        self._digest = source_digest.digest(request.paths, request.mapping, request.rules)
        self._before = Sources.load(build.beside(SOURCES)) if self._known else None

    def read(self, progress: Progress) -> None:
        """Take every record in, or keep or reject it."""
        before = self._before
        if before is not None and before.digest == self._digest != "":
            self._report.unchanged, self._report.rejected = len(self._known), list(before.rejected)
            return
        waiting = self._gather(progress)
        preparation = nothing if self._request.dry_run else self._build.preparation
        work = partial(made, preparation, self._boilerplate)
        for portion in spread(work, self._portions(waiting, progress)):
            self._take_in(portion)
            progress(self._report)
        self._report.removed = len(self._known) - len(self._met)

    def settle(self, progress: Progress) -> None:
        """Drop the articles that are gone and group those that are left; what follows is publishing."""
        report = self._report
        sources = Sources(self._digest, tuple(report.rejected))
        sources.save(self._build.beside(SOURCES))
        if report.removed:
            for article_id in [known for known in self._known if known not in self._met]:
                self._learning.drop(article_id)
                self._build.remove(article_id)
        if report.new or report.changed or report.removed:
            self._build.complete()
            report.phase = Phase.GROUPING
            progress(report)
            self._group()
        elif sources != self._before:
            boilerplate.save(self._repeated, self._build.beside(BOILERPLATE))
            self._build.renew(BOILERPLATE)
            self._build.renew(SOURCES)
        report.phase = Phase.PUBLISHING
        progress(report)

    def _gather(self, progress: Progress) -> WaitingRecords:
        """Read all records there are, and find the lines that outlets repeat in them."""

        def seen(count: int) -> None:
            self._report.seen += count
            progress(self._report)

        seen(0)
        records = read(self._request.paths, self._request.mapping)
        waiting, self._repeated = gather(records, self._build.beside(SOURCES).parent, seen)
        self._boilerplate = Boilerplate(boilerplate.by_outlet(self._repeated), self._request.rules)
        self._report.phase = Phase.READING
        return waiting

    def _portions(self, waiting: WaitingRecords, progress: Progress) -> Iterator[bytes]:
        """Portions of what is to be worked on: all there is, but for records whose articles are kept."""
        portions = self._followed(waiting, progress)
        if not self._known:
            return portions
        return map(packed, batched(item for portion in portions for item in unpacked(portion) if not self._keep(item)))

    def _followed(self, waiting: WaitingRecords, progress: Progress) -> Iterator[bytes]:
        for number, portion in enumerate(waiting, 1):
            self._request.meter.reach(number / len(waiting))
            progress(self._report)
            yield portion

    def _keep(self, item: Record | Rejected) -> bool:
        """Keep the article the index holds of a record, if it is just as it would be made again."""
        if isinstance(item, Rejected) or not self._holds(item):
            return False
        self._met.add(item.id)
        self._fingerprints.keep(item.id)
        self._report.unchanged += 1
        return True

    def _holds(self, record: Record) -> bool:
        """Whether the index holds the article of a record just as it would be made again."""
        known = self._known.get(record.id)
        return known is not None and known == digest(record, self._boilerplate)

    def _take_in(self, portion: "Portion") -> None:
        report = self._report
        report.rejected += portion.rejected
        changed = [article_id for article_id in portion.ids if article_id in self._known]
        for article_id in changed:
            self._met.add(article_id)
        report.changed += len(changed)
        report.new += len(portion.ids) - len(changed)
        if not self._request.dry_run:
            self._build.take(portion.prepared)
            for article_id, of_article, defined in zip(
                portion.ids, portion.fingerprints, portion.definitions, strict=True
            ):
                self._fingerprints.add(article_id, of_article)
                self._learning.take(article_id, defined)

    def _group(self) -> None:
        stories = self._fingerprints.group(self._build.text, spread)
        self._fingerprints.save(self._build.beside(FINGERPRINTS))
        boilerplate.save(self._repeated, self._build.beside(BOILERPLATE))
        self._learning.save()
        stories.save(self._build.beside(STORIES))
        self._build.group(stories.of, stories.loose)
        self._report.stages = stories.stages

    @cached_property
    def _fingerprints(self) -> Fingerprints:
        if not self._known:
            return Fingerprints()
        try:
            return Fingerprints.load(self._build.beside(FINGERPRINTS))
        except (OSError, StaleFingerprintsError) as error:
            raise Damaged(
                f"the fingerprints of the last reindex are lost ({error}); run: flask reindex --full"
            ) from error


@dataclass(frozen=True, slots=True)
class Portion:
    """What became of some records: rejects, and of the others ids, fingerprints, definitions, what a build takes."""

    rejected: list[Rejected]
    ids: list[str]
    fingerprints: list[Fingerprint]
    definitions: list[Sequence[Definition]]
    prepared: Any


def made(preparation: Callable[[Sequence[Article]], Any], known: Boilerplate, records: bytes) -> Portion:
    """Everything that can be done for some packed records by themselves, in any process."""
    found = [intake(item, known) if isinstance(item, Record) else item for item in unpacked(records)]
    articles = [item for item in found if not isinstance(item, Rejected)]
    bodies = [article.paragraphs for article in articles]
    return Portion(
        [item for item in found if isinstance(item, Rejected)],
        [article.id for article in articles],
        list(map(fingerprint, bodies)),
        list(map(definitions, bodies)),
        preparation(articles),
    )


def nothing(articles: Sequence[Article]) -> None:
    """What a dry run makes of articles."""

"""The reindexing pipeline: the only path from files to a published index.

    paths → records → first pass: boilerplate lines, records spooled to disk
               └─→ article, fingerprint, definitions, preparation (in portions, on all cores) → build.add_prepared
                     → stories → build.set_stories → publish

An article is kept as it is if its record has the digest the index already holds, so a second run costs little more than
reading the files. Only a few portions of text are in memory at a time. Afterwards the index holds exactly the articles
under the paths; records that could not become an article are listed, and nothing is published if anything fails.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, partial
from pathlib import Path
from time import perf_counter

from archive.copies.fingerprint_table import StaleFingerprintsError
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.stories import STORIES, StageCounts
from archive.intake import digest
from archive.press import boilerplate
from archive.press.boilerplate import BOILERPLATE, Boilerplate, BoilerplateLine, BoilerplateRules
from archive.reading.bounds import RecordBounds
from archive.reading.progress import ReadingProgress
from archive.reading.record_spool import RecordSpool, pack_records, unpack_records
from archive.reading.records import read
from archive.reading.seen_ids import SeenIds
from archive.record import Record, Rejected
from index.engine import Build, DamagedIndex, Engine, EngineError
from index.parallel import parallel_map
from index.reindexing import source_digest
from index.reindexing.first_pass import batched, run_first_pass
from index.reindexing.portion_processing import ProcessedPortion, prepare_nothing, process_portion, work_on
from index.reindexing.reject_log import RejectLog
from index.reindexing.rescue import Rescue
from index.reindexing.short_form_learning import ShortFormLearner
from index.reindexing.source_digest import SOURCES, SourceSnapshot
from index.reindexing.work_limits import WorkLimits

FINGERPRINTS = "fingerprints.npz"


class NothingRead(EngineError):
    """No article was found under the paths, so the index is left unchanged; `rejects` say why."""

    def __init__(self, paths: Sequence[Path], rejects: RejectLog) -> None:
        super().__init__(f"no article under {', '.join(map(str, paths))}; the index is as it was")
        self.rejects = rejects


@dataclass(frozen=True, slots=True)
class ReindexRequest:
    """What to reindex, and how.

    `mapping` maps our field names to those of the files. `rules` are the user's boilerplate rules. `meter` follows the
    bytes read. `reject_file` gets all rejects if there are many.
    """

    paths: tuple[Path, ...]
    mapping: Mapping[str, str] = field(default_factory=dict)
    full: bool = False
    dry_run: bool = False
    rules: BoilerplateRules = field(default_factory=BoilerplateRules)
    meter: ReadingProgress = field(default_factory=ReadingProgress)
    bounds: RecordBounds = field(default_factory=RecordBounds)
    limits: WorkLimits = field(default_factory=WorkLimits)
    reject_file: Path | None = None


class Phase(StrEnum):
    """The phase a reindex is in."""

    LEARNING = "looking for boilerplate"
    READING = "reading"
    GROUPING = "grouping copies"
    PUBLISHING = "writing the index"
    DONE = "done"


@dataclass(slots=True)
class ReindexReport:
    """Running counts of a reindex: new, changed, unchanged and removed articles, rejects, and grouping statistics."""

    phase: Phase = Phase.LEARNING
    seen: int = 0  # records counted in the first pass
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejects: RejectLog = field(default_factory=RejectLog)
    stages: StageCounts | None = None
    seconds: float = 0.0

    @property
    def rejected(self) -> Sequence[Rejected]:
        """The first rejected records and files; `rejects` counts them all."""
        return self.rejects.first

    @property
    def articles(self) -> int:
        """The number of articles in the index afterwards."""
        return self.new + self.changed + self.unchanged

    @property
    def read(self) -> int:
        """The number of records read, including rejected ones."""
        return self.articles + self.rejects.count

    @property
    def done(self) -> int:
        """The number of records done in the current phase."""
        return self.seen if self.phase is Phase.LEARNING else self.read


Progress = Callable[[ReindexReport], None]


def reindex(engine: Engine, request: ReindexRequest, progress: Progress = lambda _: None) -> ReindexReport:
    """Make the index hold exactly the articles under the paths; `progress` is called after every portion and phase.

    Raises MissingPath, NothingRead and EngineError; in these cases the published index is unchanged.
    """
    start = perf_counter()
    report = ReindexReport(rejects=RejectLog(request.reject_file))
    with engine.build(fresh=request.full) as build:
        run = _Run(build, request, report)
        with closing(report.rejects):
            run.read(progress)
        if not report.articles:
            raise NothingRead(request.paths, report.rejects)
        if not request.dry_run:
            run.remove_and_group(progress)
    report.phase = Phase.DONE
    report.seconds = perf_counter() - start
    return report


class _Run:
    """One reindex run into one build."""

    def __init__(self, build: Build, request: ReindexRequest, report: ReindexReport) -> None:
        self._build = build
        self._request = request
        self._report = report
        self._known = build.digests
        self._learning = ShortFormLearner(build)
        self._seen_again = SeenIds()  # ids of `_known` found again in this run
        self._repeated: Sequence[BoilerplateLine] = ()
        self._boilerplate = Boilerplate()
        self._digest = source_digest.digest(request.paths, request.mapping, request.rules)
        self._before = SourceSnapshot.load(build.companion_file(SOURCES)) if self._known else None

    def read(self, progress: Progress) -> None:
        """Index, keep or reject every record."""
        before = self._before
        if before is not None and before.digest == self._digest != "":
            self._report.unchanged = len(self._known)
            self._report.rejects.restore(before.rejected, before.reasons)
            return
        spool = self._first_pass(progress)
        preparation = prepare_nothing if self._request.dry_run else self._build.preparation
        limits = self._request.limits
        work = partial(process_portion, preparation, partial(work_on, self._boilerplate), limits)
        rescue = Rescue(work, unpack_records, pack_records, limits)
        for portion in parallel_map(work, self._portions(spool, progress), rescue):
            self._add_portion(portion)
            progress(self._report)
        self._report.removed = len(self._known) - len(self._seen_again)

    def remove_and_group(self, progress: Progress) -> None:
        """Remove the articles that are gone and group the remaining ones; the next step is publishing."""
        report = self._report
        sources = SourceSnapshot(self._digest, tuple(report.rejected), report.rejects.reasons)
        sources.save(self._build.companion_file(SOURCES))
        if report.removed:
            for article_id in [known for known in self._known if known not in self._seen_again]:
                self._learning.drop(article_id)
                self._build.remove(article_id)
        if report.new or report.changed or report.removed:
            self._build.finish_articles()
            report.phase = Phase.GROUPING
            progress(report)
            self._group()
        elif sources != self._before:
            boilerplate.save(self._repeated, self._build.companion_file(BOILERPLATE))
            self._build.publish_file(BOILERPLATE)
            self._build.publish_file(SOURCES)
        report.phase = Phase.PUBLISHING
        progress(report)

    def _first_pass(self, progress: Progress) -> RecordSpool:
        """Run the first pass: spool all records and find the boilerplate lines."""

        def seen(count: int) -> None:
            self._report.seen += count
            progress(self._report)

        seen(0)
        request = self._request
        records = read(request.paths, request.mapping, bounds=request.bounds)
        folder = self._build.companion_file(SOURCES).parent
        spool, self._repeated = run_first_pass(records, folder, seen, request.limits)
        self._boilerplate = Boilerplate(boilerplate.by_outlet(self._repeated), self._request.rules)
        self._report.phase = Phase.READING
        return spool

    def _portions(self, spool: RecordSpool, progress: Progress) -> Iterator[bytes]:
        """Yield the packed portions to process: all records except those whose articles are kept."""
        portions = self._with_progress(spool, progress)
        if not self._known:
            return portions
        return map(
            pack_records,
            batched(item for portion in portions for item in unpack_records(portion) if not self._keep(item)),
        )

    def _with_progress(self, spool: RecordSpool, progress: Progress) -> Iterator[bytes]:
        for number, portion in enumerate(spool, 1):
            self._request.meter.reach(number / len(spool))
            progress(self._report)
            yield portion

    def _keep(self, item: Record | Rejected) -> bool:
        """Keep the indexed article of a record if it is unchanged; tell whether it was kept."""
        if isinstance(item, Rejected) or not self._is_unchanged(item):
            return False
        self._seen_again.add(item.id)
        self._fingerprints.keep(item.id)
        self._report.unchanged += 1
        return True

    def _is_unchanged(self, record: Record) -> bool:
        """Tell whether the index holds the article that this record would give again."""
        known = self._known.get(record.id)
        return known is not None and known == digest(record, self._boilerplate)

    def _add_portion(self, portion: ProcessedPortion) -> None:
        report = self._report
        report.rejects.extend(portion.rejected)
        changed = [article_id for article_id in portion.ids if article_id in self._known]
        for article_id in changed:
            self._seen_again.add(article_id)
        report.changed += len(changed)
        report.new += len(portion.ids) - len(changed)
        if not self._request.dry_run:
            self._build.add_prepared(portion.prepared)
            for article_id, of_article, defined in zip(
                portion.ids, portion.fingerprints, portion.definitions, strict=True
            ):
                self._fingerprints.add(article_id, of_article)
                self._learning.take(article_id, defined)

    def _group(self) -> None:
        stories = self._fingerprints.group(self._build.text, parallel_map)
        self._fingerprints.save(self._build.companion_file(FINGERPRINTS))
        boilerplate.save(self._repeated, self._build.companion_file(BOILERPLATE))
        self._learning.save()
        stories.save(self._build.companion_file(STORIES))
        self._build.set_stories(stories.story_ids, stories.loose_group_ids)
        self._report.stages = stories.stages

    @cached_property
    def _fingerprints(self) -> NearDuplicateDetector:
        if not self._known:
            return NearDuplicateDetector()
        try:
            return NearDuplicateDetector.load(self._build.companion_file(FINGERPRINTS))
        except (OSError, StaleFingerprintsError) as error:
            raise DamagedIndex(
                f"the fingerprints of the last reindex are lost ({error}); run: flask reindex --full"
            ) from error

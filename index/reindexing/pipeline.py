"""The reindexing pipeline: the only path from files to a published index.

    paths → records → first pass: boilerplate lines, titles, records spooled to disk
               └─→ article, fingerprint, definitions, preparation (in portions, on all cores) → build.add_prepared
                     → stories → build.set_stories → publish

An article is kept as it is if its record has the digest the index already holds, so a second run costs little more than
reading the files. Only a few portions of text are in memory at a time. Afterwards the index holds exactly the articles
under the paths, and those of files there that cannot be read, as they were. Records that could not become an article
are listed. Nothing is published if anything fails, or if more articles are gone than may go unasked.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from filecmp import cmp
from functools import cached_property, partial
from time import perf_counter

from archive.copies.fingerprints import fingerprint
from archive.copies.near_duplicates import NearDuplicateDetector
from archive.copies.stories import STORIES
from archive.copies.told import told_by
from archive.meanings.definitions import find_definitions
from archive.press import boilerplate
from archive.press.boilerplate import BOILERPLATE, Boilerplate, BoilerplateLine
from archive.press.outlets import outlets_in_use
from archive.reading.parsing.answer_file import AnswerFile
from archive.reading.parsing.parsers import version_of_answers
from archive.reading.record_spool import RecordSpool, pack_records, unpack_records
from archive.reading.records import RULES, ReadingMeans, read
from archive.reading.seen_ids import SeenIds
from archive.reading.source_log import SourceLog
from index.engine import Build, Engine
from index.parallel import parallel_map, worker_count
from index.reindexing.article_files import ARTICLE_FILES
from index.reindexing.detector_loading import open_detector
from index.reindexing.fact_counts import merge_counts
from index.reindexing.file_facts import tell_files
from index.reindexing.first_pass import batched, run_first_pass
from index.reindexing.kept_articles import KeptArticleSet
from index.reindexing.listings import keep_listing
from index.reindexing.portions import ProcessedPortion, prepare_nothing, process_portion, process_record
from index.reindexing.recognition import Mark, Recognition
from index.reindexing.reject_log import NothingRead, RejectLog
from index.reindexing.removals import RemovalsRefused, too_many
from index.reindexing.report import Phase, ReindexReport
from index.reindexing.request import ReindexRequest
from index.reindexing.rescue import Rescue
from index.reindexing.short_form_learning import ShortFormLearner
from index.reindexing.source_digest import SOURCES, SourceSnapshot
from index.words import stemming

FINGERPRINTS = "fingerprints.npz"


Progress = Callable[[ReindexReport], None]


def reindex(engine: Engine, request: ReindexRequest, progress: Progress = lambda _: None) -> ReindexReport:
    """Make the index hold exactly the articles under the paths; `progress` is called after every portion and phase.

    Raises MissingPath, NothingRead, RemovalsRefused and other EngineErrors; the published index is then unchanged.
    """
    start = perf_counter()
    stemming.version()  # kept from now on: its packages may be exchanged before a long run has ended
    report = ReindexReport(rejects=RejectLog(request.reject_file))
    with engine.build(fresh=request.full) as build, closing(_Run(build, request, report)) as run:
        with closing(report.rejects):
            run.read(progress)
        if not report.articles:
            raise NothingRead(request.paths, report.rejects)
        run.refuse_many_removals()
        if not request.dry_run:
            keep_listing(request.listings, engine, report)
            run.write_changes(progress)
    report.phase = Phase.DONE
    report.seconds = perf_counter() - start
    return report


class _Run:
    """One reindex run into one build."""

    def __init__(self, build: Build, request: ReindexRequest, report: ReindexReport) -> None:
        self._build = build
        self._request = request
        self._report = report
        self._log = SourceLog()
        self._kept = KeptArticleSet(build, self._log)
        self._known, report.discarded = build.digests, build.discarded
        self._learning = ShortFormLearner(build)
        self._seen_again = SeenIds()  # ids of `_known` found again in this run
        self._moved = SeenIds()  # those that are unchanged, but are written again with another source
        self._answers = AnswerFile(
            request.answers, version_of_answers(RULES), anew=request.full, read_only=request.dry_run
        )
        self._repeated: Sequence[BoilerplateLine] = ()
        self._boilerplate = Boilerplate()
        self._digest = request.digest()
        self._before = SourceSnapshot.load(build.companion_file(SOURCES)) if self._known else None

    def close(self) -> None:
        """Close the file of what parsers answered."""
        self._answers.close()

    def read(self, progress: Progress) -> None:
        """Index, keep or reject every record."""
        before = self._before
        if before is not None and before.digest == self._digest != "":
            before.restore(self._report, len(self._known))
            return
        spool = self._first_pass(progress)
        preparation = prepare_nothing if self._request.dry_run else self._build.preparation
        limits = self._request.limits
        make = partial(process_record, self._boilerplate, outlets_in_use())
        work = partial(process_portion, preparation, make, limits)
        rescue = Rescue(work, unpack_records, pack_records, limits)
        for portion in parallel_map(work, self._portions(spool, progress), rescue):
            self._add_portion(portion)
            progress(self._report)
        self._take_over_kept()
        self._sum_up()

    def _sum_up(self) -> None:
        """Report what is known only after the last record: what was kept, what is gone, and what each file lacked."""
        report, replaced = self._report, self._kept.replaced
        report.kept = self._kept.summary()
        report.files, report.unmet_names = tell_files(self._log.usage, report.facts), self._log.unmet_names
        report.removed = (self._gone if self._known else self._kept.gone) - replaced
        if self._known:
            report.new, report.changed = report.new - replaced, report.changed + replaced

    @property
    def _gone(self) -> int:
        """The number of articles that the build started with and this run did not find again."""
        return len(self._known) - len(self._seen_again)

    def refuse_many_removals(self) -> None:
        """Raise RemovalsRefused if more of the archive would go than may go at once."""
        if reason := too_many(self._report.removed, self._kept.published, self._request.max_removed):
            self._refuse(reason)

    def write_changes(self, progress: Progress) -> None:
        """Remove what is gone from the build, group the articles, and save the companion files; publishing is next."""
        if self._kept.files_read:
            self._write_changes(progress)
        self._report.phase = Phase.PUBLISHING
        progress(self._report)

    def _write_changes(self, progress: Progress) -> None:
        report, build = self._report, self._build
        sources = SourceSnapshot.of(self._digest_if_same(), report)
        sources.save(build.companion_file(SOURCES))
        self._kept.save()
        self._answers.drop_unasked()
        if self._gone:
            gone = [known for known in self._known if known not in self._seen_again]
            self._learning.drop(gone)
            for article_id in gone:
                build.remove(article_id)
        if report.new or report.changed or report.removed or len(self._moved):
            build.finish_articles()
            report.phase = Phase.GROUPING
            progress(report)
            self._group()
        elif sources != self._before or not self._same_as_published(ARTICLE_FILES):
            boilerplate.save(self._repeated, build.companion_file(BOILERPLATE))
            for name in (BOILERPLATE, ARTICLE_FILES, SOURCES):  # the digest last: it vouches for the others
                build.publish_file(name)

    def _same_as_published(self, name: str) -> bool:
        published, written = self._build.published_file(name), self._build.companion_file(name)
        return published is not None and published.exists() and cmp(published, written, shallow=False)

    def _digest_if_same(self) -> str:
        """The digest of the files, if they are still those that were read; else "", which vouches for nothing."""
        vouched = self._digest and not self._log.may_recover and self._request.digest() == self._digest
        return self._digest if vouched else ""

    def _refuse(self, reason: str) -> None:
        """Refuse to publish; a dry run only tells that a real one would."""
        if self._request.allow_removals:
            return
        if not self._request.dry_run:
            raise RemovalsRefused(reason)
        self._report.refusal = str(RemovalsRefused(reason))

    def _first_pass(self, progress: Progress) -> RecordSpool:
        """Run the first pass: spool all records, find the boilerplate lines and the titles that links name."""

        def seen(count: int) -> None:
            self._report.seen += count
            progress(self._report)

        request, folder = self._request, self._build.companion_file(SOURCES).parent
        means = ReadingMeans(folder, self._answers, worker_count())
        records = self._kept.follow(read(request.paths, request.mapping, request.bounds, self._log, means))
        seen(0)
        spool, self._repeated, titles = run_first_pass(records, folder, seen, request.limits)
        if lost := self._kept.lost:
            self._refuse(lost)
        self._boilerplate = Boilerplate(boilerplate.by_outlet(self._repeated), request.rules, titles)
        self._report.phase = Phase.READING
        return spool

    def _portions(self, spool: RecordSpool, progress: Progress) -> Iterator[bytes]:
        """Yield the packed portions to process: all records except those whose articles are kept."""

        def reached(number: int) -> None:
            self._request.meter.reach(number / len(spool))
            progress(self._report)

        renamed = self._log.renamed
        if not self._known and not self._kept.any_stay and not renamed:
            for number, portion in enumerate(spool, 1):
                reached(number)
                yield portion
            return
        recognition = Recognition(self._boilerplate, renamed, self._keep)
        yield from map(pack_records, batched(recognition.unknown(spool, self._request.limits, reached)))

    def _keep(self, mark: Mark) -> bool:
        """Keep the indexed article of a record if it is unchanged or must stay; tell whether it was kept."""
        if self._known.get(mark.id) != mark.digest:
            return self._kept.keep(mark.id)
        if self._kept.has_moved(mark.id, mark.source):
            self._moved.add(mark.id)
            return self._kept.keep(mark.id)
        self._seen_again.add(mark.id)
        self._fingerprints.keep(mark.id)
        self._report.unchanged += 1
        return True

    def _take_over_kept(self) -> None:
        """Take over the articles that stay although they were not read: from the base, or into a fresh build."""
        if self._known:
            for article_id in self._kept.ids:
                self._seen_again.add(article_id)
                self._fingerprints.keep(article_id)
        elif not self._request.dry_run:
            for article in self._kept.articles(give_up=self._request.allow_removals):
                self._build.add(article)
                self._fingerprints.add(article.id, fingerprint(article.paragraphs), told_by(article))
                self._learning.take([find_definitions(article.paragraphs)])

    def _add_portion(self, portion: ProcessedPortion) -> None:
        report = self._report
        report.rejects.extend(portion.rejected)
        merge_counts(report.facts, portion.facts)
        changed = [article_id for article_id in portion.ids if article_id in self._known]
        for article_id in changed:
            self._seen_again.add(article_id)
        moved = sum(article_id in self._moved for article_id in changed)
        report.unchanged += moved
        report.changed += len(changed) - moved
        report.new += len(portion.ids) - len(changed)
        if not self._request.dry_run:
            self._build.add_prepared(portion.prepared)
            self._learning.take(portion.definitions, changed)
            for article_id, of_article, told in zip(portion.ids, portion.fingerprints, portion.told, strict=True):
                self._fingerprints.add(article_id, of_article, told)

    def _group(self) -> None:
        stories = self._fingerprints.group(self._build.texts, parallel_map)
        self._fingerprints.save(self._build.companion_file(FINGERPRINTS))
        boilerplate.save(self._repeated, self._build.companion_file(BOILERPLATE))
        self._learning.save()
        stories.save(self._build.companion_file(STORIES))
        self._build.set_stories(stories.story_ids, stories.loose_group_ids)
        self._report.stages = stories.stages

    @cached_property
    def _fingerprints(self) -> NearDuplicateDetector:
        return open_detector(self._build, FINGERPRINTS, anew=not self._known)

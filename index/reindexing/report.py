"""The report of a reindex: running counts for the progress, and what is told at the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from archive.copies.stories import StageCounts
from archive.record import Rejected
from index.reindexing.fact_counts import FactCounts
from index.reindexing.file_facts import FileFacts
from index.reindexing.reject_log import RejectLog


class Phase(StrEnum):
    """The phase a reindex is in."""

    LEARNING = "looking for boilerplate"
    READING = "reading"
    GROUPING = "grouping copies"
    PUBLISHING = "writing the index"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class KeptArticles:
    """Articles that stay as they were, since their file or folder cannot be read: where, why, and how many."""

    where: str
    reason: str
    articles: int


@dataclass(slots=True)
class ReindexReport:
    """Running counts of a reindex: new, changed, unchanged and removed articles, rejects, and grouping statistics.

    `refusal` is set by a dry run only: why a real run would publish nothing.
    """

    phase: Phase = Phase.LEARNING
    seen: int = 0  # records counted in the first pass
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    rejects: RejectLog = field(default_factory=RejectLog)
    kept: list[KeptArticles] = field(default_factory=list)
    facts: dict[str, FactCounts] = field(default_factory=dict)  # of new and changed articles, by file
    files: list[FileFacts] = field(default_factory=list)  # what is told about each file
    unmet_names: tuple[str, ...] = ()  # of the mapping, which no file had
    stages: StageCounts | None = None
    discarded: str = ""  # why the published index was not built upon, but made again from nothing
    seconds: float = 0.0
    refusal: str = ""

    @property
    def rejected(self) -> Sequence[Rejected]:
        """The first rejected records and files; `rejects` counts them all."""
        return self.rejects.first

    @property
    def kept_articles(self) -> int:
        """The number of articles that stay because their files cannot be read."""
        return sum(kept.articles for kept in self.kept)

    @property
    def articles(self) -> int:
        """The number of articles in the index afterwards."""
        return self.new + self.changed + self.unchanged + self.kept_articles

    @property
    def read(self) -> int:
        """The number of records read, including rejected ones."""
        return self.new + self.changed + self.unchanged + self.rejects.count

    @property
    def done(self) -> int:
        """The number of records done in the current phase; 0 in those that do not count."""
        return {Phase.LEARNING: self.seen, Phase.READING: self.read}.get(self.phase, 0)

    @property
    def share(self) -> float:
        """The share of the records of the first pass that are done."""
        return self.read / self.seen if self.seen else 0.0

"""The request for a reindex: which files, how they are read, and how much one run may remove."""

from dataclasses import astuple, dataclass, field
from pathlib import Path

from archive.press.boilerplate import BoilerplateRules
from archive.reading.bounds import RecordBounds
from archive.reading.field_names import NamesOfFields
from archive.reading.progress import ReadingProgress
from index.reindexing import source_digest
from index.reindexing.listings import Listings
from index.reindexing.work_limits import WorkLimits


@dataclass(frozen=True, slots=True)
class ReindexRequest:
    """What to reindex, and how.

    `mapping` maps our field names to those of the files. `rules` are the keeper's boilerplate rules. `meter`
    follows the bytes read. `max_removed` is the share of the archive, in per cent, that one run may remove without
    `allow_removals`. `reject_file` gets all rejects if there are many, `listings` what the published index had,
    and `answers` is the file in which those of parsers are kept.
    """

    paths: tuple[Path, ...]
    mapping: NamesOfFields = field(default_factory=dict)
    full: bool = False
    dry_run: bool = False
    max_removed: float = 100.0
    allow_removals: bool = False
    rules: BoilerplateRules = field(default_factory=BoilerplateRules)
    meter: ReadingProgress = field(default_factory=ReadingProgress)
    bounds: RecordBounds = field(default_factory=RecordBounds)
    limits: WorkLimits = field(default_factory=WorkLimits)
    reject_file: Path | None = None
    listings: Listings | None = None
    answers: Path | None = None

    def digest(self) -> str:
        """The digest of the files and of all that decides how they are read; "" if one is unreadable."""
        bounds = (*astuple(self.bounds), *astuple(self.limits))
        return source_digest.digest(self.paths, self.mapping, self.rules, bounds)

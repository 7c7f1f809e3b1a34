"""Detects that the source files are byte for byte those of the last reindex.

Most runs find nothing new. Reading and checking every record takes a sixth of the time of a full reindex; comparing a
digest of all files takes a hundredth. The digest covers contents, never modification times: a restored or copied file
must not be taken for an older one.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path

from archive.intake import VERSION
from archive.press.boilerplate import BoilerplateRules
from archive.press.outlets import outlets_in_use
from archive.reading.field_names import NamesOfFields
from archive.reading.file_discovery import InaccessiblePath, SavedFiles, source_files
from archive.reading.records import RULES as READING_RULES
from archive.record import Rejected
from index.reindexing.file_facts import FileFacts
from index.reindexing.report import KeptArticles, ReindexReport

SOURCES = "sources.json"


@dataclass(frozen=True, slots=True)
class SourceSnapshot:
    """The input of a reindex: a digest of all files and of how they were read, what was rejected, and what was kept.

    `rejected` are the first rejects, `reasons` counts all.
    """

    digest: str
    rejected: tuple[Rejected, ...]
    reasons: Counter[str]
    kept: tuple[KeptArticles, ...] = ()
    files: tuple[FileFacts, ...] = ()
    unmet_names: tuple[str, ...] = ()

    @classmethod
    def of(cls, digest: str, report: ReindexReport) -> "SourceSnapshot":
        """The snapshot of a run, by its report."""
        rejected = tuple(report.rejected)
        kept, files = tuple(report.kept), tuple(report.files)
        return cls(digest, rejected, report.rejects.reasons, kept, files, report.unmet_names)

    def restore(self, report: ReindexReport, articles: int) -> None:
        """Report a run without changes: what was rejected and kept is as it was. `articles` are in the index."""
        report.rejects.restore(self.rejected, self.reasons)
        report.kept = list(self.kept)
        report.files = list(self.files)
        report.unmet_names = self.unmet_names
        report.unchanged = articles - report.kept_articles

    def save(self, path: Path) -> None:
        """Save the snapshot beside an index."""
        rejected = [(item.where, item.reason) for item in self.rejected]
        kept = [(item.where, item.reason, item.articles) for item in self.kept]
        files = [one.as_values() for one in self.files]
        held = {"digest": self.digest, "rejected": rejected, "reasons": self.reasons, "kept": kept, "files": files}
        held["unmet_names"] = self.unmet_names
        path.write_text(json.dumps(held), encoding="ascii")  # names of files and columns may be no Unicode

    @classmethod
    def load(cls, path: Path) -> "SourceSnapshot | None":
        """Load the snapshot of the last reindex; None if it is missing or unreadable."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            rejected = tuple(Rejected(where, reason) for where, reason in held["rejected"])
            kept = tuple(KeptArticles(*item) for item in held.get("kept", ()))
            files = tuple(map(FileFacts.from_values, held.get("files", ())))
            unmet = tuple(map(str, held.get("unmet_names", ())))
            return cls(held["digest"], rejected, Counter(held["reasons"]), kept, files, unmet)
        except (OSError, ValueError, KeyError, TypeError):
            return None


def digest(paths: Sequence[Path], mapping: NamesOfFields, rules: BoilerplateRules, bounds: Sequence[float] = ()) -> str:
    """Digest the name and content of every file under the paths, and all reading options; "" if one is unreadable."""
    decided = [
        VERSION,
        READING_RULES,
        outlets_in_use().digest,
        sorted(mapping.items()),
        sorted(rules.keep),
        sorted(rules.drop),
        *bounds,
    ]
    found = blake2b(json.dumps(decided).encode(), digest_size=16)
    try:
        for source in source_files(paths):
            found.update(f"\n{source.path}\t".encode("utf-8", "surrogateescape"))
            if isinstance(source, InaccessiblePath):
                found.update(source.reason.encode())
            elif isinstance(source, SavedFiles):
                found.update(f"{source.count}".encode())
            else:
                with source.path.open("rb") as file:
                    found.update(file_digest(file, "blake2b").digest())
    except OSError:
        return ""
    return found.hexdigest()

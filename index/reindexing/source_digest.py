"""Untouched: whether the files under the paths are, to the byte, those the last reindex read.

Most runs find nothing new. Reading and judging every record again would tell so after a sixth of the time of a whole
reindex; a digest of all files tells it in a hundredth. Their contents are digested, never their times: a restored or
copied file must not pass for an older one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b, file_digest
from pathlib import Path

from archive.intake import VERSION
from archive.press.boilerplate import Rules
from archive.reading.walking import Blocked, sources
from archive.record import Rejected

SOURCES = "sources.json"


@dataclass(frozen=True, slots=True)
class Sources:
    """What a reindex read: a digest of all files and of how they were read, and what it rejected."""

    digest: str
    rejected: tuple[Rejected, ...]

    def save(self, path: Path) -> None:
        """Write this beside an index."""
        rejected = [(item.where, item.reason) for item in self.rejected]
        path.write_text(json.dumps({"digest": self.digest, "rejected": rejected}, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Sources | None":
        """What the last reindex read; None where that is not known."""
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            return cls(held["digest"], tuple(Rejected(where, reason) for where, reason in held["rejected"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


def digest(paths: Sequence[Path], mapping: Mapping[str, str], rules: Rules) -> str:
    """Digest every file under the paths, its name, and what decides how it is read; "" where one cannot be read."""
    decided = [VERSION, sorted(mapping.items()), sorted(rules.keep), sorted(rules.drop)]
    found = blake2b(json.dumps(decided).encode(), digest_size=16)
    try:
        for source in sources(paths):
            found.update(f"\n{source.path}\t".encode("utf-8", "surrogateescape"))
            if isinstance(source, Blocked):
                found.update(source.reason.encode())
            else:
                with source.path.open("rb") as file:
                    found.update(file_digest(file, "blake2b").digest())
    except OSError:
        return ""
    return found.hexdigest()
